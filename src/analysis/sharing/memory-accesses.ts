import { defineAnalysis } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Holds, Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { walkLocks } from "../locks/lock-walk.ts";

/** A read or write of a variable that others may see, and the locks around it. */
export interface MemoryAccess extends Held {
  readonly model: FunctionModel;
  readonly path: AccessPath;
  readonly key: string;
  readonly isWrite: boolean;
  /** Of an element of the map or slice that the path names. */
  readonly isElement: boolean;
  readonly holds: Holds;
  readonly operation: Operation;
}

/** What is locked where an operation is reached. */
export interface Held {
  /** On every path. */
  readonly held: readonly Acquisition[];
  /** Keys of what is locked, or may be, on some path. */
  readonly perhapsHeld: ReadonlySet<string>;
}

/** What one function touches and whom it calls. */
export interface FunctionAccesses {
  readonly model: FunctionModel;
  readonly accesses: readonly MemoryAccess[];
  readonly calls: readonly (Held & {
    readonly operation: OperationOf<"call"> | OperationOf<"spawn">;
  })[];
  heldAt(operation: Operation): Held | undefined;
}

export interface MemoryAccesses {
  /** undefined where the function has no body, is damaged, or has too many paths. */
  of(id: FunctionId): FunctionAccesses | undefined;
}

/** Reads and writes function by function, when somebody asks. */
export const memoryAccesses = defineAnalysis("memory accesses", (use): MemoryAccesses => {
  const functions = use(program);
  const locks = use(heldLocks);
  const known = new Map<FunctionId, FunctionAccesses | undefined>();
  const compute = (id: FunctionId): FunctionAccesses | undefined => {
    const model = functions.accesses?.(id);
    if (!model || model.isDamaged) return undefined;
    const held = new Map<Operation, Held>();
    const nameOf = (one: FunctionId) => functions.header(one)?.name ?? "";
    const takesNone = (one: FunctionId) => (locks.summaryOf(one)?.acquires.length ?? 0) === 0;
    const isOpaque = (one: Operation) => locksOpaquely(one, nameOf, takesNone);
    const unknown = model.blocks.some(({ operations }) => operations.some(isOpaque))
      ? [OPAQUE]
      : [];
    const walk = walkLocks(
      model,
      (callee) => locks.summaryOf(callee),
      (operation, now, lost) => {
        if (!INTERESTING.has(operation.kind)) return;
        held.set(operation, joined(held.get(operation), now, [...lost, ...unknown]));
      },
    );
    // It unlocks what somebody else has locked for it.
    const handedOver = walk.givenUp.map((lock) => pathKey(lock) ?? OPAQUE);
    if (handedOver.length > 0)
      for (const [operation, around] of held)
        held.set(operation, joined(around, around.held, handedOver));
    return walk.isComplete ? described(model, held) : undefined;
  };
  return {
    of(id) {
      if (!known.has(id)) known.set(id, compute(id));
      return known.get(id);
    },
  };
});

/** A lock of some other kind: what it guards is not known. */
const OPAQUE = "?";
/** `shard.Lock()` of a type that is not known, `db.lockTable(name)`. */
const LOCKING = /(?:^|[.)])(?:R|Try|TryR|Read|Write)?[lL]ock(?:[A-Z]\w*)?$/;

function locksOpaquely(
  operation: Operation,
  nameOf: (id: FunctionId) => string,
  takesNone: (id: FunctionId) => boolean,
): boolean {
  if (operation.kind === "defer")
    return operation.operations.some((one) => locksOpaquely(one, nameOf, takesNone));
  if (operation.kind !== "call") return false;
  const { callee, arguments: given } = operation;
  if (callee.kind !== "static") return LOCKING.test(callee.name);
  // `group.Lock(id)`: a lock for each key; and a Lock that locks nothing known is made of channels, say.
  return LOCKING.test(nameOf(callee.function)) && (given.length > 0 || takesNone(callee.function));
}

const INTERESTING: ReadonlySet<string> = new Set(["read", "write", "call", "spawn", "escape"]);

const NOTHING_HELD: Held = { held: [], perhapsHeld: new Set() };

function joined(
  before: Held | undefined,
  now: readonly Acquisition[],
  lost: readonly string[],
): Held {
  if (!before && now.length === 0 && lost.length === 0) return NOTHING_HELD;
  const held = before
    ? before.held.filter(({ key }) => now.some((other) => other.key === key))
    : now;
  const keys = [...(before?.perhapsHeld ?? []), ...now.map(({ key }) => key), ...lost];
  return { held, perhapsHeld: new Set(keys) };
}

function described(model: FunctionModel, held: ReadonlyMap<Operation, Held>): FunctionAccesses {
  const accesses: MemoryAccess[] = [];
  const calls: (Held & { readonly operation: OperationOf<"call"> | OperationOf<"spawn"> })[] = [];
  for (const [operation, around] of held) {
    const { held: locks, perhapsHeld } = around;
    if (operation.kind === "call" || operation.kind === "spawn")
      calls.push({ held: locks, perhapsHeld, operation });
    if ((operation.kind !== "read" && operation.kind !== "write") || !operation.holds) continue;
    const key = pathKey(operation.path);
    if (key === undefined) continue;
    accesses.push({
      held: locks,
      perhapsHeld,
      model,
      path: operation.path,
      key,
      isWrite: operation.kind === "write",
      isElement: operation.isElement ?? false,
      holds: operation.holds,
      operation,
    });
  }
  return { model, accesses, calls, heldAt: (operation) => held.get(operation) };
}

/** Whether one lock is held at both, or may be, for all that is known. */
export function shareALock(left: Held, right: Held): boolean {
  if (left.perhapsHeld.has(OPAQUE) || right.perhapsHeld.has(OPAQUE)) return true;
  return left.held.some(({ key }) => right.perhapsHeld.has(key));
}

/** Elements of a map are one thing, the variable that names it another; who sets the variable changes both. */
export function touchTheSame(left: MemoryAccess, right: MemoryAccess): boolean {
  const setsVariable = ({ isWrite, isElement }: MemoryAccess) => isWrite && !isElement;
  return left.isElement === right.isElement || setsVariable(left) || setsVariable(right);
}
