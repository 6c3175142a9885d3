import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { Callers, typesThatLock } from "./callers.ts";
import { type FunctionAccesses, type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";
import { reachedFrom } from "./reached.ts";
import { SeenByOthers } from "./seen-by-others.ts";

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
/** A function of the package: what the methods of `atomic.Int64` are given is no address. */
const ATOMIC = /^sync\/atomic\.\w+$/;

/** Of a function that is for one goroutine at a time; so is what it touches. */
const ALONE = /not (?:thread|goroutine)[- ]?safe|not safe for concurrent/i;

/**
 * `atomic.AddInt64(&s.served, 1)` here and `s.served++` there. Silent where the plain use is in a test, in a function that prepares
 * the object, of an object that is not certainly one that others have, under a lock, or reads what others are done with, behind a
 * receive or a Wait. One use of a field speaks for its function.
 */
export const mixedAtomics = defineAnalysis("mixed atomics", (use): MixedAtomic[] => {
  const functions = use(program);
  const speaking = functions.functionsWith(INTEREST);
  if (speaking.length === 0) return [];
  const accesses = use(memoryAccesses);
  const atomics = new Map<string, Omit<MixedAtomic, "access">>();
  const holders = new Map<string, Set<string | undefined>>();
  const shared = new Set<string>();
  for (const { id, isTest } of speaking) {
    const inside = isTest ? undefined : accesses.of(id);
    for (const { operation } of inside?.calls ?? []) {
      const { callee } = operation;
      if (!inside || callee.kind !== "external" || !ATOMIC.test(callee.name)) continue;
      const [first] = operation.arguments;
      const path = first?.kind === "path" ? first.path : undefined;
      const slot = path?.slot;
      if (!path || slot === undefined || slot.endsWith("[*]")) continue;
      holders.set(slot, (holders.get(slot) ?? new Set()).add(holderOf(path)));
      if (!readsAnother(path, inside)) shared.add(slot);
      const isChanged = !callee.name.startsWith("sync/atomic.Load");
      const atomicAt = { file: inside.model.file, ...operation.at };
      if (isChanged || !atomics.has(slot))
        atomics.set(slot, { atomicAt, atomicIn: inside.model, isChanged });
    }
  }
  for (const slot of atomics.keys()) if (!shared.has(slot)) atomics.delete(slot);
  if (atomics.size === 0) return [];
  const names = [...atomics.keys()].map((slot) => slot.slice(slot.lastIndexOf(".") + 1));
  const callers = new Callers(functions, accesses, typesThatLock(use(heldLocks)));
  const others = new SeenByOthers(functions, callers);
  const found: MixedAtomic[] = [];
  const alone = new Set<string | undefined>();
  for (const { id, isTest } of functions.functionsWith(
    new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\b`),
  )) {
    const inside = isTest ? undefined : accesses.of(id);
    if (!inside || isPreparing(inside.model)) continue;
    for (const access of firstOfEach(inside)) {
      const atomic = atomics.get(access.path.slot ?? "");
      if (atomic && ALONE.test(inside.model.comment)) alone.add(access.path.slot);
      if (!atomic || !(access.isWrite || atomic.isChanged) || access.perhapsHeld.size > 0) continue;
      if (isOfAnother(access.path, holders)) continue;
      if (!others.has(access.model, access.path) || readsAnother(access.path, inside)) continue;
      if (!access.isWrite && isBehindWait(access)) continue;
      if (isFilledHere(access)) continue;
      found.push({ access, ...atomic });
    }
  }
  return found.filter(({ access }) => !alone.has(access.path.slot));
});

/** Of `w.published.end` the field `published`, whose struct lies within its owner; undefined where it may be any struct of the type. */
function holderOf({ steps }: AccessPath): string | undefined {
  const holder = steps.at(-2);
  return holder?.kind === "field" && holder.isPart && holder.owner !== undefined
    ? `${holder.owner}.${holder.name}`
    : undefined;
}

/** The field of a struct that lies in `w.current`, where only that of `w.published` is used atomically. */
function isOfAnother(
  path: AccessPath,
  holders: ReadonlyMap<string, ReadonlySet<string | undefined>>,
): boolean {
  const holder = holderOf(path);
  const known = holders.get(path.slot ?? "");
  return holder !== undefined && known !== undefined && !known.has(undefined) && !known.has(holder);
}

/** What it hangs on was given to its owner by this function before: a copy, or one that was made for it. */
function isFilledHere({ model, path, operation: { at } }: MemoryAccess): boolean {
  const above = path.steps.slice(0, -1).map((_, index) => path.steps.slice(0, index + 1));
  const keys = new Set(above.map((steps) => pathKey({ ...path, steps })));
  const isOne = (other: AccessPath | undefined) => other !== undefined && keys.has(pathKey(other));
  return model.blocks.some(({ operations }) =>
    operations.some((one) => {
      if (one.at.start >= at.start) return false;
      if (one.kind === "call") return one.results.some(isOne);
      return (
        (one.kind === "write" && isOne(one.path)) || (one.kind === "assign" && isOne(one.target))
      );
    }),
  );
}

/** Of each field one use, a write if there is one. */
function firstOfEach({ accesses }: FunctionAccesses): readonly MemoryAccess[] {
  const first = new Map<string, MemoryAccess>();
  for (const access of accesses) {
    const { slot } = access.path;
    // Of a pointer that is given to atomic functions the pointer itself is read: that is no use of what it points to.
    if (slot === undefined || access.holds === "pointer") continue;
    const known = first.get(slot);
    if (!known || (access.isWrite && !known.isWrite)) first.set(slot, access);
  }
  return [...first.values()];
}

/**
 * `total.Add(other)` adds up what others have counted: both are results. Where an atomic is used in no other way, as in
 * `atomic.AddInt64(&total.rows, part.rows)`, which values are shared is not to be seen.
 */
function readsAnother({ slot, root }: AccessPath, { accesses }: FunctionAccesses): boolean {
  const idOf = ({ root }: AccessPath) => (root.kind === "variable" ? root.variable.id : undefined);
  const isGiven = root.kind === "variable" && root.variable.role !== "global";
  return (
    isGiven && accesses.some(({ path }) => path.slot === slot && idOf(path) !== root.variable.id)
  );
}

/** `<-s.ended; return s.served`: every way to the access has waited for something. A case of a select is no wait for an end. */
function isBehindWait({ model, operation }: MemoryAccess): boolean {
  const waits = new Set(
    model.blocks.flatMap(({ operations }) =>
      operations.filter(
        (one) => one.kind === "wait" || (one.kind === "receive" && !one.isRange && !one.bindsOk),
      ),
    ),
  );
  return waits.size > 0 && !reachedFrom(model, "entry", (one) => waits.has(one)).has(operation);
}
