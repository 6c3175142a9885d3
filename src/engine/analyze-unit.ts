import { createUse, type OnComputed, seed, type Use } from "../core/analysis.ts";
import type { Finding, Notice, Problem } from "../core/finding.ts";
import { type Location, lineStarts, locate, type Place } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import type { RuleNames } from "../core/rule-names.ts";
import { type Tally, tally } from "../core/tally.ts";
import type { Language, Reads, Unit, UnitContents } from "../languages/language.ts";
import { identityOf } from "./fingerprint.ts";
import { isInDamage } from "./in-damage.ts";
import { type Claim, withPrecedence } from "./precedence.ts";
import type { JudgedFile, Run, RunsOf, Share } from "./runs.ts";
import { mentionsSuppression, type Suppression, suppressionsOf } from "./suppressions.ts";
import { NOTHING_UNDERSTOOD, type Understood, whatWasUnderstood } from "./understood.ts";
import type { EngineWorkspace } from "./workspace.ts";

/** A clock in milliseconds, and who is told the cost of each analysis and rule. */
export interface Timing {
  readonly clock: () => number;
  readonly onCost: (what: string, milliseconds: number) => void;
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

export interface UnitRequest {
  readonly unit: Unit;
  readonly share: Share;
  /** The unit's files with their texts. */
  readonly files: readonly JudgedFile[];
  readonly language: Language;
  readonly workspace: EngineWorkspace;
  readonly runsOf: RunsOf;
  readonly ruleNames: RuleNames;
  readonly timing: Timing | undefined;
}

const NOTHING_READ: Reads = { files: [], answers: [] };

type ClaimedFinding = Claim & { readonly finding: IdentifiedFinding };

/** Opens a unit if a rule may be about it, asks the rules, and settles who speaks. */
export function analyzeUnit(request: UnitRequest): UnitResult {
  const { unit, share, files, language, workspace, timing } = request;
  const runs = request.runsOf(files, unit.language, share);
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
  { workspace, timing }: UnitRequest,
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
  const yields = new Map(runs.map(({ rule }) => [rule.id, rule.yieldsTo ?? []]));
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
