/*
 * Calls of the platform and of common libraries that start tasks, listen, or hold locks: facts from the documentation of
 * Node 20–24, the web platform (MDN), async-mutex 0.5, async-lock 1.4, p-limit 6, p-queue 8.
 */

/** Functions that run a callback later: `once` or again and again. By the resolver's name of the callee. */
export const TIMER_CALLS: ReadonlyMap<string, "once" | "repeated"> = new Map([
  ["setTimeout", "once"],
  ["setImmediate", "once"],
  ["queueMicrotask", "once"],
  ["process.nextTick", "once"],
  ["requestAnimationFrame", "once"],
  ["requestIdleCallback", "once"],
  ["setInterval", "repeated"],
]);

/** Methods that have a function called at each event, given as `(event, listener)`. */
export const SUBSCRIBE_METHODS: ReadonlySet<string> = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "prependOnceListener",
  "addEventListener",
]);

export const UNSUBSCRIBE_METHODS: ReadonlySet<string> = new Set([
  "off",
  "removeListener",
  "removeEventListener",
]);

/** Methods of any name's receiver that run a callback while nobody else runs one. */
export const EXCLUSIVE_METHODS: ReadonlySet<string> = new Set([
  "runExclusive",
  "runInLock",
  "withLock",
  "withMutex",
  "synchronized",
  "navigator.locks.request",
]);

/** Methods that wait for a lock, and, when the receiver's name says that it is one, those that everybody has. */
export const ACQUIRE_METHODS: ReadonlySet<string> = new Set(["acquire", "lock", "obtain", "enter"]);
export const RELEASE_METHODS: ReadonlySet<string> = new Set(["release", "unlock", "leave", "exit"]);

/** Names of things that let one task in at a time, or few. */
export const LOCK_NAME =
  /(?:mutex|lock|sem(?:aphore)?|(?:^|[a-z_.])queue|limit(?:er)?|throttle|serial(?:ize)?|exclusive|singleflight)$/i;

/** Methods of such things that run a callback: `lock.acquire(key, fn)`, `queue.add(fn)`, `limiter.schedule(fn)`. */
export const GUARDED_METHODS: ReadonlySet<string> = new Set([
  "acquire",
  "lock",
  "use",
  "run",
  "add",
  "push",
  "schedule",
  "enqueue",
  "request",
  "wrap",
  "do",
]);
