import type { JudgedFinding, Notice } from "../../core/finding.ts";
import { createForeignFiles } from "../../engine/foreign-files.ts";
import type { JudgeRequest } from "../../engine/judge.ts";
import { languageOf } from "../../engine/language-of.ts";
import type { Understood } from "../../engine/understood.ts";
import { languages } from "../../languages/registry.ts";
import { cacheFor } from "./cache-for.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { judged } from "./judged.ts";
import type { LintOptions } from "./lint-options.ts";
import { runJob } from "./run-job.ts";
import { type Job, openSession, type Session, type Source } from "./session.ts";
import type { Costs } from "./timing.ts";

/** What one state of a tree showed. */
export interface Looked {
  readonly session: Session;
  /** Those that were judged. */
  readonly files: readonly string[];
  readonly findings: readonly JudgedFinding[];
  readonly notices: readonly Notice[];
  readonly understood: Understood;
  /** Source files that were asked for and left out, with the reason. */
  readonly leftOut: readonly { readonly file: string; readonly why: string }[];
}

/** How to look: what `lint` and `review` share. */
export interface LookSettings {
  readonly options: LintOptions;
  readonly io: Io;
  readonly costs: Costs;
  /** Where configurations are read, if not in the source. */
  readonly configFrom?: Source;
  /** Files beside those named that only the rules about the whole project judge. */
  readonly projectOnly?: readonly string[];
  /** Of the rules that the options ask for, those to run; without it all. */
  readonly onlyRules?: ReadonlySet<string> | undefined;
  /** The text of the owner's own configuration. */
  readonly organization?: string | undefined;
  /** Findings that a baseline knows. */
  readonly known?: JudgeRequest["known"];
  /** Texts in place of those in the source. */
  readonly overlay?: Job["overlay"];
}

/** Judges files as they are in a source (the disk, a commit, the index), with whatever else of it they need. */
export async function look(
  source: Source,
  named: readonly string[],
  {
    options,
    io,
    costs,
    known,
    configFrom,
    organization,
    projectOnly = [],
    overlay = [],
    onlyRules,
  }: LookSettings,
): Promise<Looked> {
  const choice = { ...options, isReview: true };
  const isWanted = (rule: string) => onlyRules?.has(rule) ?? true;
  const isNamed = new Set(named);
  const beside = projectOnly.filter((file) => !isNamed.has(file));
  const asked = await jobFor(choice, source, overlay, io);
  const rules = asked.rules && { ...asked.rules, ids: asked.rules.ids.filter(isWanted) };
  const job = { ...asked, rules, configFrom, organization, projectOnly: beside };
  const paths = [...named, ...beside];
  const session = await costs.measure("phase: load rules", () => openSession(job));
  const { snapshot, configs } = session;
  const isForeign = createForeignFiles((path) => snapshot.read(path));
  const sources = paths.filter((file) => languageOf(file, languages) !== undefined);
  const leftOut = sources.flatMap((file) => {
    if (isForeign(file)) return [{ file, why: "generated, vendored, built or test data" }];
    return configs.includes(file) ? [] : [{ file, why: "left out by the configuration" }];
  });
  const isLeftOut = new Set(leftOut.map(({ file }) => file));
  const files = sources.filter((file) => !isLeftOut.has(file));
  const result = await runJob(job, session, files, {
    threads: options.threads,
    costs,
    io,
    cache: cacheFor(options, io),
  });
  const wanted = new Set(files);
  const unread = snapshot.notices().filter(({ file }) => wanted.has(file));
  return {
    session,
    files,
    findings: judged(result, session, options, known && { known }),
    notices: [...unread, ...result.notices],
    understood: result.understood,
    leftOut,
  };
}
