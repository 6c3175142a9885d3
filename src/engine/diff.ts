/** A stretch of lines, counted from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** What a change did to one file. */
export interface ChangedFile {
  /** Path after the change. */
  readonly file: string;
  /** Path before, where it differs. */
  readonly oldFile: string | undefined;
  readonly status: "added" | "modified" | "renamed" | "deleted";
  /** Lines that the change added or wrote anew, in order. */
  readonly added: readonly LineRange[];
  /** Lines, after the change, before which the change took lines away, in order. */
  readonly removedBefore: readonly number[];
  /** Lines, after the change, that a diff shows: those of its hunks, context included. */
  readonly shown: readonly LineRange[];
}

/**
 * Reads a unified diff as `git diff` prints it (with `--src-prefix=a/ --dst-prefix=b/` and unquoted or quoted paths). A
 * binary file has no lines. Unknown lines between files are skipped.
 */
export function parseDiff(diff: string): ChangedFile[] {
  const files: ChangedFile[] = [];
  const lines = diff.split("\n");
  let current: Draft | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith("diff --git ")) {
      if (current) files.push(finish(current));
      current = draftOf(line);
    } else if (current && line.startsWith("@@ ")) {
      at = readHunk(lines, at, current);
    } else if (current) {
      readHeader(line, current);
    }
  }
  if (current) files.push(finish(current));
  return files;
}

/** A change of one file, of which GitHub gives the hunks alone, and nothing for a binary or a large one. */
export function changedFile(
  { file, oldFile, status }: Pick<ChangedFile, "file" | "oldFile" | "status">,
  patch: string | undefined,
): ChangedFile {
  const lines = (patch ?? "").split("\n");
  const draft: Draft = {
    file,
    oldFile: oldFile ?? file,
    status,
    added: [],
    removedBefore: [],
    shown: [],
  };
  for (let at = 0; at < lines.length; at++)
    if (lines[at]?.startsWith("@@ ")) at = readHunk(lines, at, draft);
  return finish(draft);
}

interface Draft {
  file: string;
  oldFile: string;
  status: ChangedFile["status"];
  added: LineRange[];
  removedBefore: number[];
  shown: LineRange[];
}

/** `diff --git a/x b/x`: the two are equal but for a rename, which says its names again. */
function draftOf(line: string): Draft {
  const rest = line.slice("diff --git ".length);
  const half = rest.slice(0, (rest.length - 1) / 2);
  const file = pathOf(half, "a/");
  return { file, oldFile: file, status: "modified", added: [], removedBefore: [], shown: [] };
}

function readHeader(line: string, draft: Draft): void {
  if (line.startsWith("new file mode")) draft.status = "added";
  else if (line.startsWith("deleted file mode")) draft.status = "deleted";
  else if (line.startsWith("rename from ")) {
    draft.status = "renamed";
    draft.oldFile = pathOf(line.slice("rename from ".length), "");
  } else if (line.startsWith("rename to "))
    draft.file = pathOf(line.slice("rename to ".length), "");
  else if (line.startsWith("--- ") && line !== "--- /dev/null")
    draft.oldFile = pathOf(line.slice(4), "a/");
  else if (line.startsWith("+++ ") && line !== "+++ /dev/null")
    draft.file = pathOf(line.slice(4), "b/");
}

/** Reads from the `@@` line on; answers the index of the hunk's last line. The counts say where it ends. */
function readHunk(lines: readonly string[], header: number, draft: Draft): number {
  const counts = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[header] ?? "");
  if (!counts) return header;
  let oldLeft = Number(counts[1] ?? 1);
  let newLeft = Number(counts[3] ?? 1);
  // Of a hunk that leaves no line the header names the line before it.
  let line = Number(counts[2]) + (newLeft === 0 ? 1 : 0);
  if (newLeft > 0) draft.shown.push({ from: line, to: line + newLeft - 1 });
  let at = header;
  while ((oldLeft > 0 || newLeft > 0) && at + 1 < lines.length) {
    const mark = lines[++at]?.[0];
    if (mark === "\\") continue;
    if (mark === "-") {
      oldLeft--;
      if (draft.removedBefore.at(-1) !== line) draft.removedBefore.push(line);
    } else if (mark === "+") {
      addLine(draft.added, line++);
      newLeft--;
    } else {
      line++;
      oldLeft--;
      newLeft--;
    }
  }
  return at;
}

function addLine(ranges: LineRange[], line: number): void {
  const last = ranges.at(-1);
  if (last && last.to === line - 1) ranges[ranges.length - 1] = { from: last.from, to: line };
  else ranges.push({ from: line, to: line });
}

/** Git quotes a path with unusual bytes as a C string, its bytes in octal; a tab ends one with spaces. */
function pathOf(written: string, prefix: string): string {
  const text = written.startsWith('"') ? unquote(written) : written.replace(/\t$/, "");
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

function unquote(quoted: string): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  const inside = quoted.replace(/^"|"\t?$/g, "");
  for (const [part] of inside.matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/g)) {
    if (!part.startsWith("\\")) bytes.push(...encoder.encode(part));
    else if (/^\\[0-7]{3}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 8));
    else bytes.push(ESCAPES[part[1] ?? ""] ?? part.charCodeAt(1));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function finish(draft: Draft): ChangedFile {
  return { ...draft, oldFile: draft.oldFile === draft.file ? undefined : draft.oldFile };
}

/** Whether a stretch of lines touches one of the ranges. */
export function touches(ranges: readonly LineRange[], from: number, to: number = from): boolean {
  return ranges.some((range) => range.from <= to && from <= range.to);
}
