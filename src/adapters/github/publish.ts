import { readMarker, type Settled, settledComment } from "../../review/marker.ts";
import type { PlannedComment } from "../../review/plan.ts";
import type { OwnComment, ReviewToPost, Said } from "../../review/ports.ts";
import { type Client, statusOf } from "./client.ts";
import type { PullPlace } from "./read-change.ts";

/** Tries to find the comments that GitHub does not take. */
const MOST_TRIES = 30;

/** What `login` has said about a pull request: comments that carry our marker, and the bodies of reviews. */
export async function readSaid(client: Client, place: PullPlace, login: string): Promise<Said> {
  const at = { ...place, per_page: 100 };
  const comments = await client.paginate(client.rest.pulls.listReviewComments, at);
  const answered = new Set(comments.map((one) => one.in_reply_to_id).filter((id) => id));
  const own = comments.filter(
    ({ user, body }) => user?.login === login && readMarker(body) !== undefined,
  );
  const reviews = await client.paginate(client.rest.pulls.listReviews, at);
  const ours = reviews.filter(({ user }) => user?.login === login);
  // One that was begun and never ended blocks the next.
  for (const { id, state } of ours)
    if (state === "PENDING")
      await client.rest.pulls.deletePendingReview({ ...place, review_id: id });
  return {
    comments: own.map(({ id, body, node_id: node }) => ({
      id,
      node,
      body,
      isAnswered: answered.has(id),
    })),
    summaries: ours.filter(({ state }) => state !== "PENDING").map(({ body }) => body),
  };
}

/**
 * Posts one review. GitHub refuses a review whole for one comment that it cannot place: then those are found with reviews that
 * nobody sees (begun and not submitted), and the rest is posted.
 */
export async function postReview(
  client: Client,
  place: PullPlace,
  review: ReviewToPost,
): Promise<void> {
  const { head, summary } = review;
  const draft = { head, body: summary([]), comments: review.comments };
  if (await submit(client, place, draft, "COMMENT")) return;
  let tries = 0;
  const taken: PlannedComment[] = [];
  const refused: PlannedComment[] = [];
  const waiting: (readonly PlannedComment[])[] = [review.comments];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (tries++ < MOST_TRIES && (await isTaken(client, place, { ...draft, comments: group }))) {
      taken.push(...group);
    } else if (group.length <= 1 || tries >= MOST_TRIES) {
      refused.push(...group);
    } else {
      const middle = Math.ceil(group.length / 2);
      waiting.push(group.slice(0, middle), group.slice(middle));
    }
  }
  const comments = review.comments.filter((comment) => taken.includes(comment));
  if (!(await submit(client, place, { head, body: summary(refused), comments }, "COMMENT")))
    throw new Error("GitHub refuses a review whose comments it has taken");
}

interface Draft {
  readonly head: string;
  readonly body: string;
  readonly comments: readonly PlannedComment[];
}

/** Whether GitHub would take these comments: a review is begun, and thrown away. */
async function isTaken(client: Client, place: PullPlace, review: Draft): Promise<boolean> {
  if (review.comments.length === 0) return true;
  const pending = await submit(client, place, review, undefined);
  if (pending === undefined) return false;
  await client.rest.pulls.deletePendingReview({ ...place, review_id: pending });
  return true;
}

/** The review's id; undefined where GitHub refuses it. */
async function submit(
  client: Client,
  place: PullPlace,
  { head, body, comments }: Draft,
  event: "COMMENT" | undefined,
): Promise<number | undefined> {
  try {
    const { data } = await client.rest.pulls.createReview({
      ...place,
      commit_id: head,
      body,
      ...(event && { event }),
      comments: comments.map(written),
    });
    return data.id;
  } catch (error) {
    if (statusOf(error) === 422) return undefined;
    throw error;
  }
}

function written({ file, line, startLine, side, body }: PlannedComment) {
  return {
    path: file,
    line,
    side,
    body,
    ...(startLine !== undefined && { start_line: startLine, start_side: side }),
  };
}

/**
 * Deletes a comment whose finding is gone, if nobody answered; another one says why it is settled, and is hidden. Answers
 * whether it is still there.
 */
export async function cleanUpComment(
  client: Client,
  { owner, repo }: PullPlace,
  { id, node, body, isAnswered }: OwnComment,
  settled: Settled,
): Promise<boolean> {
  const at = { owner, repo, comment_id: id };
  try {
    if (!isAnswered && settled.dismissed.length === 0) {
      await client.rest.pulls.deleteReviewComment(at);
      return false;
    }
    await client.rest.pulls.updateReviewComment({ ...at, body: settledComment(body, settled) });
    await client.graphql(
      "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { minimizedComment { isMinimized } } }",
      { id: node },
    );
    return true;
  } catch (error) {
    // Somebody has deleted it meanwhile.
    if (statusOf(error) !== 404) throw error;
    return false;
  }
}
