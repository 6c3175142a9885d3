import { defineRule, impossibleDelays, source } from "#kit";

export default defineRule({
  id: "ts/timer-delay-misuse",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\bset(?:Timeout|Interval)\b/,

  docs: {
    summary: "A timer's delay is longer than timers can keep, so that it fires at once",
    why: "Delays are 32-bit numbers of milliseconds: beyond 2147483647 (24.8 days) the delay becomes 1. A cleanup planned for once a month runs a thousand times a second.",
    instead: "Plan shorter delays and count them, or use a scheduler.",
    bad: {
      "thirty days are too many": source`
        declare function rotateKeys(): void;

        setInterval(rotateKeys, 30 * 24 * 60 * 60 * 1000); // want "setInterval cannot wait 2592000000 ms"
      `,
    },
    good: {
      "every day, and counted": source`
        declare function rotateKeysIfDue(): void;

        setInterval(rotateKeysIfDue, 24 * 60 * 60 * 1000);
      `,
    },
    limits: ["Only delays written as numbers, as constants of numbers, or calculated from them."],
  },

  *check({ use }) {
    for (const { at, timer, delay } of use(impossibleDelays)) {
      const length = Number.isFinite(delay) ? `${delay} ms` : "for ever";
      yield {
        at,
        message: `${timer} cannot wait ${length}: beyond 2147483647 ms it fires at once`,
      };
    }
  },
});
