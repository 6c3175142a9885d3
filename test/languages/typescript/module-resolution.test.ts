import { describe, expect, test } from "vitest";
import { ModuleResolution } from "../../../src/languages/typescript/module-resolution.ts";
import { workspaceOf } from "./workspace.ts";

/** Where a specifier in `from` leads among the files; the contents matter for configuration alone. */
function resolve(
  files: readonly string[] | Readonly<Record<string, string>>,
  from: string,
  specifier: string,
): string {
  const texts = Array.isArray(files) ? Object.fromEntries(files.map((path) => [path, ""])) : files;
  const found = new ModuleResolution(workspaceOf(texts).snapshot).resolve(from, specifier);
  return found.kind === "file" ? found.path : `external ${found.name}`;
}

describe("a relative import", () => {
  test.each<[readonly string[], string, string]>([
    [["src/a.ts", "src/b.ts"], "./b", "src/b.ts"],
    [["src/a.ts", "src/b.ts"], "./b.js", "src/b.ts"],
    [["src/a.ts", "src/b.ts"], "./b.ts", "src/b.ts"],
    [["src/a.ts", "src/b.tsx"], "./b.js", "src/b.tsx"],
    [["src/a.ts", "src/b.mts"], "./b.mjs", "src/b.mts"],
    [["src/a.ts", "src/b.js"], "./b.js", "src/b.js"],
    [["src/a.ts", "src/b.js", "src/b.d.ts"], "./b", "src/b.d.ts"],
    [["src/a.ts", "src/b/index.ts"], "./b", "src/b/index.ts"],
    [["src/a.ts", "src/b/index.ts"], "./b/", "src/b/index.ts"],
    [["src/a.ts", "src/index.ts"], ".", "src/index.ts"],
    [["src/a.ts", "index.ts"], "..", "index.ts"],
    [["src/a.ts", "src/b.service.ts"], "./b.service", "src/b.service.ts"],
    [["src/a.ts"], "./missing", "external ./missing"],
    [["src/a.ts"], "../../outside", "external ../../outside"],
    [["src/a.ts", "src/data.json"], "./data.json", "external ./data.json"],
  ])("among %j, %s is %s", (files, specifier, expected) => {
    expect(resolve(files, "src/a.ts", specifier)).toBe(expected);
  });

  test("that is not there is asked for", () => {
    const workspace = workspaceOf({ "src/a.ts": "" });
    new ModuleResolution(workspace.snapshot).resolve("src/a.ts", "./b.js");
    expect(workspace.snapshot.missing()).toEqual(
      expect.arrayContaining(["src/b.ts", "src/b.tsx", "src/b.js"]),
    );
  });
});

describe("a bare import", () => {
  test("of node has its prefix", () => {
    expect(resolve([], "a.ts", "fs/promises")).toBe("external node:fs/promises");
    expect(resolve([], "a.ts", "node:test")).toBe("external node:test");
    expect(resolve([], "a.ts", "test")).toBe("external test");
    expect(resolve([], "a.ts", "@scope/pkg/sub")).toBe("external @scope/pkg/sub");
  });

  test("follows paths, the longest pattern first, and what is extended", () => {
    const files = {
      "app/tsconfig.json": `{
        // comments and trailing commas are fine
        "extends": "../tsconfig.base",
      }`,
      "tsconfig.base.json":
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["app/src/*"], "@/lib/*": ["lib/*"], "exact": ["app/src/b"] } } }',
      "app/src/b.ts": "",
      "lib/c.ts": "",
      "plain/d.ts": "",
    };
    expect(resolve(files, "app/src/a.ts", "@/b")).toBe("app/src/b.ts");
    expect(resolve(files, "app/src/a.ts", "@/lib/c.js")).toBe("lib/c.ts");
    expect(resolve(files, "app/src/a.ts", "exact")).toBe("app/src/b.ts");
    expect(resolve(files, "app/src/a.ts", "plain/d")).toBe("plain/d.ts");
    expect(resolve(files, "app/src/a.ts", "@/missing")).toBe("external @/missing");
  });

  test.each([
    ["packages/one/lib/index.ts", '"main": "./dist/index.js", "types": "./dist/index.d.ts"'],
    ["packages/one/src/index.ts", '"types": "build/types/index.d.ts"'],
    ["packages/one/main.ts", '"main": "dist/main.js"'],
    ["packages/one/src/node/index.ts", '"exports": { ".": "./dist/node/index.js" }'],
    ["packages/one/src/index.ts", '"exports": { ".": "./dist/node/index.js" }'],
  ])("finds the source %s of what a build will write", (source, fields) => {
    const files = {
      "package.json": '{ "workspaces": ["packages/*"] }',
      "packages/one/package.json": `{ "name": "one", ${fields} }`,
      [source]: "",
      "packages/two/package.json": '{ "name": "two" }',
    };
    expect(resolve(files, "packages/two/src/a.ts", "one")).toBe(source);
  });

  test("finds packages of the workspace by their sources", () => {
    const files = {
      "pnpm-workspace.yaml":
        "packages:\n  - 'packages/*' # all\n  - \"tools/**\"\n  - '!tools/old'\n",
      "packages/one/package.json":
        '{ "name": "@org/one", "exports": { ".": "./dist/main.js", "./sub": { "types": "./dist/deep/sub.d.ts", "import": "./dist/deep/sub.js" } } }',
      "packages/one/src/main.ts": "",
      "packages/one/src/deep/sub.ts": "",
      "packages/one/src/other.ts": "",
      "packages/two/package.json":
        '{ "name": "two", "imports": { "#inner/*": "./src/*", "#x": "./src/x.ts" } }',
      "packages/two/src/index.ts": "",
      "packages/two/src/x.ts": "",
      "tools/a/b/package.json": '{ "name": "deep" }',
      "tools/a/b/index.js": "",
      "tools/old/package.json": '{ "name": "old" }',
      "tools/old/index.js": "",
    };
    const from = "packages/two/src/index.ts";
    expect(resolve(files, from, "@org/one")).toBe("packages/one/src/main.ts");
    expect(resolve(files, from, "@org/one/sub")).toBe("packages/one/src/deep/sub.ts");
    expect(resolve(files, from, "@org/one/other")).toBe("packages/one/src/other.ts");
    expect(resolve(files, from, "@org/one/lib/other")).toBe("packages/one/src/other.ts");
    expect(resolve(files, from, "two")).toBe("packages/two/src/index.ts");
    expect(resolve(files, from, "#x")).toBe("packages/two/src/x.ts");
    expect(resolve(files, from, "deep")).toBe("tools/a/b/index.js");
    expect(resolve(files, from, "old")).toBe("external old");
    expect(resolve(files, from, "three")).toBe("external three");
  });

  test("of a broken configuration is external, and nothing is thrown", () => {
    const files = {
      "package.json": '{ "workspaces": [1, null, "packages/*"], ',
      "tsconfig.json": '{ "compilerOptions": { "paths": [] } ',
      "packages/one/package.json": '{ "name": 1 }',
    };
    expect(resolve(files, "a.ts", "one")).toBe("external one");
  });

  test("that circles through extends ends", () => {
    const files = { "tsconfig.json": '{ "extends": "./tsconfig.json" }' };
    expect(resolve(files, "a.ts", "one")).toBe("external one");
  });
});

describe("declarations of installed packages", () => {
  function declarations(files: Readonly<Record<string, string>>, specifier: string): string {
    const resolution = new ModuleResolution(workspaceOf({ "src/a.ts": "", ...files }).snapshot);
    return resolution.declarationsOf("src/a.ts", specifier) ?? "none";
  }

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      "the nearest node_modules wins",
      { "node_modules/a/index.d.ts": "", "src/node_modules/a/index.d.ts": "" },
      "a",
      "src/node_modules/a/index.d.ts",
    ],
    [
      "typesVersions",
      {
        "node_modules/a/package.json": '{"typesVersions":{"*":{"*":["dist/*.d.ts"]}}}',
        "node_modules/a/dist/b.d.ts": "",
      },
      "a/b",
      "node_modules/a/dist/b.d.ts",
    ],
    [
      "a script's declarations stand beside it",
      {
        "node_modules/a/package.json": '{"exports":{"./*":"./lib/*.cjs"}}',
        "node_modules/a/lib/b.d.cts": "",
      },
      "a/b",
      "node_modules/a/lib/b.d.cts",
    ],
    [
      "a package without types has them in @types",
      { "node_modules/@s/a/index.js": "", "node_modules/@types/s__a/index.d.ts": "" },
      "@s/a",
      "node_modules/@types/s__a/index.d.ts",
    ],
    [
      "built-in modules",
      { "node_modules/@types/node/fs/promises.d.ts": "" },
      "fs/promises",
      "node_modules/@types/node/fs/promises.d.ts",
    ],
    ["what is not installed", { "node_modules/b/index.d.ts": "" }, "a", "none"],
  ])("%s", (_, files, specifier, expected) => {
    expect(declarations(files, specifier)).toBe(expected);
  });

  test("nothing is asked for where there is no node_modules", () => {
    const workspace = workspaceOf({ "src/a.ts": "" });
    new ModuleResolution(workspace.snapshot).declarationsOf("src/a.ts", "a");
    expect(workspace.snapshot.missing()).toEqual([]);
  });

  test("patterns of a package's own imports", () => {
    const files = {
      "package.json": '{"imports":{"#types/*":"./src/types/*.d.ts"}}',
      "src/types/b.d.ts": "",
    };
    expect(resolve(files, "src/a.ts", "#types/b")).toBe("src/types/b.d.ts");
  });
});
