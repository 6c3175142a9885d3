import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace, TraceStep } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { AccessPath } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import type { Acquisition } from "./acquisition.ts";
import { type Held, heldAtEntry } from "./held-at-entry.ts";
import { heldLocks } from "./held-locks.ts";
import { type LockName, lockName } from "./lock-name.ts";
import { mayBeOne, ownerOfPart } from "./may-be-one.ts";
import type { LockOrder, LockWalk } from "./walk-outcome.ts";

/** One place where a lock is asked for under another one. */
export interface OrderWitness {
  readonly function: FunctionModel;
  readonly held: Acquisition;
  readonly then: Acquisition;
  /** Where the first lock was taken, and where the second one is asked for (or the call that leads to it). */
  readonly heldAt: Place;
  readonly at: Place;
  /** What else is held: a lock that all the ways of a cycle hold lets one through at a time. */
  readonly gates: readonly Held[];
}

/** Locks of which each is asked for under the one before it, and the first one under the last. */
export interface LockOrderInversion {
  /** The way that goes against the others: most of the package goes the other way. */
  readonly odd: OrderWitness;
  readonly others: readonly OrderWitness[];
  readonly trace: Trace;
}

/** Ways kept for each pair of locks, and locks looked at on the way round. */
const MOST_WITNESSES = 12;
const LONGEST_CYCLE = 6;

/**
 * Opposite orders of locks in a unit. Locks are named by field (`Hub.mu`) or variable; two locks of one field are not told apart, and
 * nothing is said of them. Not modelled: that two ways can never run at the same time, but for a lock that both hold.
 */
export const lockOrders = defineAnalysis("lock orders", (use): LockOrderInversion[] => {
  const { walks } = use(heldLocks);
  const atEntry = heldAtEntry(walks, use(program));
  const edges = new Map<LockName, Map<LockName, OrderWitness[]>>();
  const isShared = partsOfSeveral(walks);
  for (const walk of walks) {
    if (!walk.isComplete) continue;
    const outer = atEntry.get(walk.model.id) ?? [];
    for (const order of walk.orders) addWitnesses(edges, walk, order, outer);
  }
  return inversions(edges, isShared);
});

/** Locks, by their slots, of parts that owners of more than one type have. */
function partsOfSeveral(walks: readonly LockWalk[]): (slot: string | undefined) => boolean {
  const owners = new Map<string, Set<string>>();
  for (const { lock } of walks.flatMap(({ acquisitions }) => acquisitions)) {
    const owner = ownerOfPart(lock);
    if (lock.slot === undefined || owner === undefined) continue;
    owners.set(lock.slot, (owners.get(lock.slot) ?? new Set()).add(owner));
  }
  return (slot) => slot === undefined || (owners.get(slot)?.size ?? 0) > 1;
}

type IsShared = (slot: string | undefined) => boolean;
type Edges = ReadonlyMap<LockName, ReadonlyMap<LockName, readonly OrderWitness[]>>;

function addWitnesses(
  edges: Map<LockName, Map<LockName, OrderWitness[]>>,
  { model }: LockWalk,
  { held, then }: LockOrder,
  outer: readonly Held[],
): void {
  const to = lockName(then.lock);
  if (to === undefined || isDecidedByCaller(then)) return;
  for (const before of held) {
    const from = lockName(before.lock);
    if (from === undefined || from === to || isOneOwner(before.lock, then.lock)) continue;
    const gates = [...outer, ...held.flatMap((one) => heldAs(one))].filter(
      ({ name }) => name !== from && name !== to,
    );
    const known = edges.get(from)?.get(to) ?? [];
    if (
      known.length >= MOST_WITNESSES ||
      known.some(({ at }) => at.start === then.at.start && at.file === model.file)
    )
      continue;
    const witness: OrderWitness = {
      function: model,
      held: before,
      then,
      heldAt: { file: model.file, ...before.at },
      at: { file: model.file, ...then.at },
      gates,
    };
    edges.set(from, (edges.get(from) ?? new Map()).set(to, [...known, witness]));
  }
}

function heldAs({ lock, mode }: Acquisition): Held[] {
  const name = lockName(lock);
  return name === undefined ? [] : [{ name, mode }];
}

/** A callee that locks or not as an argument tells it. */
function isDecidedByCaller({ steps, under }: Acquisition): boolean {
  return steps.length > 1 && under.includes("parameter");
}

/** `a.mu` and `a.parent.mu` of one type: a tree has an order of its own. */
function isOneOwner(left: AccessPath, right: AccessPath): boolean {
  return left.slot !== undefined && left.slot === right.slot;
}

/** The shortest cycles first; of those that have two steps in common one speaks for all. */
function inversions(edges: Edges, isShared: IsShared): LockOrderInversion[] {
  const cycles = [...edges].flatMap(([from, targets]) =>
    [...targets.keys()].flatMap((to) => {
      const back = wayBack(edges, to, from);
      return back ? [[from, ...back]] : [];
    }),
  );
  cycles.sort((left, right) => left.length - right.length);
  const found: LockOrderInversion[] = [];
  const reported: ReadonlySet<string>[] = [];
  for (const names of cycles) {
    const steps = pairs(names);
    const keys = new Set(steps.map((step) => step.join(" ")));
    if (reported.some((other) => [...keys].filter((key) => other.has(key)).length > 1)) continue;
    const ways = steps.map(([from, to]) => edges.get(from)?.get(to) ?? []);
    const cycle = compatible(ways, isShared);
    if (!cycle) continue;
    reported.push(keys);
    found.push(describe(cycle, names, edges));
  }
  return onePerPlace(found);
}

function onePerPlace(found: readonly LockOrderInversion[]): LockOrderInversion[] {
  const places = new Map<string, LockOrderInversion>();
  for (const one of found) {
    const { file, start } = one.odd.at;
    if (!places.has(`${file}:${start}`)) places.set(`${file}:${start}`, one);
  }
  return [...places.values()];
}

/** The shortest way from a lock to another one along the orders: the names on it, both ends included. */
function wayBack(edges: Edges, from: LockName, to: LockName): LockName[] | undefined {
  const before = new Map<LockName, LockName | undefined>([[from, undefined]]);
  let front: LockName[] = [from];
  for (let length = 1; length < LONGEST_CYCLE && front.length > 0; length++) {
    const next: LockName[] = [];
    for (const name of front) {
      for (const target of edges.get(name)?.keys() ?? []) {
        if (before.has(target)) continue;
        before.set(target, name);
        if (target === to) return wayTo(before, to);
        next.push(target);
      }
    }
    front = next;
  }
  return undefined;
}

function wayTo(before: ReadonlyMap<LockName, LockName | undefined>, to: LockName): LockName[] {
  const way: LockName[] = [];
  for (let at: LockName | undefined = to; at !== undefined; at = before.get(at)) way.push(at);
  return way.reverse();
}

function pairs(names: readonly LockName[]): [LockName, LockName][] {
  return names.slice(1).map((name, index) => [names[index] as LockName, name]);
}

/** One witness for each step of a cycle such that all of them can be under way at once; undefined where none are. */
function compatible(
  steps: readonly (readonly OrderWitness[])[],
  isShared: IsShared,
): OrderWitness[] | undefined {
  let partial: OrderWitness[][] = [[]];
  for (const [index, witnesses] of steps.entries()) {
    const isLast = index === steps.length - 1;
    partial = partial
      .flatMap((chosen) =>
        witnesses
          .filter((one) => chosen.every((other) => mayOverlap(one, other)))
          .filter(
            (one) =>
              blocks(chosen.at(-1), one, isShared) && (!isLast || blocks(one, chosen[0], isShared)),
          )
          .map((one) => [...chosen, one]),
      )
      .slice(0, MOST_WITNESSES * MOST_WITNESSES);
  }
  return partial[0];
}

/** The lock that the earlier one asks for is one that the later one holds: two readers do not wait for each other. */
function blocks(
  asking: OrderWitness | undefined,
  holding: OrderWitness | undefined,
  isShared: IsShared,
): boolean {
  if (!asking || !holding) return true;
  const { then } = asking;
  const { held } = holding;
  // Of a lock by itself nobody knows of which owner it is a part, where there are several.
  const isUnclear =
    (ownerOfPart(then.lock) === undefined) !== (ownerOfPart(held.lock) === undefined);
  if (isUnclear && isShared(then.lock.slot)) return false;
  return (then.mode === "write" || held.mode === "write") && mayBeOne(then.lock, held.lock);
}

function mayOverlap(left: OrderWitness, right: OrderWitness): boolean {
  const isGated = left.gates.some((gate) =>
    right.gates.some(
      (other) => other.name === gate.name && (gate.mode === "write" || other.mode === "write"),
    ),
  );
  // What a test does in its own order, it does with nobody else around.
  const isAlone = left.function.isTest !== right.function.isTest;
  return !isGated && !isAlone && !isSameRun(left, right);
}

/** Both ways are of variables that one call of one function has, and no other goroutine is there to go the second one. */
function isSameRun(left: OrderWitness, right: OrderWitness): boolean {
  const isLocal = ({ held }: OrderWitness) =>
    held.lock.root.kind === "variable" && held.lock.root.variable.role === "local";
  return left.function.id === right.function.id && isLocal(left) && isLocal(right);
}

function describe(
  cycle: readonly OrderWitness[],
  names: readonly LockName[],
  edges: Edges,
): LockOrderInversion {
  const counted = cycle.map((way, index) => {
    const from = names[index] as LockName;
    const to = names[index + 1] as LockName;
    return { way, count: edges.get(from)?.get(to)?.length ?? 0 };
  });
  const odd = counted.reduce((least, one) => (isOdder(one, least) ? one : least)).way;
  const start = cycle.indexOf(odd);
  const others = [...cycle.slice(start + 1), ...cycle.slice(0, start)];
  return { odd, others, trace: traceOf([odd, ...others]) };
}

interface Counted {
  readonly way: OrderWitness;
  readonly count: number;
}

/** Fewer ways go so; among equals the one further down, which was written later as a rule. */
function isOdder(one: Counted, other: Counted): boolean {
  if (one.count !== other.count) return one.count < other.count;
  const [left, right] = [one.way.at, other.way.at];
  return left.file === right.file ? left.start > right.start : left.file > right.file;
}

/** Each takes its first lock; then each waits for the next one's. */
function traceOf(ways: readonly OrderWitness[]): Trace {
  const steps: TraceStep[] = [];
  for (const [thread, { held }] of ways.entries())
    for (const { at, action } of held.steps) steps.push({ thread, at, action, waits: false });
  for (const [thread, { then }] of ways.entries()) {
    const calls = then.steps.slice(0, -1);
    for (const { at, action } of calls) steps.push({ thread, at, action, waits: false });
    const last = then.steps.at(-1);
    const holder = ways[(thread + 1) % ways.length]?.function.name ?? "";
    if (last)
      steps.push({
        thread,
        at: last.at,
        action: `waits for ${then.lock.text}, which ${holder} holds`,
        waits: true,
      });
  }
  return { threads: threadNames(ways), steps };
}

function threadNames(ways: readonly OrderWitness[]): string[] {
  return ways.map(({ function: { name } }, index) =>
    ways.slice(0, index).some((other) => other.function.name === name)
      ? `another call of ${name}`
      : name,
  );
}
