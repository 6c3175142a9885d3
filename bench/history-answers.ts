import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode } from "./child.ts";
import type { HistoryEntry } from "./history-entries.ts";
import { checkOut, gitDirectory } from "./history-sources.ts";

/** How far from the fault a comment may stand to be read as one on it. */
const NEAR = 3;

interface Place {
  readonly file: string;
  readonly line: number;
}

interface Finding extends Place {
  readonly rule: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly related: readonly Place[];
  readonly trace?: { readonly steps: readonly Place[] };
}

/** What is said of an entry before its fix, and whether that is still said after it. */
export interface Answer {
  readonly entry: HistoryEntry;
  readonly found: Finding | undefined;
  readonly stays: boolean;
}

const HOME = process.env["CHOKEPOINT_HISTORY"] ?? join(tmpdir(), "chokepoint-history");

function scratch(tree: string): string {
  return join(HOME, "trees", tree);
}

/** Checks out both states of all entries, and lints them in two runs of the built command line. */
export async function answersOf(
  entries: readonly HistoryEntry[],
  clones: string | undefined,
): Promise<Answer[]> {
  rmSync(scratch(""), { recursive: true, force: true });
  const directories = entries.map(({ repository }) => gitDirectory(repository, clones, HOME));
  const rules = new Set(entries.flatMap((entry) => entry.rules));
  const at = (tree: string, commit: (entry: HistoryEntry) => string, number: number): void => {
    const [entry, directory] = [entries[number], directories[number]];
    if (entry && directory)
      checkOut(directory, commit(entry), entry, join(scratch(tree), `${number}`));
  };
  for (const number of entries.keys()) at("before", ({ fix }) => `${fix}^`, number);
  const before = await findingsIn(scratch("before"), rules);
  const found = entries.map((entry, number) =>
    (before.get(number) ?? []).find((finding) => isAbout(finding, entry)),
  );
  // What was not said before need not be looked for after the fix.
  for (const number of entries.keys()) if (found[number]) at("after", ({ fix }) => fix, number);
  const after = found.some((one) => one) ? await findingsIn(scratch("after"), rules) : new Map();
  return entries.map((entry, number) => {
    const said = found[number];
    const still: readonly Finding[] = after.get(number) ?? [];
    return {
      entry,
      found: said,
      stays: said !== undefined && still.some((one) => isSame(one, said)),
    };
  });
}

/** Findings by the number of the entry that they are in, with paths from its repository's root. */
async function findingsIn(
  tree: string,
  rules: ReadonlySet<string>,
): Promise<Map<number, Finding[]>> {
  const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
  const { out } = await runNode(
    [main, "lint", "--only", [...rules].join(","), "--no-cache", "--no-ignore-comments"].concat(
      "--quiet",
      "--threads",
      "1",
      "--format",
      "json",
      ".",
    ),
    tree,
  );
  const byEntry = new Map<number, Finding[]>();
  for (const finding of (JSON.parse(out) as { findings: Finding[] }).findings) {
    const number = Number(finding.file.split("/", 1)[0]);
    const inside = <Some extends Place>(place: Some) => ({
      ...place,
      file: place.file.slice(String(number).length + 1),
    });
    const steps = finding.trace?.steps.map(inside) ?? [];
    const related = finding.related.map(inside);
    const moved = { ...inside(finding), related, trace: { steps } };
    byEntry.set(number, [...(byEntry.get(number) ?? []), moved]);
  }
  return byEntry;
}

function isAbout(finding: Finding, { rules, file, line }: HistoryEntry): boolean {
  const places = [finding, ...finding.related, ...(finding.trace?.steps ?? [])];
  return (
    rules.includes(finding.rule) &&
    places.some((place) => place.file === file && Math.abs(place.line - line) <= NEAR)
  );
}

/** Lines move: a finding is the same by its fingerprint, or by what it says. */
function isSame(one: Finding, other: Finding): boolean {
  return (
    one.rule === other.rule &&
    one.file === other.file &&
    (one.fingerprint === other.fingerprint || one.message === other.message)
  );
}
