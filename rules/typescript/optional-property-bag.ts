import { defineRule, optionalBags, source } from "#kit";

export default defineRule({
  id: "ts/optional-property-bag",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["no-optional-properties"],

  docs: {
    summary: "Interface with a kind and mostly optional payloads",
    why: "Which of the properties are there depends on the kind, and the compiler does not know it: each reader tests what cannot be missing, and forgets what can.",
    instead: "Write a union: one interface for each kind, with what it has.",
    bad: {
      "the kind decides": source`
        export interface Job { // want "4 of 4 properties of Job are optional, and which are there depends on state"
          state: "waiting" | "running" | "failed" | "done";
          startedAt?: Date;
          finishedAt?: Date;
          error?: Error;
          result?: string;
        }
      `,
    },
    good: {
      "one for each state": source`
        export type Job =
          | { state: "waiting" }
          | { state: "running"; startedAt: Date }
          | { state: "failed"; startedAt: Date; error: Error }
          | { state: "done"; startedAt: Date; finishedAt: Date; result: string };
      `,
    },
    limits: [
      "A property kind, type, status, state, phase, mode, variant or tag of string literals, four optional properties, and these four fifths of all.",
      "Options, props, parameters, queries, requests and the like may have any part, as their names tell.",
    ],
  },

  check: ({ use }) => use(optionalBags),
});
