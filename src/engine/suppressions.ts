import { type Location, lineAt, lineStarts, locate } from "../core/position.ts";
import type { RuleNames } from "../core/rule-names.ts";
import type { Comment, UnitContents } from "../languages/language.ts";
import { type Directive, readDirective } from "./directive.ts";
import { checksOfLinter } from "./golangci-linters.ts";

/** A comment that silences rules on lines of its file. Plain data. */
export interface Suppression {
  /** The comment. */
  readonly at: Location;
  readonly form: string;
  readonly reason: string | undefined;
  readonly names: readonly SuppressedName[];
  /** Lines that it covers, counted from 1, both included. */
  readonly fromLine: number;
  readonly toLine: number;
}

/** A name in a suppression with the rules that it means. */
export interface SuppressedName {
  readonly name: string;
  readonly rules: readonly string[];
}

const LAST_LINE = 0xffffffff;

/** Cheap test whether a file's text may hold a suppression of our own form. */
export function mentionsSuppression(text: string): boolean {
  return text.includes("chokepoint:ignore");
}

/** All suppressions of a file that name one of our rules, and all of our own form. */
export function suppressionsOf(
  file: string,
  text: string,
  contents: UnitContents,
  ruleNames: RuleNames,
): Suppression[] {
  const starts = lineStarts(text);
  const read = contents.comments(file).flatMap((comment) => {
    const directive = readDirective(comment.text);
    if (!directive) return [];
    const names = directive.names.map((name) => ({
      name,
      rules: rulesNamed(name, directive, ruleNames),
    }));
    return [{ comment, directive, names }];
  });
  return read.flatMap(({ comment, directive, names }, index): Suppression[] => {
    const isOwn = directive.form === "chokepoint";
    if (directive.reach === "end" || (!isOwn && names.every(({ rules }) => rules.length === 0)))
      return [];
    const { form, reason } = directive;
    const closing = read
      .slice(index + 1)
      .find((later) => later.directive.reach === "end" && closes(later.directive, directive));
    const [fromLine, toLine] =
      directive.reach === "begin"
        ? [
            lineAt(starts, comment.start),
            closing ? lineAt(starts, closing.comment.start) : LAST_LINE,
          ]
        : linesCovered(file, text, starts, comment, directive, contents);
    const at = locate(starts, { file, start: comment.start, end: comment.end });
    return [{ at, form, reason, names, fromLine, toLine }];
  });
}

function rulesNamed(name: string, { form }: Directive, ruleNames: RuleNames): readonly string[] {
  const checks = form === "nolint" ? checksOfLinter(name) : undefined;
  const named = ruleNames.find(name);
  return checks ? [...new Set([...named, ...ruleNames.findMatching(checks)])] : named;
}

function closes(end: Directive, begin: Directive): boolean {
  return end.form === begin.form && begin.names.every((name) => end.names.includes(name));
}

function linesCovered(
  file: string,
  text: string,
  starts: Uint32Array,
  comment: Comment,
  { reach }: Directive,
  contents: UnitContents,
): readonly [number, number] {
  const line = lineAt(starts, comment.start);
  const lastLine = lineAt(starts, comment.end);
  if (reach === "file") return [1, LAST_LINE];
  if (reach === "next-line") return [lastLine + 1, lastLine + 1];
  if (reach === "line") return [line, line];
  if (comment.isAlone) {
    const next = contents.statementAfter(file, comment.end);
    if (!next) return [line, lastLine + 1];
    return [line, lineAt(starts, Math.max(next.start, next.end - 1))];
  }
  if (reach === "place") return [line, lastLine];
  const lineStart = starts[line - 1] ?? 0;
  const indent = /^\s*/.exec(text.slice(lineStart, comment.start))?.[0].length ?? 0;
  const here = contents.statementAt(file, lineStart + indent);
  const begins = here !== undefined && lineAt(starts, here.start) === line;
  return [line, begins ? lineAt(starts, Math.max(here.start, here.end - 1)) : line];
}

/** Whether the suppression silences a finding of that rule there; by what name, if so. */
export function coveringName(
  { at, names, fromLine, toLine }: Suppression,
  finding: { readonly rule: string; readonly at: Location },
): SuppressedName | undefined {
  if (finding.at.file !== at.file) return undefined;
  const { line, endLine } = finding.at;
  const covers =
    (line >= fromLine && line <= toLine) || (fromLine === toLine && endLine === fromLine);
  return covers ? names.find(({ rules }) => rules.includes(finding.rule)) : undefined;
}
