import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { program } from "../../model/program.ts";
import { isMadeHere } from "./made-here.ts";
import { type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";

/** A field or package variable that is used through sync/atomic in one place, and plainly in another. */
export interface MixedAtomic {
  readonly access: MemoryAccess;
  /** Where it is used atomically. */
  readonly atomicAt: Place;
  readonly atomicIn: FunctionModel;
  /** Whether the atomic use changes it. */
  readonly isChanged: boolean;
}

const INTEREST = /\batomic\.(?:Add|Load|Store|Swap|CompareAndSwap)[A-Z]/;

/**
 * `atomic.AddInt64(&s.served, 1)` here and `s.served++` there. Silent where the plain use is in a test, in a function that prepares
 * the object or made it, or under a lock.
 */
export const mixedAtomics = defineAnalysis("mixed atomics", (use): MixedAtomic[] => {
  const functions = use(program);
  const speaking = functions.functionsWith(INTEREST);
  if (speaking.length === 0) return [];
  const accesses = use(memoryAccesses);
  const atomics = new Map<string, Omit<MixedAtomic, "access">>();
  for (const { id, isTest } of speaking) {
    const inside = isTest ? undefined : accesses.of(id);
    for (const { operation } of inside?.calls ?? []) {
      const { callee } = operation;
      if (!inside || callee.kind !== "external" || !callee.name.startsWith("sync/atomic."))
        continue;
      const [first] = operation.arguments;
      const slot = first?.kind === "path" ? first.path.slot : undefined;
      if (slot === undefined || slot.endsWith("[*]")) continue;
      const isChanged = !callee.name.startsWith("sync/atomic.Load");
      const atomicAt = { file: inside.model.file, ...operation.at };
      if (isChanged || !atomics.has(slot))
        atomics.set(slot, { atomicAt, atomicIn: inside.model, isChanged });
    }
  }
  if (atomics.size === 0) return [];
  const names = [...atomics.keys()].map((slot) => slot.slice(slot.lastIndexOf(".") + 1));
  const found: MixedAtomic[] = [];
  for (const { id, isTest } of functions.functionsWith(
    new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\b`),
  )) {
    if (isTest) continue;
    for (const access of accesses.of(id)?.accesses ?? []) {
      // Of a pointer that is given to atomic functions the pointer itself is read: that is no use of what it points to.
      if (access.holds === "pointer") continue;
      const atomic = atomics.get(access.path.slot ?? "");
      if (!atomic || !(access.isWrite || atomic.isChanged) || access.perhapsHeld.size > 0) continue;
      if (isPreparing(access.model) || isMadeHere(access.model, access.path)) continue;
      found.push({ access, ...atomic });
    }
  }
  return found;
});
