import type { Client } from "./client.ts";
import type { PullPlace } from "./read-change.ts";

/** Pages of threads that are looked through. */
const MOST_PAGES = 10;

const THREADS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) {
    nodes { id isResolved comments(first: 1) { nodes { databaseId } } } pageInfo { hasNextPage endCursor } } } } }`;

const RESOLVE =
  "mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }";

interface Threads {
  readonly nodes: readonly {
    readonly id: string;
    readonly isResolved: boolean;
    readonly comments: { readonly nodes: readonly { readonly databaseId: number }[] };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Resolves the thread that a comment begins. GitHub wants the right to write contents for that. */
export async function resolveThread(
  client: Client,
  { owner, repo, pull_number: number }: PullPlace,
  comment: number,
): Promise<void> {
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found: { repository: { pullRequest: { reviewThreads: Threads } } } = await client.graphql(
      THREADS,
      { owner, name: repo, number, after },
    );
    const { nodes, pageInfo } = found.repository.pullRequest.reviewThreads;
    const thread = nodes.find(({ comments }) => comments.nodes[0]?.databaseId === comment);
    if (thread) {
      if (!thread.isResolved) await client.graphql(RESOLVE, { id: thread.id });
      return;
    }
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
