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

/** Checks out both states of all entries, and lints them in two runs of the built command line. */
export async function answersOf(
  entries: readonly HistoryEntry[],
  clones: string | undefined,
): Promise<Answer[]> {
  const scratch = process.env["CHOKEPOINT_HISTORY"] ?? join(tmpdir(), "chokepoint-history");
  const trees = { before: join(scratch, "before"), after: join(scratch, "after") };
  for (const tree of Object.values(trees)) rmSync(tree, { recursive: true, force: true });
  for (const [number, entry] of entries.entries()) {
    const directory = gitDirectory(entry.repository, clones, scratch);
    checkOut(directory, `${entry.fix}^`, entry, join(trees.before, String(number)));
    checkOut(directory, entry.fix, entry, join(trees.after, String(number)));
  }
  const rules = new Set(entries.flatMap((entry) => entry.rules));
  const before = await findingsIn(trees.before, rules);
  const after = await findingsIn(trees.after, rules);
  return entries.map((entry, number) => {
    const found = (before.get(number) ?? []).find((finding) => isAbout(finding, entry));
    const stays =
      found !== undefined && (after.get(number) ?? []).some((one) => isSame(one, found));
    return { entry, found, stays };
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
