import type { Span } from "../../core/position.ts";
import type { OperationOf } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import type { Acquisition, Deciding } from "./acquisition.ts";
import { isBelow } from "./substitute.ts";

/** A path so far. */
export interface PathState {
  readonly block: number;
  readonly held: readonly Acquisition[];
  readonly deferred: readonly OperationOf<"defer">[];
  /** Outcomes of tests that come again, by the condition's key. */
  readonly facts: ReadonlyMap<
    string,
    { readonly holds: boolean; readonly reads: readonly string[] }
  >;
  /** Locks of which nothing is known any more: handed on, renamed, perhaps released by a callee. */
  readonly lost: ReadonlySet<string>;
  /** Where this path has let go of locks that it took itself and has not taken again, by key; of those that it may release twice. */
  readonly letGo: ReadonlyMap<string, Span>;
  /** Locks of the caller that this path has released, by key. */
  readonly givenUp: ReadonlyMap<string, AccessPath>;
  /** Held as soon as a test says that there is no error, by the key of the error that a call returned. */
  readonly onSuccess: ReadonlyMap<string, readonly Acquisition[]>;
  readonly under: readonly Deciding[];
  readonly decidedAt: Span | undefined;
  /** The last `break` or `continue`, if no condition came after it. */
  readonly jumpedAt: Span | undefined;
  /** Waits for a lock that it holds itself: no path leads on. */
  readonly isStuck: boolean;
}

/** Where a walk begins. */
export const START: PathState = {
  block: 0,
  held: [],
  deferred: [],
  facts: new Map(),
  lost: new Set(),
  letGo: new Map(),
  givenUp: new Map(),
  onSuccess: new Map(),
  under: [],
  decidedAt: undefined,
  jumpedAt: undefined,
  isStuck: false,
};

/** States with one key go on alike. */
export function stateKey(state: PathState): string {
  const held = state.held.map(({ key, mode, at }) => `${key}${mode}${at.start}`).join();
  const deferred = state.deferred.map(({ at }) => at.start).join();
  const facts = [...state.facts]
    .map(([key, { holds }]) => `${key}${holds}`)
    .sort()
    .join();
  const lost = [...state.lost].sort().join();
  const given = [...state.givenUp.keys()].sort().join();
  const letGo = [...state.letGo.keys()].sort().join();
  const hoped = [...state.onSuccess.keys()].sort().join();
  const jumped = state.held.length > 0 ? state.jumpedAt?.start : undefined;
  return `${state.block}|${jumped}|${held}|${deferred}|${facts}|${lost}|${given}|${letGo}|${hoped}|${state.under.join()}`;
}

/** Nothing is known any more of locks whose names, or whose owners' names, are given to something else. */
export function losing(
  state: PathState,
  keys: readonly (string | undefined)[],
  written: AccessPath | undefined,
): PathState {
  const facts = written ? forgetting(state.facts, pathKey(written)) : state.facts;
  const { onSuccess } = forgetHopes(state, keys);
  const concerned = state.held.filter((held) =>
    keys.some((key) => key !== undefined && isBelow(held.key, key)),
  );
  if (concerned.length === 0 && facts === state.facts && onSuccess === state.onSuccess)
    return state;
  return {
    ...state,
    facts,
    onSuccess,
    held: state.held.filter((held) => !concerned.includes(held)),
    lost:
      concerned.length === 0
        ? state.lost
        : new Set([...state.lost, ...concerned.map(({ key }) => key)]),
  };
}

/** Errors that got another value, or were tested, tell nothing of what was taken. */
export function forgetHopes(state: PathState, keys: readonly (string | undefined)[]): PathState {
  if (!keys.some((key) => key !== undefined && state.onSuccess.has(key))) return state;
  return {
    ...state,
    onSuccess: new Map([...state.onSuccess].filter(([key]) => !keys.includes(key))),
  };
}

/** The lock itself goes elsewhere: whoever gets it may release it. Its owner may go where it likes. */
export function handing(state: PathState, keys: readonly (string | undefined)[]): PathState {
  const handed = state.held.filter(({ key }) => keys.includes(key));
  if (handed.length === 0) return state;
  return {
    ...state,
    held: state.held.filter((held) => !handed.includes(held)),
    lost: new Set([...state.lost, ...handed.map(({ key }) => key)]),
  };
}

/** Nothing is known any more of locks, whether they are held or not. */
export function unknowing(state: PathState, keys: readonly string[]): PathState {
  return { ...state, lost: new Set([...state.lost, ...keys]) };
}

function forgetting(facts: PathState["facts"], written: string | undefined): PathState["facts"] {
  if (facts.size === 0) return facts;
  const kept = [...facts].filter(
    ([, { reads }]) => written !== undefined && !reads.some((read) => isBelow(read, written)),
  );
  return kept.length === facts.size ? facts : new Map(kept);
}

/** A callee has released a lock. */
export function released(state: PathState, key: string, path: AccessPath): PathState {
  const index = lastIndexOf(state.held, (held) => held.key === key);
  if (index === undefined) return { ...state, givenUp: new Map(state.givenUp).set(key, path) };
  return { ...state, held: state.held.filter((_, at) => at !== index) };
}

/** Undefined where nothing matches. */
export function lastIndexOf<T>(
  items: readonly T[],
  matches: (item: T) => boolean,
): number | undefined {
  const index = items.findLastIndex(matches);
  return index === -1 ? undefined : index;
}
