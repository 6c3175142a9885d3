import type { Location } from "../core/position.ts";
import { displayWidth, visibleText } from "./visible-text.ts";

/** Lines of a span that are shown; of longer ones the first and a mark. */
const MOST_LINES = 4;
/** Columns of a line that are shown. */
const MOST_COLUMNS = 110;
const TAB = 4;

/** One line of an excerpt: its number (none for the line below it), and the text as it is shown. */
export interface ExcerptLine {
  readonly number: number | undefined;
  readonly text: string;
  readonly isUnderline: boolean;
}

/** The lines of a span, each with the span underlined below it; empty where the text does not have them. */
export function sourceExcerpt(text: string, at: Location): ExcerptLine[] {
  const lines = text.split("\n");
  const last = Math.min(at.endLine, at.line + MOST_LINES - 1);
  const excerpt: ExcerptLine[] = [];
  for (let number = at.line; number <= last; number++) {
    const line = lines[number - 1]?.replace(/\r$/, "");
    if (line === undefined) break;
    const from = number === at.line ? at.column - 1 : line.length - line.trimStart().length;
    const to = number === at.endLine ? at.endColumn - 1 : line.trimEnd().length;
    excerpt.push(...underlined(line, number, from, Math.max(to, from)));
  }
  if (last < at.endLine) excerpt.push({ number: undefined, text: "…", isUnderline: false });
  return excerpt;
}

function underlined(line: string, number: number, from: number, to: number): ExcerptLine[] {
  const window = windowOf(line, from);
  const shown = expanded(line.slice(window.start, window.end));
  const before = displayWidth(expanded(line.slice(window.start, from)));
  const end = Math.min(to, window.end);
  const width = displayWidth(expanded(line.slice(window.start, end))) - before;
  const prefix = window.start > 0 ? "…" : "";
  const suffix = window.end < line.length ? "…" : "";
  return [
    { number, text: `${prefix}${shown}${suffix}`, isUnderline: false },
    {
      number: undefined,
      text: `${" ".repeat(prefix.length + before)}${"^".repeat(Math.max(width, 1))}`,
      isUnderline: true,
    },
  ];
}

/** What is shown of a long line: around the span. */
function windowOf(line: string, from: number): { readonly start: number; readonly end: number } {
  if (line.length <= MOST_COLUMNS) return { start: 0, end: line.length };
  const start = from < MOST_COLUMNS - 30 ? 0 : from - 30;
  return { start, end: Math.min(line.length, start + MOST_COLUMNS) };
}

/** Tabs as spaces up to the next stop, and nothing that moves the cursor. */
function expanded(text: string): string {
  let shown = "";
  for (const part of text.split(/(\t)/)) {
    shown += part === "\t" ? " ".repeat(TAB - (displayWidth(shown) % TAB)) : visibleText(part);
  }
  return shown;
}
