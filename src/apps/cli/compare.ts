import type { JudgedFinding } from "../../core/finding.ts";
import type { ChangedFile } from "../../engine/diff.ts";
import { languageOf } from "../../engine/language-of.ts";
import { touchedContracts } from "../../engine/touched-contracts.ts";
import { languages } from "../../languages/registry.ts";
import { freshFindings } from "../../review/fresh-findings.ts";
import { withQuestionsOnce } from "../../review/questions.ts";
import { jobFor } from "./job-for.ts";
import { loadRules } from "./load-rules.ts";
import { type Looked, type LookSettings, look } from "./look.ts";
import { openSnapshot, type Source } from "./session.ts";

/** Two states of a tree, and what lies between them. */
export interface Comparison {
  readonly before: Source;
  readonly after: Source;
  readonly changes: readonly ChangedFile[];
}

/** What the state after a change showed, and which of its findings were not there before. */
export interface Compared {
  readonly after: Looked;
  readonly fresh: ReadonlySet<JudgedFinding>;
}

/**
 * Judges the changed files, with those that a change of them can touch, as they are after the change; and, where that found
 * anything, as they were before it.
 */
export async function compare(
  { before, after, changes }: Comparison,
  settings: LookSettings,
): Promise<Compared> {
  const left = changes.filter(({ status }) => status !== "deleted").map(({ file }) => file);
  const was = changes.flatMap(({ file, oldFile, status }) =>
    status === "added" ? [] : [oldFile ?? file],
  );
  // A file that was taken away concerns its package as well.
  const gone = changes.filter(({ status }) => status === "deleted").map(({ file }) => file);
  const projectOnly = await touchedElsewhere({ before, after, changes }, settings);
  const looked = await look(after, withTheirs(after, left, gone), { ...settings, projectOnly });
  if (!looked.findings.some(({ verdict }) => verdict.kind === "report"))
    return { after: looked, fresh: new Set() };
  const added = changes.filter(({ status }) => status === "added").map(({ file }) => file);
  const onlyRules = rulesBehind(looked.findings, looked.session);
  const earlier = await look(before, withTheirs(before, was, added), {
    ...settings,
    projectOnly,
    onlyRules,
  });
  const fresh = freshFindings(looked.findings, earlier.findings, changes);
  return { after: looked, fresh: withQuestionsOnce(fresh, changes, looked.session.rules) };
}

/**
 * The rules whose earlier findings decide which of these are new: those that speak now, and those that they give way to.
 * Undefined for all of them: that a comment silences nothing is said by no rule, and depends on each.
 */
export function rulesBehind(
  findings: readonly JudgedFinding[],
  { rules }: Pick<Looked["session"], "rules">,
): ReadonlySet<string> | undefined {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const reported = findings.filter(({ verdict }) => verdict.kind === "report");
  const ids = new Set(reported.map(({ rule }) => rule));
  if ([...ids].some((id) => !byId.has(id))) return undefined;
  // A set grows while it is walked.
  for (const id of ids) for (const stronger of byId.get(id)?.yieldsTo ?? []) ids.add(stronger);
  return ids;
}

/** Unchanged files that the rules about the whole project look at again, where one of these runs. */
async function touchedElsewhere(
  { before, after, changes }: Comparison,
  { options, io }: LookSettings,
): Promise<readonly string[]> {
  const { rules } = await jobFor({ ...options, isReview: true }, after, [], io);
  const ids = new Set(rules?.ids);
  const isAsked = (await loadRules()).some(({ id, scope }) => scope === "project" && ids.has(id));
  if (!isAsked) return [];
  const states = { before: openSnapshot(before), after: openSnapshot(after), changes };
  return touchedContracts(states, languages);
}

/** Files with those that belong to them; of `elsewhere`, which are not in this state, only the latter. */
function withTheirs(
  source: Source,
  files: readonly string[],
  elsewhere: readonly string[],
): string[] {
  const snapshot = openSnapshot(source);
  const asked = new Map<string, readonly string[]>();
  const theirs = [...files, ...elsewhere].flatMap((file) => {
    const language = languageOf(file, languages);
    if (!language) return [];
    const key = `${language.name} ${file.slice(0, file.lastIndexOf("/") + 1)}`;
    if (asked.has(key)) return [];
    const found = language.together(file, snapshot);
    asked.set(key, found);
    return found;
  });
  const isElsewhere = new Set(elsewhere);
  return [...new Set([...files, ...theirs])].filter((file) => !isElsewhere.has(file)).sort();
}
