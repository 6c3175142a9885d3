import { openGit } from "../../adapters/git.ts";
import { parseDiff } from "../../engine/diff.ts";
import { newlyIgnored } from "../../review/asides.ts";
import { planReview } from "../../review/plan.ts";
import type { ReviewFilter } from "../../review/review-filter.ts";
import { reviewSummary, unseenOf } from "../../review/summary.ts";
import { compare } from "./compare.ts";
import type { ExitCode } from "./exit-code.ts";
import { checkFormats, finishRun } from "./finish-run.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { onlyShown } from "./only-shown.ts";
import { printReview } from "./print-review.ts";
import { withProvenFixes } from "./proven-fixes.ts";
import { pathPrinter } from "./root.ts";
import type { Source } from "./session.ts";
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
  const settings = { options, io, costs };
  const states = { before: at(base), after: at(head), changes };
  const { after, fresh } = await withProvenFixes(
    await compare(states, settings),
    states.after,
    settings,
  );
  const { configs, snapshot } = after.session;
  const config = configs.configFor("").review;
  const plan = planReview({
    findings: after.findings,
    fresh,
    changes,
    filter: options.filter ?? config.filter,
    maxComments: options.maxComments ?? config.maxComments,
    rules: after.session.rules,
    existing: [],
    read: (file) => snapshot.read(file),
    pages: () => undefined,
  });
  const unseen = [...unseenOf(after.notices), ...after.leftOut];
  const ignored = newlyIgnored(after.findings, changes);
  return finishRun(
    {
      session: after.session,
      findings: onlyShown(after.findings, new Set(plan.findings)),
      notices: after.notices,
      understood: after.understood,
      milliseconds: io.clock() - started,
      shown: pathPrinter(git.root, io.directory),
      options,
      costs,
      io,
    },
    printReview({ plan, summary: reviewSummary(plan, { unseen, ignored }), unseen }),
  );
}
