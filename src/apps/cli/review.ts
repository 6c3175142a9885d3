import { openGit } from "../../adapters/git.ts";
import type { JudgedFinding, Notice } from "../../core/finding.ts";
import { type ChangedFile, parseDiff } from "../../engine/diff.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import { freshFindings } from "../../review/fresh-findings.ts";
import { planReview, type ReviewFilter, type ReviewPlan } from "../../review/plan.ts";
import { reviewSummary, type Unseen, unseenOf } from "../../review/summary.ts";
import type { ExitCode } from "./exit-code.ts";
import { checkFormats, finishRun } from "./finish-run.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { judged } from "./judged.ts";
import type { LintOptions } from "./lint-options.ts";
import { printReview } from "./print-review.ts";
import { pathPrinter } from "./root.ts";
import { runJob } from "./run-job.ts";
import { openSession, type Session, type Source } from "./session.ts";
import { createCosts } from "./timing.ts";

export interface ReviewOptions extends LintOptions {
  readonly filter?: ReviewFilter;
  readonly maxComments?: number;
}

/** `chokepoint review`: what a pull request with these commits would be told, as comments. */
export async function review(
  range: string | undefined,
  options: ReviewOptions,
  io: Io,
): Promise<ExitCode> {
  const started = io.clock();
  const costs = createCosts(io);
  checkFormats(options);
  const git = openGit(io.directory);
  const { base, head } = git.range(range);
  const changes = parseDiff(costs.measure("phase: git diff", () => git.diff({ base, head })));
  const at = (commit: string): Source => ({ kind: "commit", root: git.root, commit });
  const looked = (source: Source, files: readonly string[]) =>
    look(source, files, options, io, costs);

  const left = changes.filter(({ status }) => status !== "deleted");
  const after = await looked(
    at(head),
    left.map(({ file }) => file),
  );
  const hasFindings = after.findings.some(({ verdict }) => verdict.kind === "report");
  // What was there before is asked only where there is something to hold it against.
  const earlier = hasFindings
    ? await looked(
        at(base),
        changes.flatMap(({ file, oldFile, status }) =>
          status === "added" ? [] : [oldFile ?? file],
        ),
      )
    : undefined;
  const { configs, snapshot } = after.session;
  const config = configs.configFor("").review;
  const plan = planReview({
    findings: after.findings,
    fresh: freshFindings(after.findings, earlier?.findings ?? [], changes),
    changes,
    filter: options.filter ?? config.filter,
    maxComments: options.maxComments ?? config.maxComments,
    rules: after.session.rules,
    existing: [],
    read: (file) => snapshot.read(file),
    pages: () => undefined,
  });
  const unseen = [...unseenOf(after.notices), ...notJudged(left, after.files)];
  return finishRun(
    {
      session: after.session,
      findings: shownIn(plan, after.findings),
      notices: after.notices,
      understood: after.understood,
      milliseconds: io.clock() - started,
      shown: pathPrinter(git.root, io.directory),
      options,
      costs,
      io,
    },
    printReview({ plan, summary: reviewSummary(plan, unseen), unseen }),
  );
}

interface Looked {
  readonly session: Session;
  readonly files: readonly string[];
  readonly findings: readonly JudgedFinding[];
  readonly notices: readonly Notice[];
  readonly understood: Awaited<ReturnType<typeof runJob>>["understood"];
}

/** Judges files as they are in a commit, with whatever else of it they need. */
async function look(
  source: Source,
  paths: readonly string[],
  options: LintOptions,
  io: Io,
  costs: ReturnType<typeof createCosts>,
): Promise<Looked> {
  const job = await jobFor(options, source, [], io);
  const session = await costs.measure("phase: load rules", () => openSession(job));
  const files = paths.filter(
    (file) => languageOf(file, languages) !== undefined && session.configs.includes(file),
  );
  const result = await runJob(job, session, files, { threads: options.threads, costs, io });
  const wanted = new Set(files);
  const unread = session.snapshot.notices().filter(({ file }) => wanted.has(file));
  return {
    session,
    files,
    findings: judged(result, session, options),
    notices: [...unread, ...result.notices],
    understood: result.understood,
  };
}

/** Changed source files that were left out: told, so that silence is not taken for praise. */
function notJudged(changes: readonly ChangedFile[], files: readonly string[]): Unseen[] {
  const judgedFiles = new Set(files);
  return changes
    .map(({ file }) => file)
    .filter((file) => languageOf(file, languages) !== undefined && !judgedFiles.has(file))
    .map((file) => ({ file, why: "left out by the configuration" }));
}

/** Every finding, with those that the review does not speak about marked as outside of the diff. */
function shownIn(plan: ReviewPlan, findings: readonly JudgedFinding[]): JudgedFinding[] {
  const shown = new Set(plan.findings);
  return findings.map((finding) =>
    finding.verdict.kind === "report" && !shown.has(finding)
      ? { ...finding, verdict: { kind: "outside-diff" } }
      : finding,
  );
}
