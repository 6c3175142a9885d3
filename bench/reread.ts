/**
 * Which of the findings that were read are still reported: `node dist/bench/reread.js FOLDER`, where FOLDER has clones of the
 * repositories of docs/precision.jsonl by the last part of their names. Lints each clone at the commit that was read and marks
 * the verdicts of findings that are gone. Clones that are not there, or at another commit, are left as they are, by name.
 */
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type JudgedOnRealCode, readVerdicts } from "../scripts/verdicts.ts";
import { runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

const VERDICTS = "docs/precision.jsonl";
/** The lines of a finding may move a little when its rule learns a better place. */
const NEAR = 2;
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node dist/bench/reread.js FOLDER");

interface Reported {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

const verdicts = readVerdicts(VERDICTS);
const known = new Map<string, readonly Reported[] | undefined>();
for (const { repository, commit } of verdicts)
  if (!known.has(`${repository} ${commit}`))
    known.set(`${repository} ${commit}`, await reportedIn(repository, commit));

const marked = verdicts.map(({ isGone, ...verdict }) => {
  const reported = known.get(`${verdict.repository} ${verdict.commit}`);
  if (!reported) return isGone ? { ...verdict, isGone } : verdict;
  return reported.some((one) => isSame(one, verdict)) ? verdict : { ...verdict, isGone: true };
});
writeFileSync(VERDICTS, marked.map((verdict) => `${JSON.stringify(verdict)}\n`).join(""));

async function reportedIn(
  repository: string,
  commit: string,
): Promise<readonly Reported[] | undefined> {
  const clone = join(folder ?? "", repository.replace(/.*\//, ""));
  const head = existsSync(clone)
    ? execFileSync("git", ["-C", clone, "rev-parse", "HEAD"], { encoding: "utf8" }).trim()
    : undefined;
  if (head !== commit) {
    console.log(`${repository}: ${head === undefined ? "not there" : `at ${head}`}, left as it is`);
    return undefined;
  }
  const { out } = await runNode([main, "lint", "--quiet", "--format", "json", "."], clone);
  const { findings } = JSON.parse(out) as { findings: readonly Reported[] };
  console.log(`${repository}: ${findings.length} findings`);
  return findings;
}

function isSame(one: Reported, { rule, file, line }: JudgedOnRealCode): boolean {
  return one.rule === rule && one.file === file && Math.abs(one.line - line) <= NEAR;
}
