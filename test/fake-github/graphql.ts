import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/**
 * The shapes of GraphQL that we send: blobs of a repository by aliases, hiding a comment, and resolving its thread. Anything
 * else is a fault of the test.
 */
export function answerGraphql(world: World, body: Json, permissions: Json): Json {
  const query = String(body["query"]).replace(/\s+/g, " ");
  const variables = (body["variables"] ?? {}) as Json;
  if (query.includes("minimizeComment(")) return minimize(world, variables);
  if (query.includes("reviewThreads(")) return threads(world, variables);
  if (query.includes("resolveReviewThread(")) return resolve(world, variables, permissions);
  const blobs = [...query.matchAll(/(\w+): object\(oid: "([\da-f]{40})"\)/g)];
  if (blobs.length === 0) throw new Refusal(400, `a query that nobody expected: ${query}`);
  if (blobs.length > 100) throw new Refusal(502, "the query takes too long");
  if (variables["owner"] !== world.owner || variables["name"] !== world.name)
    return { data: { repository: null }, errors: [{ type: "NOT_FOUND", message: "not found" }] };
  const found = blobs.map(([, alias = "", id = ""]) => [alias, blobOf(world, id)]);
  return { data: { repository: Object.fromEntries(found) } };
}

/** GitHub cuts texts off at half a megabyte, and has none for what is not UTF-8. */
const LONGEST_TEXT = 512_000;

function blobOf(world: World, id: string): Json | null {
  const blob = world.git.blob(id);
  if (!blob) return null;
  const isBinary = blob.includes(0);
  const text = blob.toString("utf8");
  return {
    isBinary,
    isTruncated: blob.length > LONGEST_TEXT,
    text: isBinary ? null : text.slice(0, LONGEST_TEXT),
  };
}

function threads(world: World, variables: Json): Json {
  const isHere = ({ review }: { review: number | null }) =>
    world.reviews.find(({ id }) => id === review)?.pull === variables["number"];
  const nodes = world.comments
    .filter((comment) => comment.inReplyTo === undefined && isHere(comment))
    .map(({ id }) => ({
      id: `thread-${id}`,
      isResolved: world.resolved.has(id),
      comments: { nodes: [{ databaseId: id }] },
    }));
  const reviewThreads = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
  return { data: { repository: { pullRequest: { reviewThreads } } } };
}

/** For an App the right to write pull requests is not enough. */
function resolve(world: World, variables: Json, permissions: Json): Json {
  if (permissions["contents"] !== "write")
    return { data: null, errors: [{ type: "FORBIDDEN", message: "not accessible" }] };
  world.resolved.add(Number(String(variables["id"]).replace("thread-", "")));
  return { data: { resolveReviewThread: { thread: { isResolved: true } } } };
}

function minimize(world: World, variables: Json): Json {
  const comment = world.comments.find(({ node }) => node === variables["id"]);
  if (!comment) return { data: null, errors: [{ type: "NOT_FOUND", message: "no such node" }] };
  comment.isMinimized = true;
  return { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } };
}
