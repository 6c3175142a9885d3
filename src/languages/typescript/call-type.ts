import { NONE } from "../../syntax/tree.ts";
import { builtinCall } from "./builtin-calls.ts";
import { typeParametersOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { argumentsOf, namedNodes } from "./nodes.ts";
import { platformCall } from "./platform-types.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  externalName,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  type TypeArguments,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";

/** What a call yields, from the type of what is called. */
export function calledType(callee: TsType, call: ModuleNode, inference: Inference): TsType {
  switch (callee.kind) {
    case "function":
      return ofSignatures(callee.signatures, call, inference);
    case "union":
      return unionOf(withoutNullish(callee).map((member) => inference.called(member, call)));
    case "intersection": {
      const called = callee.members.find(({ kind }) => kind === "function");
      return called ? inference.called(called, call) : UNKNOWN;
    }
    case "instance": {
      const signature = inference.member(callee, "()");
      return signature.kind === "unknown" ? UNKNOWN : inference.called(signature, call);
    }
    case "external": {
      const name = externalName(callee);
      if (CALLS_BACK.test(name) && endsWithCallback(call)) return UNKNOWN;
      return builtinCall(name, call, inference) ?? platformCall(name) ?? UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** Methods that answer by a callback where they are given one, and by a promise otherwise. */
const CALLS_BACK = /^pg:/;

function endsWithCallback({ module: { tree }, node }: ModuleNode): boolean {
  const last = tree.namedChildren(tree.childIn(node, "arguments")).at(-1);
  return last !== undefined && /function|arrow/.test(tree.kindOf(last));
}

/** Overloads are chosen by the number of arguments; where that leaves several, they must agree on being a promise. */
function ofSignatures(
  signatures: readonly Signature[],
  call: ModuleNode,
  inference: Inference,
): TsType {
  const fitting = signatures.filter((signature) => mayTake(signature, call));
  const results = (fitting.length > 0 ? fitting : signatures).map((signature) =>
    inference.result(withTypeArguments(signature, call, inference)),
  );
  const [only] = results;
  if (only && results.length === 1) return only;
  const promises = results.filter(({ kind }) => kind === "promise").length;
  return promises === 0 || promises === results.length ? unionOf(results) : UNKNOWN;
}

function mayTake({ at }: Signature, call: ModuleNode): boolean {
  const { tree } = at.module;
  const parameters = tree.childIn(at.node, "parameters");
  if (parameters === NONE) return true;
  const given = argumentsOf(call.module.tree, call.node);
  if (given.some((node) => call.module.tree.kindOf(node) === "spread_element")) return true;
  let required = 0;
  let most = 0;
  for (const parameter of namedNodes(tree, parameters)) {
    const pattern = tree.childIn(parameter, "pattern");
    const kind = pattern === NONE ? "" : tree.kindOf(pattern);
    if (kind === "this") continue;
    if (kind === "rest_pattern") most = Number.POSITIVE_INFINITY;
    else most++;
    if (
      kind !== "rest_pattern" &&
      tree.kindOf(parameter) === "required_parameter" &&
      tree.childIn(parameter, "value") === NONE
    )
      required++;
  }
  return given.length >= required && given.length <= most;
}

/** What the call says of the signature's own type parameters: written, or by the plainest inference. */
function withTypeArguments(
  signature: Signature,
  call: ModuleNode,
  inference: Inference,
): Signature {
  const parameters = typeParametersOf(signature.at);
  if (parameters.length === 0) return signature;
  const list = call.module.tree.childIn(call.node, "type_arguments");
  const bound = new Map(signature.typeArguments);
  if (list !== NONE) {
    const given = namedNodes(call.module.tree, list);
    parameters.forEach(({ binding }, index) => {
      const node = given[index];
      if (node !== undefined)
        bound.set(binding, inference.annotated(beside(call, node), NO_ARGUMENTS));
    });
  }
  return { at: signature.at, typeArguments: bound satisfies TypeArguments };
}
