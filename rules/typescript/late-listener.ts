import { defineRule, lateListeners, source } from "#kit";

export default defineRule({
  id: "ts/late-listener",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.(?:on|once|addEventListener|addListener)\s*\(/,

  docs: {
    summary: "A listener is attached after an await, when the event may have come already",
    why: "Events are not kept for those who come late. A process that ends, or a socket that fails, during the await is never noticed: the caller waits for ever, or an error event without a listener ends the program.",
    instead: "Attach the listeners right after making the object, before anything is awaited.",
    bad: {
      "a child that ends at once is not noticed": source`
        import { spawn } from "node:child_process";

        declare function loadConfig(): Promise<string>;

        export async function run(command: string): Promise<void> {
          const child = spawn(command);
          const config = await loadConfig();
          child.on("exit", () => console.log("ended", config)); // want "child is listened to for exit only after an await"
        }
      `,
    },
    good: {
      "listened to from the start": source`
        import { spawn } from "node:child_process";

        declare function loadConfig(): Promise<string>;

        export async function run(command: string): Promise<void> {
          const config = await loadConfig();
          const child = spawn(command);
          child.on("exit", () => console.log("ended", config));
        }
      `,
    },
    limits: [
      "Known are child processes, workers, web sockets, event sources, sockets and file streams that the same function makes.",
      "Silent where the object is handed to somebody before the await, and where what is awaited is about the object.",
    ],
  },

  *check({ use }) {
    for (const { at, emitter, event, madeAt, awaitedAt, madeBy } of use(lateListeners)) {
      const step = (thread: number, place: typeof at, action: string) => ({
        thread,
        at: place,
        action,
        waits: false,
      });
      yield {
        at,
        message: `${emitter} is listened to for ${event} only after an await: what happens before is not heard`,
        related: [
          { at: madeAt, note: `${emitter} begins to have news here` },
          { at: awaitedAt, note: "here events come and find no listener" },
        ],
        trace: {
          threads: ["this function", `what ${madeBy} started`],
          steps: [
            step(0, madeAt, `makes ${emitter}`),
            step(0, awaitedAt, "waits, and lets others run"),
            step(1, awaitedAt, `tells ${event}, and nobody listens`),
            step(0, at, `listens for ${event}, which does not come again`),
          ],
        },
      };
    }
  },
});
