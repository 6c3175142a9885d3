import { exampleOf, type Json } from "./contract.ts";
import type { CheckRun, Comment, Pull, Reaction, Review, World } from "./world.ts";

const WEB = "https://github.example";
const DATE = "2026-11-01T00:00:00Z";

/** A person, or an App's own user, whose name ends with `[bot]`. */
export function userOf(login: string): Json {
  const url = `${WEB}/users/${login}`;
  const urls = [
    "avatar_url",
    "url",
    "html_url",
    "followers_url",
    "following_url",
    "gists_url",
    "starred_url",
    "subscriptions_url",
    "organizations_url",
    "repos_url",
    "events_url",
    "received_events_url",
  ];
  return {
    login,
    id: 1,
    node_id: "user",
    gravatar_id: "",
    type: login.endsWith("[bot]") ? "Bot" : "User",
    site_admin: false,
    ...Object.fromEntries(urls.map((key) => [key, url])),
  };
}

export function pullOf(world: World, pull: Pull): Json {
  const { number, state, isDraft: draft, isFork, branch, author, title, labels } = pull;
  const repository = (owner: string) => ({
    ...exampleRepository(),
    id: owner === world.owner ? world.repositoryId : 99,
    name: world.name,
    full_name: `${owner}/${world.name}`,
    html_url: `${WEB}/${owner}/${world.name}`,
    owner: userOf(owner),
  });
  const side = (owner: string, ref: string, sha: string) => ({
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: userOf(owner),
    repo: repository(owner),
  });
  return {
    number,
    state,
    draft,
    user: userOf(author),
    title,
    labels: labels.map(labelOf),
    body: null,
    head: side(isFork ? author : world.owner, branch, pull.head),
    base: side(world.owner, pull.base, world.git.head(pull.base)),
    changed_files: world.git.files(pull.base, pull.head).length,
    requested_teams: [],
  };
}

function labelOf(name: string): Json {
  return { id: 1, node_id: "label", url: WEB, name, description: "", color: "f00", default: false };
}

/** What the description wants of a repository inside another answer. */
function exampleRepository(): Json {
  const { base } = exampleOf("GET /repos/{owner}/{repo}/pulls/{pull_number}") as {
    base: { repo: Json };
  };
  return base.repo;
}

export function commentOf(world: World, comment: Comment): Json {
  return {
    id: comment.id,
    node_id: comment.node,
    user: userOf(comment.author),
    body: comment.body,
    path: comment.path,
    line: comment.line,
    original_line: comment.originalLine,
    start_line: comment.startLine,
    side: "RIGHT",
    commit_id: comment.commit,
    pull_request_review_id: comment.review,
    in_reply_to_id: comment.inReplyTo,
    html_url: `${WEB}/${world.owner}/${world.name}/pull/1#discussion_r${comment.id}`,
  };
}

export function reviewOf({ id, author, body, commit, state }: Review): Json {
  return { id, user: userOf(author), body, commit_id: commit, state };
}

export function checkRunOf(world: World, run: CheckRun): Json {
  return {
    ...(exampleOf("POST /repos/{owner}/{repo}/check-runs") as Json),
    id: run.id,
    name: run.name,
    head_sha: run.head,
    status: run.status,
    conclusion: run.conclusion,
    external_id: run.externalId,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${WEB}/annotations`,
    },
    app: appOf(world),
    pull_requests: [],
  };
}

function appOf({ slug }: World): Json {
  return {
    id: 1,
    slug,
    node_id: "app",
    owner: userOf("octo"),
    name: slug,
    description: "",
    external_url: WEB,
    html_url: WEB,
    created_at: DATE,
    updated_at: DATE,
    permissions: {},
    events: [],
  };
}

export function reactionOf({ content }: Reaction, login: string): Json {
  return { id: 1, node_id: "reaction", user: userOf(login), content, created_at: DATE };
}

export function commitOf(sha: string): Json {
  const person = { name: "a", email: "a@example.com", date: DATE };
  const url = `${WEB}/commit`;
  return {
    url,
    sha,
    node_id: "commit",
    html_url: url,
    comments_url: url,
    commit: {
      url,
      author: person,
      committer: person,
      message: "m",
      tree: { url, sha },
      comment_count: 0,
    },
    author: userOf("octocat"),
    committer: userOf("octocat"),
    parents: [],
  };
}
