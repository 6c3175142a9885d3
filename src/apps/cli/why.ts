import type { JudgedFinding, Verdict } from "../../core/finding.ts";
import { lineAt } from "../../core/position.ts";
import { languageOfRule, type Rule } from "../../core/rule.ts";
import { analyze } from "../../engine/analyze.ts";
import { isInDamage } from "../../engine/in-damage.ts";
import { describeOperation } from "../../model/describe-operation.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { judged } from "./judged.ts";
import { type OpenPlace, openPlace } from "./open-place.ts";
import { requestFor } from "./session.ts";
import { unknownIn } from "./unknown-in.ts";

/** `chokepoint why`: what is known at a line and what not, which rules looked, and what became of their findings. */
export async function why(
  place: string,
  options: { readonly config?: string },
  io: Io,
): Promise<ExitCode> {
  const opened = await openPlace(place, options, io);
  const sections = [
    whereSection(opened),
    operationsSection(opened),
    rulesSection(opened),
    findingsSection(opened),
  ];
  io.out(`${sections.join("\n\n")}\n`);
  return 0;
}

function whereSection(opened: OpenPlace): string {
  const { shown, line, functions, starts, workspace, file } = opened;
  const inner = functions.at(-1);
  const offset = firstOffset(opened);
  const damage = isInDamage({ file, start: offset, end: offset }, workspace)
    ? "\nthere is a syntax error in it, so every rule is silent here"
    : "";
  if (!inner) return `${shown}:${line}, in no function that is known${damage}`;
  const last = lineAt(starts, Math.max(inner.at.start, inner.at.end - 1));
  return `${shown}:${line}, in ${inner.name} (lines ${lineAt(starts, inner.at.start)} to ${last})${damage}`;
}

function firstOffset({ text, starts, line }: OpenPlace): number {
  const start = starts[line - 1] ?? 0;
  return start + (/^[ \t]*/.exec(text.slice(start, start + 1000))?.[0].length ?? 0);
}

/** What the innermost function does on the line; of the whole function, where the line itself does nothing. */
function operationsSection({ functions, program, starts, line }: OpenPlace): string {
  const inner = functions.at(-1);
  const model = inner && program?.model(inner.id);
  if (!model) return "operations\n  none: there is no model here";
  const all = operationsOf(model).map(({ at, ...described }) => ({
    ...described,
    line: lineAt(starts, at),
  }));
  const here = all.filter((one) => one.line === line);
  const shown = here.length > 0 ? here : all;
  const rows = shown.map(({ line: where, does, unknown }) => {
    const known = unknown === undefined ? "" : `; not known: ${unknown}`;
    return `\n  line ${where}: ${does}${known}`;
  });
  const title = here.length > 0 ? "operations here" : "no operations here; in the whole function";
  return `${title}${rows.length > 0 ? rows.join("") : "\n  none"}`;
}

function operationsOf({ blocks }: FunctionModel) {
  return blocks.flatMap(({ operations, end }) => {
    const selected = end.kind === "select" ? end.cases.map(({ operation }) => operation) : [];
    return [...operations, ...selected].flatMap((operation) => {
      const nested = operation.kind === "defer" ? operation.operations : [operation];
      const prefix = operation.kind === "defer" ? "at the end " : "";
      return nested.map((one) => ({
        does: `${prefix}${describeOperation(one)}`,
        unknown: unknownIn(one),
        at: operation.at.start,
      }));
    });
  });
}

function rulesSection(opened: OpenPlace): string {
  const { session, file, contents, text } = opened;
  const language = languageOfRule(file.endsWith(".go") ? "go/" : "ts/");
  const rows = session.allRules
    .filter(({ id }) => languageOfRule(id) === language)
    .map((rule) => `\n  ${rule.id}: ${whetherLooked(rule, opened)}`);
  const comments = contents.comments(file).length > 0 && text.includes("chokepoint:ignore");
  return `rules${rows.join("")}${comments ? "\n  this file has suppressions of ours" : ""}`;
}

function whetherLooked(rule: Rule, { session, file, text }: OpenPlace): string {
  const { severity } = session.settingsFor(file, rule);
  if (severity === "off")
    return rule.stage === "trial" ? "off, since it is on trial" : "off by configuration";
  if (text.search(rule.interest) === -1)
    return "did not look: no word of its interest in this file";
  return `looked, as ${severity}`;
}

/** Findings in the outermost function around the line, or on the line. */
function findingsSection(opened: OpenPlace): string {
  const { session, parser, file, starts, line, functions } = opened;
  const result = analyze(requestFor(session, [file], parser));
  const [outer] = functions;
  const from = outer ? lineAt(starts, outer.at.start) : line;
  const to = outer ? lineAt(starts, Math.max(outer.at.start, outer.at.end - 1)) : line;
  const findings = judged(result, session, { ignoreComments: true, only: [], skip: [] }).filter(
    ({ at }) => at.file === file && at.line >= from && at.line <= to,
  );
  const rows = findings.map((finding) => `\n  ${row(finding, opened)}`);
  const failures = result.notices.map(({ message }) => `\n  ${message}`);
  return `findings in lines ${from} to ${to}${rows.join("") || "\n  none"}${failures.join("")}`;
}

function row({ at, rule, confidence, message, verdict }: JudgedFinding, { shown }: OpenPlace) {
  return `${shown}:${at.line}:${at.column} ${rule} (${confidence}): ${said(verdict)}: ${message}`;
}

function said(verdict: Verdict): string {
  switch (verdict.kind) {
    case "report":
      return "reported";
    case "suppressed":
      return `suppressed by the comment in line ${verdict.by.line}${verdict.reason ? ` (${verdict.reason})` : ""}`;
    case "below-threshold":
      return "not shown, below min-confidence";
    case "known":
      return "not shown, in the baseline";
    case "outside-diff":
      return "not shown, outside of the change";
    case "over-limit":
      return "not shown, over the limit";
  }
}
