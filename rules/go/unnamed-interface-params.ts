import { defineRule, source, unnamedParameters } from "#kit";

export default defineRule({
  id: "go/unnamed-interface-params",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s*\{/,
  aliases: ["inamedparam"],

  docs: {
    summary: "Interface method with several unnamed parameters of one type",
    why: "Nothing tells which is which, and each implementation guesses for itself.",
    instead: "Name the parameters.",
    bad: {
      "which is which": source`
        package store

        type Copier interface {
        	Copy(string, string) error // want "Copy has several parameters of type string without names"
        }
      `,
    },
    good: {
      "they say it": source`
        package store

        type Copier interface {
        	Copy(from, to string) error
        }
      `,
    },
    limits: ["Parameters of different types explain themselves."],
  },

  check: ({ use }) => use(unnamedParameters),
});
