/**
 * `node dist/scripts/github-operations.js DESCRIPTION` takes the operations that we call out of GitHub's own description of
 * its REST API (`generated/api.github.com.json` of the package @octokit/openapi, which is too large to depend on), and
 * writes what the fake GitHub of the tests is held to: parameters, bodies, answers, and an example of each.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TARGET = fileURLToPath(new URL("../../test/fake-github/operations.json", import.meta.url));

const OPERATIONS = [
  "GET /app",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /app/hook/deliveries",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "GET /user",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}",
  "GET /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  "GET /repos/{owner}/{repo}/compare/{basehead}",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
  "GET /repos/{owner}/{repo}/contents/{path}",
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
  "POST /repos/{owner}/{repo}/check-runs",
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
  "POST /repos/{owner}/{repo}/code-scanning/sarifs",
];
/** What people read, and machines do not need. */
const PROSE = new Set(["description", "externalDocs", "summary", "tags", "title", "example"]);

type Json = { readonly [key: string]: unknown };

const description = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Json;

function at(root: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((value, key) => (value as Json | undefined)?.[key], root);
}

function resolved(value: unknown): unknown {
  const target = at(value, "$ref");
  return typeof target === "string" ? at(description, ...target.split("/").slice(1)) : value;
}

function operation(name: string): Json {
  const [method = "", path = ""] = name.split(" ");
  const found = at(description, "paths", path, method.toLowerCase());
  if (!found) throw new Error(`the description has no ${name}`);
  const parameters = ((at(found, "parameters") ?? []) as unknown[]).map(resolved);
  const [status = "", answer] =
    Object.entries(at(found, "responses") as Json).find(([code]) => /^2/.test(code)) ?? [];
  const content = at(resolved(answer), "content", "application/json");
  const [example] = Object.values((at(content, "examples") ?? {}) as Json);
  return {
    query: parameters
      .filter((one) => at(one, "in") === "query")
      .map((one) => ({ name: at(one, "name"), required: at(one, "required") === true })),
    body: at(found, "requestBody", "content", "application/json", "schema"),
    status: Number(status),
    answer: at(content, "schema"),
    example: at(resolved(example), "value"),
  };
}

/** Without prose, and `nullable` in the words of JSON Schema. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, examples, ...kept } = value as Json;
  const entries = Object.entries(kept)
    .filter(
      ([key, inside]) => !(PROSE.has(key) && typeof inside === "string") && !key.startsWith("x-"),
    )
    .map(([key, inside]) => [key, plain(inside)]);
  const schema = Object.fromEntries(entries);
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

const operations = Object.fromEntries(
  OPERATIONS.map((name) => {
    const { body, answer, ...rest } = operation(name);
    return [name, { ...rest, body: plain(body), answer: plain(answer) }];
  }),
);
const schemas: Record<string, unknown> = {};
const waiting = [JSON.stringify(operations)];
for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
  for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)) {
    if (Object.hasOwn(schemas, name)) continue;
    schemas[name] = plain(at(description, "components", "schemas", name));
    waiting.push(JSON.stringify(schemas[name]));
  }
}
const packageFile = join(dirname(process.argv[2] ?? ""), "../package.json");
const { name, version } = JSON.parse(readFileSync(packageFile, "utf8")) as Json;
const source = `${name} ${version}`;
const sorted = Object.fromEntries(
  Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(
  TARGET,
  `${JSON.stringify({ source, operations, components: { schemas: sorted } })}\n`,
);
