import {
  type CodeHost,
  type FetchedText,
  MissingPermission,
  type PullRequest,
} from "../../review/ports.ts";
import { checkId, startCheck } from "./check.ts";
import { type Client, statusOf } from "./client.ts";
import type { Extra } from "./installations.ts";
import { readOrganizationConfig } from "./organization-config.ts";
import { cleanUpComment, postReview, readSaid } from "./publish.ts";
import { type PullPlace, readChange } from "./read-change.ts";
import { readTexts } from "./read-texts.ts";
import { readTree } from "./read-tree.ts";
import { resolveThread } from "./resolve-thread.ts";
import { uploadScan } from "./upload-scan.ts";

const READ = "contents: read";
const WRITE = "pull_requests: write";

/** A 403 that is no rate limit: what the installer granted does not reach. */
async function needing<T>(permission: string, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    throw statusOf(error) === 403 ? new MissingPermission(permission) : error;
  }
}

export interface GitHubHostOptions {
  readonly client: Client;
  readonly owner: string;
  readonly name: string;
  readonly pull: number;
  /** Who we are there: only what this login wrote is ours. */
  readonly login: string;
  /** Whether a file is in a language that we read. */
  isSource(path: string): boolean;
  /** Who may read the owner's repository `.github`; undefined where nobody may. */
  ownersClient(): Promise<Client | undefined>;
  /** Who has a permission that a review does not need; undefined where it was not granted. */
  clientWith(permission: Extra): Promise<Client | undefined>;
}

/**
 * A pull request on GitHub. Everything is read through the repository that it goes into: the commits of a fork are there as
 * well, and no fork has to let us in.
 */
export function createGitHubHost(options: GitHubHostOptions): CodeHost {
  const { client, owner, name, pull: number, login, isSource, ownersClient, clientWith } = options;
  const repository = { owner, repo: name };
  const place: PullPlace = { ...repository, pull_number: number };

  /** One file of a commit; for those few whose patch GitHub leaves out. */
  async function readSide(commit: string, path: string): Promise<FetchedText | undefined> {
    const { entries } = await treeOf(commit, [path]);
    const entry = entries.find((one) => one.path === path);
    return entry && (await readTexts(client, repository, [entry])).get(entry.id);
  }

  const trees = new Map<string, ReturnType<typeof readTree>>();
  /** A commit's files do not change; a listing of some of them depends on which. */
  async function treeOf(commit: string, near: readonly string[]) {
    const known = trees.get(commit) ?? readTree(client, repository, commit, near);
    trees.set(commit, known);
    const tree = await known;
    return tree.isWhole ? tree : readTree(client, repository, commit, near);
  }

  return {
    async pull(): Promise<PullRequest> {
      const { data } = await needing(WRITE, client.rest.pulls.get(place));
      return {
        isOpen: data.state === "open",
        isDraft: data.draft === true,
        author: data.user?.login ?? "",
        title: data.title,
        labels: data.labels.map(({ name }) => name),
        into: data.base.ref,
        base: data.base.sha,
        head: data.head.sha,
        page: data.base.repo.html_url,
      };
    },
    change: (pull) => needing(READ, readChange(client, place, pull, isSource, readSide)),
    tree: (commit, near) => needing(READ, treeOf(commit, near)),
    texts: (entries) => needing(READ, readTexts(client, repository, entries)),
    said: () => needing(WRITE, readSaid(client, place, login)),
    post: (review) => needing(WRITE, postReview(client, place, review)),
    async cleanUp(comment, settled) {
      const isKept = await needing(WRITE, cleanUpComment(client, place, comment, settled));
      if (!isKept || !settled.isResolved) return;
      const resolver = await clientWith("contents: write");
      if (resolver) await resolveThread(resolver, place, comment.id);
    },
    async uploadScan(head, sarif) {
      const scanner = await clientWith("security_events: write");
      if (!scanner) throw new MissingPermission("security_events: write");
      await needing("security_events: write", uploadScan(scanner, place, head, sarif));
    },
    async organizationConfig() {
      const owners = await ownersClient();
      return owners && readOrganizationConfig(owners, owner);
    },
    startCheck: (head) => startCheck(client, repository, head, checkId(number)),
  };
}
