import type { Edits, GitRepository } from "./git-repository.ts";
import { createGitRepository } from "./git-repository.ts";
import type { SecondaryLimit } from "./secondary-limit.ts";

export interface Comment {
  readonly id: number;
  readonly node: string;
  readonly author: string;
  readonly path: string;
  body: string;
  /** null once the line is no longer there. */
  line: number | null;
  startLine: number | null;
  readonly originalLine: number;
  commit: string;
  readonly review: number | null;
  readonly inReplyTo: number | undefined;
  isMinimized: boolean;
}

export interface Review {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly commit: string;
  readonly state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  status: string;
  conclusion: string | null;
  externalId: string;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Record<string, unknown>[];
  actions: { identifier: string }[];
}

export interface Pull {
  readonly number: number;
  readonly base: string;
  readonly branch: string;
  author: string;
  readonly isFork: boolean;
  title: string;
  labels: readonly string[];
  isDraft: boolean;
  state: "open" | "closed";
  head: string;
}

export interface IssueComment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
}

export interface Reaction {
  readonly comment: number;
  readonly content: string;
}

export interface Scan {
  readonly commit: string;
  readonly ref: string;
  readonly sarif: { readonly runs: readonly { readonly results: readonly object[] }[] };
}

/** What the fake knows: one repository, `octo/hub`, that the App is installed on. Tests look at it, and change it. */
export class World {
  readonly owner = "octo";
  readonly name = "hub";
  readonly repositoryId = 11;
  readonly installation = 7;
  /** Others, which a bench may say that it belongs to as well. */
  readonly moreInstallations: readonly number[] = [8, 9, 10];
  /** Whether the App is installed anywhere yet. */
  isInstalled = true;
  readonly slug = "chokepoint-test";
  readonly git: GitRepository = createGitRepository();
  readonly pulls: Pull[] = [];
  readonly comments: Comment[] = [];
  readonly reviews: (Review & { readonly pull: number })[] = [];
  readonly checkRuns: CheckRun[] = [];
  readonly issueComments: IssueComment[] = [];
  readonly reactions: Reaction[] = [];
  /** Tokens that were made, by what they are good for. */
  readonly minted: { readonly repositories: unknown; readonly permissions: unknown }[] = [];
  /** What code scanning was told, in order. */
  readonly scans: Scan[] = [];
  /** First comments of threads that are resolved. */
  readonly resolved = new Set<number>();
  /** By login; whoever is not there may read. */
  readonly roles = new Map<string, "admin" | "write" | "read" | "none">([["octocat", "admin"]]);
  /** What the App hears of. */
  readonly events: string[] = [
    "check_run",
    "check_suite",
    "issue_comment",
    "merge_group",
    "pull_request",
    "pull_request_review_comment",
    "pull_request_review_thread",
  ];
  /** What the installer granted. */
  readonly permissions: Record<string, "read" | "write"> = {
    checks: "write",
    contents: "read",
    metadata: "read",
    pull_requests: "write",
  };
  /** What the owner's repository `.github` has in its `.chokepoint.yml`; undefined: there is no such repository. */
  organizationConfig: string | undefined;
  /** How fast the App may write; undefined: as fast as it likes. */
  secondaryLimit: SecondaryLimit | undefined;
  /** Files of which GitHub gives no patch, and those on which it takes no comment. */
  readonly withoutPatch = new Set<string>();
  readonly unplaceable = new Set<string>();
  #ids = 1000;

  nextId(): number {
    return ++this.#ids;
  }

  /** Writes a commit onto a branch; the heads of open pull requests from it move along, and their comments with them. */
  push(branch: string, edits: Edits, options: { from?: string; isForced?: boolean } = {}): Pull[] {
    const head = this.git.commit(branch, edits, options);
    const moved = this.pulls.filter((pull) => pull.branch === branch && pull.state === "open");
    for (const pull of moved) {
      for (const comment of this.comments) {
        if (comment.commit !== pull.head || comment.line === null) continue;
        comment.line = this.git.follow(pull.head, head, comment.path, comment.line) ?? null;
        // GitHub points a comment that still has its line at the new head, whatever it was written for.
        if (comment.line !== null) comment.commit = head;
      }
      pull.head = head;
    }
    return moved;
  }

  /** Opens a pull request from a branch of the repository, or of a fork that shares its objects. */
  open(branch: string, more: Partial<Pull> = {}): Pull {
    const pull: Pull = {
      number: this.pulls.length + 1,
      base: "main",
      branch,
      author: "octocat",
      isFork: false,
      title: "a change",
      labels: [],
      isDraft: false,
      state: "open",
      head: this.git.head(branch),
      ...more,
    };
    this.pulls.push(pull);
    return pull;
  }

  pull(number: number): Pull | undefined {
    return this.pulls.find((one) => one.number === number);
  }

  /** Comments that a person sees in a pull request's diff or conversation: not minimized ones. */
  visible(): Comment[] {
    return this.comments.filter(({ isMinimized }) => !isMinimized);
  }
}
