import type { Answer } from "../../core/answer.ts";
import { NONE } from "../../syntax/tree.ts";
import { expectedType } from "./expected-type.ts";
import { beside, type Inference } from "./inference.ts";
import { argumentsOf } from "./nodes.ts";
import { isVoidCallback } from "./platform-callbacks.ts";
import { type PromiseShare, promiseShare } from "./promise-answer.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  externalName,
  functionOf,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  withoutNullish,
} from "./ts-type.ts";

/** Whether the place of an expression asks for a function whose result nobody looks at; `no` for any other type of function. */
export function isVoidPlace(at: ModuleNode, inference: Inference): Answer {
  return ofMembers(expectedType(at, inference), inference);
}

function ofMembers(type: TsType, inference: Inference): Answer {
  const members = withoutNullish(type).filter(({ kind }) => !UNCALLABLE.has(kind));
  const answers = members.map((member) => isVoidFunction(member, inference));
  if (members.length === 0 || answers.includes("unknown")) return "unknown";
  return answers.includes("no") ? "no" : "yes";
}

/** In a union with functions they say nothing of these: `string | (() => void)`. */
const UNCALLABLE: ReadonlySet<string> = new Set(["primitive", "array", "object", "class"]);

function isVoidFunction(type: TsType, inference: Inference): Answer {
  if (type.kind === "external" && type.isInstance && isVoidCallback(externalName(type)))
    return "yes";
  const known = declaredType(type);
  if (known.kind === "union") return ofMembers(known, inference);
  const called = known.kind === "instance" ? inference.member(known, "()") : known;
  if (called.kind !== "function") return "unknown";
  return called.signatures.every((signature) => inference.result(signature).kind === "void")
    ? "yes"
    : "no";
}

/** A function value: how much of what it yields is a promise, and the code behind it where that is known. */
export interface Callback {
  readonly share: PromiseShare;
  readonly function: ModuleNode | undefined;
}

/** The function that an expression is; `f.bind(…)` is f. */
export function callbackOf(at: ModuleNode, inference: Inference): Callback | undefined {
  const type =
    at.module.tree.kindOf(at.node) === "method_definition"
      ? functionOf([{ at, typeArguments: NO_ARGUMENTS }])
      : declaredType(inference.typeOf(withoutBind(at)));
  if (type.kind !== "function") return undefined;
  const [first] = type.signatures;
  if (!first) return undefined;
  const shares = type.signatures.map((signature) =>
    promiseShare(inference.result(signature), inference),
  );
  const share = shares.every((one) => one === shares[0]) ? (shares[0] ?? "unknown") : "unknown";
  return { share, function: type.implementation ?? bodied(first) };
}

function bodied({ at }: Signature): ModuleNode | undefined {
  return at.module.tree.childIn(at.node, "body") === NONE ? undefined : at;
}

function withoutBind(at: ModuleNode): ModuleNode {
  const { tree } = at.module;
  if (tree.kindOf(at.node) !== "call_expression") return at;
  const callee = tree.childIn(at.node, "function");
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return at;
  const isBind = tree.textOf(tree.childIn(callee, "property")) === "bind";
  return isBind && argumentsOf(tree, at.node).length > 0
    ? beside(at, tree.childIn(callee, "object"))
    : at;
}
