import { defineRule, source, unusedInterfaces } from "#kit";

export default defineRule({
  id: "ts/unused-exported-interface",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["knip"],

  docs: {
    summary: "Exported interface that nothing uses",
    why: "It reads like a contract that somebody keeps, and whoever changes the code behind it keeps it up for nobody.",
    instead: "Delete it, or drop the export until somebody needs it.",
    bad: {
      "left behind": source`
        export interface Notification { // want "nothing uses Notification"
          title: string;
          text: string;
        }

        export function notify(title: string): string {
          return title;
        }
      `,
    },
    good: {
      "a parameter has it as its type": source`
        export interface Notification {
          title: string;
          text: string;
        }

        export function notify({ title }: Notification): string {
          return title;
        }
      `,
    },
    limits: [
      "Judged are interfaces that only the workspace can use: those that no entry point of a package that others install leads to.",
      "Types are known by their names: an interface whose name is declared twice in the workspace is left out.",
      "Uses in tests, components of other languages (Vue, Svelte, Astro) and JSDoc count; so does an import or a re-export alone.",
    ],
    references: ["https://knip.dev/typescript/unused-exports"],
  },

  check: ({ use }) => use(unusedInterfaces),
});
