import { builtinCall } from "./builtin-calls.ts";
import { fittingSignatures } from "./fitting-signatures.ts";
import type { Inference } from "./inference.ts";
import { platformCall } from "./platform-types.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  externalName,
  type Signature,
  type TsType,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";
import { withTypeArguments } from "./type-argument-inference.ts";

/** What a call yields, from the type of what is called. */
export function calledType(callee: TsType, call: ModuleNode, inference: Inference): TsType {
  switch (callee.kind) {
    case "function":
      return ofSignatures(callee.signatures, call, inference);
    case "union":
      return unionOf(withoutNullish(callee).map((member) => inference.called(member, call)));
    case "intersection": {
      const signatures = callee.members.flatMap((member) =>
        member.kind === "function" ? member.signatures : [],
      );
      if (signatures.length > 0) return ofSignatures(signatures, call, inference);
      for (const member of callee.members) {
        const called = inference.called(member, call);
        if (called.kind !== "unknown") return called;
      }
      return UNKNOWN;
    }
    case "instance": {
      const signature = inference.member(callee, "()");
      return signature.kind === "unknown" ? UNKNOWN : inference.called(signature, call);
    }
    case "external": {
      const name = externalName(callee);
      if (CALLS_BACK.test(name) && endsWithCallback(call)) return UNKNOWN;
      const known = builtinCall(name, call, inference) ?? platformCall(name);
      if (known) return known;
      const declared = declaredType(callee);
      return declared === callee ? UNKNOWN : inference.called(declared, call);
    }
    default:
      return UNKNOWN;
  }
}

/** Methods that answer by a callback where they are given one, and by a promise otherwise. */
const CALLS_BACK =
  /^(?:pg|ioredis|mongodb|mongoose|amqplib|redis|nodemailer|fastify|fs-extra|rimraf|axios|vue):/;

const CALLBACK_NAMES = /^(?:done|cb|callback|next)$/;

function endsWithCallback({ module: { tree }, node }: ModuleNode): boolean {
  const last = tree.namedChildren(tree.childIn(node, "arguments")).at(-1);
  if (last === undefined) return false;
  return tree.kindOf(last) === "identifier"
    ? CALLBACK_NAMES.test(tree.textOf(last))
    : /function|arrow/.test(tree.kindOf(last));
}

/** Overloads are chosen by their parameters; where that leaves several, they must agree on being a promise. */
function ofSignatures(
  signatures: readonly Signature[],
  call: ModuleNode,
  inference: Inference,
): TsType {
  const results = fittingSignatures(signatures, call, inference).map((signature) =>
    inference.result(withTypeArguments(signature, call, inference)),
  );
  const [only] = results;
  if (only && results.length === 1) return only;
  const promises = results.filter(({ kind }) => kind === "promise").length;
  return promises === 0 || promises === results.length ? unionOf(results) : UNKNOWN;
}
