import type { BlockId, Terminator } from "./function.ts";
import type { Operation } from "./operation.ts";

/** The blocks that may come after the end of one; cases of a select whose operation is left out are not followed. */
export function successors(
  end: Terminator,
  isLeftOut?: (operation: Operation) => boolean,
): readonly BlockId[] {
  switch (end.kind) {
    case "goto":
      return [end.to];
    case "branch":
      return [end.then, end.otherwise];
    case "switch":
      return end.targets;
    case "loop":
      return [end.body, end.exit];
    case "select": {
      const cases = end.cases
        .filter(({ operation }) => !isLeftOut?.(operation))
        .map(({ to }) => to);
      return end.otherwise === undefined ? cases : [...cases, end.otherwise];
    }
    default:
      return [];
  }
}
