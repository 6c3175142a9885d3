import { pullOfCheck } from "../../adapters/github/check.ts";
import type { ReviewRequest } from "../../adapters/queue/review-queue.ts";

/** What a delivery asks for, as it is kept: ids and names; of what people wrote a command alone. */
export type Task =
  | ({ readonly kind: "review" } & ReviewRequest)
  /** The pull request is closed: what waits for it is dropped. */
  | ({ readonly kind: "closed" } & ReviewRequest)
  /** A comment that speaks to us. `author` may command only after its permission was looked up. */
  | ({
      readonly kind: "command";
      readonly comment: number;
      readonly author: string;
      readonly text: string;
      readonly inReplyTo: number | undefined;
      /** Whether it stands on a line of the diff. */
      readonly isOnDiff: boolean;
    } & Omit<ReviewRequest, "head">)
  /** Somebody pressed the check's button. */
  | ({ readonly kind: "ignore-all"; readonly author: string } & ReviewRequest)
  /** Somebody wants all checks of a commit again: of these pull requests, and of those that we have checked it for. */
  | ({ readonly kind: "rerun"; readonly head: string; readonly pulls: readonly number[] } & Place)
  /** A merge queue waits for the check. */
  | ({ readonly kind: "merge-group"; readonly head: string } & Place)
  /** Somebody gave the App more rights, or fewer. */
  | { readonly kind: "granted"; readonly installation: number }
  /** The App was removed, or taken from some repositories: everything about them is deleted. */
  | {
      readonly kind: "uninstalled";
      readonly installation: number;
      readonly repositories?: readonly number[];
    };

type Place = Pick<ReviewRequest, "installation" | "repository" | "owner" | "name">;

/** Actions of `pull_request` after which a review may say something new. */
const REVIEWED: ReadonlySet<string> = new Set([
  "opened",
  "reopened",
  "synchronize",
  "ready_for_review",
  "edited",
  "unlabeled",
]);
/** Longer comments are no commands. UTF-16 units. */
const LONGEST_COMMAND = 2_000;

/**
 * What a webhook's payload asks for; undefined for what is not ours: other events, other Apps' comments, bots. Trusts the
 * payload's shape no further than it looks.
 */
export function readTask(event: string, payload: unknown): Task | undefined {
  const of = new Reader(payload);
  switch (event) {
    case "pull_request":
      return pullRequestTask(of);
    case "issue_comment":
    case "pull_request_review_comment":
      return commandTask(event, of);
    case "check_run":
      return checkTask(of);
    case "check_suite":
      return suiteTask(of);
    case "merge_group":
      return of.text("action") === "checks_requested" ? mergeGroupTask(of) : undefined;
    case "installation":
    case "installation_repositories":
      return installationTask(of);
    default:
      return undefined;
  }
}

function pullRequestTask(of: Reader): Task | undefined {
  const action = of.text("action") ?? "";
  const pull = of.number("pull_request", "number");
  const head = of.text("pull_request", "head", "sha");
  const place = placeOf(of);
  if (pull === undefined || head === undefined || !place) return undefined;
  if (action === "closed") return { kind: "closed", ...place, pull, head };
  // By another title or base branch it may be one that is reviewed; what is written below the title changes nothing.
  const isOther = ["base", "title"].some((key) => of.value("changes", key) !== undefined);
  if (action === "edited" && !isOther) return undefined;
  return REVIEWED.has(action) ? { kind: "review", ...place, pull, head } : undefined;
}

function commandTask(event: string, of: Reader): Task | undefined {
  const text = of.text("comment", "body") ?? "";
  const pull =
    of.number("pull_request", "number") ??
    (of.value("issue", "pull_request") ? of.number("issue", "number") : undefined);
  const comment = of.number("comment", "id");
  const author = of.text("comment", "user", "login");
  const place = placeOf(of);
  const isCommand = /^\s*\/?chokepoint\b/i.test(text) && text.length <= LONGEST_COMMAND;
  if (of.text("action") !== "created" || !isCommand) return undefined;
  if (of.text("comment", "user", "type") !== "User" || !author) return undefined;
  if (pull === undefined || comment === undefined || !place) return undefined;
  const isOnDiff = event === "pull_request_review_comment";
  const inReplyTo = of.number("comment", "in_reply_to_id");
  return {
    kind: "command",
    ...place,
    pull,
    comment,
    author,
    text: text.trim(),
    inReplyTo,
    isOnDiff,
  };
}

/** Somebody pressed "Re-run all". GitHub names the pull requests of a branch in the repository itself, of forks none. */
function suiteTask(of: Reader): Task | undefined {
  const place = placeOf(of);
  const head = of.text("check_suite", "head_sha");
  if (of.text("action") !== "rerequested" || !place || head === undefined) return undefined;
  const named = of.value("check_suite", "pull_requests");
  const numbers = Array.isArray(named) ? named.map((one) => new Reader(one).number("number")) : [];
  return { kind: "rerun", ...place, head, pulls: numbers.filter((pull) => pull !== undefined) };
}

/** Somebody pressed "Re-run", or the button of ours. Our own check carries the number of its pull request, also for forks. */
function checkTask(of: Reader): Task | undefined {
  const action = of.text("action");
  const place = placeOf(of);
  const own = pullOfCheck(of.text("check_run", "external_id") ?? "");
  const pull = own ?? of.number("check_run", "pull_requests", "0", "number");
  const head = of.text("check_run", "head_sha");
  if (!place || pull === undefined || head === undefined) return undefined;
  if (action === "rerequested") return { kind: "review", ...place, pull, head };
  const author = of.text("sender", "login");
  const isIgnore =
    action === "requested_action" && of.text("requested_action", "identifier") === "ignore";
  return isIgnore && author ? { kind: "ignore-all", ...place, pull, head, author } : undefined;
}

function mergeGroupTask(of: Reader): Task | undefined {
  const place = placeOf(of);
  const head = of.text("merge_group", "head_sha");
  return place && head !== undefined ? { kind: "merge-group", ...place, head } : undefined;
}

function installationTask(of: Reader): Task | undefined {
  const action = of.text("action");
  const installation = of.number("installation", "id");
  if (installation === undefined) return undefined;
  if (action === "deleted") return { kind: "uninstalled", installation };
  if (action === "removed") {
    const removed = of.value("repositories_removed");
    const ids = Array.isArray(removed) ? removed.map((one) => new Reader(one).number("id")) : [];
    const repositories = ids.filter((id) => id !== undefined);
    return { kind: "uninstalled", installation, repositories };
  }
  const isChange = action === "new_permissions_accepted" || action === "added";
  return isChange ? { kind: "granted", installation } : undefined;
}

function placeOf(of: Reader): Place | undefined {
  const installation = of.number("installation", "id");
  const repository = of.number("repository", "id");
  const owner = of.text("repository", "owner", "login");
  const name = of.text("repository", "name");
  return installation === undefined || repository === undefined || !owner || !name
    ? undefined
    : { installation, repository, owner, name };
}

/** Values of a JSON text by their keys; undefined where there is nothing of that kind. */
class Reader {
  readonly #root: unknown;

  constructor(root: unknown) {
    this.#root = root;
  }

  value(...keys: readonly string[]): unknown {
    let at = this.#root;
    for (const key of keys) {
      if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
      at = (at as Record<string, unknown>)[key];
    }
    return at ?? undefined;
  }

  text(...keys: readonly string[]): string | undefined {
    const value = this.value(...keys);
    return typeof value === "string" ? value : undefined;
  }

  number(...keys: readonly string[]): number | undefined {
    const value = this.value(...keys);
    return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
  }
}
