import { defineRule, source, spelledOutAny } from "#kit";

export default defineRule({
  id: "go/prefer-any",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s*\{\s*\}/,
  aliases: ["use-any"],

  docs: {
    summary: "interface{} spelled out",
    why: "`any` is the same type with a name, and easier to read.",
    instead: "Write any.",
    bad: {
      "spelled out": source`
        //go:build go1.18

        package store

        func keep(values map[string]interface{}) {} // want "interface\\{\\} has the name any"
      `,
    },
    good: {
      "by its name": source`
        package store

        func keep(values map[string]any) {}
      `,
    },
    limits: [
      "From Go 1.18 on, as go.mod says.",
      "Silent where a package declares an any of its own.",
    ],
  },

  check: ({ use }) => use(spelledOutAny),
});
