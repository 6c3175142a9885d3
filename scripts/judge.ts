/**
 * Shows findings with their surroundings, one by one, and takes a verdict on each into docs/precision.jsonl:
 *
 *     chokepoint lint --format json > findings.json     (inside the repository)
 *     node dist/scripts/judge.js REPOSITORY findings.json
 *
 * A finding that has a verdict at this commit is not shown again.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { type JudgedOnRealCode, readVerdicts } from "./verdicts.ts";

const PAGE = "docs/precision.jsonl";
const LINES_AROUND = 14;

interface ListedFinding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly confidence: string;
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly message: string;
  }[];
}

const [folder, findingsFile] = process.argv.slice(2);
if (!folder || !findingsFile) {
  console.error("usage: node dist/scripts/judge.js REPOSITORY FINDINGS.json");
  process.exit(2);
}
await judge(folder, findingsFile);

async function judge(folder: string, findingsFile: string): Promise<void> {
  const { findings } = JSON.parse(readFileSync(findingsFile, "utf8")) as {
    findings: readonly ListedFinding[];
  };
  const repository = git(folder, "remote", "get-url", "origin").replace(
    /^.*[/:]([^/]+\/[^/]+?)(\.git)?$/,
    "$1",
  );
  const commit = git(folder, "rev-parse", "HEAD");
  const judged = new Set(existsSync(PAGE) ? readVerdicts(PAGE).map(identity) : []);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  for (const { rule, file, line, message, ...rest } of findings) {
    const place = { repository, commit, file, line, rule };
    if (judged.has(identity(place))) continue;
    console.log(`\n${file}:${line} ${rule} (${rest.confidence})\n  ${message}`);
    for (const related of rest.related)
      console.log(`  ${related.file}:${related.line} ${related.message}`);
    console.log(`\n${surroundings(join(folder, file), line)}\n`);
    const answer = await prompt.question("right, wrong, skip or quit? [r/w/s/q] ");
    if (answer === "q") break;
    if (answer !== "r" && answer !== "w") continue;
    const reason = await prompt.question("why? ");
    const verdict: JudgedOnRealCode = {
      ...place,
      verdict: answer === "r" ? "right" : "wrong",
      reason,
    };
    appendFileSync(PAGE, `${JSON.stringify(verdict)}\n`);
  }
  prompt.close();
}

function git(folder: string, ...command: string[]): string {
  return execFileSync("git", ["-C", folder, ...command], { encoding: "utf8" }).trim();
}

function identity(place: Omit<JudgedOnRealCode, "verdict" | "reason">): string {
  return `${place.repository} ${place.commit} ${place.file}:${place.line} ${place.rule}`;
}

function surroundings(file: string, line: number): string {
  const lines = readFileSync(file, "utf8").split("\n");
  const first = Math.max(0, line - 1 - LINES_AROUND);
  const shown = lines.slice(first, line + LINES_AROUND);
  return shown
    .map((text, index) => `${first + index + 1 === line ? ">" : " "} ${first + index + 1}\t${text}`)
    .join("\n");
}
