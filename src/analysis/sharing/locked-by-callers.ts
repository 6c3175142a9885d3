import type { Place } from "../../core/position.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import type { HeldLocks } from "../locks/held-locks.ts";
import { type Callers, pathAtSite, type Site } from "./callers.ts";
import { isMadeHere } from "./made-here.ts";
import type { MemoryAccess, MemoryAccesses } from "./memory-accesses.ts";
import { ownLock } from "./own-lock.ts";
import { isPreparing } from "./preparing.ts";

/** A lock that the callers of a function hold for it, and the calls from one of them, the first first. */
export interface CallerLock {
  readonly by: Acquisition;
  readonly calls: readonly Place[];
}

const DEPTH = 8;
/** Functions that are looked at because somebody calls them under a lock. */
const MOST_FUNCTIONS = 2_000;

/**
 * Which accesses are locked by whoever calls the function that they stand in:
 *
 *     func (c *Cache) Put(…) { c.mu.Lock(); c.put(…); c.mu.Unlock() }
 *     func (c *Cache) put(…) { c.items[k] = v }                          // nobody calls it without c.mu
 */
export class LockedByCallers {
  readonly #callers: Callers;
  readonly #known = new Map<string, CallerLock | undefined>();

  constructor(callers: Callers) {
    this.#callers = callers;
  }

  /** The lock that every caller holds; undefined where one does not, or where there may be others. */
  of({ model, path, key }: MemoryAccess): CallerLock | undefined {
    return this.#of(model, path, key, DEPTH);
  }

  #of(
    callee: Site["caller"],
    path: AccessPath,
    key: string,
    depth: number,
  ): CallerLock | undefined {
    const name = `${callee.id} ${key}`;
    const known = this.#known.get(name);
    if (known || this.#known.has(name)) return known;
    this.#known.set(name, undefined);
    const found = this.#heldFor(callee, path, depth);
    this.#known.set(name, found);
    return found;
  }

  #heldFor(callee: Site["caller"], path: AccessPath, depth: number): CallerLock | undefined {
    if (depth === 0 || this.#callers.isCalledFromOutside(callee)) return undefined;
    let found: CallerLock | undefined;
    for (const site of this.#callers.sitesOf(callee) ?? []) {
      const there = pathAtSite(site, callee, path);
      if (!there || site.isSpawn) return undefined;
      if (isMadeHere(site.caller, there) || isPreparing(site.caller)) continue;
      const own = ownLock(site.held, there);
      const above = own ? undefined : this.#of(site.caller, there, pathKey(there) ?? "", depth - 1);
      const lock = own ? { by: own, calls: [site.at] } : above;
      if (!lock) return undefined;
      if (found && found.by.lock.slot !== lock.by.lock.slot) return undefined;
      found ??= above ? { ...above, calls: [...above.calls, site.at] } : lock;
    }
    return found;
  }
}

/** Functions that are called under a lock, and those that they call. */
export function calledUnderLocks(
  { walks }: HeldLocks,
  accesses: MemoryAccesses,
): ReadonlySet<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting = walks.flatMap(({ calls }) =>
    calls.flatMap(({ callee, held }) => (held.length > 0 ? [callee] : [])),
  );
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || found.size >= MOST_FUNCTIONS) continue;
    found.add(id);
    for (const { operation } of accesses.of(id)?.calls ?? [])
      if (operation.kind === "call" && operation.callee.kind === "static")
        waiting.push(operation.callee.function);
  }
  return found;
}
