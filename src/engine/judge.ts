import type { SettingsFor } from "../config/rule-settings.ts";
import type { Confidence, Finding, JudgedFinding, Severity, Verdict } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import type { Rule } from "../core/rule.ts";
import type { ChangedFile } from "./diff.ts";
import { touches } from "./diff.ts";
import { fingerprints, hashOf } from "./fingerprint.ts";
import { type AnalysisResult, byPlace } from "./merge-results.ts";
import { coveringName, type SuppressedName, type Suppression } from "./suppressions.ts";

export interface JudgeRequest {
  /** Findings of a lower confidence are below the threshold. */
  readonly minConfidence: (file: string) => Confidence;
  /** Whether a suppression of our own form must say why. */
  readonly requireReason: (file: string) => boolean;
  /** How one of the tool's own findings is set for a file; by default a warning. */
  readonly ownSeverity?: (file: string, rule: string) => Severity | "off";
  /** Inline suppressions of every kind count for nothing. */
  readonly ignoreComments?: boolean;
  /** Only what touches a line that these added is reported; without it everything is. */
  readonly changes?: readonly ChangedFile[];
  /** Fingerprints that a baseline holds. */
  readonly known?: ReadonlySet<string>;
  /** The rules that ran, and how they were set: a suppression of a rule that did not run is not called useless. */
  readonly rules: readonly Rule[];
  readonly settingsFor: SettingsFor;
  readonly ruleIds: readonly string[];
}

export const OWN_RULES = {
  useless: "chokepoint/useless-suppression",
  missingReason: "chokepoint/missing-reason",
  config: "chokepoint/config",
} as const;

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

/** Gives every finding its verdict, and adds what the tool itself finds about suppressions. Nothing is dropped. */
export function judge(
  { findings, suppressions }: Pick<AnalysisResult, "findings" | "suppressions">,
  request: JudgeRequest,
): JudgedFinding[] {
  const honoured = request.ignoreComments ? [] : suppressions;
  const used = new Map<Suppression, Set<SuppressedName>>();
  const judged = findings.map((finding) => {
    const verdict = suppressedBy(finding, honoured, used) ?? verdictOf(finding, request);
    return { ...finding, verdict };
  });
  const own = ownFindings(honoured, used, request);
  const ownJudged = own.map((finding) => ({ ...finding, verdict: verdictOf(finding, request) }));
  return [...judged, ...ownJudged].sort(byPlace);
}

function suppressedBy(
  finding: Finding,
  suppressions: readonly Suppression[],
  used: Map<Suppression, Set<SuppressedName>>,
): Verdict | undefined {
  let verdict: Verdict | undefined;
  for (const suppression of suppressions) {
    const name = coveringName(suppression, finding);
    if (!name) continue;
    const names = used.get(suppression) ?? new Set();
    used.set(suppression, names.add(name));
    const { at: by, reason } = suppression;
    verdict ??= { kind: "suppressed", by, ...(reason !== undefined && { reason }) };
  }
  return verdict;
}

function verdictOf(finding: Finding, { minConfidence, known, changes }: JudgeRequest): Verdict {
  const { at, confidence, fingerprint } = finding;
  if (RANK[confidence] < RANK[minConfidence(at.file)]) return { kind: "below-threshold" };
  if (known?.has(fingerprint)) return { kind: "known" };
  if (changes && !isChanged(finding, changes)) return { kind: "outside-diff" };
  return { kind: "report" };
}

/** A change shows up where the finding stands, or at a step of its trace in the same file's added lines. */
function isChanged({ at }: Finding, changes: readonly ChangedFile[]): boolean {
  const change = changes.find(({ file }) => file === at.file);
  return change !== undefined && touches(change.added, at.line, at.endLine);
}

function ownFindings(
  suppressions: readonly Suppression[],
  used: ReadonlyMap<Suppression, ReadonlySet<SuppressedName>>,
  request: JudgeRequest,
): Finding[] {
  const drafts = suppressions
    .filter(({ form }) => form === "chokepoint")
    .flatMap((suppression) => {
      const messages: [rule: string, message: string][] = [];
      const useless = whyUseless(suppression, used.get(suppression) ?? new Set(), request);
      if (useless) messages.push([OWN_RULES.useless, useless]);
      else if (suppression.reason === undefined && request.requireReason(suppression.at.file))
        messages.push([
          OWN_RULES.missingReason,
          "this ignore does not say why; add ` -- ` and a reason",
        ]);
      return messages.map(([rule, message]) => ({ rule, message, at: suppression.at }));
    })
    .sort(byPlace);
  const hashes = fingerprints(drafts.map(({ rule, message }) => `${rule}\0${message}`));
  return drafts.flatMap((draft, index): Finding[] => {
    const severity = request.ownSeverity?.(draft.at.file, draft.rule) ?? "warning";
    if (severity === "off") return [];
    const fingerprint = hashes[index] ?? "";
    const identity = hashOf(`${draft.rule}\0${draft.message}`);
    return [
      { ...draft, severity, confidence: "high", fingerprint, identity, related: [], fixes: [] },
    ];
  });
}

function whyUseless(
  { names, at }: Suppression,
  used: ReadonlySet<SuppressedName>,
  { rules, settingsFor, ruleIds }: JudgeRequest,
): string | undefined {
  if (names.length === 0)
    return "this ignore names no rule; write `chokepoint:ignore RULE -- reason`";
  const unknown = names.find((name) => name.rules.length === 0);
  if (unknown) {
    const like = nearest(unknown.name, ruleIds);
    return `there is no rule \`${unknown.name}\`${like ? `; did you mean \`${like}\`?` : ""}`;
  }
  const ran = (id: string) => {
    const rule = rules.find((candidate) => candidate.id === id);
    return rule !== undefined && settingsFor(at.file, rule).severity !== "off";
  };
  const idle = names.filter((name) => !used.has(name) && name.rules.every(ran));
  if (idle.length === 0) return undefined;
  const listed = idle.map(({ name }) => `\`${name}\``).join(" and ");
  return `this ignore silences nothing: ${listed} ${idle.length === 1 ? "finds" : "find"} nothing here`;
}
