import { defineRule, sharedMemoryHazards, source } from "#kit";

export default defineRule({
  id: "ts/shared-memory-race",
  group: "races",
  severity: "warning",

  since: "0.1.0",
  interest: /\bSharedArrayBuffer\b|\bworkerData\b/,

  docs: {
    summary: "Shared memory is changed without Atomics",
    why: "`view[i]++` reads, adds and writes. Another thread does the same in between, and one of the two changes is lost; without Atomics the other thread may not even see the write.",
    instead: "Use Atomics.add, Atomics.sub, Atomics.store and so on.",
    bad: {
      "counts of several workers are lost": source`
        import { workerData } from "node:worker_threads";

        const counts = new Int32Array(workerData.counts);

        export function count(kind: number): void {
          counts[kind]++; // want "counts.kind. is changed without Atomics"
        }
      `,
    },
    good: {
      "one step": source`
        import { workerData } from "node:worker_threads";

        const counts = new Int32Array(workerData.counts);

        export function count(kind: number): void {
          Atomics.add(counts, kind, 1);
        }
      `,
    },
    limits: [
      "Only changes that read and write (++, +=) of a view over a SharedArrayBuffer or over what a worker was given.",
      "Silent in modules that build a lock of Atomics.",
    ],
  },

  *check({ use }) {
    for (const { kind, at, name } of use(sharedMemoryHazards)) {
      if (kind !== "race") continue;
      yield {
        at,
        message: `${name} is changed without Atomics: a change of another thread between the read and the write is lost`,
        trace: {
          threads: ["this thread", "another thread"],
          steps: [
            { thread: 0, at, action: `reads ${name}`, waits: false },
            { thread: 1, at, action: `reads the same ${name}, and writes it`, waits: false },
            { thread: 0, at, action: `writes ${name}: the other change is lost`, waits: false },
          ],
        },
      };
    }
  },
});
