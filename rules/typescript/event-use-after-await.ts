import { defineRule, lateEventUses, source } from "#kit";

export default defineRule({
  id: "ts/event-use-after-await",
  group: "events",
  severity: "error",

  since: "0.1.0",
  interest:
    /\.(?:currentTarget|preventDefault|stopPropagation|stopImmediatePropagation|dataTransfer|clipboardData|respondWith)\b/,
  aliases: [
    "github/async-currenttarget",
    "github/async-preventdefault",
    "unicorn/no-late-current-target-access",
    "unicorn/no-late-event-control",
  ],

  docs: {
    summary: "A browser's event is used after an await, when it is over",
    why: "The browser goes on as soon as the handler waits: the form is sent although preventDefault comes later, and currentTarget and dataTransfer are null or empty by then.",
    instead:
      "Call preventDefault before the first await; keep what you need of the event in a local.",
    bad: {
      "the form is sent before it is stopped": source`
        declare function save(): Promise<void>;

        export async function onSubmit(event: SubmitEvent): Promise<void> {
          await save();
          event.preventDefault(); // want "event.preventDefault comes after an await"
        }
      `,
    },
    good: {
      "stopped at once": source`
        declare function save(): Promise<void>;

        export async function onSubmit(event: SubmitEvent): Promise<void> {
          event.preventDefault();
          await save();
        }
      `,
    },
    limits: [
      "The event is the first parameter of an async function, known by its type, or by its name where it has none.",
      "target stays valid and is not reported; an await on only some ways to the use is not counted.",
    ],
  },

  *check({ use }) {
    for (const { at, name, member, awaitedAt } of use(lateEventUses)) {
      const isRead = /Target|Transfer|Data/.test(member);
      yield {
        at,
        message: `${name} comes after an await: the event is over, and ${isRead ? "the value is null or empty" : "the call does nothing"}`,
        related: [{ at: awaitedAt, note: "here the browser goes on" }],
      };
    }
  },
});
