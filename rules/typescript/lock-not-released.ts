import { defineRule, type Related, source, stuckFlags, unreleasedResources } from "#kit";

export default defineRule({
  id: "ts/lock-not-released",
  group: "races",
  severity: "error",
  since: "0.1.0",
  interest: /\b(?:acquire|lock|obtain)\s*\(|=\s*true\b/,
  yieldsTo: ["ts/connection-not-released"],

  docs: {
    summary: "An async lock that stays taken when something between fails",
    why: "When what is awaited under the lock rejects, the release after it is not reached. Every later task waits for the lock for ever, and nothing says why.",
    instead:
      "Release in `finally`, or use the form that does so by itself: `mutex.runExclusive(…)`, `using`.",
    bad: {
      "a failed write locks everybody out": source`
        interface Mutex { acquire(): Promise<() => void> }
        declare const mutex: Mutex;
        declare function write(text: string): Promise<void>;

        export async function append(text: string): Promise<void> {
          const release = await mutex.acquire(); // want "mutex.acquire.. takes is not given back when what is awaited next rejects"
          await write(text);
          release();
        }
      `,
    },
    good: {
      "released whatever happens": source`
        interface Mutex { acquire(): Promise<() => void> }
        declare const mutex: Mutex;
        declare function write(text: string): Promise<void>;

        export async function append(text: string): Promise<void> {
          const release = await mutex.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    limits: [
      "Locks are known by the name of the receiver (mutex, lock, semaphore) and of the method; what is handed on, stored or returned is somebody else's to release.",
      "Flags that keep a second run out (`if (this.busy) return`), and counters that are compared somewhere in the module, are followed inside of one function.",
      "Only awaits, returns and throws count as ways out between; a plain call that may throw does not.",
    ],
  },

  *check({ use }) {
    for (const resource of use(unreleasedResources)) {
      if (resource.kind !== "lock") continue;
      const { name, acquiredAt, lostAt, lostBy, releasedAt } = resource;
      const related: Related[] = [];
      if (lostAt) related.push({ at: lostAt, note: WAYS_OUT[lostBy] });
      if (releasedAt) related.push({ at: releasedAt, note: "it is given back here" });
      const how =
        lostBy === "never"
          ? "is never given back"
          : `is not given back when ${lostBy === "await" ? "what is awaited next rejects" : `the function leaves by the ${lostBy}`}`;
      yield { at: acquiredAt, message: `what ${name} takes ${how}`, related };
    }
    for (const { name, kind, setAt, lostAt, resetAt } of use(stuckFlags))
      yield {
        at: setAt,
        message:
          kind === "flag"
            ? `${name} stays set when what is awaited next rejects: no later call gets past its test`
            : `${name} is not counted down when what is awaited next rejects: each failure takes a place for good`,
        confidence: "medium",
        related: [
          { at: lostAt, note: WAYS_OUT.await },
          { at: resetAt, note: "it is taken back here" },
        ],
      };
  },
});

const WAYS_OUT = {
  await: "a rejection leaves the function here",
  return: "the function returns here",
  throw: "the function throws here",
  never: "",
};
