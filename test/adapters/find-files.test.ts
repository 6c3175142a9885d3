import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type FindFilesRequest, findFiles } from "../../src/adapters/find-files.ts";
import { temporaryTree } from "./temporary-tree.ts";

function find(root: string, paths: string[] = ["."], more: Partial<FindFilesRequest> = {}) {
  const full = paths.map((path) => join(root, path));
  const includes = () => true;
  const extensions = [".go", ".ts", ".js"];
  return findFiles({ root, paths: full, extensions, includes, forceExclude: false, ...more }).files;
}

describe("finding files", () => {
  it("takes the languages' files in every directory, sorted", () => {
    const root = temporaryTree({ "b.go": "", "a/c.ts": "", "a/deep/er/d.go": "", "README.md": "" });
    expect(find(root)).toEqual(["a/c.ts", "a/deep/er/d.go", "b.go"]);
    expect(find(root, ["a/deep", "b.go"])).toEqual(["a/deep/er/d.go", "b.go"]);
  });

  it("leaves out other people's code, data, and what was built or minified", () => {
    const root = temporaryTree({
      "vendor/x/a.go": "",
      "node_modules/x/a.js": "",
      "pkg/testdata/a.go": "",
      "codemods/__testfixtures__/a.input.tsx": "",
      "test/__fixtures__/a.ts": "",
      "dist/a.js": "",
      "dist/tool.go": "",
      "a.min.js": "",
      ".git/hooks/a.js": "",
      "kept.js": "",
    });
    expect(find(root)).toEqual(["dist/tool.go", "kept.js"]);
  });

  it("follows .gitignore on every level, the nearest first, and .git/info/exclude", () => {
    const root = temporaryTree({
      ".git/info/exclude": "private.go\n",
      ".gitignore": "*.gen.go\n/build/\nlogs\n",
      "sub/.gitignore": "!keep.gen.go\nlocal.go\n",
      "a.gen.go": "",
      "private.go": "",
      "build/a.go": "",
      "sub/build/a.go": "",
      "sub/keep.gen.go": "",
      "sub/other.gen.go": "",
      "sub/local.go": "",
      "local.go": "",
      "sub/logs/a.go": "",
    });
    expect(find(root)).toEqual(["local.go", "sub/build/a.go", "sub/keep.gen.go"]);
    expect(find(root, ["sub"])).toEqual(["sub/build/a.go", "sub/keep.gen.go"]);
  });

  it("leaves out what .gitattributes calls generated or vendored", () => {
    const root = temporaryTree({
      ".gitattributes":
        "*.pb.go linguist-generated=true\nthird/** linguist-vendored\nthird/own.go -linguist-vendored\n",
      "a.pb.go": "",
      "third/b.go": "",
      "third/own.go": "",
      "c.go": "",
    });
    expect(find(root)).toEqual(["c.go", "third/own.go"]);
  });

  it("takes what is named, ignored or not, unless it is told not to", () => {
    const root = temporaryTree({
      ".gitignore": "gen/\n",
      "gen/a.go": "",
      "vendor/b.go": "",
      "c.txt": "",
    });
    const named = ["gen/a.go", "vendor/b.go", "c.txt"];
    expect(find(root, named)).toEqual(["gen/a.go", "vendor/b.go"]);
    expect(find(root, ["gen", "vendor"])).toEqual(["gen/a.go", "vendor/b.go"]);
    expect(find(root, [...named, "gen", "vendor"], { forceExclude: true })).toEqual([]);
  });

  it("asks the configuration, also about named files when told to", () => {
    const root = temporaryTree({ "a.go": "", "b.go": "" });
    const includes = (file: string) => file !== "b.go";
    expect(find(root, ["."], { includes })).toEqual(["a.go"]);
    expect(find(root, ["b.go"], { includes })).toEqual(["b.go"]);
    expect(find(root, ["b.go"], { includes, forceExclude: true })).toEqual([]);
  });

  it("follows no symbolic links, so that no loop can catch it", () => {
    const root = temporaryTree({ "a/b.go": "" });
    symlinkSync("..", join(root, "a/up"));
    symlinkSync("a", join(root, "twin"));
    symlinkSync("a/b.go", join(root, "c.go"));
    expect(find(root)).toEqual(["a/b.go"]);
    expect(find(root, ["c.go"])).toEqual(["c.go"]);
  });

  it("walks a thousand directories deep", () => {
    const deep = `${Array(1000).fill("d").join("/")}/a.go`;
    expect(find(temporaryTree({ [deep]: "" }))).toEqual([deep]);
  });
});
