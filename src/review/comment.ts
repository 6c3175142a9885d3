import type { JudgedFinding, Trace } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import { marker } from "./marker.ts";
import { fenced, inlineCode, linked, mermaidText, sentence } from "./neutral-text.ts";
import type { Suggestion } from "./suggestion.ts";

/** GitHub refuses longer bodies; what is cut is said. Characters. */
const LONGEST = 60_000;
/** Steps that a diagram shows. */
const MOST_STEPS = 30;

export interface CommentPart {
  readonly finding: JudgedFinding;
  readonly rule: Rule | undefined;
  readonly suggestion: Suggestion | undefined;
  /** Whether the comment stands at another line than the finding, which is then named. */
  readonly isMoved: boolean;
}

/** What a comment may point to. */
export interface Pointers {
  /** The address of a rule's page, where there is one. */
  pages(rule: string): string | undefined;
  /** The address of a line of the reviewed commit, where it has one. */
  lines?(at: Location): string | undefined;
  /** Whether we read the answers to a comment. */
  readonly readsAnswers?: boolean | undefined;
}

/**
 * The body of a review comment about the findings of one place: what happens, why it matters, the interleaving, what to do,
 * how to silence it; at the end the hidden marker. Everything that the repository wrote is neutralised.
 */
export function commentBody(parts: readonly CommentPart[], pointers: Pointers): string {
  const sections = parts.map((part) => section(part, pointers));
  const hidden = marker(parts.map(({ finding }) => finding.fingerprint));
  const body = sections.join("\n\n---\n\n");
  const cut =
    body.length > LONGEST
      ? `${wholeSections(sections)}\n\n_The rest was too long for a comment._`
      : body;
  return `${cut}\n\n${hidden}\n`;
}

/** The rules of a comment's findings, in the order of its marker, as far as it was not cut. */
export function rulesIn(body: string): readonly string[] {
  return [...body.matchAll(/chokepoint:ignore ((?:go|ts)\/[a-z0-9-]+)/g)].map(
    ([, rule = ""]) => rule,
  );
}

/** As many sections as fit; a single one that does not is cut. */
function wholeSections(sections: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const one of sections) {
    if (length + one.length > LONGEST) break;
    kept.push(one);
    length += one.length + 8;
  }
  return kept.length > 0
    ? kept.join("\n\n---\n\n")
    : `${[...(sections[0] ?? "")].slice(0, 2_000).join("")}`;
}

function section({ finding, rule, suggestion, isMoved }: CommentPart, pointers: Pointers): string {
  const { message, at, related, trace, confidence, fixes } = finding;
  const paragraphs = [
    `**${capitalised(sentence(message))}**`,
    isMoved && `The fault is at ${place(at, pointers)}, which this diff does not show.`,
    rule?.docs.why,
    trace && details(trace),
    related.length > 0 &&
      related.map((one) => `- ${place(one.at, pointers)}: ${sentence(one.note)}`).join("\n"),
    rule && `**What to do:** ${rule.docs.instead}`,
    suggestion && fenced("suggestion", suggestion.text),
    !suggestion &&
      fixes.length > 0 &&
      `Possible fix: ${fixes.map(({ description }) => sentence(description)).join("; or ")}.`,
    small(finding.rule, confidence, pointers),
  ];
  return paragraphs.filter((paragraph) => paragraph).join("\n\n");
}

/** Only words of ours: most messages begin with a name of the reviewed code, which stays as it is. */
function capitalised(text: string): string {
  const isOurs = /^(?:an?|the|this|that|each|nobody|nothing|two|what|with|send|receive) /.test(
    text,
  );
  return isOurs ? (text[0] ?? "").toUpperCase() + text.slice(1) : text;
}

function place(at: Location, { lines }: Pointers): string {
  return linked(inlineCode(`${at.file}:${at.line}`), lines?.(at));
}

function details(trace: Trace<Location>): string {
  return `<details><summary>How it happens</summary>\n\n${fenced("mermaid", sequence(trace))}\n\n</details>`;
}

/** A participant for each goroutine or task, a note for each step, numbered over all of them. */
function sequence({ threads, steps }: Trace<Location>): string {
  const shown = steps.slice(-MOST_STEPS);
  const skipped = steps.length - shown.length;
  return [
    "sequenceDiagram",
    ...threads.map((name, index) => `  participant T${index} as ${mermaidText(name)}`),
    ...shown.map(({ thread, at, action, waits }, index) => {
      const number = skipped + index + 1;
      const where = mermaidText(`${baseName(at.file)}:${at.line}`);
      const mark = waits ? "⏳ " : "";
      return `  Note over T${thread}: ${mark}${number}. ${mermaidText(action)}<br/>${where}`;
    }),
  ].join("\n");
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function small(rule: string, confidence: string, { pages, readsAnswers }: Pointers): string {
  const page = pages(rule);
  const name = linked(inlineCode(rule), page);
  const answer = readsAnswers ? `answer ${inlineCode("chokepoint ignore reason")}, or write ` : "";
  const ignore = `${answer}${inlineCode(`chokepoint:ignore ${rule} -- reason`)}`;
  const more = page === undefined ? ` · more: ${inlineCode(`chokepoint explain ${rule}`)}` : "";
  return `<sub>${name} · confidence ${confidence} · to silence: ${ignore}${more}</sub>`;
}
