/**
 * Recall on faults that were fixed: for each entry of bench/history.json the package is linted as it was before the fix and
 * as it was after it. The one should be commented on at the fault, the other not.
 *
 *     node dist/bench/history.js [--clones FOLDER] [--only WORD] [--write FILE]
 *
 * FOLDER has clones (or bare ones) by `owner+name` or `name`; what is not there is cloned below the scratch directory
 * (CHOKEPOINT_HISTORY, or one of the system's). `--only` takes entries whose repository, file or rule has the word.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { helpIfAsked } from "./help.ts";
import { type Answer, answersOf } from "./history-answers.ts";
import { readHistory } from "./history-entries.ts";
import { historyPage } from "./history-page.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    clones: { type: "string" },
    only: { type: "string" },
    write: { type: "string" },
  },
});

const entries = readHistory("bench/history.json").filter(
  ({ repository, file, rules }) =>
    values.only === undefined ||
    [repository, file, ...rules].some((text) => text.includes(values.only ?? "")),
);
const answers = await answersOf(entries, values.clones);
for (const answer of answers) console.log(lineOf(answer));
console.log(totalsOf(answers));
if (values.write !== undefined) writeFileSync(values.write, historyPage(answers));

function lineOf({ entry, found, stays }: Answer): string {
  const before = found ? `found: ${found.rule}: ${found.message}` : "missed";
  const after = stays ? ", STILL THERE after the fix" : "";
  return `${entry.repository} ${entry.fix.slice(0, 10)} ${entry.file}:${entry.line} (${entry.fault})\n    ${before}${after}`;
}

function totalsOf(all: readonly Answer[]): string {
  const found = all.filter((answer) => answer.found);
  const silent = found.filter(({ stays }) => !stays);
  return `${all.length} fixes, ${found.length} found before, ${silent.length} of them silent after`;
}
