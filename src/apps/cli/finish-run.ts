import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { FailOn } from "../../config/config.ts";
import type { JudgedFinding, Notice, Severity } from "../../core/finding.ts";
import { nearest } from "../../core/nearest.ts";
import type { Place } from "../../core/position.ts";
import type { Understood } from "../../engine/understood.ts";
import type { Report, Reporter } from "../../reporters/report.ts";
import { reporters } from "../../reporters/reporters.ts";
import { ownVersion } from "../own-package.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import type { Session } from "./session.ts";
import type { Costs } from "./timing.ts";
import { UsageError } from "./usage-error.ts";

/** A run that only has to be told. Paths are those of the snapshot. */
export interface FinishedRun {
  readonly session: Session;
  readonly findings: readonly JudgedFinding[];
  readonly notices: readonly Notice[];
  readonly understood: Understood;
  readonly milliseconds: number;
  /** Turns a path of the snapshot into the one that the user sees. */
  readonly shown: (path: string) => string;
  readonly options: LintOptions;
  readonly costs: Costs;
  readonly io: Io;
}

/** Writes the formats, then the talk; answers the exit code. `own`: formats that a command prints in its own way. */
export function finishRun(
  run: FinishedRun,
  own: Readonly<Record<string, Reporter>> = {},
): ExitCode {
  const { options, costs, io } = run;
  const report = reportOf(run);
  for (const { reporter, file } of formatsOf(options, io, own)) {
    const text = reporter({ ...report, color: file === undefined && wantsColor(options, io) });
    if (file === undefined) io.out(text);
    else writeReport(file, text);
  }
  if (!options.quiet) {
    for (const { file, kind, message } of report.notices)
      io.say(`${file}: notice: ${message} [${kind}]\n`);
    if (options.timing) io.say(costs.print());
    if (options.statistics) io.say(statistics(run.findings));
    io.say(`${understoodLine(run.understood)}\n`);
  }
  return exitCodeOf(run);
}

/** The report with paths as the user sees them. */
export function reportOf(run: FinishedRun): Report {
  const { session, findings, notices, understood, milliseconds, shown } = run;
  const original = new Map<string, string>();
  const moved = <P extends Place>(place: P): P => {
    const file = shown(place.file);
    original.set(file, place.file);
    return { ...place, file };
  };
  const { files, lines, functions } = understood;
  return {
    tool: { name: "chokepoint", version: ownVersion() },
    rules: session.rules,
    findings: findings.map(({ trace, ...finding }) => ({
      ...finding,
      at: moved(finding.at),
      related: finding.related.map(({ at, note }) => ({ at: moved(at), note })),
      ...(trace && {
        trace: {
          threads: trace.threads,
          steps: trace.steps.map((step) => ({ ...step, at: moved(step.at) })),
        },
      }),
      fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(moved) })),
    })),
    notices: sortedNotices(notices.map((notice) => ({ ...notice, file: shown(notice.file) }))),
    stats: { files, lines, functions, milliseconds: Math.round(milliseconds) },
    read: (file) => session.snapshot.read(original.get(file) ?? file),
    color: false,
  };
}

/** The same notice may come from the snapshot and from the engine; it is told once. */
function sortedNotices(notices: readonly Notice[]): Notice[] {
  const byText = new Map(
    notices.map((notice) => [`${notice.file}\0${notice.kind}\0${notice.message}`, notice]),
  );
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, notice]) => notice);
}

/** Throws UsageError for a format that there is not, before any work is done. */
export function checkFormats({ format }: Pick<LintOptions, "format">): void {
  for (const wish of format) {
    const name = wish.split("=", 1)[0] ?? "";
    if (Object.hasOwn(reporters, name)) continue;
    const known = Object.keys(reporters);
    const like = nearest(name, known);
    throw new UsageError(
      `there is no format \`${name}\`; ${like ? `did you mean \`${like}\`?` : `there are ${known.join(", ")}`}`,
    );
  }
}

function formatsOf({ format }: LintOptions, io: Io, own: Readonly<Record<string, Reporter>>) {
  const wishes = format.length === 0 ? ["pretty"] : format;
  return wishes.flatMap((wish) => {
    const [name = "", ...path] = wish.split("=");
    const reporter = own[name] ?? reporters[name];
    const file = path.length === 0 ? undefined : resolve(io.directory, path.join("="));
    return reporter ? [{ reporter, file }] : [];
  });
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the report could not be written: ${why}; name another file`);
  }
}

function wantsColor({ color }: LintOptions, { environment, isTerminal }: Io): boolean {
  if (color !== "auto") return color === "always";
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && environment.TERM !== "dumb";
}

function understoodLine(counts: Understood): string {
  const { files, functions, goroutines, locks, channels, promises } = counts;
  const { modelled, unknown, outOfBudget } = counts;
  const seen = [
    plural(files, "file"),
    plural(functions, "function"),
    plural(goroutines, "goroutine"),
    plural(locks, "lock"),
    plural(channels, "channel"),
    plural(promises, "promise"),
  ].join(", ");
  return `understood: ${seen}; ${modelled} modelled, ${unknown} unknown, ${outOfBudget} out of budget`;
}

/** How often each rule spoke, and how often it was silenced or known; most first. */
function statistics(findings: readonly JudgedFinding[]): string {
  const counts = new Map<string, { reported: number; silent: number }>();
  for (const { rule, verdict } of findings) {
    const count = counts.get(rule) ?? { reported: 0, silent: 0 };
    if (verdict.kind === "report") count.reported++;
    else count.silent++;
    counts.set(rule, count);
  }
  return [...counts]
    .sort(([one, a], [other, b]) => b.reported - a.reported || (one < other ? -1 : 1))
    .map(([rule, { reported, silent }]) => {
      const beside = silent > 0 ? ` (and ${silent} not shown)` : "";
      return `${String(reported).padStart(6)} ${rule}${beside}\n`;
    })
    .join("");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const RANK: Readonly<Record<Severity | FailOn, number>> = {
  info: 0,
  warning: 1,
  error: 2,
  never: 3,
};

function exitCodeOf({ findings, notices, options, session }: FinishedRun): ExitCode {
  const warnings = findings.filter(
    ({ verdict, severity }) => verdict.kind === "report" && severity === "warning",
  );
  if (options.maxWarnings !== undefined && warnings.length > options.maxWarnings) return 1;
  const fails = findings.some(({ verdict, severity, at }) => {
    if (verdict.kind !== "report") return false;
    const failOn = options.failOn ?? session.configs.configFor(at.file).failOn;
    return RANK[severity] >= RANK[failOn];
  });
  return fails || (options.strict && notices.length > 0) ? 1 : 0;
}
