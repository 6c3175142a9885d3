import { defineRule, interfaceNames, source } from "#kit";

export default defineRule({
  id: "ts/interface-naming",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["interface-name"],

  docs: {
    summary: "Interface whose name says that it is one",
    why: "Whether a type is an interface is the declaration's business: the name is read at every use, and should say what the value is.",
    instead: "Name it for what it is.",
    bad: {
      "a prefix": source`
        interface IStore { // want "IStore says again that it is an interface; Store says what it is"
          load(id: string): string;
        }
        export const stores: IStore[] = [];
      `,
    },
    good: {
      "what it is": source`
        interface Store {
          load(id: string): string;
        }
        export const stores: Store[] = [];
      `,
    },
    limits: [
      "The prefix I and the suffix Interface.",
      "A project that writes a fifth of its interfaces so, four at least, has a style of its own, and is left alone.",
    ],
  },

  check: ({ use }) => use(interfaceNames),
});
