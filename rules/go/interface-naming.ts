import { defineRule, interfaceNames, source } from "#kit";

export default defineRule({
  id: "go/interface-naming",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["interfaceWordInInterfaceDeclaration"],

  docs: {
    summary: "Interface whose name says that it is one",
    why: "Whether a type is an interface is the declaration's business: the name is read at every use, and should say what the value can do.",
    instead: "Name it for what it does; in Go one method often gives the name: Reader, Formatter.",
    bad: {
      "a prefix": source`
        package store

        type IStore interface { // want "IStore says again that it is an interface; Store says what it is"
        	Load(id string) string
        }
      `,
    },
    good: {
      "what it does": source`
        package store

        type Loader interface {
        	Load(id string) string
        }
      `,
    },
    limits: [
      "The prefix I and the suffix Interface.",
      "A project that writes a fifth of its interfaces so, four at least, has a style of its own, and is left alone.",
    ],
    whenNotToUse: "Where names of this form are the house style.",
  },

  check: ({ use }) => use(interfaceNames),
});
