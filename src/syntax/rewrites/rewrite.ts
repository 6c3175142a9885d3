import type { Span } from "../../core/position.ts";

/**
 * A gap of a grammar, and how to write the same code so that the grammar reads it. A replacement has the length of what it
 * replaces, so every offset stays; the tree keeps the text as read. It never touches a delimiter of a string, comment,
 * template or expression, so that inside one it changes nothing.
 */
export interface Rewrite {
  readonly name: string;
  /** A word without which a text has no such gap; a text is searched for nothing else first. */
  readonly hint: string;
  /** In one pass over the text, as read. */
  find(text: string): readonly Replacement[];
}

/** `text` replaces `[start, end)` and is as long. */
export interface Replacement extends Span {
  readonly text: string;
}

/** White space in place of a stretch of text; line breaks stay, so that no statement moves to another line. */
export function blank(text: string, start: number, end: number): Replacement {
  return { start, end, text: text.slice(start, end).replace(/[^\r\n]/g, " ") };
}

/** Blanks the first group of every match; the expression has the flags `d` and `g`. */
export function blankGroup(text: string, expression: RegExp): readonly Replacement[] {
  return spansOfGroup(text, expression).map(({ start, end }) => blank(text, start, end));
}

/** Where the first group of every match stands. */
export function spansOfGroup(text: string, expression: RegExp): readonly Span[] {
  const spans: Span[] = [];
  for (const { indices } of text.matchAll(expression)) {
    const [start, end] = indices?.[1] ?? [];
    if (start !== undefined && end !== undefined) spans.push({ start, end });
  }
  return spans;
}

/** The text with all replacements made; they do not overlap and are in order. */
export function replace(text: string, replacements: readonly Replacement[]): string {
  let done = 0;
  const pieces: string[] = [];
  for (const { start, end, text: piece } of replacements) {
    pieces.push(text.slice(done, start), piece);
    done = end;
  }
  return pieces.join("") + text.slice(done);
}
