import { defineRule, sharedMemoryHazards, source } from "#kit";

export default defineRule({
  id: "ts/atomics-wait-on-main-thread",
  group: "races",
  severity: "error",

  since: "0.1.0",
  interest: /\bAtomics\s*\.\s*wait\s*\(/,

  docs: {
    summary: "Atomics.wait where nobody may wait",
    why: "In a browser's main thread Atomics.wait throws. In an async function it stops the whole thread: no other request, timer or message is dealt with until somebody notifies, and if that somebody needs this thread, never.",
    instead: "Use Atomics.waitAsync and await its value, or wait in a worker.",
    bad: {
      "the whole server stops": source`
        export async function ready(flags: Int32Array): Promise<void> {
          Atomics.wait(flags, 0, 0); // want "Atomics.wait stops the whole thread"
        }
      `,
    },
    good: {
      "only this task waits": source`
        declare function waitAsync(flags: Int32Array, index: number, value: number): Promise<string>;

        export async function ready(flags: Int32Array): Promise<void> {
          await waitAsync(flags, 0, 0);
        }
      `,
    },
    limits: [
      "Only in async functions, and in modules that use document or window; files of workers are left out.",
    ],
  },

  *check({ use }) {
    for (const { kind, at, isAsync } of use(sharedMemoryHazards)) {
      if (kind !== "wait") continue;
      yield {
        at,
        message: isAsync
          ? "Atomics.wait stops the whole thread, not only this async function"
          : "Atomics.wait throws in the main thread of a browser",
      };
    }
  },
});
