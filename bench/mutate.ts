/**
 * Recall on real code: breaks code that works at random places, one at a time, and counts how often Chokepoint then says
 * something new in that package. Not every break is a fault (a cut buffer may not matter), so a share is a lower bound:
 * `node dist/bench/mutate.js [--each COUNT] [--seed NUMBER] [--only TEXT] [--show] [--write FILE] DIRECTORY…`
 */
import { realpathSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { MutationCount } from "../scripts/mutation-counts.ts";
import { diskSnapshot } from "../src/adapters/disk-snapshot.ts";
import { loadRules } from "../src/apps/cli/load-rules.ts";
import type { Snapshot } from "../src/core/snapshot.ts";
import { analyzeUnits, unitsOf } from "../src/engine/analyze.ts";
import type { IdentifiedFinding } from "../src/engine/analyze-unit.ts";
import { applyEdits } from "../src/engine/apply-fixes.ts";
import type { Unit } from "../src/languages/language.ts";
import { languages } from "../src/languages/registry.ts";
import { isTestPath } from "../src/languages/typescript/test-path.ts";
import { loadParser } from "../src/syntax/parser.ts";
import { helpIfAsked } from "./help.ts";
import { type Mutation, mutations } from "./mutations.ts";
import { randomFrom } from "./random.ts";
import { sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    show: { type: "boolean", default: false },
    write: { type: "string" },
  },
});
if (positionals.length === 0) {
  console.error(
    "use: node dist/bench/mutate.js [--each COUNT] [--seed NUMBER] [--only TEXT] [--show] [--write FILE] DIRECTORY…",
  );
  process.exit(2);
}

const parser = await loadParser(["go", "typescript", "tsx"]);
const rules = (await loadRules()).filter(({ stage }) => stage !== "trial");
const said = new WeakMap<Unit, ReadonlySet<string>>();
const random = randomFrom(Number(values.seed));

/** One way to break one place. */
interface Mutant {
  readonly root: string;
  readonly path: string;
  readonly text: string;
  /** What was cut out, and in which line. */
  readonly cut: string;
  readonly unit: Unit;
}

console.log("| what is cut | mutants | found | share |");
console.log("|---|---|---|---|");
const trees = positionals.map(openTree);
const rows: MutationCount[] = [];
for (const mutation of mutations.filter(({ name }) => name.includes(values.only))) {
  const mutants = trees.flatMap((tree) => tree.mutantsOf(mutation, Number(values.each)));
  const found = mutants.filter((mutant) => isFound(mutant, mutation)).length;
  const share = mutants.length === 0 ? "–" : `${Math.round((100 * found) / mutants.length)} %`;
  console.log(`| ${mutation.name} | ${mutants.length} | ${found} | ${share} |`);
  rows.push({ cut: mutation.name, mutants: mutants.length, found });
}
if (values.write !== undefined) {
  const repositories = positionals.map((directory) => basename(realpathSync(directory))).sort();
  writeFileSync(
    values.write,
    `${JSON.stringify({ repositories, seed: values.seed, rows }, null, 2)}\n`,
  );
}

function openTree(directory: string) {
  const root = realpathSync(directory);
  const files = sourceFiles(root);
  const units = unitsOf({
    files: files.map(({ path }) => path),
    snapshot: diskSnapshot(root),
    languages,
  });
  const unitOf = new Map(units.flatMap((unit) => unit.files.map((file) => [file, unit] as const)));
  return {
    /** So many mutants of a tree, no two of them in one file. */
    mutantsOf({ grammars, sites }: Mutation, count: number): Mutant[] {
      const mutants: Mutant[] = [];
      for (const { path, text, grammar } of shuffled(files)) {
        if (mutants.length === count) break;
        const unit = unitOf.get(path);
        if (!unit || !grammars.includes(grammar) || isTest(path)) continue;
        const parsed = parser.parse(text, grammar);
        if (!parsed.ok || parsed.tree.damage.length > 0) continue;
        const [place] = shuffled(sites(parsed.tree));
        if (!place) continue;
        const edits = place.map((span) => ({ ...span, text: "" }));
        const [first] = place;
        const line = text.slice(0, first?.start).split("\n").length;
        const cut = `line ${line}, ${text.slice(first?.start, first?.end)}`;
        mutants.push({ root, path, unit, cut, text: applyEdits(text, edits) });
      }
      return mutants;
    },
  };
}

function isFound({ root, path, text, cut, unit }: Mutant, { name }: Mutation): boolean {
  const disk = diskSnapshot(root);
  const before = saidOfWhole(unit, disk);
  const broken: Snapshot = { ...disk, read: (file) => (file === path ? text : disk.read(file)) };
  const fresh = findings(unit, broken).filter((one) => !before.has(nameOf(one)));
  if (values.show) {
    const says = fresh.map(({ rule, at, message }) => `${rule} at line ${at.line}: ${message}`);
    console.error(`${name}: ${root}/${path} ${cut}: ${says.join("; ") || "nothing"}`);
  }
  return fresh.length > 0;
}

function isTest(path: string): boolean {
  return path.endsWith("_test.go") || isTestPath(path);
}

/** What is said of a unit that nobody broke: the same for all its mutants. */
function saidOfWhole(unit: Unit, disk: Snapshot): ReadonlySet<string> {
  const known = said.get(unit) ?? new Set(findings(unit, disk).map(nameOf));
  said.set(unit, known);
  return known;
}

/** What is shown by default: neither remarks nor guesses. */
function findings(unit: Unit, snapshot: Snapshot): IdentifiedFinding[] {
  return analyzeUnits([unit], { files: unit.files, snapshot, languages, rules, parser })
    .flatMap((result) => result.findings)
    .filter(({ severity, confidence }) => severity !== "info" && confidence !== "low");
}

/** Lines move when something is cut: a finding is known again by what it says of which code. */
function nameOf({ identity, message }: IdentifiedFinding): string {
  return `${identity}\0${message}`;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as Item, mixed[last] as Item];
  }
  return mixed;
}
