import type { Conversation } from "../../review/conversation.ts";
import { type Client, statusOf } from "./client.ts";
import type { PullPlace } from "./read-change.ts";

/** The comment that speaks: on a line of the diff, or in the conversation below. */
export interface SpokenPlace extends PullPlace {
  readonly comment: number;
  readonly isOnDiff: boolean;
  /** The first comment of its thread, where it is an answer: threads are flat. */
  readonly inReplyTo?: number | undefined;
}

const MAY_WRITE: ReadonlySet<string> = new Set(["admin", "write", "maintain"]);

/** Where somebody spoke to us on GitHub; `login` is who we are. */
export function createConversation(
  client: Client,
  { comment, isOnDiff, inReplyTo = comment, ...place }: SpokenPlace,
  login: string,
): Conversation {
  const { owner, repo, pull_number } = place;
  const at = { owner, repo, comment_id: comment };
  async function mayWrite(person: string): Promise<boolean> {
    const asked = { owner, repo, username: person };
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel(asked);
    return MAY_WRITE.has(data.permission);
  }

  return {
    mayWrite,
    async mayCommand(person) {
      if (await mayWrite(person)) return true;
      const { data: pull } = await client.rest.pulls.get(place);
      return pull.user?.login === person;
    },
    async react(content) {
      await ifThere<unknown>(
        isOnDiff
          ? client.rest.reactions.createForPullRequestReviewComment({ ...at, content })
          : client.rest.reactions.createForIssueComment({ ...at, content }),
      );
    },
    async reply(body) {
      await ifThere<unknown>(
        isOnDiff
          ? client.rest.pulls.createReplyForReviewComment({ ...place, comment_id: inReplyTo, body })
          : client.rest.issues.createComment({ owner, repo, issue_number: pull_number, body }),
      );
    },
    async ownComment(id) {
      const found = await ifThere(
        client.rest.pulls.getReviewComment({ owner, repo, comment_id: id }),
      );
      return found?.data.user?.login === login ? found.data.body : undefined;
    },
  };
}

/** Undefined where somebody has deleted what it is about. */
async function ifThere<T>(action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
