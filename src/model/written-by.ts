import type { Operation } from "./operation.ts";
import type { AccessPath } from "./path.ts";

/** The places that an operation gives a value to. */
export function writtenBy(operation: Operation): readonly (AccessPath | undefined)[] {
  switch (operation.kind) {
    case "assign":
      return [operation.target];
    case "write":
      return [operation.path];
    case "call":
      return operation.results;
    default:
      return [];
  }
}
