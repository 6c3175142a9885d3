import type { Operation } from "./operation.ts";

/** A call of Go's `recover`. */
export function isRecover(operation: Operation): boolean {
  return (
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    operation.callee.name === "recover"
  );
}
