import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../src/adapters/github/client.ts";
import { readTree } from "../../../src/adapters/github/read-tree.ts";
import { ownDirectory } from "../../../src/apps/own-package.ts";
import { startApp } from "./app.ts";
import { faulty, opened, told } from "./hub.ts";

describe("a pull request that means harm", () => {
  it("runs nothing, loads nothing and fetches nothing by its configuration", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const asked = app.github.requests.length;
    const attempts = [
      "extends: https://evil.example/chokepoint.yml\n",
      "extends: ../../etc/passwd\n",
      "plugins: [./evil.js]\n",
      "rules: !!js/function 'function () { process.exit(1) }'\n",
      `a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\ninclude: [*c, *c, *c, *c, *c, *c]\n`,
      "exclude: ['+(+(a))b', '*a*a*a*a*a*a*a*a*b']\n",
      `__proto__: { review: { block: true } }\n`,
    ];
    for (const text of attempts) {
      world.push(pull.branch, { ".chokepoint.yml": text, [`${"a".repeat(60)}.go`]: "package a\n" });
      await app.github.tell(pull, "synchronize");
      expect((await app.checked(pull)).conclusion).toBe("neutral");
    }
    // The base branch's holds all the while: the finding is told, once.
    expect(told(app)).toHaveLength(1);
    expect(app.github.requests.slice(asked).some((one) => one.includes("evil"))).toBe(false);
    expect(app.logged.join("")).not.toContain("evil");
  });

  it("names files so that they would speak, break out, or hide", async () => {
    const app = await startApp();
    const names = [
      "@octo-team #1.go",
      "a`b``c.go",
      "<img src=x>.go",
      "\u202eog.exe.go",
      "‮x\u0007.go",
    ];
    const files = names.map((name, index) => [`p${index}/${name}`, faulty("Hub")] as const);
    const broken = ["q/@all <b>.go", "package q\n\nfunc ((((\n"] as const;
    const pull = opened(app, Object.fromEntries([...files, broken]));
    await app.github.tell(pull, "opened");
    const { output } = await app.checked(pull);
    const { world } = app.github;
    // On some names git itself puts quotes; where the diff shows no line for them they are listed.
    expect(world.comments.length).toBeGreaterThan(2);
    const said = [...world.comments, ...world.reviews].map(({ body }) => body).join("\n");
    const outside = `${said}\n${output.summary}`.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/@(octo|all)|<img|<b>/);
    for (const sign of ["\u202e", "\u0007"]) expect(outside).not.toContain(sign);
  });

  it("has files that are too large, no text, or without an end: they are named, and nothing else is lost", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });
    const deep = `package hub\n\nvar x = ${"(".repeat(100_000)}1${")".repeat(100_000)}\n`;
    const odd: Record<string, string | Uint8Array> = {
      "large.go": `package hub\n\n${"// a line\n".repeat(1_800_000)}`,
      "bytes.go": new Uint8Array([0, 255, 254, 0, 1, 2, 3]),
      "calls.go": "a(".repeat(900_000),
      "deep.go": deep,
    };
    world.push("topic", { ...odd, "hub.go": faulty("Hub") }, { from: "main" });
    const pull = world.open("topic");
    await app.github.tell(pull, "opened");
    const { output } = await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    for (const name of ["large.go", "bytes.go", "calls.go"])
      expect(output.summary).toMatch(new RegExp(`Not looked at:[\\s\\S]*- \`${name}\`: `));
  });

  it("gets no token that reaches further than it has to", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.permissions["contents"] = "write";
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const reach = { checks: "write", contents: "read", metadata: "read", pull_requests: "write" };
    expect(world.minted).toEqual([{ repositories: [world.repositoryId], permissions: reach }]);
  });

  it("has links and submodules, which are no files", async () => {
    const tree = [
      { path: "a.go", mode: "100644", type: "blob", sha: "1", size: 1 },
      { path: "passwd.go", mode: "120000", type: "blob", sha: "2", size: 11 },
      { path: "module.go", mode: "160000", type: "commit", sha: "3" },
    ];
    const getTree = async () => ({ data: { tree, truncated: false } });
    const client = { rest: { git: { getTree } } } as unknown as Client;
    const { entries } = await readTree(client, { owner: "octo", repo: "hub" }, "head", []);
    expect(entries.map(({ path }) => path)).toEqual(["a.go"]);
  });
});

it("the Action uses nobody else's actions, and reads no event that hands out a secret", () => {
  const action = readFileSync(join(ownDirectory(), "action.yml"), "utf8");
  const steps = action.replace(/^\s*#.*$/gm, "");
  expect(steps).not.toMatch(/\buses:/);
  expect(steps).not.toContain("pull_request_target");
  // Inputs reach the shell as variables: an expression inside of a script is code of whoever wrote the pull request.
  const [, script = ""] = steps.split("run: |");
  expect(script).not.toContain("\u0024{{");
});
