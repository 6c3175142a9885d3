import type { State } from "./state.ts";

/** Short names for what states hold: two states of one search have one name exactly if they hold the same. */
export interface ContentNames {
  /** Equal for states that differ at most in where their threads are. */
  of(state: State): string;
}

/** Names for one search. Maps are shared among states until they change, and are read once. */
export function createContentNames(): ContentNames {
  const known = new WeakMap<ReadonlyMap<string, unknown>, number>();
  const numbers = new Map<string, number>();
  const numberOf = (map: ReadonlyMap<string, unknown>): number => {
    if (map.size === 0) return 0;
    const old = known.get(map);
    if (old !== undefined) return old;
    const text = JSON.stringify([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    known.set(map, number);
    return number;
  };
  return {
    of({ channels, groups, locks, store, facts, counts, sites, threads }) {
      const first = `${threads.length} ${numberOf(channels)} ${numberOf(groups)} ${numberOf(locks)}`;
      return `${first} ${numberOf(store)} ${numberOf(facts)} ${numberOf(counts)} ${numberOf(sites)}`;
    },
  };
}
