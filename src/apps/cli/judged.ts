import type { JudgedFinding, Severity } from "../../core/finding.ts";
import { type JudgeRequest, judge } from "../../engine/judge.ts";
import type { AnalysisResult } from "../../engine/merge-results.ts";
import type { LintOptions } from "./lint-options.ts";
import type { Session } from "./session.ts";

/** Gives findings their verdicts by configuration and options; `beside`: a baseline or the changes of a review. */
export function judged(
  result: AnalysisResult,
  { configs, rules, allRules, settingsFor }: Session,
  options: Pick<LintOptions, "minConfidence" | "ignoreComments" | "only" | "skip">,
  beside: Pick<JudgeRequest, "known" | "changes"> = {},
): JudgedFinding[] {
  return judge(result, {
    ...beside,
    rules,
    settingsFor,
    ruleIds: allRules.map(({ id }) => id),
    minConfidence: (file) => options.minConfidence ?? configs.configFor(file).minConfidence,
    requireReason: (file) => configs.configFor(file).suppressions.requireReason,
    ignoreComments: !options.ignoreComments,
    ownSeverity(file, rule) {
      if (options.skip.includes(rule)) return "off";
      if (options.only.length > 0) return options.only.includes(rule) ? "warning" : "off";
      const entry = configs.entryFor(file, rule);
      const level = typeof entry === "object" ? entry.severity : entry;
      return level === undefined || level === "on" ? "warning" : (level satisfies Severity | "off");
    },
  });
}
