import type { JudgedFinding } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import { type ChangedFile, touches } from "../engine/diff.ts";

/**
 * Which findings get comments. added: those that the change brought: they were not there before, and it wrote or took away
 * lines of their places or of their declaration. context: also new ones on lines that the diff merely shows. function:
 * everything, old or new, in declarations that it touched. file: everything in changed files. none: everything.
 */
export type ReviewFilter = "added" | "context" | "function" | "file" | "none";

/** A change, which findings it brought, and which of them count. */
export interface Changed {
  readonly filter: ReviewFilter;
  readonly changes: readonly ChangedFile[];
  /** The findings that the change brought. */
  readonly fresh: ReadonlySet<JudgedFinding>;
  /** Of those that compare the whole project, what a change brings may stand far from its lines. */
  readonly rules: readonly Rule[];
}

/** Whether a filter lets a finding through. */
export function passesFilter(finding: JudgedFinding, changed: Changed): boolean {
  if (finding.verdict.kind !== "report") return false;
  const { filter, changes, fresh } = changed;
  const change = changes.find(({ file }) => file === finding.at.file);
  const isNew = fresh.has(finding);
  if (isNew && isAboutProject(finding, changed)) return true;
  switch (filter) {
    case "none":
      return true;
    case "file":
      return change !== undefined;
    case "function":
      return isTouched(finding, change) || (isNew && isChanged(finding, changes));
    case "context":
      return (
        isNew &&
        (isShown(finding, change) || isChanged(finding, changes) || isTouched(finding, change))
      );
    case "added":
      return isNew && (isChanged(finding, changes) || isTouched(finding, change));
  }
}

/** Whether its rule compares the whole project: then that it is new is all there is to ask. */
function isAboutProject({ rule }: JudgedFinding, { rules }: Changed): boolean {
  return rules.some(({ id, scope }) => id === rule && scope === "project");
}

/** Whether the change wrote a line of one of the finding's places, or took one away beside it. */
function isChanged(finding: JudgedFinding, changes: readonly ChangedFile[]): boolean {
  return placesOf(finding).some(({ file, line, endLine }) => {
    const change = changes.find((one) => one.file === file);
    if (!change) return false;
    return (
      touches(change.added, line, endLine) ||
      change.removedBefore.some((before) => line <= before && before <= endLine + 1)
    );
  });
}

/** Whether the change wrote or took away lines in the finding's declaration. */
function isTouched({ within, at }: JudgedFinding, change: ChangedFile | undefined): boolean {
  const { from, to } = within ?? { from: at.line, to: at.endLine };
  if (!change) return false;
  return (
    touches(change.added, from, to) ||
    change.removedBefore.some((before) => from < before && before <= to)
  );
}

function isShown({ at }: JudgedFinding, change: ChangedFile | undefined): boolean {
  return change !== undefined && touches(change.shown, at.line, at.endLine);
}

/** Every place that a finding is about, its own first. */
export function placesOf({ at, related, trace }: JudgedFinding): Location[] {
  return [at, ...related.map((one) => one.at), ...(trace?.steps ?? []).map((step) => step.at)];
}
