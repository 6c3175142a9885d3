import { defineRule, source, starvingMicrotasks } from "#kit";

export default defineRule({
  id: "ts/microtask-starvation",
  group: "events",
  severity: "warning",
  since: "0.1.0",
  interest:
    /\bawait\s+(?:null|undefined|Promise\.resolve\(\))|\bnextTick\(|\bqueueMicrotask\(|Promise\.resolve\(\)/,

  docs: {
    summary: "Microtasks without an end keep everything else from running",
    why: "Promises and process.nextTick run before timers and before anything that comes in. A loop that awaits what is settled, or a function that puts itself back, leaves no room for the event that it waits for: the process hangs at full load.",
    instead:
      "Wait for the event itself, or let others run: setImmediate, setTimeout, or a pause of timers/promises.",
    bad: {
      "what it waits for never comes": source`
        import type { Socket } from "node:net";

        export async function untilOpen(socket: Socket): Promise<void> {
          while (socket.connecting) await Promise.resolve(); // want "this loop lets nothing else run"
        }
      `,
    },
    good: {
      "waits for the event": source`
        import { once } from "node:events";
        import type { Socket } from "node:net";

        export async function untilOpen(socket: Socket): Promise<void> {
          if (socket.connecting) await once(socket, "connect");
        }
      `,
    },
    limits: [
      "Loops of which the only statement is the await, without a count, and functions that put themselves back whatever happens.",
    ],
    references: ["https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick"],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(starvingMicrotasks))
      yield {
        at,
        message:
          kind === "loop"
            ? "this loop lets nothing else run: what it waits for comes only with timers and events"
            : `${name} puts itself back before anything else can run, without an end`,
      };
  },
});
