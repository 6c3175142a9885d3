import { defineAnalysis } from "../../core/analysis.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { FunctionId } from "../../model/path.ts";
import { type FunctionsElsewhere, type Program, program } from "../../model/program.ts";
import type { LockSummary } from "./lock-summary.ts";
import { walkLocks } from "./lock-walk.ts";
import { type StoredFunctions, storedFunctions } from "./stored-functions.ts";
import type { LockWalk } from "./walk-outcome.ts";

/** Which locks are held where, in the functions of a unit that speak of locks. */
export interface HeldLocks {
  /** Of judged and other files of the unit, in order; damaged functions are left out. */
  readonly walks: readonly LockWalk[];
  /** The walk of any function, with every callee followed; undefined where it has no body, is damaged, or is being walked. */
  walk(id: FunctionId): LockWalk | undefined;
  /** What a callee that speaks of locks itself does with them; undefined for others, which are not followed. */
  summaryOf(id: FunctionId): LockSummary | undefined;
}

/** `mu.Lock()`, `mu.RUnlock`, `s.lockShard(n)`, `unlock()`; not `clock` or `block`. */
const INTEREST = /\.(?:R|Try|TryR|Un|RUn|un)?[lL]ock(?:[A-Z]\w*)?\b|\b(?:un)?lock(?:[A-Z]\w*)?\(/;
/** `cache.Each(func(`, of a function that may stand in another package. */
const HANDING = /\w\.[A-Z]\w*\((?:.{0,120},[ \t]*)?func\(/;
/** Calls that are followed into functions that do not speak of locks themselves, and into those that do. */
const DEPTH = 3;
const DEEPEST = 30;

/** Locks held by path, with summaries of callees in the same unit. */
export const heldLocks = defineAnalysis("held locks", (use): HeldLocks => {
  const functions = use(program);
  const speaking = functions.functionsWith(INTEREST);
  const walks = new Walks(functions, speaking, () => use(storedFunctions));
  const own = speaking.flatMap(({ id }) => walks.of(id) ?? []);
  const handing = [
    ...handingFunctions(own, functions),
    ...(functions.elsewhere ? functions.functionsWith(HANDING).filter(isNoTest) : []),
  ];
  const others = new Set(handing.map(({ id }) => id).filter((id) => !walks.isSpeaking(id)));
  return {
    walks: [...own, ...[...others].flatMap((id) => walks.of(id) ?? [])],
    walk: (id) => walks.of(id, true),
    summaryOf: (id) => (walks.isSpeaking(id) ? walks.of(id)?.summary : undefined),
  };
});

/**
 * Functions that say nothing of locks, and call one by name that calls what it is handed under a lock, or returns with one held:
 * `r.each(func…)`, `t.acquire(key)`.
 */
function handingFunctions(
  walks: readonly LockWalk[],
  functions: Program,
): readonly FunctionHeader[] {
  const names = walks.flatMap(({ model, summary }) =>
    summary.callbacks.some(({ held }) => held.length > 0) || leavesLocked(summary)
      ? (/\w+$/.exec(model.name) ?? [])
      : [],
  );
  if (names.length === 0) return [];
  return functions.functionsWith(new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\(`));
}

function isNoTest({ isTest }: FunctionHeader): boolean {
  return !isTest;
}

function leavesLocked({ leavesHeld, handsOut, onSuccess }: LockSummary): boolean {
  return leavesHeld.length > 0 || handsOut.length > 0 || onSuccess.length > 0;
}

class Walks {
  readonly #program: Program;
  readonly #stored: () => StoredFunctions;
  readonly #speaking: ReadonlySet<FunctionId>;
  readonly #known = new Map<FunctionId, LockWalk | undefined>();
  /** Walks of what is called under a lock: they follow every callee. */
  readonly #deep = new Map<FunctionId, LockWalk | undefined>();
  /** Functions that are being walked, those that were reached again meanwhile, and those that were walked again for it. */
  readonly #open = new Set<FunctionId>();
  readonly #reentered = new Set<FunctionId>();
  readonly #walkedAgain = new Set<FunctionId>();
  #depth = 0;

  constructor(
    functions: Program,
    speaking: readonly FunctionHeader[],
    stored: () => StoredFunctions,
  ) {
    this.#stored = stored;
    this.#program = functions;
    this.#speaking = new Set(speaking.map(({ id }) => id));
  }

  isSpeaking(id: FunctionId): boolean {
    return this.#speaking.has(id);
  }

  of(id: FunctionId, isUnderLock = false): LockWalk | undefined {
    const known = isUnderLock ? this.#deep : this.#known;
    if (known.has(id)) {
      if (this.#open.has(id)) this.#reentered.add(id);
      return known.get(id);
    }
    const model = this.#at(id).model(id);
    known.set(id, undefined);
    if (!model || model.isDamaged) return undefined;
    const before = known.size;
    this.#open.add(id);
    const walk = this.#walk(model, known, isUnderLock);
    this.#open.delete(id);
    if (!this.#isRecursion(walk)) return walk;
    // Once more, since who has called it on the way did not know yet what it takes.
    for (const callee of [...known.keys()].slice(before)) known.delete(callee);
    return this.#walk(model, known, isUnderLock);
  }

  /** Whether a function that takes a lock was reached again while it was walked; true once. */
  #isRecursion({ model: { id }, summary }: LockWalk): boolean {
    if (summary.acquires.length === 0 || !this.#reentered.has(id)) return false;
    if (this.#walkedAgain.has(id)) return false;
    this.#walkedAgain.add(id);
    return true;
  }

  #walk(
    model: FunctionModel,
    known: Map<FunctionId, LockWalk | undefined>,
    isUnderLock: boolean,
  ): LockWalk {
    const walk = walkLocks(
      model,
      (callee, holds) => this.#summary(callee, isUnderLock || holds),
      undefined,
      (slot) => this.#stored().in(slot),
    );
    known.set(model.id, walk);
    return walk;
  }

  #at(id: FunctionId): Pick<FunctionsElsewhere, "model"> {
    return this.#program.elsewhere?.(id) ?? this.#program;
  }

  #summary(callee: FunctionId, isUnderLock: boolean): LockSummary | undefined {
    const elsewhere = isUnderLock ? this.#program.elsewhere?.(callee) : undefined;
    const isSpeaking = this.#speaking.has(callee) || elsewhere?.mentions(callee, INTEREST);
    if (this.#depth >= (isSpeaking ? DEEPEST : DEPTH) || !(isSpeaking || isUnderLock))
      return undefined;
    this.#depth++;
    try {
      return this.of(callee, isUnderLock)?.summary;
    } finally {
      this.#depth--;
    }
  }
}
