import type { JudgedFinding } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import { type Asides, type DismissedFinding, newlyIgnored, type Unseen } from "./asides.ts";
import {
  checkReport,
  configReport,
  notReviewed,
  permissionMissing,
  plainReport,
} from "./check-report.ts";
import { type Dismissal, dismissalOf } from "./dismissals.ts";
import { gather } from "./gather.ts";
import { readMarker, readSummaryMarker, type Settled } from "./marker.ts";
import { inlineCode, neutralText } from "./neutral-text.ts";
import { gravityRank, planReview, type ReviewPlan } from "./plan.ts";
import {
  AnalysisFailure,
  type Analyst,
  type CheckHandle,
  type CodeHost,
  ComeBackLater,
  type LookResult,
  MissingPermission,
  type PullChange,
  type PullRequest,
} from "./ports.ts";
import type { ReviewFilter } from "./review-filter.ts";
import { reviewSummary, unseenOf } from "./summary.ts";

export interface ReviewSettings {
  readonly host: CodeHost;
  readonly analyst: Analyst;
  readonly rules: readonly Rule[];
  /** The address of a rule's page. */
  pages(rule: string): string | undefined;
  /** Whether a file is in a language that we read. */
  isSource(path: string): boolean;
  /** In place of what the configuration says. */
  readonly filter?: ReviewFilter;
  readonly maxComments?: number;
  /** Decides, and publishes nothing. */
  readonly isDryRun?: boolean;
  /** Nobody tries again after this one: then the check says that it failed. */
  readonly isLastTry?: boolean;
  /** What people do not want to hear again. */
  readonly dismissals?: readonly Dismissal[];
  /** Whether answers to comments are read. */
  readonly readsAnswers?: boolean;
  /** Under what the log tells of this review. */
  readonly reference?: string;
  /** What code scanning is told of the findings, where the configuration asks for it. */
  sarif?(findings: readonly JudgedFinding[], read: (file: string) => string | undefined): string;
}

/** What became of a review. */
export type ReviewOutcome =
  /** There is nothing to review, or not any more. */
  | { readonly kind: "closed" | "skipped" | "misconfigured"; readonly why: string }
  /** The pull request has another head by now, which is to be reviewed. */
  | { readonly kind: "superseded"; readonly head: string }
  /** The analysis came to no result; another try would not either. */
  | { readonly kind: "failed"; readonly why: string }
  | {
      readonly kind: "reviewed";
      readonly head: string;
      readonly plan: ReviewPlan;
      readonly summary: string | undefined;
      readonly unseen: readonly Unseen[];
      /** Whether one of the findings reaches the level at which a run fails. */
      readonly isFailing: boolean;
    };

/**
 * Reviews a pull request as it is now: reads, analyses, decides, and says what it did not say before. Whatever it was stopped
 * at, running it again ends with each finding said once. Throws where the host does not answer.
 */
export async function reviewPull(settings: ReviewSettings): Promise<ReviewOutcome> {
  const { host, isDryRun } = settings;
  const pull = await host.pull();
  if (!pull.isOpen) return { kind: "closed", why: "the pull request is closed" };
  const check = isDryRun ? undefined : await host.startCheck(pull.head);
  const outcome = await reviewHead(pull, settings, check).catch(async (error: unknown) => {
    if (error instanceof MissingPermission) {
      await check?.finish("neutral", permissionMissing(error));
      return { kind: "failed" as const, why: error.message };
    }
    if (error instanceof ComeBackLater) throw error;
    const found = settings.reference === undefined ? "" : ` (Log: ${settings.reference})`;
    if (!(error instanceof AnalysisFailure)) {
      const said = settings.isLastTry
        ? check?.finish("neutral", plainReport("The review failed", `${GIVEN_UP}${found}`))
        : check?.tell(plainReport("The review failed", `It is tried again.${found}`));
      // What failed may be the host that is spoken to.
      await said?.catch(() => undefined);
      throw error;
    }
    await check?.finish(
      error.reason === "time" ? "timed_out" : "neutral",
      plainReport("The analysis came to no end", `${FAILURES[error.reason]}${found}`),
    );
    return { kind: "failed" as const, why: error.message };
  });
  return outcome;
}

const GIVEN_UP =
  "It was tried several times, and is tried again in an hour or later. `chokepoint review` in a comment, or the button of this check, does so now.";

const FAILURES: Readonly<Record<AnalysisFailure["reason"], string>> = {
  time: "It took longer than it may, and was ended. Nothing is said about this change.",
  memory: "It took more memory than it may, and was ended. Nothing is said about this change.",
  crash: "It failed, which is a fault of ours. Nothing is said about this change.",
};

async function reviewHead(
  pull: PullRequest,
  settings: ReviewSettings,
  check: CheckHandle | undefined,
): Promise<ReviewOutcome> {
  const { host, isDryRun } = settings;
  const change = await host.change(pull);
  const { reply, unseen, read } = await gather(pull, change, settings);
  if (reply.kind === "misconfigured") {
    await check?.finish("failure", configReport(reply.problems));
    return { kind: "misconfigured", why: reply.problems.map(({ message }) => message).join("; ") };
  }
  if (reply.kind === "skipped") {
    await check?.finish("neutral", notReviewed(reply.why));
    return { kind: "skipped", why: reply.why };
  }
  const said = await host.said();
  const { result, dismissed } = withoutDismissed(reply, settings.dismissals ?? []);
  const lines = linesOf(pull);
  const plan = planOf(result, change, settings, { said, read, lines });
  const allUnseen = [...change.unseen, ...unseen, ...unseenOf(reply.notices), ...reply.leftOut];
  const asides = {
    unseen: allUnseen,
    ignored: newlyIgnored(reply.findings, change.files),
    dismissed,
    preview: reply.preview,
    lines,
  };
  const summary = reviewSummary(plan, asides);
  const reviewed = {
    kind: "reviewed",
    head: pull.head,
    plan,
    summary,
    unseen: allUnseen,
    isFailing: isFailing(plan, result),
  } as const;
  if (isDryRun) return reviewed;
  const now = await host.pull();
  if (now.head !== pull.head || !now.isOpen) {
    await check?.finish("neutral", plainReport("Superseded", "There is a newer commit."));
    return now.isOpen
      ? { kind: "superseded", head: now.head }
      : { kind: "closed", why: "the pull request was closed meanwhile" };
  }
  await publish(reviewed, asides, { result, said }, settings);
  const note = await scan(reviewed, result, { settings, read });
  const report = checkReport(plan, { ...asides, note }, result.configuration);
  await check?.finish(conclusionOf(reviewed, result), report);
  return reviewed;
}

/** Code scanning keeps no more of a run, and refuses one with far more. */
const MOST_SCANNED = 5_000;

/** Tells code scanning, where that is wanted; answers what to say where it may not. */
async function scan(
  { head, plan }: Reviewed,
  { review }: LookResult,
  {
    settings: { host, sarif },
    read,
  }: { readonly settings: ReviewSettings; read(file: string): string | undefined },
): Promise<string | undefined> {
  if (!review.codeScanning || !sarif) return undefined;
  const { findings } = plan;
  const gravest = [...findings].sort((one, other) => gravityRank(one) - gravityRank(other));
  try {
    await host.uploadScan(head, sarif(gravest.slice(0, MOST_SCANNED), read));
    return findings.length > MOST_SCANNED
      ? `Code scanning was told the ${MOST_SCANNED} gravest of ${findings.length} findings.`
      : undefined;
  } catch (error) {
    if (error instanceof MissingPermission) return `Code scanning was not told: ${error.message}.`;
    throw error;
  }
}

type Reviewed = ReviewOutcome & { readonly kind: "reviewed" };
type Known = Awaited<ReturnType<CodeHost["said"]>>;

function planOf(
  { findings, fresh, review }: LookResult,
  { files }: PullChange,
  { rules, pages, filter, maxComments, readsAnswers }: ReviewSettings,
  {
    said,
    read,
    lines,
  }: { readonly said: Known; read(file: string): string | undefined; lines: Lines },
): ReviewPlan {
  const isFresh = new Set(fresh);
  return planReview({
    findings,
    fresh: new Set(findings.filter((_, index) => isFresh.has(index))),
    changes: files,
    filter: filter ?? review.filter,
    maxComments: maxComments ?? review.maxComments,
    rules,
    existing: said.comments,
    told: new Set(said.summaries.flatMap(readSummaryMarker)),
    read,
    pages,
    lines,
    readsAnswers,
  });
}

type Lines = (at: Location) => string | undefined;

/** Where a commit's lines are shown: a fork's commits too are shown by the repository that they go into. */
function linesOf({ page, head }: PullRequest): Lines {
  return ({ file, line }) => {
    const path = encodeURIComponent(file.replace(/\p{Surrogate}/gu, "\ufffd"))
      .replace(/[()'*!]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
      .replaceAll("%2F", "/");
    return page && `${page}/blob/${head}/${path}#L${line}`;
  };
}

/** New comments first: a finding that moved from one comment to another is never without one. */
async function publish(
  { head, plan, summary }: Reviewed,
  asides: Asides,
  { result, said }: { readonly result: LookResult; readonly said: Known },
  { host, dismissals }: ReviewSettings,
): Promise<void> {
  const { review } = result;
  if (summary !== undefined && review.mode === "comment")
    await host.post({
      head,
      comments: plan.comments,
      summary: (refused) => reviewSummary(withoutPlace(plan, refused), asides) ?? summary,
    });
  const fixed = new Set(plan.fixed);
  for (const comment of said.comments)
    if (fixed.has(comment.id))
      await host.cleanUp(comment, settledBy(comment, result, head, dismissals));
}

/** Why a comment's findings are not told any more: somebody dismissed one of them, or they are gone. */
function settledBy(
  { body }: { readonly body: string },
  { findings, review: { resolveThreads: isResolved } }: LookResult,
  head: string,
  dismissals: readonly Dismissal[] = [],
): Settled {
  const fingerprints = readMarker(body) ?? [];
  const about = findings.filter(({ fingerprint }) => fingerprints.includes(fingerprint));
  const [dismissal] = about.flatMap((finding) => dismissalOf(finding, dismissals) ?? []);
  if (!dismissal) return { because: `Settled in ${head.slice(0, 12)}.`, dismissed: [], isResolved };
  const { author, reason } = dismissal;
  const why = reason === "" ? "" : `: ${neutralText(reason)}`;
  return {
    because: `Dismissed by ${inlineCode(author)}${why}`,
    dismissed: fingerprints,
    isResolved,
  };
}

/** What was dismissed is known, and said no more; of what the change brought it is told who did. */
function withoutDismissed(
  result: LookResult,
  dismissals: readonly Dismissal[],
): { readonly result: LookResult; readonly dismissed: readonly DismissedFinding[] } {
  const fresh = new Set(result.fresh);
  const dismissed: DismissedFinding[] = [];
  const findings = result.findings.map((finding, index) => {
    const by = dismissalOf(finding, dismissals);
    if (!by) return finding;
    if (fresh.has(index) && finding.verdict.kind === "report") dismissed.push({ finding, by });
    return { ...finding, verdict: { kind: "known" as const } };
  });
  return { result: { ...result, findings }, dismissed };
}

/** A plan some of whose comments the host does not take: their findings are listed. */
function withoutPlace(plan: ReviewPlan, refused: ReviewPlan["comments"]): ReviewPlan {
  const hidden = new Set(refused.flatMap(({ fingerprints }) => fingerprints));
  return {
    ...plan,
    comments: plan.comments.filter((comment) => !refused.includes(comment)),
    unplaced: [
      ...plan.unplaced,
      ...plan.findings.filter(({ fingerprint }) => hidden.has(fingerprint)),
    ],
  };
}

/** Advisory, unless the configuration asks for more: a finding is something to read, and blocks nothing. */
function conclusionOf(
  { plan, isFailing }: Reviewed,
  { review }: LookResult,
): "success" | "neutral" | "failure" {
  if (plan.findings.length === 0) return "success";
  return review.block && isFailing ? "failure" : "neutral";
}

function isFailing({ findings }: ReviewPlan, { failing, findings: all }: LookResult): boolean {
  const atLevel = new Set(failing.map((index) => all[index]));
  return findings.some((finding) => atLevel.has(finding));
}
