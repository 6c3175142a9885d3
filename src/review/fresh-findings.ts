import type { Finding } from "../core/finding.ts";
import { type ChangedFile, touches } from "../engine/diff.ts";

/**
 * The findings that were not there before the change. Each earlier finding accounts for one that is the same but for its
 * lines: first in its own file (under its new name), where copies that the change wrote are the new ones; then, for code
 * that moved, in any file.
 */
export function freshFindings<F extends Finding>(
  after: readonly F[],
  before: readonly Finding[],
  changes: readonly ChangedFile[],
): ReadonlySet<F> {
  const newNames = new Map(changes.map(({ file, oldFile }) => [oldFile ?? file, file]));
  const inFile = counts(
    before,
    ({ at, identity }) => `${newNames.get(at.file) ?? at.file} ${identity}`,
  );
  const fresh = new Set<F>();
  const left = counts(before, ({ identity }) => identity);
  const written = (finding: F) => isWritten(finding, changes);
  for (const finding of [...after].sort(
    (one, other) => Number(written(one)) - Number(written(other)),
  )) {
    const key = `${finding.at.file} ${finding.identity}`;
    if (take(inFile, key)) take(left, finding.identity);
    else fresh.add(finding);
  }
  for (const finding of fresh) if (take(left, finding.identity)) fresh.delete(finding);
  return fresh;
}

function isWritten({ at }: Finding, changes: readonly ChangedFile[]): boolean {
  const change = changes.find(({ file }) => file === at.file);
  return change !== undefined && touches(change.added, at.line, at.endLine);
}

function counts(
  findings: readonly Finding[],
  key: (finding: Finding) => string,
): Map<string, number> {
  const all = new Map<string, number>();
  for (const finding of findings) all.set(key(finding), (all.get(key(finding)) ?? 0) + 1);
  return all;
}

/** Takes one away, if there is one. */
function take(all: Map<string, number>, key: string): boolean {
  const count = all.get(key) ?? 0;
  if (count > 0) all.set(key, count - 1);
  return count > 0;
}
