import { resolve } from "node:path";
import { decodeText } from "../../adapters/decode-text.ts";
import { findFiles } from "../../adapters/find-files.ts";
import type { JudgedFinding, Notice } from "../../core/finding.ts";
import type { Understood } from "../../engine/understood.ts";
import { languages } from "../../languages/registry.ts";
import { cacheFor } from "./cache-for.ts";
import type { ExitCode } from "./exit-code.ts";
import { checkFormats, finishRun } from "./finish-run.ts";
import { asksForFixes, fixesFor, MOST_ROUNDS, printDiff, writeFixes } from "./fixes.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { judged } from "./judged.ts";
import { asksForChanges, lintChanges } from "./lint-changes.ts";
import type { LintOptions } from "./lint-options.ts";
import { readBaseline } from "./read-baseline.ts";
import { existingPaths, inRoot, pathPrinter, rootOf } from "./root.ts";
import { runJob } from "./run-job.ts";
import { type Job, openSession, type Session } from "./session.ts";
import { type Costs, createCosts } from "./timing.ts";
import { UsageError } from "./usage-error.ts";

/** `chokepoint lint`: judges whole files, or what a change brings. */
export async function lint(
  paths: readonly string[],
  options: LintOptions,
  io: Io,
  round = 1,
): Promise<ExitCode> {
  if (asksForChanges(options)) return lintChanges(paths, options, io);
  const judging = await judgeFiles(paths, options, io);
  const { session, findings, files, target } = judging;
  const shown = pathPrinter(target.root, io.directory);
  if (asksForFixes(options)) {
    const read = (path: string) => session.snapshot.read(path);
    const fixed = await fixesFor(findings, files, read, options);
    if (options.diff) return printDiff(fixed, read, shown, io);
    if (target.overlay.length > 0)
      throw new UsageError(
        "standard input cannot be fixed in place; pass --diff, or name the file",
      );
    if (fixed.count > 0 && round <= MOST_ROUNDS) {
      writeFixes(fixed, target.root, read, io);
      return lint(paths, options, io, round + 1);
    }
  }
  const exitCode = finishRun({
    session,
    findings,
    notices: judging.notices,
    understood: judging.understood,
    milliseconds: io.clock() - judging.started,
    shown,
    options,
    costs: judging.costs,
    io,
  });
  // Whoever has checked in nothing but generated code would wonder about a run that found nothing.
  const wasNothing = files.length > 0 && judging.understood.files === 0;
  if (wasNothing && judging.notices.length === 0 && !options.quiet)
    io.say("nothing was judged: every file says that it is generated\n");
  return exitCode;
}

/** What judging whole files came to. */
export interface JudgedFiles {
  readonly target: Target;
  readonly session: Session;
  readonly files: readonly string[];
  readonly findings: readonly JudgedFinding[];
  readonly notices: readonly Notice[];
  readonly understood: Understood;
  readonly costs: Costs;
  /** By the clock of `io`. */
  readonly started: number;
}

/** Judges the files that paths name; throws UsageError where there is none. */
export async function judgeFiles(
  paths: readonly string[],
  options: LintOptions,
  io: Io,
): Promise<JudgedFiles> {
  const started = io.clock();
  const costs = createCosts(io);
  checkFormats(options);
  const known = options.baseline === undefined ? undefined : readBaseline(options.baseline, io);
  const target = paths.includes("-") ? await standardInput(paths, options, io) : onDisk(paths, io);
  const job = await jobFor(options, { kind: "disk", root: target.root }, target.overlay, io);
  const session = await costs.measure("phase: load rules", () => openSession(job));
  const { files, notices } = costs.measure("phase: find files", () =>
    filesOf(target, session, options),
  );
  if (files.length === 0 && notices.length === 0 && options.errorOnUnmatched !== false) {
    throw new UsageError(
      `no Go, TypeScript or JavaScript file to judge in ${paths.join(", ")}; name one, see \`chokepoint config show\`, or pass --no-error-on-unmatched`,
    );
  }
  const { threads } = options;
  const result = await runJob(job, session, files, {
    threads,
    costs,
    io,
    cache: cacheFor(options, io),
  });
  const findings = costs.measure("phase: judge", () =>
    judged(result, session, options, known && { known }),
  );
  return {
    target,
    session,
    files,
    findings,
    notices: [...notices, ...ofJudged(session, files), ...result.notices],
    understood: result.understood,
    costs,
    started,
  };
}

/** What is to be judged, before files are searched. */
interface Target {
  readonly root: string;
  readonly overlay: Job["overlay"];
  /** Absolute; empty for standard input. */
  readonly paths: readonly string[];
}

function onDisk(paths: readonly string[], io: Io): Target {
  const full = existingPaths(paths, io.directory);
  return { root: rootOf(full, io.directory), overlay: [], paths: full };
}

async function standardInput(
  paths: readonly string[],
  { stdinFilename }: LintOptions,
  io: Io,
): Promise<Target> {
  if (paths.length > 1) throw new UsageError("`-` stands alone; name no other paths beside it");
  if (!stdinFilename)
    throw new UsageError("`-` needs --stdin-filename, which says what language the text is");
  const full = resolve(io.directory, stdinFilename);
  const root = rootOf([full], io.directory);
  const file = inRoot(root, full);
  if (!file) throw new UsageError(`--stdin-filename ${stdinFilename} is outside of ${root}`);
  const decoded = decodeText(await io.readStandardInput());
  if (!decoded.ok) throw new UsageError(`standard input was ${decoded.message}`);
  return { root, overlay: [[file, decoded.text]], paths: [] };
}

function filesOf({ root, overlay, paths }: Target, { configs }: Session, options: LintOptions) {
  const includes = (file: string) => configs.includes(file);
  const extensions = languages.flatMap((language) => language.extensions);
  if (overlay.length > 0) {
    const named = overlay.map(([file]) => file);
    for (const file of named) configs.configFor(file);
    const files = options.forceExclude ? named.filter(includes) : named;
    return { files, notices: [] };
  }
  const forceExclude = options.forceExclude ?? false;
  const found = findFiles({ root, paths, extensions, includes, forceExclude });
  for (const file of found.files) configs.configFor(file);
  return found;
}

/** Of what the snapshot could not give, only what was to be judged is told. */
function ofJudged({ snapshot }: Session, files: readonly string[]): Notice[] {
  const wanted = new Set(files);
  return snapshot.notices().filter(({ file }) => wanted.has(file));
}
