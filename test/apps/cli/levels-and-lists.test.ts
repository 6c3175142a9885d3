import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING, lintJson } from "./in-process.ts";

describe("the levels of rules", () => {
  it("are set for one run by -A, -W and -D, whatever the configuration says", async () => {
    const root = temporaryTree({
      "a.ts": FLOATING,
      ".chokepoint.yml": "rules: { ts/floating-promise: info }\n",
    });
    const severities = async (...words: string[]) =>
      (await lintJson(root, words)).findings.map(({ severity }) => severity);
    expect(await severities()).toEqual(["info"]);
    expect(await severities("-D", "ts/floating-promise")).toEqual(["error"]);
    expect(await severities("-W", "no-floating-promises")).toEqual(["warning"]);
    expect(await severities("-A", "ts/floating-promise")).toEqual([]);
    expect((await chokepoint(root, ["lint", "-D", "ts/floating-promises"])).said).toContain(
      "did you mean `ts/floating-promise`?",
    );
  });

  it("fail a run by the number of warnings", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const lint = (most: string) =>
      chokepoint(root, ["lint", "-W", "ts/*", "--fail-on", "error", "--max-warnings", most]);
    expect((await lint("1")).code).toBe(0);
    expect((await lint("0")).code).toBe(1);
    expect((await lint("many")).code).toBe(2);
  });

  it("are counted by --statistics", async () => {
    const silenced = FLOATING.replace(
      "  save();",
      "  save(); // chokepoint:ignore ts/floating-promise -- meant",
    );
    const root = temporaryTree({ "a.ts": FLOATING, "b.ts": silenced });
    const { said } = await chokepoint(root, ["lint", "--statistics"]);
    expect(said).toContain("     1 ts/floating-promise (and 1 not shown)\n");
  });
});

describe("lists of paths", () => {
  const tree = () => temporaryTree({ "a.ts": FLOATING, "b c.ts": FLOATING, "d.ts": FLOATING });
  const files = (out: string) =>
    out
      .split("\n")
      .map((line) => line.split(":")[0])
      .filter(Boolean);

  it("come from a file, from standard input, by lines or by NUL, and from @FILE", async () => {
    const root = temporaryTree({
      "a.ts": FLOATING,
      "b c.ts": FLOATING,
      "d.ts": FLOATING,
      "list.txt": "a.ts\r\nb c.ts\r\n",
    });
    const lint = ["lint", "-f", "concise"];
    expect(files((await chokepoint(root, [...lint, "--files-from", "list.txt"])).out)).toEqual([
      "a.ts",
      "b c.ts",
    ]);
    expect(
      files((await chokepoint(root, [...lint, "--files-from", "-"], "b c.ts\0d.ts\0")).out),
    ).toEqual(["b c.ts", "d.ts"]);
    expect(files((await chokepoint(root, [...lint, "@list.txt", "d.ts"])).out)).toEqual([
      "a.ts",
      "b c.ts",
      "d.ts",
    ]);
  });

  it("that are not there are named", async () => {
    const { code, said } = await chokepoint(tree(), ["lint", "--files-from", "nothing.txt"]);
    expect(code).toBe(2);
    expect(said).toContain("--files-from nothing.txt cannot be read");
  });
});
