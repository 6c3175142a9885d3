import type { Finding } from "../core/finding.ts";
import type { Rule } from "../core/rule.ts";
import { type ChangedFile, touches } from "../engine/diff.ts";

/**
 * Of the rules that ask about what a change introduces, one question each: at the first place whose line the change wrote. All
 * other findings stay.
 */
export function withQuestionsOnce<F extends Finding>(
  fresh: ReadonlySet<F>,
  changes: readonly ChangedFile[],
  rules: readonly Rule[],
): ReadonlySet<F> {
  const asks = new Set(rules.flatMap(({ id, subject }) => (subject === "change" ? [id] : [])));
  const asked = new Set<string>();
  const kept = [...fresh].filter((finding) => {
    if (!asks.has(finding.rule)) return true;
    if (asked.has(finding.rule) || !isWritten(finding, changes)) return false;
    asked.add(finding.rule);
    return true;
  });
  return new Set(kept);
}

function isWritten({ at }: Finding, changes: readonly ChangedFile[]): boolean {
  const change = changes.find(({ file }) => file === at.file);
  return change !== undefined && touches(change.added, at.line);
}
