import type { Answer } from "../../core/answer.ts";
import { basesOf } from "./class-type.ts";
import type { Inference } from "./inference.ts";
import { isPlatformValue } from "./platform-types.ts";
import { declaredType, type ExternalType, externalName, type TsType } from "./ts-type.ts";

/**
 * How much of a value is a promise: `sometimes` for unions of promises and others (`Promise<T> | T`), and `maybe-absent` where the
 * others are only undefined and null, but not `void`.
 */
export type PromiseShare = "always" | "maybe-absent" | "sometimes" | "never" | "unknown";

const LONGEST_HERITAGE = 20;

export function promiseShare(type: TsType, inference: Inference): PromiseShare {
  return share(type, inference, LONGEST_HERITAGE);
}

/** Whether every value of the type is a promise. */
export function promiseAnswer(type: TsType, inference: Inference): Answer {
  const found = promiseShare(type, inference);
  if (found === "always") return "yes";
  return found === "never" ? "no" : "unknown";
}

function share(type: TsType, inference: Inference, left: number): PromiseShare {
  switch (type.kind) {
    case "promise":
      return "always";
    case "unknown":
      return "unknown";
    case "union":
      return ofUnion(type.members, inference, left);
    case "intersection":
      return anyBase(type.members, inference, left);
    case "external":
      return ofExternal(type, inference, left);
    case "instance": {
      if (left === 0) return "unknown";
      const bases = type.declarations.flatMap((at) => basesOf(at, type.typeArguments, inference));
      return anyBase(bases, inference, left - 1);
    }
    default:
      return "never";
  }
}

/** By its name where we know it, else by its declaration. */
function ofExternal(type: ExternalType, inference: Inference, left: number): PromiseShare {
  if (type.isInstance && isPlatformValue(externalName(type))) return "never";
  const declared = declaredType(type);
  return declared === type || left === 0 ? "unknown" : share(declared, inference, left - 1);
}

/** A value that has all these types at once. */
function anyBase(types: readonly TsType[], inference: Inference, left: number): PromiseShare {
  const shares = types.map((type) => share(type, inference, left));
  if (shares.includes("always")) return "always";
  return shares.every((found) => found === "never") ? "never" : "unknown";
}

function ofUnion(members: readonly TsType[], inference: Inference, left: number): PromiseShare {
  let promises = 0;
  let absent = 0;
  let others = 0;
  for (const member of members) {
    const found = share(member, inference, left);
    if (found === "unknown") return "unknown";
    if (found === "always") promises++;
    else if (member.kind === "nullish") absent++;
    else if (found === "never") others++;
    else return "unknown";
  }
  if (promises === 0) return "never";
  if (others > 0) return "sometimes";
  return absent > 0 ? "maybe-absent" : "always";
}
