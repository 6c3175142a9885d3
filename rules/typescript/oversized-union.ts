import { defineRule, source, writtenUnions } from "#kit";

export default defineRule({
  id: "ts/oversized-union",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\|/,
  options: {
    limit: {
      type: "number",
      default: 5,
      description: "Number of types, literals left out, that a union without a name may have",
    },
  },

  docs: {
    summary: "Union of many types, written in place",
    why: "It has to be read anew at each place, and a place that forgets a member is not noticed.",
    instead: "Give it a name.",
    bad: {
      "six types": source`
        export function show(value: Date | Error | Map<string, string> | Set<string> | RegExp | URL): string { // want "6 types in a union without a name"
          return String(value);
        }
      `,
    },
    good: {
      "a name": source`
        export type Shown = Date | Error | Map<string, string> | Set<string> | RegExp | URL;

        export function show(value: Shown): string {
          return String(value);
        }
      `,
    },
    limits: ["Literals do not count, and neither do unions that are the whole of an alias."],
  },

  *check({ use, options: { limit: allowed } }) {
    for (const { at, members } of use(writtenUnions))
      if (members > Number(allowed))
        yield { at, message: `${members} types in a union without a name` };
  },
});
