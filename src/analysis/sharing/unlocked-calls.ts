import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { FunctionHeader } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { type HeldLocks, heldLocks } from "../locks/held-locks.ts";
import {
  Callers,
  type Entry,
  pathAtSite,
  type Site,
  saysLocked,
  typesThatLock,
} from "./callers.ts";
import { isMadeOrGiven } from "./made-here.ts";
import { memoryAccesses } from "./memory-accesses.ts";
import { entryWithoutLock } from "./open-entry.ts";
import { ownLock } from "./own-lock.ts";

/**
 * A function that says that its caller holds the lock is called by one that does not:
 *
 *     func (c *Cache) Put(…)  { c.mu.Lock(); defer c.mu.Unlock(); c.evictLocked() }
 *     func (c *Cache) Reset() { c.evictLocked() }
 */
export interface UnlockedCall {
  readonly callee: FunctionHeader;
  readonly call: Site;
  /** The lock as it would be written at the call. */
  readonly lock: string;
  /** Where somebody else calls it with the lock. */
  readonly locked: Site;
  readonly trace: Trace;
}

const OF_LOCKS = /lock|mutex|mu\b/i;
/** `evictLocked`, `closeLockedOnEntry`; not `isLocked`. */
const NAME = /(?<!^|\.|[iI]s|[uU]n|[bB])[lL]ocked(?:$|On\p{Lu})/u;
/** `c.mu must be held`, `the caller must hold mu`, `called with the lock held`. */
const COMMENT =
  /\b(?:\w*[mM]u|\w*[mM]utex|\w*[lL]ock)\s+(?:must|should|has to|needs to)\s+be\s+(?:held|locked|acquired|taken)\b|\b(?:must|should|has to|needs to|callers?)\s+(?:already\s+)?(?:hold|acquire|have)s?\s+(?:the\s+|a\s+)?(?:\w+\.)*(?:\w*[mM]u|\w*[mM]utex|\w*[lL]ock)\b|\bwith\s+(?:the\s+)?(?:\w+\.)*(?:\w*[mM]u|\w*[mM]utex|\w*[lL]ock)\s+(?:held|locked|acquired)\b/;
const NEGATED = /\b(?:not|never|without|no longer|unless|optional)\b|n't\b/i;

export const unlockedCalls = defineAnalysis("unlocked calls", (use): UnlockedCall[] => {
  const functions = use(program);
  const locks = use(heldLocks);
  if (locks.walks.length === 0) return [];
  const callers = new Callers(functions, use(memoryAccesses), typesThatLock(locks));
  return functions.functions
    .filter((one) => !one.isTest && functions.isJudged(one.file) && countsOnLock(one))
    .flatMap((callee) => callsOf(callee, functions, callers, locks));
});

function countsOnLock({ name, role, comment, receiver }: FunctionHeader): boolean {
  if (role !== "method" || !receiver) return false;
  const said = comment.split(/[.;:]\s/).filter((sentence) => OF_LOCKS.test(sentence));
  if (said.some((sentence) => NEGATED.test(sentence))) return false;
  const isNamed = NAME.test(name.slice(name.lastIndexOf(".") + 1));
  return isNamed || said.some((sentence) => COMMENT.test(sentence));
}

interface LockedSite {
  readonly site: Site;
  readonly slot: string;
  readonly text: string;
}

function callsOf(
  callee: FunctionHeader,
  functions: Program,
  callers: Callers,
  locks: HeldLocks,
): UnlockedCall[] {
  const sites = callers.sitesOf(callee) ?? [];
  const locked = sites.flatMap((site): LockedSite[] => {
    const object = objectAt(site, callee);
    const lock = object && ownLock(site.held, object)?.lock;
    return lock?.slot === undefined ? [] : [{ site, slot: lock.slot, text: lock.text }];
  });
  const [first] = locked;
  if (!first || locked.some(({ slot }) => slot !== first.slot)) return [];
  const open = sites.flatMap((site) => {
    const entry = openEntry(site, callee, first.slot, functions, callers, locks);
    return entry ? [{ site, entry }] : [];
  });
  if (open.length > locked.length) return [];
  return open.map(({ site, entry }) => ({
    callee,
    call: site,
    lock: lockAt(site, callee, first.slot),
    locked: first.site,
    trace: traceOf(entry, site, first, callee),
  }));
}

/** Something of the object that the function is called on, as the caller names it. */
function objectAt(site: Site, callee: FunctionHeader): AccessPath | undefined {
  const { receiver: variable } = callee;
  if (!variable) return undefined;
  const root = { kind: "variable", variable } as const;
  const path = {
    root,
    steps: [{ kind: "field", name: "" }],
    text: variable.name,
    slot: undefined,
  } as const;
  return pathAtSite(site, callee, path);
}

function openEntry(
  site: Site,
  callee: FunctionHeader,
  lock: string,
  functions: Program,
  callers: Callers,
  locks: HeldLocks,
): Entry | undefined {
  const { caller, held, perhapsHeld } = site;
  const path = objectAt(site, callee);
  const key = path && pathKey(path);
  if (!path || key === undefined || caller.isTest || saysLocked(caller)) return undefined;
  if (callers.isPreparing(caller) || isMadeOrGiven(functions, caller, path)) return undefined;
  return entryWithoutLock(lock, { model: caller, path, key, held, perhapsHeld }, callers, locks);
}

/** `c.mu` of the object that is written `c` here. */
function lockAt(site: Site, callee: FunctionHeader, slot: string): string {
  const text = objectAt(site, callee)?.text ?? "";
  return `${text.replace(/\.$/, "")}.${slot.slice(slot.lastIndexOf(".") + 1)}`;
}

function traceOf(entry: Entry, site: Site, locked: LockedSite, callee: FunctionHeader): Trace {
  const name = callee.name.slice(callee.name.lastIndexOf(".") + 1);
  const step = (thread: number, at: Site["at"], action: string) => ({
    thread,
    at,
    action,
    waits: false,
  });
  return {
    threads: [
      locked.site.caller.name,
      entry.isGoroutine ? `goroutine ${entry.from.name}` : entry.from.name,
    ],
    steps: [
      step(0, locked.site.at, `calls ${name} with ${locked.text} locked`),
      ...entry.calls.map((at) => step(1, at, "calls, without that lock")),
      step(1, site.at, `calls ${name}, perhaps at the same time`),
    ],
  };
}
