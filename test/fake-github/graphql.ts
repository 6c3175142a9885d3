import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/**
 * The two shapes of GraphQL that we send: blobs of a repository by aliases, and hiding a comment. Anything else is a fault of
 * the test.
 */
export function answerGraphql(world: World, body: Json): Json {
  const query = String(body["query"]).replace(/\s+/g, " ");
  const variables = (body["variables"] ?? {}) as Json;
  if (query.includes("minimizeComment(")) return minimize(world, variables);
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

function minimize(world: World, variables: Json): Json {
  const comment = world.comments.find(({ node }) => node === variables["id"]);
  if (!comment) return { data: null, errors: [{ type: "NOT_FOUND", message: "no such node" }] };
  comment.isMinimized = true;
  return { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } };
}
