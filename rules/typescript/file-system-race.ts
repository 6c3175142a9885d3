import { defineRule, fileRaces, source } from "#kit";

export default defineRule({
  id: "ts/file-system-race",
  group: "races",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\b(?:access|stat|lstat|pathExists|exists)\s*\(/,
  aliases: ["js/file-system-race"],

  docs: {
    summary: "A file is looked at, and then made or removed as if nobody could come between",
    why: "Between the look and the act another process (or another call of this function) makes or removes the file: what it wrote is overwritten, or the act fails with an error that nobody expects.",
    instead:
      "Do it and deal with the error: the flag wx fails where the file is there, ENOENT tells that it is not.",
    bad: {
      "the other writer's file is overwritten": source`
        import * as fs from "node:fs/promises";

        export async function save(path: string, text: string): Promise<void> {
          if ((await fs.stat(path)).size === 0) {
            await fs.writeFile(path, text); // want "fs.writeFile.. relies on what fs.stat.. saw"
          }
        }
      `,
    },
    good: {
      "the system decides": source`
        import * as fs from "node:fs/promises";

        export async function save(path: string, text: string): Promise<void> {
          await fs.writeFile(path, text, { flag: "wx" });
        }
      `,
    },
    limits: [
      "Only awaited calls of fs/promises on the same path, the act in a branch of the if that looks.",
      "Acts that are told to make do with what is there (recursive, force, wx) are left out.",
    ],
  },

  *check({ use }) {
    for (const { at, checkedAt, check, use: act } of use(fileRaces)) {
      yield {
        at,
        message: `${act} relies on what ${check} saw before: another process may have changed it in between`,
        related: [{ at: checkedAt, note: "the look" }],
      };
    }
  },
});
