import type { ConfigProblem, ReviewConfig } from "../config/config.ts";
import type { JudgedFinding, Notice, NoticeKind } from "../core/finding.ts";
import type { TreeEntry } from "../core/snapshot.ts";
import type { ChangedFile } from "../engine/diff.ts";
import type { ConfigPreview, Unseen } from "./asides.ts";
import type { CheckConclusion, CheckReport } from "./check-report.ts";
import type { Settled } from "./marker.ts";
import type { ExistingComment, PlannedComment } from "./plan.ts";

/** By what a configuration may leave a pull request alone. */
export interface PullFacts {
  readonly isDraft: boolean;
  readonly author: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** The branch that it goes into. */
  readonly into: string;
}

/** A pull request as it is now. */
export interface PullRequest extends PullFacts {
  readonly isOpen: boolean;
  /** Tip of the branch that it goes into. */
  readonly base: string;
  readonly head: string;
  /** Address of the page of the repository; undefined where it has none. */
  readonly page: string | undefined;
}

/** What a pull request changes. */
export interface PullChange {
  /** Where it left the branch that it goes into. */
  readonly from: string;
  readonly files: readonly ChangedFile[];
  readonly unseen: readonly Unseen[];
}

export interface FileTree {
  readonly entries: readonly TreeEntry[];
  /** False where there are more files than are listed. */
  readonly isWhole: boolean;
}

/** A file's text, or why there is none. */
export type FetchedText =
  | { readonly text: string }
  | { readonly kind: NoticeKind; readonly why: string };

/** A comment of ours, with what clean-up needs. */
export interface OwnComment extends ExistingComment {
  /** Its other id, which hides it. */
  readonly node: string;
  /** Whether people answered: then it is not deleted. */
  readonly isAnswered: boolean;
}

/** What we said about a pull request so far. */
export interface Said {
  readonly comments: readonly OwnComment[];
  /** Bodies of our reviews. */
  readonly summaries: readonly string[];
}

export interface ReviewToPost {
  readonly head: string;
  readonly comments: readonly PlannedComment[];
  /** The review's own body, which lists the comments that the host did not take. */
  summary(refused: readonly PlannedComment[]): string;
}

/** A pull request where it is hosted. Each method throws where the host does not answer; none guesses. */
export interface CodeHost {
  pull(): Promise<PullRequest>;
  change(pull: PullRequest): Promise<PullChange>;
  /** The files of a commit; where they are too many to list, those in the directories of `near`, and above them. */
  tree(commit: string, near: readonly string[]): Promise<FileTree>;
  texts(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, FetchedText>>;
  said(): Promise<Said>;
  /**
   * Posts one review, without the comments that the host does not take. Throws where the outcome is not known: what is there
   * by then tells the next try.
   */
  post(review: ReviewToPost): Promise<void>;
  /** Deletes a comment whose finding is gone, if nobody answered; another one says why, and is hidden. */
  cleanUp(comment: OwnComment, settled: Settled): Promise<void>;
  /** The owner's own `.chokepoint.yml`, which holds for repositories that have none; undefined where there is none. */
  organizationConfig(): Promise<string | undefined>;
  /** Hands findings to code scanning, as SARIF; those of an earlier commit are replaced. */
  uploadScan(head: string, sarif: string): Promise<void>;
  /** Opens the check of a commit, or the one that a try before opened; undefined where we may not. */
  startCheck(head: string): Promise<CheckHandle | undefined>;
}

/** A check that runs on a commit. */
export interface CheckHandle {
  /** Says how it goes, and leaves it running. */
  tell(report: CheckReport): Promise<void>;
  finish(conclusion: CheckConclusion, report: CheckReport): Promise<void>;
}

/** What an analysis is about: three states of the repository, by their files. */
export interface LookRequest {
  readonly before: readonly TreeEntry[];
  readonly after: readonly TreeEntry[];
  /** Whose `.chokepoint.yml` hold: the branch that the change goes into. */
  readonly config: readonly TreeEntry[];
  /** The text of the owner's `.chokepoint.yml`. */
  readonly organization?: string;
  /** Without any, nothing but the configuration is looked at. */
  readonly changes: readonly ChangedFile[];
  readonly pull: PullFacts;
}

/** What an analysis answers to the texts that it has. */
export type LookReply =
  /** Files that it asks for, by their ids. */
  | { readonly kind: "missing"; readonly ids: readonly string[] }
  /** The configuration cannot be used. */
  | { readonly kind: "misconfigured"; readonly problems: readonly ConfigProblem[] }
  /** The configuration says that this is not reviewed. */
  | { readonly kind: "skipped"; readonly why: string }
  | LookResult;

export interface LookResult {
  readonly kind: "looked";
  readonly findings: readonly JudgedFinding[];
  /** Indices of the findings that the change brought. */
  readonly fresh: readonly number[];
  readonly notices: readonly Notice[];
  readonly leftOut: readonly Unseen[];
  readonly review: ReviewConfig;
  /** The configuration that holds for the whole repository, as YAML. */
  readonly configuration: string;
  /** Indices of the findings at or above the level at which a run fails. */
  readonly failing: readonly number[];
  /** Where the change is one of the configuration as well. */
  readonly preview?: ConfigPreview;
}

/** Analyses what strangers wrote, in a place of its own. */
export interface Analyst {
  open(request: LookRequest): Analysis;
}

export interface Analysis {
  /**
   * Looks with these texts, and those before; with `isLast` it does with what it has. Throws AnalysisFailure where it was
   * ended, or ended itself.
   */
  look(texts: ReadonlyMap<string, FetchedText>, isLast: boolean): Promise<LookReply>;
  close(): void;
}

/** The host asks to come back later: there is nothing to be said to it before. */
export class ComeBackLater extends Error {
  /** Whole seconds. */
  readonly seconds: number;

  constructor(seconds: number) {
    super(`the host asks to wait for ${seconds} s`);
    this.seconds = seconds;
  }
}

/** The host does not let us: its owner has to grant something first. */
export class MissingPermission extends Error {
  readonly permission: string;

  constructor(permission: string) {
    super(`the permission \`${permission}\` is missing, and has to be granted on GitHub`);
    this.permission = permission;
  }
}

/** The analysis came to no result. */
export class AnalysisFailure extends Error {
  readonly reason: "time" | "memory" | "crash";

  constructor(reason: AnalysisFailure["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}
