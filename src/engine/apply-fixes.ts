import type { Edit, Fix, JudgedFinding } from "../core/finding.ts";

/** What a round of fixes makes of the files that it touches. */
export interface FixedFiles {
  /** New text by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many findings were fixed. */
  readonly count: number;
}

/**
 * Applies one fix of each reported finding, the first of an allowed kind, in order. A fix that touches what an earlier one
 * has changed is left for the next round; the same insertion asked for twice (an import) is made once. Only files that
 * `isJudged` names are changed: nobody asked for the others.
 */
export function applyFixes(
  findings: readonly JudgedFinding[],
  kinds: ReadonlySet<Fix["kind"]>,
  read: (path: string) => string | undefined,
  isJudged: (path: string) => boolean,
): FixedFiles {
  const accepted = new Map<string, Edit[]>();
  let count = 0;
  for (const { verdict, fixes } of findings) {
    if (verdict.kind !== "report") continue;
    const fix = fixes.find(({ kind }) => kinds.has(kind));
    if (!fix?.edits.every(({ file }) => isJudged(file))) continue;
    const fresh = fix.edits.filter((edit) => !accepted.get(edit.file)?.some(isSame(edit)));
    if (fresh.some((edit) => accepted.get(edit.file)?.some(meets(edit)))) continue;
    for (const edit of fresh) accepted.set(edit.file, [...(accepted.get(edit.file) ?? []), edit]);
    count++;
  }
  const texts = new Map<string, string>();
  for (const [file, edits] of accepted) {
    const text = read(file);
    if (text !== undefined) texts.set(file, applyEdits(text, edits));
  }
  return { texts, count };
}

/** `[from, to)` of a text with edits there that do not meet; offsets are those of the whole text as given. */
export function applyEdits(
  text: string,
  edits: readonly Omit<Edit, "file">[],
  from = 0,
  to = text.length,
): string {
  let at = from;
  let result = "";
  for (const edit of [...edits].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at, to);
}

const isSame = (one: Edit) => (other: Edit) =>
  one.start === other.start && one.end === other.end && one.text === other.text;

/** Whether two edits share text, or insert at one place, where their order would matter. */
const meets = (one: Edit) => (other: Edit) =>
  (one.start < other.end && other.start < one.end) ||
  one.start === other.start ||
  (one.start === one.end && (one.start === other.start || one.start === other.end)) ||
  (other.start === other.end && (other.start === one.start || other.start === one.end));
