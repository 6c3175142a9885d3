import { openGit } from "../../adapters/git.ts";
import { parseDiff } from "../../engine/diff.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import type { ExitCode } from "./exit-code.ts";
import { checkFormats, finishRun } from "./finish-run.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { judged } from "./judged.ts";
import type { LintOptions } from "./lint-options.ts";
import { pathPrinter } from "./root.ts";
import { runJob } from "./run-job.ts";
import { openSession } from "./session.ts";
import { createCosts } from "./timing.ts";

/** `chokepoint review`: judges the files that a git range changes, as they are at its end. */
export async function review(
  range: string | undefined,
  options: LintOptions,
  io: Io,
): Promise<ExitCode> {
  const started = io.clock();
  const costs = createCosts(io);
  checkFormats(options);
  const git = openGit(io.directory);
  const commits = git.range(range);
  const changes = parseDiff(costs.measure("phase: git diff", () => git.diff(commits)));
  const source = { kind: "commit", root: git.root, commit: commits.head } as const;
  const job = await jobFor(options, source, [], io);
  const session = await costs.measure("phase: load rules", () => openSession(job));
  const files = changes
    .filter(({ file, status }) => status !== "deleted" && languageOf(file, languages))
    .map(({ file }) => file)
    .filter((file) => session.configs.includes(file));
  const result = await runJob(job, session, files, { threads: options.threads, costs, io });
  const wanted = new Set(files);
  return finishRun({
    session,
    findings: judged(result, session, options, { changes }),
    notices: [
      ...session.snapshot.notices().filter(({ file }) => wanted.has(file)),
      ...result.notices,
    ],
    understood: result.understood,
    milliseconds: io.clock() - started,
    shown: pathPrinter(git.root, io.directory),
    options,
    costs,
    io,
  });
}
