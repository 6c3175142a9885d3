import { defineRule, earlyEmits, source } from "#kit";

export default defineRule({
  id: "ts/early-emit",
  group: "events",
  severity: "warning",
  confidence: "high",
  since: "0.1.0",
  interest: /\bextends\s+(?:\w+\.)?(?:\w*EventEmitter|EventTarget)/,

  docs: {
    summary: "A constructor emits an event that nobody can hear yet",
    why: "Whoever makes the object gets it when the constructor is done, and can only listen then: an event that was emitted before is lost, and an `error` event without a listener throws.",
    instead:
      "Emit it later (`queueMicrotask(() => this.emit(…))`, process.nextTick), or in a method that is called to start.",
    bad: {
      "nobody hears that it is ready": source`
        import { EventEmitter } from "node:events";

        export class Settings extends EventEmitter {
          constructor(readonly path: string) {
            super();
            this.emit("ready", path); // want "nobody can listen to \\"ready\\" yet"
          }
        }
      `,
    },
    good: {
      "when others have had their turn": source`
        import { EventEmitter } from "node:events";

        export class Settings extends EventEmitter {
          constructor(readonly path: string) {
            super();
            queueMicrotask(() => this.emit("ready", path));
          }
        }
      `,
    },
    limits: ["Silent where the constructor listens to events of its own."],
    references: ["https://nodejs.org/api/events.html"],
  },

  *check({ use }) {
    for (const { at, event } of use(earlyEmits))
      yield { at, message: `nobody can listen to ${event} yet: the constructor is still at work` };
  },
});
