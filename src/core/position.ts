/** A stretch of a text: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of a file; `file` is relative to the snapshot's root, with `/`. */
export interface Place extends Span {
  readonly file: string;
}

/** A place with lines and columns, both counted from 1, columns in UTF-16 units; `end…` is exclusive. */
export interface Location extends Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The offset at which each line begins. A line ends with `\n`; a `\r` before it belongs to the line. */
export function lineStarts(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    starts[line++] = at + 1;
  }
  return starts;
}

/** The line, counted from 1, that holds an offset. */
export function lineAt(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Turns offsets into lines and columns; the only place in the house that does. */
export function locate(starts: Uint32Array, place: Place): Location {
  const line = lineAt(starts, place.start);
  const endLine = lineAt(starts, place.end);
  return {
    file: place.file,
    start: place.start,
    end: place.end,
    line,
    column: place.start - (starts[line - 1] ?? 0) + 1,
    endLine,
    endColumn: place.end - (starts[endLine - 1] ?? 0) + 1,
  };
}
