import { defaultOptions, type SettingsFor } from "../config/rule-settings.ts";
import type { Rule } from "../core/rule.ts";
import { createRuleNames } from "../core/rule-names.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Language, Unit } from "../languages/language.ts";
import type { SourceParser } from "../syntax/parser.ts";
import { analyzeUnit, type Timing, type UnitResult } from "./analyze-unit.ts";
import { languageOf } from "./language-of.ts";
import { type AnalysisResult, mergeResults } from "./merge-results.ts";
import { createRunsOf, type JudgedFile, type Share } from "./runs.ts";
import { createWorkspace } from "./workspace.ts";

export interface AnalysisRequest {
  /** The files to judge, relative to the snapshot's root. Those of no known language are left out. */
  readonly files: readonly string[];
  readonly snapshot: Snapshot;
  readonly languages: readonly Language[];
  readonly rules: readonly Rule[];
  readonly parser: SourceParser;
  /** Ids of all rules there are, for suppressions that name one that is not loaded; by default those of `rules`. */
  readonly ruleIds?: readonly string[];
  /** Without it every rule runs as it declares itself, trial rules included. */
  readonly settingsFor?: SettingsFor;
  readonly timing?: Timing;
}

const asDeclared: SettingsFor = (_file, rule) => ({
  severity: rule.severity,
  options: defaultOptions(rule),
});

/**
 * Snapshot and rules to findings, in order of file, line, column and rule. Pure and synchronous. Nothing that goes wrong
 * in one unit or rule reaches the rest: it becomes a notice.
 */
export function analyze(request: AnalysisRequest): AnalysisResult {
  return mergeResults(analyzeUnits(unitsOf(request), request));
}

/** The units that the files to judge belong to, generated files left out, in order of directory. */
export function unitsOf(
  request: Pick<AnalysisRequest, "files" | "snapshot" | "languages">,
): Unit[] {
  const { files, snapshot, languages } = request;
  const byLanguage = new Map<Language, string[]>();
  for (const file of [...new Set(files)].sort()) {
    const language = languageOf(file, languages);
    const text = language && snapshot.read(file);
    if (language === undefined || text === undefined || language.isGenerated(file, text)) continue;
    const others = byLanguage.get(language);
    if (others) others.push(file);
    else byLanguage.set(language, [file]);
  }
  return [...byLanguage].flatMap(([language, judged]) => [...language.units(judged, snapshot)]);
}

/** What of units is judged by itself, in their order. */
export function partsOf(units: readonly Unit[], languages: readonly Language[]): Unit[] {
  const byName = new Map(languages.map((language) => [language.name, language]));
  return units.flatMap((unit) => byName.get(unit.language)?.parts?.(unit) ?? [unit]);
}

/** Analyses units one after the other with one workspace; what compares the whole project comes last. */
export function analyzeUnits(units: readonly Unit[], request: AnalysisRequest): UnitResult[] {
  const analyze = createAnalyzer(request);
  return [
    ...partsOf(units, request.languages).flatMap((part) => analyze(part, "unit")),
    ...units.flatMap((unit) => analyze(unit, "project")),
  ];
}

/**
 * Analyses a unit at a time; what was parsed for one is there for the next. No result for a unit without text. What threads
 * do, each with its share.
 */
export function createAnalyzer(
  request: AnalysisRequest,
): (unit: Unit, share: Share) => UnitResult[] {
  const { snapshot, languages, parser, rules, settingsFor = asDeclared, timing } = request;
  const ruleNames = createRuleNames(request.ruleIds ?? rules.map(({ id }) => id), rules);
  const runsOf = createRunsOf(rules, settingsFor);
  const workspace = createWorkspace(snapshot, parser, languages);
  return (unit, share) => {
    const language = languages.find(({ name }) => name === unit.language);
    const files = unit.files.flatMap((path): JudgedFile[] => {
      const text = snapshot.read(path);
      return text === undefined ? [] : [{ path, text }];
    });
    if (!language || files.length === 0) return [];
    const result = analyzeUnit({
      unit,
      share,
      files,
      language,
      workspace,
      runsOf,
      ruleNames,
      timing,
    });
    workspace.release();
    return [result];
  };
}
