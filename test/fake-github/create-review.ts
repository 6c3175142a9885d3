import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import { reviewOf } from "./representations.ts";
import type { Comment, Pull, World } from "./world.ts";

interface Wanted {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: string;
  readonly start_line?: number;
  readonly start_side?: string;
}

const LONGEST_BODY = 65_536;

/** A body as GitHub takes one: so many characters, not UTF-16 units. */
export function text(value: unknown): string {
  const body = String(value ?? "");
  if ([...body].length > LONGEST_BODY)
    throw new Refusal(422, `Body is too long (maximum is ${LONGEST_BODY} characters)`);
  return body;
}

/** Posts a review, whole or not at all: one comment off the diff and GitHub refuses everything. */
export function createReview(world: World, pull: Pull, caller: string, body: Json): Json {
  const { event } = body;
  const commit = String(body["commit_id"] ?? pull.head);
  const wanted = (body["comments"] ?? []) as readonly Wanted[];
  const own = world.reviews.filter((one) => one.pull === pull.number && one.author === caller);
  if (own.some(({ state }) => state === "PENDING"))
    throw new Refusal(422, "User can only have one pending review per pull request");
  if (event === "COMMENT" && !body["body"] && wanted.length === 0)
    throw new Refusal(422, "Body can't be blank");
  const problems = wanted.flatMap((comment) => problemOf(world, pull, commit, comment) ?? []);
  if (problems.length > 0) throw new Refusal(422, problems.join(", "));
  const review = {
    id: world.nextId(),
    pull: pull.number,
    author: caller,
    body: text(body["body"]),
    commit,
    state: event === "COMMENT" ? ("COMMENTED" as const) : ("PENDING" as const),
  };
  const comments = wanted.map((comment) => commentFor(world, comment, review));
  world.reviews.push(review);
  world.comments.push(...comments);
  return reviewOf(review);
}

function commentFor(
  world: World,
  { path, body, line, start_line }: Wanted,
  review: { readonly id: number; readonly author: string; readonly commit: string },
): Comment {
  return {
    id: world.nextId(),
    node: `node-${world.nextId()}`,
    author: review.author,
    path,
    body: text(body),
    line: line ?? null,
    startLine: start_line ?? null,
    originalLine: line ?? 1,
    commit: review.commit,
    review: review.id,
    inReplyTo: undefined,
    isMinimized: false,
  };
}

function problemOf(world: World, pull: Pull, commit: string, wanted: Wanted): string | undefined {
  const { path, line, side = "RIGHT", start_line: start } = wanted;
  const files = world.git.files(pull.base, commit);
  if (world.unplaceable.has(path) || !files.some(({ filename }) => filename === path))
    return "Path could not be resolved";
  if (line === undefined || side !== "RIGHT") return "Line could not be resolved";
  const hunks = world.git.hunks(pull.base, commit, path);
  const hunk = hunks.find(({ from, to }) => from <= line && line <= to);
  if (!hunk) return "Line could not be resolved";
  if (start === undefined) return undefined;
  if (start >= line) return "start_line must precede the end line";
  return start >= hunk.from ? undefined : "start_line must be part of the same hunk as the line";
}
