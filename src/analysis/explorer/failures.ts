import type { Callee } from "../../model/operation.ts";
import type { Scope } from "./scope.ts";

/** `require.Fail`, `suite.Fail` in a test: whoever comes there has found the fault that the test is for. */
export function isFailure({ isTest }: Pick<Scope, "isTest">, callee: Callee): boolean {
  return isTest && callee.kind !== "static" && /\.Fail(?:Now)?f?$/.test(callee.name);
}
