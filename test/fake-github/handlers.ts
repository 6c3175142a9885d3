import { gunzipSync } from "node:zlib";
import { OWNERS_REPOSITORY } from "../../src/adapters/github/organization-config.ts";
import type { Json } from "./contract.ts";
import { createReview, text } from "./create-review.ts";
import type { Deliveries } from "./deliveries.ts";
import type { ListedFile } from "./git-repository.ts";
import { Refusal } from "./refusal.ts";
import {
  checkRunOf,
  commentOf,
  commitOf,
  pullOf,
  reactionOf,
  reviewOf,
  userOf,
} from "./representations.ts";
import type { CheckRun, Pull, World } from "./world.ts";

export interface Call {
  readonly world: World;
  readonly deliveries: Deliveries;
  /** Login of who calls. */
  readonly caller: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  /** Makes a token; for the App alone. */
  mintToken(repositories: Reach, permissions: Json | undefined): Json;
}

/** Repositories that a token is for: by number, by name, or all. */
export type Reach = readonly (number | string)[] | undefined;

export type Answer = Json | readonly Json[] | undefined;

const reply = (call: Call): Answer => {
  const root = commentAt(call, "comment_id");
  const { world, body, caller } = call;
  const comment = {
    ...root,
    id: world.nextId(),
    node: `node-${world.nextId()}`,
    author: caller,
    body: text(body["body"]),
    inReplyTo: root.inReplyTo ?? root.id,
    isMinimized: false,
  };
  world.comments.push(comment);
  return commentOf(world, comment);
};

const react = ({ world, parameters, body, caller }: Call): Answer => {
  const id = Number(parameters["comment_id"]);
  const known = [...world.comments, ...world.issueComments].some((one) => one.id === id);
  if (!known) throw new Refusal(404, "Not Found");
  const reaction = { comment: id, content: String(body["content"]) };
  world.reactions.push(reaction);
  return reactionOf(reaction, caller);
};

/** The description holds an account to be a person's and an enterprise's at once. */
const ENTERPRISE = {
  name: "octo",
  slug: "octo",
  created_at: "2026-11-01T00:00:00Z",
  updated_at: "2026-11-01T00:00:00Z",
};

function installationOf(world: World): Json {
  return {
    id: world.installation,
    account: { ...userOf(world.owner), ...ENTERPRISE },
    // Of the example there are others, which nobody granted.
    permissions: { ...world.permissions },
  };
}

/** What each operation does, by its name in the description. */
export const handlers: Readonly<Record<string, (call: Call) => Answer>> = {
  "GET /app": ({ world }) => ({
    slug: world.slug,
    html_url: `https://github.example/apps/${world.slug}`,
    events: world.events,
    permissions: world.permissions,
  }),
  "GET /app/installations": ({ world }) => (world.isInstalled ? [installationOf(world)] : []),
  "GET /app/installations/{installation_id}": ({ world }) => installationOf(world),
  "POST /app/installations/{installation_id}/access_tokens": (call) => {
    const { installation, moreInstallations } = call.world;
    if (![installation, ...moreInstallations].includes(Number(call.parameters["installation_id"])))
      throw new Refusal(404, "Not Found");
    const { repository_ids: ids, repositories: names, permissions } = call.body;
    return call.mintToken((ids ?? names) as Reach, permissions as Json | undefined);
  },
  "GET /app/hook/deliveries": ({ deliveries, query }) =>
    deliveries.list(
      Number(query.get("per_page") ?? 30),
      query.has("cursor") ? Number(query.get("cursor")) : undefined,
    ),
  "POST /app/hook/deliveries/{delivery_id}/attempts": ({ deliveries, parameters }) => {
    if (!deliveries.redeliver(Number(parameters["delivery_id"])))
      throw new Refusal(404, "Not Found");
    return {};
  },
  "GET /user": ({ caller }) => userOf(caller),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": (call) => pullOf(call.world, pullAt(call)),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": (call) => {
    const { base, head } = pullAt(call);
    const files = call.world.git.files(base, head).slice(0, 3000);
    return paged(files, call).map((file) => listed(call.world, file));
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": (call) => {
    const { number } = pullAt(call);
    const reviews = new Set(
      call.world.reviews.filter(({ pull }) => pull === number).map(({ id }) => id),
    );
    const ours = call.world.comments.filter(({ review }) => reviews.has(review ?? 0));
    return paged(ours, call).map((one) => commentOf(call.world, one));
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": reply,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": (call) => {
    const { number } = pullAt(call);
    const ours = call.world.reviews.filter(({ pull }) => pull === number);
    return paged(ours, call).map((one) => reviewOf(one));
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": (call) =>
    createReview(call.world, pullAt(call), call.caller, call.body),
  "DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}": ({
    world,
    parameters,
  }) => {
    const at = world.reviews.findIndex(({ id }) => id === Number(parameters["review_id"]));
    const review = world.reviews[at];
    if (!review) throw new Refusal(404, "Not Found");
    if (review.state !== "PENDING") throw new Refusal(422, "Can not delete a non-pending review");
    world.reviews.splice(at, 1);
    const kept = world.comments.filter((comment) => comment.review !== review.id);
    world.comments.splice(0, world.comments.length, ...kept);
    return reviewOf(review);
  },
  "GET /repos/{owner}/{repo}/pulls/comments/{comment_id}": (call) =>
    commentOf(call.world, commentAt(call, "comment_id")),
  "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}": (call) => {
    const comment = commentAt(call, "comment_id");
    if (comment.author !== call.caller) throw new Refusal(403, "Resource not accessible");
    comment.body = text(call.body["body"]);
    return commentOf(call.world, comment);
  },
  "DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}": (call) => {
    const comment = commentAt(call, "comment_id");
    call.world.comments.splice(call.world.comments.indexOf(comment), 1);
    return undefined;
  },
  "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions": react,
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": react,
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": ({
    world,
    parameters,
    body,
    caller,
  }) => {
    const comment = {
      id: world.nextId(),
      pull: Number(parameters["issue_number"]),
      author: caller,
      body: text(body["body"]),
    };
    world.issueComments.push(comment);
    return { id: comment.id, body: comment.body, user: userOf(caller) };
  },
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": ({ world, parameters }) => {
    const role = world.roles.get(parameters["username"] ?? "") ?? "read";
    return { permission: role, role_name: role, user: null };
  },
  "GET /repos/{owner}/{repo}/compare/{basehead}": ({ world, parameters }) => {
    const [base = "", head = ""] = (parameters["basehead"] ?? "").split("...");
    const files = world.git.files(base, head).slice(0, 300);
    return {
      merge_base_commit: commitOf(world.git.mergeBase(base, head)),
      files: files.map((file) => listed(world, file)),
    };
  },
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": ({ world, parameters, query }) => {
    const tree = world.git.tree(parameters["tree_sha"] ?? "", query.has("recursive"));
    if (!tree) throw new Refusal(404, "Not Found");
    return { sha: tree.sha, truncated: false, tree: tree.entries };
  },
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": ({ world, parameters }) => {
    const blob = world.git.blob(parameters["file_sha"] ?? "");
    if (!blob) throw new Refusal(404, "Not Found");
    const sha = parameters["file_sha"];
    return { sha, encoding: "base64", content: blob.toString("base64"), size: blob.length };
  },
  "GET /repos/{owner}/{repo}/contents/{path}": ({ world, parameters: { repo, path } }) => {
    const text = world.organizationConfig;
    if (repo !== OWNERS_REPOSITORY || path !== ".chokepoint.yml" || text === undefined)
      throw new Refusal(404, "Not Found");
    const content = Buffer.from(text).toString("base64");
    return { type: "file", name: path, path, encoding: "base64", size: text.length, content };
  },
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": (call) => {
    const { world, parameters, query } = call;
    const name = query.get("check_name");
    const runs = world.checkRuns.filter(
      (run) => run.head === parameters["ref"] && (name === null || run.name === name),
    );
    return {
      total_count: runs.length,
      check_runs: paged(runs, call).map((run) => checkRunOf(world, run)),
    };
  },
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": (call) =>
    call.world.pulls
      .filter(({ head }) => head === call.parameters["commit_sha"])
      .map((pull) => simplePull(call.world, pull)),
  "POST /repos/{owner}/{repo}/check-runs": ({ world, body }) => {
    const run: CheckRun = {
      id: world.nextId(),
      name: String(body["name"]),
      head: String(body["head_sha"]),
      status: "queued",
      conclusion: null,
      externalId: "",
      output: { title: null, summary: null, text: null },
      annotations: [],
      actions: [],
    };
    change(run, body);
    world.checkRuns.push(run);
    return checkRunOf(world, run);
  },
  "POST /repos/{owner}/{repo}/code-scanning/sarifs": ({ world, body }) => {
    const sarif = JSON.parse(gunzipSync(Buffer.from(text(body["sarif"]), "base64")).toString());
    world.scans.push({ commit: text(body["commit_sha"]), ref: text(body["ref"]), sarif });
    return { id: String(world.nextId()) };
  },
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ({ world, parameters, body }) => {
    const run = world.checkRuns.find(({ id }) => id === Number(parameters["check_run_id"]));
    if (!run) throw new Refusal(404, "Not Found");
    change(run, body);
    return checkRunOf(world, run);
  },
};

function change(run: CheckRun, body: Json): void {
  const output = body["output"] as (Json & { annotations?: Json[] }) | undefined;
  for (const key of ["summary", "text"])
    if (String(output?.[key] ?? "").length > 65_535) throw new Refusal(422, `${key} is too long`);
  run.status = String(body["status"] ?? run.status);
  if (body["conclusion"] !== undefined) {
    run.conclusion = String(body["conclusion"]);
    run.status = "completed";
  }
  run.externalId = String(body["external_id"] ?? run.externalId);
  if (output) {
    const { title = null, summary = null, text: more = null } = output;
    run.output = { title, summary, text: more } as CheckRun["output"];
    run.annotations.push(...(output.annotations ?? []));
  }
  if (body["actions"]) run.actions = body["actions"] as CheckRun["actions"];
}

function paged<T>(all: readonly T[], { query }: Call): T[] {
  const size = Number(query.get("per_page") ?? 30);
  const page = Number(query.get("page") ?? 1);
  return all.slice((page - 1) * size, page * size);
}

function pullAt({ world, parameters }: Call): Pull {
  const pull = world.pull(Number(parameters["pull_number"]));
  if (!pull) throw new Refusal(404, "Not Found");
  return pull;
}

function commentAt({ world, parameters }: Call, key: string) {
  const comment = world.comments.find(({ id }) => id === Number(parameters[key]));
  if (!comment) throw new Refusal(404, "Not Found");
  return comment;
}

function simplePull(world: World, pull: Pull): Json {
  const { number, state, draft, head, base, user } = pullOf(world, pull);
  return { number, state, draft, head, base, user, requested_teams: [] };
}

/** GitHub leaves larger patches out. */
const LARGEST_PATCH = 500_000;

function listed(world: World, { patch, ...file }: ListedFile): Json {
  const url = "https://github.example/file";
  const isSmall = patch !== undefined && patch.length <= LARGEST_PATCH;
  const shown = isSmall && !world.withoutPatch.has(file.filename);
  return { ...file, ...(shown && { patch }), blob_url: url, raw_url: url, contents_url: url };
}
