import type { ChangedFile, LineRange } from "./diff.ts";

/** Lines around a change that a diff shows. */
const CONTEXT = 3;
/** Beyond so many differing lines all that lies between the equal ends counts as written anew. */
const MOST_EDITS = 2_000;

/** What a change did to a text, line by line: for a file of which nobody gives a diff. */
export function linesChanged(
  before: string,
  after: string,
): Pick<ChangedFile, "added" | "removedBefore" | "shown"> {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let [oldEnd, end] = [old.length, now.length];
  while (oldEnd > start && end > start && old[oldEnd - 1] === now[end - 1]) {
    oldEnd--;
    end--;
  }
  const kept = keptLines(old.slice(start, oldEnd), now.slice(start, end));
  const added: number[] = [];
  const removedBefore: number[] = [];
  let next = 0;
  // Where lines were replaced, the old ones stood before the first of the new ones.
  let run = 0;
  for (let line = 0; line <= end - start; line++) {
    const from = kept.get(line);
    const until = line === end - start ? oldEnd - start : from;
    if (until !== undefined && until > next) removedBefore.push(start + run + 1);
    if (from !== undefined) {
      next = from + 1;
      run = line + 1;
    } else if (line < end - start) added.push(start + line + 1);
  }
  const touched = [...added, ...removedBefore].sort((one, other) => one - other);
  const around = touched.map((line) => ({
    from: Math.max(1, line - CONTEXT),
    to: Math.min(now.length, line + CONTEXT),
  }));
  return {
    added: joined(added.map((line) => ({ from: line, to: line }))),
    removedBefore,
    shown: joined(around.filter(({ from, to }) => from <= to)),
  };
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Which line of the new text was which of the old: the longest common sequence, by Myers' greedy search. */
function keptLines(old: readonly string[], now: readonly string[]): Map<number, number> {
  const kept = new Map<number, number>();
  const most = Math.min(old.length + now.length, MOST_EDITS);
  const rounds: Int32Array[] = [];
  const furthest = new Int32Array(2 * most + 3);
  for (let edits = 0; edits <= most; edits++) {
    rounds.push(furthest.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let { x } = startOn(furthest, diagonal, edits, most);
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      furthest[diagonal + most + 1] = x;
      if (x >= old.length && x - diagonal >= now.length) {
        trace(rounds, { x: old.length, y: now.length }, most, kept);
        return kept;
      }
    }
  }
  return kept;
}

/** Where a path on a diagonal begins: down from the one above (a line added), or right from the one below (taken away). */
function startOn(furthest: Int32Array, diagonal: number, edits: number, most: number) {
  const left = furthest[diagonal + most] ?? 0;
  const right = furthest[diagonal + most + 2] ?? 0;
  const isDown = diagonal === -edits || (diagonal !== edits && left < right);
  return { x: isDown ? right : left + 1, isDown };
}

/** Walks back from the end; what lies on a diagonal was kept. */
function trace(
  rounds: readonly Int32Array[],
  end: { x: number; y: number },
  most: number,
  kept: Map<number, number>,
): void {
  let { x, y } = end;
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const diagonal = x - y;
    const start = startOn(rounds[edits] ?? new Int32Array(), diagonal, edits, most);
    while (x > start.x) {
      x--;
      y--;
      kept.set(y, x);
    }
    if (start.isDown) y--;
    else x--;
  }
}

function joined(ranges: readonly LineRange[]): LineRange[] {
  const all: LineRange[] = [];
  for (const { from, to } of ranges) {
    const last = all.at(-1);
    if (last && from <= last.to + 1)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else all.push({ from, to });
  }
  return all;
}
