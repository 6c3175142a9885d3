import type { JudgedFinding } from "../core/finding.ts";
import { lineStarts } from "../core/position.ts";
import { applyEdits } from "../engine/apply-fixes.ts";
import type { LineRange } from "../engine/diff.ts";

/** Lines of the changed file and what they become: GitHub replaces whole lines of one hunk. */
export interface Suggestion {
  readonly lines: LineRange;
  /** Without the line break at the end. */
  readonly text: string;
}

/** More lines are no suggestion that somebody reads. */
const MOST_LINES = 20;

/** The first safe fix of a finding that stays in its file and inside one stretch of lines that the diff shows. */
export function suggestionFor(
  { at, fixes }: Pick<JudgedFinding, "at" | "fixes">,
  text: string,
  shown: readonly LineRange[],
): Suggestion | undefined {
  const fix = fixes.find(
    ({ kind, edits }) => kind === "safe" && edits.every(({ file }) => file === at.file),
  );
  if (!fix || fix.edits.length === 0) return undefined;
  const starts = lineStarts(text);
  const edits = [...fix.edits].sort((one, other) => one.start - other.start);
  const lines = {
    from: lineOf(starts, edits[0]?.start ?? 0),
    to: lineOf(starts, Math.max(...edits.map(({ start, end }) => Math.max(start, end - 1)))),
  };
  const isShown = shown.some(({ from, to }) => from <= lines.from && lines.to <= to);
  if (!isShown || lines.to - lines.from >= MOST_LINES) return undefined;
  const start = starts[lines.from - 1] ?? 0;
  const end = starts[lines.to] ?? text.length;
  return { lines, text: applyEdits(text, edits, start, end).replace(/\r?\n$/, "") };
}

function lineOf(starts: Uint32Array, offset: number): number {
  const after = starts.findIndex((start) => start > offset);
  return after === -1 ? starts.length : after;
}
