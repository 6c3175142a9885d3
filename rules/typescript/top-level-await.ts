import { defineRule, libraryAwaits, source } from "#kit";

export default defineRule({
  id: "ts/top-level-await",
  group: "promises",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bawait\b/,
  aliases: ["n/no-top-level-await", "node/no-top-level-await", "no-top-level-await"],

  docs: {
    summary: "Await at the top level of a module that others install",
    why: "Everybody who imports the module waits for it, and cannot catch what it throws; `require` of it fails.",
    instead: "Export a function that does the work when it is called.",
    bad: {
      "all importers wait": source`
        // package.json: {"name": "settings", "version": "1.0.0"}
        import { readFile } from "node:fs/promises";

        export const settings = JSON.parse(await readFile("settings.json", "utf8")); // want "whoever imports this module waits here"
      `,
    },
    good: {
      "the caller waits when it wants to": source`
        // package.json: {"name": "settings", "version": "1.0.0"}
        import { readFile } from "node:fs/promises";

        export async function settings(): Promise<unknown> {
          return JSON.parse(await readFile("settings.json", "utf8"));
        }
      `,
    },
    limits: [
      "Modules with exports, in packages that have a name and are not private; the first await of each.",
      "Programs, scripts, configuration and tests are left out, by their paths.",
      "Opt-in: some modules cannot do without it.",
    ],
  },

  *check({ use }) {
    for (const at of use(libraryAwaits))
      yield {
        at,
        message: "whoever imports this module waits here, and cannot catch what is thrown",
      };
  },
});
