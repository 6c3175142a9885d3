import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { Operation } from "../../model/operation.ts";
import type { FunctionId } from "../../model/path.ts";
import { type FunctionAccesses, type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";

/** A package variable, or what hangs on it, is written, and no lock is held on the way there. */
export interface GlobalWrite {
  readonly access: MemoryAccess;
  /** The calls from where the way begins, the first first. */
  readonly calls: readonly Place[];
}

const DEPTH = 4;
const MOST_FUNCTIONS = 200;

/** Writes that are reached from a function by calls of this package. */
export type GlobalWrites = (from: FunctionId) => readonly GlobalWrite[];

/**
 * Silent about functions that prepare something, by their names and by `Once`, and about whatever stands behind a lock, whichever it is.
 */
export const globalWrites = defineAnalysis("global writes", (use): GlobalWrites => {
  const accesses = use(memoryAccesses);
  return (from) => {
    const found: GlobalWrite[] = [];
    const seen = new Set([from]);
    let level: { readonly id: FunctionId; readonly calls: readonly Place[] }[] = [
      { id: from, calls: [] },
    ];
    for (let depth = 0; depth < DEPTH && seen.size < MOST_FUNCTIONS; depth++) {
      const next: typeof level = [];
      for (const { id, calls } of level) {
        const inside = accesses.of(id);
        if (!inside || inside.model.isTest || (depth > 0 && isPreparing(inside.model))) continue;
        const once = doneOnce(inside);
        for (const access of inside.accesses)
          if (isOpenWrite(access) && !once.has(access.operation)) found.push({ access, calls });
        for (const { operation, perhapsHeld } of inside.calls) {
          const { callee } = operation;
          if (operation.kind !== "call" || perhapsHeld.size > 0 || callee.kind !== "static")
            continue;
          if (seen.has(callee.function) || once.has(operation)) continue;
          seen.add(callee.function);
          const at = { file: inside.model.file, ...operation.at };
          next.push({ id: callee.function, calls: [...calls, at] });
        }
      }
      level = next;
    }
    return found;
  };
});

function isOpenWrite({ isWrite, perhapsHeld, path: { root } }: MemoryAccess): boolean {
  const isGlobal = root.kind === "variable" && root.variable.role === "global";
  return isWrite && isGlobal && perhapsHeld.size === 0;
}

/** What stands behind `once.Do`: only the first one does it. */
function doneOnce({ model }: FunctionAccesses): ReadonlySet<Operation> {
  return new Set(
    model.blocks.flatMap(({ end }) =>
      end.kind === "branch" && end.condition?.isFirst !== undefined
        ? (model.blocks[end.then]?.operations ?? [])
        : [],
    ),
  );
}
