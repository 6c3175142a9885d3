import type { RuleSettings, SettingsFor } from "../config/rule-settings.ts";
import { createUse, type OnComputed, seed, type Use } from "../core/analysis.ts";
import type { Finding, Notice, Problem } from "../core/finding.ts";
import { type Location, lineStarts, locate, type Place } from "../core/position.ts";
import { languageOfRule, type Rule } from "../core/rule.ts";
import type { RuleNames } from "../core/rule-names.ts";
import { type Tally, tally } from "../core/tally.ts";
import type { Language, Reads, Unit, UnitContents } from "../languages/language.ts";
import { identityOf } from "./fingerprint.ts";
import { isInDamage } from "./in-damage.ts";
import { type Claim, withPrecedence } from "./precedence.ts";
import { mentionsSuppression, type Suppression, suppressionsOf } from "./suppressions.ts";
import { NOTHING_UNDERSTOOD, type Understood, whatWasUnderstood } from "./understood.ts";
import type { EngineWorkspace } from "./workspace.ts";

/** A clock in milliseconds, and who is told the cost of each analysis and rule. */
export interface Timing {
  readonly clock: () => number;
  readonly onCost: (what: string, milliseconds: number) => void;
}

export interface JudgedFile {
  readonly path: string;
  readonly text: string;
}

/** A finding before equal ones are numbered; plain data, so that threads can hand it over. */
export interface IdentifiedFinding extends Omit<Finding, "fingerprint"> {
  readonly identity: string;
}

/** What one unit came to. */
export interface UnitResult {
  readonly findings: readonly IdentifiedFinding[];
  /** Of files with findings, and of those that have one of our own form. */
  readonly suppressions: readonly Suppression[];
  readonly notices: readonly Notice[];
  readonly understood: Understood;
  /** What it is due to beside the unit's own files, where the language can say. */
  readonly reads?: Reads | undefined;
}

/**
 * What of a unit is judged: by the rules that look at the unit, or by those that compare the whole project. The second need
 * the project's index, which is best made by one thread, and when most files have been parsed.
 */
export type Share = "unit" | "project";

export interface UnitRequest {
  readonly unit: Unit;
  readonly share: Share;
  /** The unit's files with their texts. */
  readonly files: readonly JudgedFile[];
  readonly language: Language;
  readonly workspace: EngineWorkspace;
  readonly rules: readonly Rule[];
  readonly ruleNames: RuleNames;
  readonly settingsFor: SettingsFor;
  readonly timing: Timing | undefined;
}

const NOTHING_READ: Reads = { files: [], answers: [] };

type ClaimedFinding = Claim & { readonly finding: IdentifiedFinding };

/** Opens a unit if a rule may be about it, asks the rules, and settles who speaks. */
export function analyzeUnit(request: UnitRequest): UnitResult {
  const { unit, share, files, language, workspace, timing } = request;
  const runs = runsOf(request);
  const read = share === "unit" ? readOf(request) : NOTHING_UNDERSTOOD;
  const nothing = { findings: [], suppressions: [], understood: read };
  const mayBeUseless = share === "unit" && files.some(({ text }) => mentionsSuppression(text));
  if (runs.length === 0 && !mayBeUseless)
    return { ...nothing, notices: noticesOf(request), reads: NOTHING_READ };

  const failures: Notice[] = [];
  const fail = (file: string, who: string, error: unknown) =>
    failures.push(internalNotice(file, who, error));
  try {
    const contents = language.open(unit, workspace);
    const spent: Tally = { outOfBudget: 0 };
    const use = createUse([...contents.seeds, seed(tally, spent)], timingOf(timing));
    const findings = findingsOf(request, runs, use, contents, fail);
    return {
      findings,
      suppressions: suppressionsIn(request, findings, contents),
      understood: share === "unit" ? whatWasUnderstood(read, contents, spent) : read,
      notices: [...noticesOf(request), ...contents.notices(), ...failures],
      reads: failures.length === 0 ? contents.reads?.() : undefined,
    };
  } catch (error) {
    fail(files[0]?.path ?? unit.directory, "reading the package", error);
    return { ...nothing, notices: [...noticesOf(request), ...failures] };
  }
}

/** Also where no rule has a word of interest: a syntax error is told for every file that is judged. */
function readOf({ files, workspace }: UnitRequest): Understood {
  for (const { path } of files) workspace.parse(path);
  const lines = files.reduce((sum, { text }) => sum + lineStarts(text).length, 0);
  return { ...NOTHING_UNDERSTOOD, files: files.length, lines };
}

function findingsOf(
  { rules, workspace, timing }: UnitRequest,
  runs: readonly Run[],
  use: Use,
  contents: UnitContents,
  fail: (file: string, who: string, error: unknown) => void,
): IdentifiedFinding[] {
  const toFinding = findingMaker(contents, workspace);
  const claims: ClaimedFinding[] = [];
  for (const run of runs) {
    const started = timing?.clock() ?? 0;
    try {
      for (const problem of run.rule.check({ use, options: run.options })) {
        const severity = run.severities.get(problem.at.file);
        if (severity === undefined || isInDamage(problem.at, workspace)) continue;
        const finding = toFinding(run.rule, problem, severity);
        const { rule, confidence } = finding;
        claims.push({ rule, confidence, about: problem.about ?? [problem.at], finding });
      }
    } catch (error) {
      fail(run.suspect, `the rule ${run.rule.id}`, error);
    }
    timing?.onCost(run.rule.id, timing.clock() - started);
  }
  const yields = new Map(rules.map(({ id, yieldsTo }) => [id, yieldsTo ?? []]));
  return withPrecedence(claims, (rule) => yields.get(rule) ?? []).map(({ finding }) => finding);
}

function suppressionsIn(
  { files, share, ruleNames }: UnitRequest,
  findings: readonly IdentifiedFinding[],
  contents: UnitContents,
): Suppression[] {
  const found = new Set(findings.map(({ at }) => at.file));
  return files
    .filter(({ path, text }) => found.has(path) || (share === "unit" && mentionsSuppression(text)))
    .flatMap(({ path, text }) => suppressionsOf(path, text, contents, ruleNames));
}

/** A rule with one set of options, and the files of the unit that it is so set for. */
interface Run {
  readonly rule: Rule;
  readonly options: RuleSettings["options"];
  readonly severities: ReadonlyMap<string, Finding["severity"]>;
  /** The first file that made us ask: named when the rule fails. */
  readonly suspect: string;
}

/** Which rules to ask, leaving out those that no file of theirs can be about. */
function runsOf({ rules, files, unit, share, settingsFor }: UnitRequest): Run[] {
  const runs: Run[] = [];
  const mentioned = mentionsIn();
  for (const rule of rules) {
    if (languageOfRule(rule.id) !== unit.language || (rule.scope ?? "unit") !== share) continue;
    if (!files.some((file) => mentioned(file, rule.interest))) continue;
    for (const { options, severities, group } of groupsOf(files, (path) =>
      settingsFor(path, rule),
    )) {
      const suspect = group.find((file) => mentioned(file, rule.interest));
      if (suspect) runs.push({ rule, options, severities, suspect: suspect.path });
    }
  }
  return runs;
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
    const key = JSON.stringify(options);
    const known: GrowingGroup = groups.get(key) ?? { options, severities: new Map(), group: [] };
    groups.set(key, known);
    for (const file of same) {
      known.severities.set(file.path, severity);
      known.group.push(file);
    }
  }
  return groups.values();
}

/** Whether a file mentions what a rule is interested in: many rules have the same interest. */
function mentionsIn(): (file: JudgedFile, interest: RegExp) => boolean {
  const known = new Map<string, Map<JudgedFile, boolean>>();
  return (file, interest) => {
    const key = String(interest);
    const answers = known.get(key) ?? new Map<JudgedFile, boolean>();
    known.set(key, answers);
    const before = answers.get(file);
    if (before !== undefined) return before;
    const isMentioned = file.text.search(interest) !== -1;
    answers.set(file, isMentioned);
    return isMentioned;
  };
}

type ToFinding = (rule: Rule, problem: Problem, severity: Finding["severity"]) => IdentifiedFinding;

function findingMaker(contents: UnitContents, { snapshot }: EngineWorkspace): ToFinding {
  const starts = new Map<string, Uint32Array>();
  const toLocation = (place: Place): Location => {
    let known = starts.get(place.file);
    if (!known) {
      known = lineStarts(snapshot.read(place.file) ?? "");
      starts.set(place.file, known);
    }
    return locate(known, place);
  };
  const linesOf = (place: Place): Pick<Finding, "within"> => {
    const span = contents.declarationSpanAt(place.file, place.start);
    if (!span) return {};
    const { line, endLine } = toLocation({ file: place.file, ...span });
    return { within: { from: line, to: endLine } };
  };
  return (rule, problem, severity) => ({
    rule: rule.id,
    // What a team has set counts for every finding of the rule; else the rule may grade its own.
    severity: severity === rule.severity ? (problem.severity ?? severity) : severity,
    confidence: problem.confidence ?? rule.confidence ?? "high",
    at: toLocation(problem.at),
    ...linesOf(problem.at),
    message: problem.message,
    identity: identityOf(rule.id, problem.at, snapshot.read(problem.at.file) ?? "", contents),
    related: (problem.related ?? []).map(({ at, note }) => ({ at: toLocation(at), note })),
    ...(problem.trace && {
      trace: {
        threads: problem.trace.threads,
        steps: problem.trace.steps.map((step) => ({ ...step, at: toLocation(step.at) })),
      },
    }),
    fixes: problem.fixes ?? [],
  });
}

function noticesOf({ files, share, workspace }: UnitRequest): Notice[] {
  if (share === "project") return [];
  return files.flatMap(({ path }) => workspace.noticeFor(path) ?? []);
}

function internalNotice(file: string, who: string, error: unknown): Notice {
  const message = error instanceof Error ? error.message : String(error);
  return {
    file,
    kind: "internal",
    message: `${who} failed here and was left out: ${message} (please report this)`,
  };
}

function timingOf(
  timing: Timing | undefined,
): { clock: () => number; onComputed: OnComputed } | undefined {
  return timing && { clock: timing.clock, onComputed: timing.onCost };
}
