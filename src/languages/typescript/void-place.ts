import { NONE } from "../../syntax/tree.ts";
import { expectedType } from "./expected-type.ts";
import { beside, type Inference } from "./inference.ts";
import { argumentsOf } from "./nodes.ts";
import { isVoidCallback } from "./platform-callbacks.ts";
import { type PromiseShare, promiseShare } from "./promise-answer.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  externalName,
  functionOf,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  withoutNullish,
} from "./ts-type.ts";

/** Whether the place of an expression asks for a function whose result nobody looks at. */
export function isVoidPlace(at: ModuleNode, inference: Inference): boolean {
  const members = withoutNullish(expectedType(at, inference)).filter(
    ({ kind }) => !UNCALLABLE.has(kind),
  );
  return members.length > 0 && members.every((member) => isVoidFunction(member, inference));
}

/** In a union with functions they say nothing of these: `string | (() => void)`. */
const UNCALLABLE: ReadonlySet<string> = new Set(["primitive", "array", "object", "class"]);

function isVoidFunction(type: TsType, inference: Inference): boolean {
  if (type.kind === "external") return type.isInstance && isVoidCallback(externalName(type));
  const called = type.kind === "instance" ? inference.member(type, "()") : type;
  return (
    called.kind === "function" &&
    called.signatures.every((signature) => inference.result(signature).kind === "void")
  );
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
      : inference.typeOf(withoutBind(at));
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
