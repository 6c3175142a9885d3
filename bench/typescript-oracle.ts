/**
 * Holds our promise rules against typescript-eslint with types: agreement, what only they say, what only we say.
 *
 *     node dist/bench/typescript-oracle.js [--places] [--bare] [DIRECTORY…]
 *
 * Without a directory: sources of published packages, installed with their dependencies. Of a directory the dependencies
 * should be installed, since types without them are `any`. With `--bare` we judge a copy without the dependencies, against what
 * they said with them. What they said is kept in the scratch directory (CHOKEPOINT_ORACLE, or one of the system's), by a hash of
 * the sources. Recall is told twice: of what is shown by default, and with findings of low confidence.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";
import { installPackages, installTools } from "./oracle-install.ts";
import { sourceFiles } from "./source-files.ts";
import type { TypedFinding } from "./typed-lint.ts";

helpIfAsked(import.meta.url);

/** Their rule, and ours that speak of the same. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  "no-floating-promises": ["ts/floating-promise"],
  "no-misused-promises": [
    "ts/async-array-callback",
    "ts/async-promise-executor",
    "ts/async-void-callback",
    "ts/missing-await",
  ],
  "await-thenable": ["ts/await-thenable"],
  "return-await": ["ts/return-await"],
  "no-async-promise-executor": ["ts/async-promise-executor"],
  "no-promise-executor-return": ["ts/promise-executor-return"],
};

/** Places where a reader who believes neither must look: the file and line, and what was said. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly rule: string;
  readonly message: string;
  readonly confidence?: string;
}

const scratch = process.env["CHOKEPOINT_ORACLE"] ?? join(tmpdir(), "chokepoint-oracle");
const words = process.argv.slice(2);
const showsPlaces = words.includes("--places");
const isBare = words.includes("--bare");
const named = words.filter((word) => !word.startsWith("--"));
const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", ".git"]);
const tools = installTools(scratch);

console.log(
  "| directory | rule | both | of them low | only theirs | only ours | recall | precision | recall, default | precision, default |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const directory of named.length > 0 ? named : installPackages(scratch)) {
  const [theirs, ours] = [await theirFindings(directory), await ourFindings(directory)];
  for (const [rule, counterparts] of Object.entries(PAIRS)) {
    const compared = compare(
      theirs.filter((finding) => finding.rule === rule),
      ours.filter((finding) => counterparts.includes(finding.rule)),
    );
    printRow(directory, rule, compared);
  }
}

interface Compared {
  readonly both: readonly Pair[];
  readonly onlyTheirs: readonly Place[];
  readonly onlyOurs: readonly Place[];
}

/** A place of theirs, and whether ours is of low confidence. */
interface Pair {
  readonly place: Place;
  readonly isLow: boolean;
}

/** One finding answers one: those that begin on the same line first, then those that overlap. Ours of low confidence count for agreement alone. */
function compare(theirs: readonly Place[], ours: readonly Place[]): Compared {
  const open = new Set(ours);
  const both: Pair[] = [];
  let left = theirs;
  for (const isSame of [startTogether, overlap]) {
    left = left.filter((their) => {
      const answer = [...open].find((our) => isSame(their, our));
      if (!answer) return true;
      open.delete(answer);
      both.push({ place: their, isLow: answer.confidence === "low" });
      return false;
    });
  }
  const onlyOurs = [...open].filter(({ confidence }) => confidence !== "low");
  return { both, onlyTheirs: left, onlyOurs };
}

function startTogether(one: Place, other: Place): boolean {
  return one.file === other.file && one.line === other.line;
}

function overlap(one: Place, other: Place): boolean {
  return one.file === other.file && one.line <= other.endLine && other.line <= one.endLine;
}

function printRow(directory: string, rule: string, { both, onlyTheirs, onlyOurs }: Compared): void {
  const share = (part: number, whole: number) => (whole === 0 ? "–" : (part / whole).toFixed(3));
  const agreed = both.length;
  const low = both.filter(({ isLow }) => isLow).length;
  const cells = [
    directory.replace(/.*\//, ""),
    rule,
    agreed,
    low,
    onlyTheirs.length,
    onlyOurs.length,
    share(agreed, agreed + onlyTheirs.length),
    share(agreed, agreed + onlyOurs.length),
    share(agreed - low, agreed + onlyTheirs.length),
    share(agreed - low, agreed - low + onlyOurs.length),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  if (!showsPlaces) return;
  for (const { place, isLow } of both) if (isLow) printPlace("ours is low", directory, place);
  for (const place of onlyTheirs) printPlace("only theirs", directory, place);
  for (const place of onlyOurs) printPlace("only ours", directory, place);
}

function printPlace(who: string, directory: string, { file, line, message }: Place): void {
  const text = readFileSync(join(directory, file), "utf8").split("\n")[line - 1]?.trim() ?? "";
  console.log(`${who}: ${file}:${line}: ${text.slice(0, 120)} — ${message.split("\n", 1)[0]}`);
}

async function theirFindings(directory: string): Promise<TypedFinding[]> {
  const hash = createHash("sha256");
  for (const { path, text } of sourceFiles(directory)) hash.update(`${path}\0${text}\0`);
  hash.update(Object.keys(PAIRS).join(" "));
  const kept = join(scratch, "theirs", `${hash.digest("hex").slice(0, 24)}.json`);
  if (!existsSync(kept)) {
    const script = fileURLToPath(new URL("typed-lint.js", import.meta.url));
    const { out } = await runNode(["--max-old-space-size=6000", script, tools, directory]);
    mkdirSync(join(scratch, "theirs"), { recursive: true });
    writeFileSync(kept, out);
  }
  return JSON.parse(readFileSync(kept, "utf8")) as TypedFinding[];
}

async function ourFindings(directory: string): Promise<Place[]> {
  if (!isBare) return lint(directory);
  const copy = mkdtempSync(join(tmpdir(), "chokepoint-bare-"));
  try {
    const filter = (path: string) => !LEFT_OUT.has(basename(path));
    cpSync(directory, copy, { recursive: true, filter });
    return await lint(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function lint(directory: string): Promise<Place[]> {
  const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
  const only = Object.values(PAIRS).flat().join(",");
  const { out } = await runNode(
    [main, "lint", "--only", only, "--min-confidence", "low", "--no-ignore-comments"].concat(
      "--no-cache",
      "--format",
      "json",
      ".",
    ),
    directory,
  );
  return (JSON.parse(out) as { findings: Place[] }).findings;
}
