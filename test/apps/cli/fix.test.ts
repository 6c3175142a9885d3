import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, temporaryRepository, temporaryTree, write } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING } from "./in-process.ts";

/** `load` is returned without await inside a try: a safe fix. */
const RETURNED = `export async function load(): Promise<number> {
  return (await fetch("/")).status;
}
export async function get(): Promise<number> {
  try {
    return load();
  } catch {
    return 0;
  }
}
`;
const AWAITED = RETURNED.replace("    return load()", "    return await load()");

const read = (root: string, path: string) => readFileSync(join(root, path), "utf8");

describe("lint --fix", () => {
  it("applies safe fixes, reports what is left, and keeps modes and line ends", async () => {
    const windows = RETURNED.replaceAll("\n", "\r\n");
    const root = temporaryTree({ "a.ts": RETURNED, "b.ts": FLOATING, "w.ts": `\ufeff${windows}` });
    chmodSync(join(root, "a.ts"), 0o755);
    const { code, out, said } = await chokepoint(root, ["lint", "--fix", "-f", "concise"]);
    expect(read(root, "a.ts")).toBe(AWAITED);
    expect(read(root, "w.ts")).toBe(`\ufeff${AWAITED.replaceAll("\n", "\r\n")}`);
    expect(statSync(join(root, "a.ts")).mode & 0o777).toBe(0o755);
    expect(read(root, "b.ts")).toBe(FLOATING);
    expect(said).toContain("fixed 2 findings in 2 files\n");
    expect(out).toMatch(/^b\.ts:5:3: error: .*\n$/);
    expect(code).toBe(1);
  });

  it("applies the others when asked, until nothing is left to fix", async () => {
    const root = temporaryTree({ "a.ts": RETURNED, "b.ts": FLOATING });
    const { code, out } = await chokepoint(root, ["lint", "--fix-suggestions", "-f", "concise"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(read(root, "b.ts")).not.toBe(FLOATING);
  });

  it("fixes nothing that is silenced or that nobody asked to judge", async () => {
    const silenced = RETURNED.replace(
      "    return load",
      "    // chokepoint:ignore ts/return-await -- fine\n    return load",
    );
    const root = temporaryTree({ "a.ts": silenced, "sub/b.ts": RETURNED });
    await chokepoint(root, ["lint", "--fix", "a.ts"]);
    expect(read(root, "a.ts")).toBe(silenced);
    expect(read(root, "sub/b.ts")).toBe(RETURNED);
  });

  it("shows with --diff what it would write, and writes nothing", async () => {
    const root = temporaryTree({ "a.ts": RETURNED, "b.ts": FLOATING });
    const { code, out } = await chokepoint(root, ["lint", "--diff"]);
    expect(out).toBe(
      [
        "--- a/a.ts",
        "+++ b/a.ts",
        "@@ -3,7 +3,7 @@",
        " }",
        " export async function get(): Promise<number> {",
        "   try {",
        "-    return load();",
        "+    return await load();",
        "   } catch {",
        "     return 0;",
        "   }",
        "",
      ].join("\n"),
    );
    expect(code).toBe(1);
    expect(read(root, "a.ts")).toBe(RETURNED);
    expect((await chokepoint(root, ["lint", "--diff", "b.ts"])).code).toBe(0);
  });

  it("prints a diff that git applies", async () => {
    const root = temporaryRepository({ "a.ts": RETURNED });
    const { out } = await chokepoint(root, ["lint", "--diff"]);
    writeFileSync(join(root, "fix.patch"), out);
    git(root, "apply", "fix.patch");
    expect(read(root, "a.ts")).toBe(AWAITED);
  });

  it("does not pretend to fix standard input in place", async () => {
    const words = ["lint", "-", "--stdin-filename", "a.ts"];
    const { code, said } = await chokepoint(temporaryTree(), [...words, "--fix"], RETURNED);
    expect(code).toBe(2);
    expect(said).toContain("--diff");
    const { out } = await chokepoint(temporaryTree(), [...words, "--diff"], RETURNED);
    expect(out).toContain("+    return await load();");
  });
});

describe("lint --staged --fix", () => {
  it("fixes what is staged, in the index and on disk", async () => {
    const root = temporaryRepository({ "a.ts": "export const one = 1;\n", "old.ts": RETURNED });
    write(root, { "a.ts": RETURNED });
    git(root, "add", "a.ts");
    const { code, said } = await chokepoint(root, ["lint", "--staged", "--fix"]);
    expect(said).toContain("fixed 1 finding in 1 file\n");
    expect(code).toBe(0);
    expect(git(root, "show", ":a.ts")).toBe(AWAITED);
    expect(read(root, "a.ts")).toBe(AWAITED);
    expect(git(root, "status", "--porcelain")).toBe("M  a.ts\n");
    expect(read(root, "old.ts")).toBe(RETURNED);
  });

  it("refuses where a file is staged in part, and changes nothing", async () => {
    const root = temporaryRepository({ "a.ts": "export const one = 1;\n" });
    write(root, { "a.ts": RETURNED });
    git(root, "add", "a.ts");
    write(root, { "a.ts": `${RETURNED}// more\n` });
    const { code, said } = await chokepoint(root, ["lint", "--staged", "--fix"]);
    expect(code).toBe(2);
    expect(said).toContain("a.ts on disk is not what is staged");
    expect(git(root, "show", ":a.ts")).toBe(RETURNED);
  });
});
