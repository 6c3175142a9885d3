/**
 * Our rules on the peers' own tests: `node dist/bench/peers.js INDEX.json CLONES [--differences] [RULE…]`. The index has a record for
 * each pair of a peer's rule and one of ours: peer, repo, commit, ruleId, ourRule, lang, testPaths, form. CLONES holds the peers'
 * repositories as `owner+name` or `owner/name`; one that is not there is cloned. Nothing of them is kept elsewhere.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { manifest } from "../rules/manifest.ts";
import type { Rule } from "../src/core/rule.ts";
import { memorySnapshot } from "../src/core/snapshot.ts";
import { analyze } from "../src/engine/analyze.ts";
import { languages } from "../src/languages/registry.ts";
import { loadParser } from "../src/syntax/parser.ts";
import { helpIfAsked } from "./help.ts";
import { type MarkedFile, markerForm, readMarked } from "./peers/marked-cases.ts";
import { testerCases } from "./peers/rule-tester-cases.ts";

helpIfAsked(import.meta.url);

interface Entry {
  readonly peer: string;
  readonly repo: string;
  readonly commit?: string;
  readonly ruleId: string;
  readonly ourRule: string;
  readonly lang: string;
  readonly testPaths: readonly string[];
  readonly form: string;
}

interface Score {
  positives: number;
  found: number;
  negatives: number;
  silent: number;
  readonly differences: string[];
}

/** Statements of several lines: theirs may be reported at another of them. */
const NEAR = 2;

const parser = await loadParser(["go", "typescript", "tsx"]);
const [indexPath, clones, ...rest] = process.argv.slice(2);
if (indexPath === undefined || clones === undefined) {
  console.error("usage: node dist/bench/peers.js INDEX.json CLONES [--differences] [RULE…]");
  process.exit(2);
}
const showsDifferences = rest.includes("--differences");
const wanted = rest.filter((one) => !one.startsWith("--"));
const entries = (JSON.parse(readFileSync(indexPath, "utf8")) as Entry[]).filter(
  ({ ourRule }) => wanted.length === 0 || wanted.some((one) => one.endsWith(ourRule)),
);

console.log("| rule | peer | peer's rule | positives found | negatives left alone |");
console.log("|---|---|---|---|---|");
const unread = new Set<string>();
for (const entry of entries) {
  const listed = manifest.find(({ id }) => id === `${entry.lang}/${entry.ourRule}`);
  if (!listed) continue;
  const score = await scoreOf(entry, (await listed.load()).default, clones);
  if (!score) {
    unread.add(`${entry.peer} ${entry.ruleId}`);
    continue;
  }
  const { positives, found, negatives, silent, differences } = score;
  console.log(
    `| ${listed.id} | ${entry.peer} | ${entry.ruleId} | ${found}/${positives} | ${silent}/${negatives} |`,
  );
  if (showsDifferences) for (const difference of differences) console.log(`    ${difference}`);
}
console.error(
  `not read, for their form or because they could not be had: ${[...unread].join(", ") || "none"}`,
);

async function scoreOf(entry: Entry, rule: Rule, folder: string): Promise<Score | undefined> {
  const marker = markerForm(entry.form);
  const isTester = /RuleTester|snapshot tests/.test(entry.form);
  if (!marker && !isTester) return undefined;
  const texts = readTexts(entry, folder);
  if (texts.size === 0) return undefined;
  const score: Score = { positives: 0, found: 0, negatives: 0, silent: 0, differences: [] };
  if (marker) {
    const files = [...texts].filter(([path]) => path.endsWith(".go"));
    const marked = files.map(([path, text]) => readMarked(path, text, marker, entry.ruleId));
    scoreMarked(marked, rule, score);
  } else for (const [path, text] of texts) scoreCases(path, text, rule, score);
  return score.positives + score.negatives === 0 ? undefined : score;
}

/** The test files at the commit that the index names, or the newest where a clone does not have it. */
function readTexts({ repo, commit, testPaths }: Entry, folder: string): Map<string, string> {
  const directory = cloneOf(repo, folder);
  const texts = new Map<string, string>();
  for (const path of testPaths) {
    const at = [commit, "HEAD"].filter((one) => one !== undefined);
    const text = at
      .map((one) => git(directory, "show", `${one}:${path}`))
      .find((one) => one !== undefined);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

function cloneOf(repo: string, folder: string): string {
  const name = repo.replace("/", "+");
  const candidates = [join(folder, name, "repo"), join(folder, name), join(folder, repo)];
  const present = candidates.find((one) => existsSync(one));
  if (present !== undefined) return present;
  const target = join(folder, name);
  git(".", "clone", "--quiet", "--bare", `https://github.com/${repo}`, target);
  return target;
}

function git(directory: string, ...words: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-C", directory, ...words], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return status === 0 ? stdout : undefined;
}

/** Each file by itself: test packages of analysers rarely hold together. */
function scoreMarked(files: readonly MarkedFile[], rule: Rule, score: Score): void {
  for (const file of files) {
    // A peer's test runs under the version that it is about: the one under which we agree more.
    const [old, recent] = ["1.21", undefined].map((go) => compared(file, rule, go)) as [
      Score,
      Score,
    ];
    const better = old.found > recent.found ? old : recent;
    score.positives += better.positives;
    score.found += better.found;
    score.negatives += better.negatives;
    score.silent += better.silent;
    score.differences.push(...better.differences);
  }
}

function compared(
  { path, text, positives, negatives }: MarkedFile,
  rule: Rule,
  go: string | undefined,
): Score {
  const lines = linesFound(path.replace(/.*\//, ""), text, rule, go);
  const differences: string[] = [];
  const missed = positives.filter((line) => !lines.some((one) => Math.abs(one - line) <= NEAR));
  differences.push(...missed.map((line) => `missed ${path}:${line}`));
  const told = negatives.flatMap(
    ({ from, to }) => lines.find((line) => line >= from && line <= to) ?? [],
  );
  differences.push(...told.map((line) => `only ours ${path}:${line}`));
  return {
    positives: positives.length,
    found: positives.length - missed.length,
    negatives: negatives.length,
    silent: negatives.length - told.length,
    differences,
  };
}

function scoreCases(path: string, text: string, rule: Rule, score: Score): void {
  for (const { code, isValid } of testerCases(path, text)) {
    const isFound =
      linesFound("case.tsx", code, rule).length > 0 || linesFound("case.ts", code, rule).length > 0;
    const [first = ""] = code.trim().split("\n");
    if (isValid) score.negatives++;
    else score.positives++;
    if (isValid && !isFound) score.silent++;
    else if (!isValid && isFound) score.found++;
    else score.differences.push(`${isValid ? "only ours" : "missed"} ${path}: ${first}`);
  }
}

function linesFound(path: string, text: string, rule: Rule, go?: string): number[] {
  const files = new Map([[path, text]]);
  if (go !== undefined) files.set("go.mod", `module example.com/peer\n\ngo ${go}\n`);
  const request = {
    files: [path],
    snapshot: memorySnapshot(files),
    languages,
    rules: [rule],
    parser,
  };
  return analyze(request).findings.map(({ at }) => at.line);
}
