import type { RuleSettings, SettingsFor } from "../config/rule-settings.ts";
import type { Finding } from "../core/finding.ts";
import { type LanguageName, languageOfRule, type Rule } from "../core/rule.ts";

/**
 * What of a unit is judged: by the rules that look at the unit, or by those that compare the whole project. The second need
 * the project's index, which is best made by one thread, and when most files have been parsed.
 */
export type Share = "unit" | "project";

export interface JudgedFile {
  readonly path: string;
  readonly text: string;
}

/** A rule with one set of options, and the files of the unit that it is so set for. */
export interface Run {
  readonly rule: Rule;
  readonly options: RuleSettings["options"];
  readonly severities: ReadonlyMap<string, Finding["severity"]>;
  /** The first file that made us ask: named when the rule fails. */
  readonly suspect: string;
}

/** Which rules to ask about files of a unit, leaving out those that no file of theirs can be about. */
export type RunsOf = (
  files: readonly JudgedFile[],
  language: LanguageName,
  share: Share,
) => readonly Run[];

/** A rule, and the words that it is interested in: one expression for all rules with the same. */
interface Candidate {
  readonly rule: Rule;
  readonly interest: RegExp;
}

/** What units have in common is prepared once: a language may have as many units as files. */
export function createRunsOf(rules: readonly Rule[], settingsFor: SettingsFor): RunsOf {
  const candidates = candidatesOf(rules);
  return (files, language, share) => {
    const runs: Run[] = [];
    const mentions = mentionsIn(files);
    for (const { rule, interest } of candidates.get(`${language} ${share}`) ?? []) {
      if (!files.some((file) => mentions(file, interest))) continue;
      const groups = groupsOf(files, (path) => settingsFor(path, rule));
      for (const { options, severities, group } of groups) {
        const suspect = group.find((file) => mentions(file, interest));
        if (suspect) runs.push({ rule, options, severities, suspect: suspect.path });
      }
    }
    return runs;
  };
}

/** By language and share. */
function candidatesOf(rules: readonly Rule[]): ReadonlyMap<string, readonly Candidate[]> {
  const interests = new Map<string, RegExp>();
  const candidates = new Map<string, Candidate[]>();
  for (const rule of rules) {
    const words = String(rule.interest);
    const interest = interests.get(words) ?? rule.interest;
    interests.set(words, interest);
    const key = `${languageOfRule(rule.id)} ${rule.scope ?? "unit"}`;
    const others = candidates.get(key);
    if (others) others.push({ rule, interest });
    else candidates.set(key, [{ rule, interest }]);
  }
  return candidates;
}

interface FileGroup extends Pick<Run, "options" | "severities"> {
  readonly group: readonly JudgedFile[];
}

interface GrowingGroup extends FileGroup {
  readonly severities: Map<string, Finding["severity"]>;
  readonly group: JudgedFile[];
}

/** Files for which a rule is not off, those with the same options together. */
function groupsOf(
  files: readonly JudgedFile[],
  settingsOf: (path: string) => RuleSettings,
): Iterable<FileGroup> {
  const bySettings = new Map<RuleSettings, JudgedFile[]>();
  for (const file of files) {
    const settings = settingsOf(file.path);
    const same = bySettings.get(settings);
    if (same) same.push(file);
    else bySettings.set(settings, [file]);
  }
  const groups = new Map<string, GrowingGroup>();
  for (const [{ severity, options }, same] of bySettings) {
    if (severity === "off") continue;
    const key = bySettings.size === 1 ? "" : JSON.stringify(options);
    const known: GrowingGroup = groups.get(key) ?? { options, severities: new Map(), group: [] };
    groups.set(key, known);
    for (const file of same) {
      known.severities.set(file.path, severity);
      known.group.push(file);
    }
  }
  return groups.values();
}

/** Whether a file mentions what a rule is interested in; each question is answered once. */
function mentionsIn(files: readonly JudgedFile[]): (file: JudgedFile, interest: RegExp) => boolean {
  const known = new Map(files.map((file) => [file, new Map<RegExp, boolean>()]));
  return (file, interest) => {
    const answers = known.get(file);
    const before = answers?.get(interest);
    if (before !== undefined) return before;
    const isMentioned = file.text.search(interest) !== -1;
    answers?.set(interest, isMentioned);
    return isMentioned;
  };
}
