import type { Inference } from "./inference.ts";
import { declaredType, type TsType } from "./ts-type.ts";

/** What `for (x of values)` and `...values` take out: of arrays, and of what our declarations say that it iterates. */
export function iteratedType(type: TsType, inference: Inference): TsType {
  const known = declaredType(type);
  if (known.kind === "array") return known.element();
  const iterator = inference.member(known, "[Symbol.iterator]");
  const [signature] = iterator.kind === "function" ? iterator.signatures : [];
  // `[Symbol.iterator](): Iterator<T>`, which is iterated the same way.
  return signature ? iteratedType(inference.result(signature), inference) : iterator;
}
