import type { BlockId, Terminator } from "../model/function.ts";

/** The blocks that may come after the end of one. */
export function successors(end: Terminator): readonly BlockId[] {
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
      const cases = end.cases.map(({ to }) => to);
      return end.otherwise === undefined ? cases : [...cases, end.otherwise];
    }
    default:
      return [];
  }
}
