import { expect, it } from "vitest";
import type { Client } from "../../../src/adapters/github/client.ts";
import { readTree } from "../../../src/adapters/github/read-tree.ts";

/** A repository that GitHub does not list whole, by the ids of its directories. */
const TREES: Readonly<
  Record<string, readonly { path: string; mode: string; type: string; sha: string }[]>
> = {
  head: [
    { path: "go.mod", mode: "100644", type: "blob", sha: "1" },
    { path: "api", mode: "040000", type: "tree", sha: "api" },
    { path: "vendor", mode: "040000", type: "tree", sha: "vendor" },
  ],
  api: [
    { path: "server", mode: "040000", type: "tree", sha: "server" },
    { path: "api.go", mode: "100644", type: "blob", sha: "2" },
  ],
  server: [{ path: "server.go", mode: "100644", type: "blob", sha: "3" }],
};

it("lists of a repository that is too large what is near a change, and says that it is not all", async () => {
  const asked: string[] = [];
  const getTree = async ({ tree_sha, recursive }: { tree_sha: string; recursive?: string }) => {
    asked.push(tree_sha);
    return { data: { tree: TREES[tree_sha] ?? [], truncated: recursive !== undefined } };
  };
  const client = { rest: { git: { getTree } } } as unknown as Client;
  const near = ["api/server/server.go", "gone/with/it.go"];
  const { entries, isWhole } = await readTree(client, { owner: "octo", repo: "hub" }, "head", near);
  expect(isWhole).toBe(false);
  expect(entries.map(({ path }) => path)).toEqual(["go.mod", "api/api.go", "api/server/server.go"]);
  expect(asked).toEqual(["head", "head", "api", "server"]);
});
