import type { FunctionModel } from "../../model/function.ts";
import type { Operation, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";

/** Keys of locks that a function releases in more than one place. */
export function releasedTwice({ blocks }: FunctionModel): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  const note = (operation: Operation): void => {
    if (operation.kind === "defer") operation.operations.forEach(note);
    const key = operation.kind === "release" ? pathKey(operation.lock) : undefined;
    if (key !== undefined) (once.has(key) ? twice : once).add(key);
  };
  for (const { operations } of blocks) operations.forEach(note);
  return twice;
}

/** Functions that local variables stand for as long as they live, by the variables' ids. */
export function functionVariables({ blocks }: FunctionModel): ReadonlyMap<string, Value> {
  const functions = new Map<string, Value>();
  for (const { operations } of blocks) {
    for (const operation of operations) {
      if (operation.kind !== "assign" || operation.value.kind !== "function") continue;
      const { root, steps } = operation.target;
      if (root.kind === "variable" && steps.length === 0 && !root.variable.isReassigned)
        functions.set(root.variable.id, operation.value);
    }
  }
  return functions;
}

/** Paths that local variables stand for as long as they live, by the variables' ids. */
export function aliasesIn({ blocks }: FunctionModel): ReadonlyMap<string, AccessPath> {
  const aliases = new Map<string, AccessPath>();
  for (const { operations } of blocks) {
    for (const operation of operations) {
      if (operation.kind !== "assign" || operation.value.kind !== "path") continue;
      const { root, steps } = operation.target;
      if (root.kind === "variable" && steps.length === 0 && !root.variable.isReassigned)
        aliases.set(root.variable.id, operation.value.path);
    }
  }
  return aliases;
}

/** The keys of all conditions that a function branches on. */
export function conditionKeys({ blocks }: FunctionModel): string[] {
  return blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition ? [end.condition.key] : [],
  );
}
