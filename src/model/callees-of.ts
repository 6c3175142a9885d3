import type { Callee } from "./operation.ts";
import type { FunctionId } from "./path.ts";

/** The functions of the unit that a call may run, as far as they are known; none of elsewhere. */
export function calleesOf(callee: Callee): readonly FunctionId[] {
  if (callee.kind === "static") return [callee.function];
  return callee.kind === "dynamic" ? callee.candidates : [];
}
