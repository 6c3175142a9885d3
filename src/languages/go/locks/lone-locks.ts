import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, mentionsIn } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import type { GoVariable } from "../type.ts";
import { type LockCall, lockCalls, standardLock } from "./lock-calls.ts";

/** A mutex that a function makes for itself and hands to nobody. */
export interface LoneLock {
  /** The first call of it. */
  readonly at: Place;
  readonly lock: string;
  readonly madeAt: Place;
  /** Whether some call unlocks it, and some call locks it. */
  readonly isUnlocked: boolean;
  readonly isLocked: boolean;
}

/** `var mu sync.Mutex` in a function all of whose mentions are `mu.Lock()` and the like, in that function itself. */
export const loneLocks = defineAnalysis("lone locks", (use): LoneLock[] => {
  const resolver = use(goResolver);
  const calls = new Map<GoVariable, LockCall[]>();
  for (const call of use(lockCalls)) {
    const { tree, operand, file } = call;
    if (tree.kindOf(operand) !== "identifier") continue;
    const symbol = resolver.symbolAt(file.path, operand);
    if (symbol?.kind !== "variable" || symbol.variable.role !== "local") continue;
    calls.set(symbol.variable, [...(calls.get(symbol.variable) ?? []), call]);
  }
  return [...calls].flatMap(([variable, of]) => {
    const [first] = of;
    if (!first || standardLock(variable.type()) === undefined) return [];
    const { tree, file, text } = first;
    if (isMeasured(tree, variable.function)) return [];
    if (!isMadeThere(tree, variable.node)) return [];
    if (of.some(({ node }) => functionAround(tree, node) !== variable.function)) return [];
    const mentions = mentionsIn(file.path, tree, variable.function, variable, resolver);
    if (mentions.length !== of.length) return [];
    return [
      {
        at: { file: file.path, ...tree.spanOf(first.node) },
        lock: text,
        madeAt: { file: file.path, ...tree.spanOf(variable.node) },
        isUnlocked: of.some(({ method }) => method.endsWith("Unlock")),
        isLocked: of.some(({ method }) => !method.endsWith("Unlock")),
      },
    ];
  });
});

/** A benchmark locks to see what that takes. */
function isMeasured(tree: Tree, around: NodeId): boolean {
  return /^Benchmark/.test(tree.textOf(tree.childIn(around, "name")));
}

/** `var mu sync.Mutex`, `mu := sync.Mutex{}`, `mu := new(sync.Mutex)`: not a pointer that comes from elsewhere. */
function isMadeThere(tree: Tree, declared: NodeId): boolean {
  for (let at = tree.parentOf(declared); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "var_spec") return tree.childIn(at, "value") === NONE;
    if (kind === "short_var_declaration")
      return /^(?:&?sync\.(?:RW)?Mutex\{\}|new\(sync\.(?:RW)?Mutex\))$/.test(
        tree.textOf(tree.childIn(at, "right")),
      );
    if (kind === "block") return false;
  }
  return false;
}
