import { defineRule, handMadeSignals, source } from "#kit";

export default defineRule({
  id: "ts/prefer-abort-signal-helpers",
  group: "promises",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bnew\s+AbortController\b/,
  aliases: ["unicorn/prefer-abort-signal-any", "unicorn/prefer-abort-signal-timeout"],

  docs: {
    summary: "Controller that does by hand what AbortSignal.timeout or AbortSignal.any does",
    why: "The timer keeps the process alive and has to be cleared, and the listeners have to be removed; the helpers look after both.",
    instead: "Use `AbortSignal.timeout(ms)`, or `AbortSignal.any([one, other])`.",
    bad: {
      "a timer that nobody clears": source`
        export function load(url: string): Promise<Response> {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), 5_000); // want "AbortSignal.timeout does the same"
          return fetch(url, { signal: controller.signal });
        }
      `,
    },
    good: {
      "the platform does it": source`
        export function load(url: string): Promise<Response> {
          return fetch(url, { signal: AbortSignal.timeout(5_000) });
        }
      `,
    },
    limits: [
      "A controller that is a constant, which nothing but the timer aborts; or which two or more signals abort by listeners of theirs.",
      "Silent where package.json names a Node older than 20.3, and in tests.",
      "The reason differs: AbortSignal.timeout aborts with a TimeoutError.",
      "Opt-in: both forms are right.",
    ],
  },

  *check({ use }) {
    for (const { at, helper, edits } of use(handMadeSignals)) {
      yield {
        at,
        message: `${helper} does the same, and looks after its ${helper.endsWith("any") ? "listeners" : "timer"}`,
        ...(edits && {
          fixes: [{ kind: "suggestion" as const, description: `use ${helper}`, edits }],
        }),
      };
    }
  },
});
