import { defineRule, redundantAliases, source } from "#kit";

export default defineRule({
  id: "ts/redundant-type-alias",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\btype\s+\w+\s*=/,

  docs: {
    summary: "Alias that is another name for a type",
    why: "Two names for one type: a reader looks for the difference.",
    instead: "Use the type's own name.",
    bad: {
      "another name": source`
        export interface Account {
          id: string;
        }
        type User = Account; // want "User is another name for Account"
        export const users: User[] = [];
      `,
    },
    good: {
      "one name": source`
        export interface Account {
          id: string;
        }
        export const users: Account[] = [];
      `,
    },
    limits: ["Exported aliases and names for primitive types are left alone."],
  },

  check: ({ use }) => use(redundantAliases),
});
