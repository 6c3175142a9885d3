import { defineRule, source, unboundedCombinators } from "#kit";

export default defineRule({
  id: "ts/unbounded-promise-all",
  group: "promises",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\bPromise\s*\.all/,

  docs: {
    summary: "Promise.all that opens a file or connection for each element of a list of any length",
    why: "All are opened at once: from some thousand on the process runs out of file descriptors (EMFILE) or the other side refuses, and all of it fails.",
    instead: "Work in portions, or with a limit (`p-limit`, `Promise.all` over slices).",
    bad: {
      "as many files as there are": source`
        import { readdir, readFile } from "node:fs/promises";

        export async function contents(directory: string): Promise<string[]> {
          const names = await readdir(directory);
          return await Promise.all(names.map((name) => readFile(name, "utf8"))); // want "one for each element of names"
        }
      `,
    },
    good: {
      "in portions": source`
        import { readdir, readFile } from "node:fs/promises";

        export async function contents(directory: string): Promise<string[]> {
          const names = await readdir(directory);
          const found: string[] = [];
          for (let at = 0; at < names.length; at += 20)
            found.push(...(await Promise.all(names.slice(at, at + 20).map((name) => readFile(name, "utf8")))));
          return found;
        }
      `,
    },
    limits: [
      "Only where the callback itself calls fetch or opens a file, and the list is a parameter or was awaited.",
      "Silent for portions by their name (chunk, batch, page) and slices, and in tests.",
    ],
  },

  *check({ use }) {
    for (const { at, name, related } of use(unboundedCombinators)) {
      yield {
        at,
        message: `all are opened at once, one for each element of ${name}, however many there are`,
        related: related.map((call) => ({ at: call, note: "opened here" })),
      };
    }
  },
});
