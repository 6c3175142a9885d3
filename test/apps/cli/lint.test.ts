import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING, lintJson } from "./in-process.ts";

const where = (report: Awaited<ReturnType<typeof lintJson>>) =>
  report.findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);

describe("lint", () => {
  it("prints findings, says what was understood, and exits with 1", async () => {
    const root = temporaryTree({ "src/a.ts": FLOATING });
    const { code, out, said } = await chokepoint(root, ["lint", "--format", "concise"]);
    expect(out).toMatch(/^src\/a\.ts:5:3: error: .* \[ts\/floating-promise\]\n$/);
    expect(said).toMatch(
      /^understood: 1 file, .*; \d+ modelled, \d+ unknown, \d+ out of budget\n$/,
    );
    expect(code).toBe(1);
  });

  it("exits with 0 where there is nothing to say", async () => {
    const root = temporaryTree({ "a.ts": "export const x = 1;\n" });
    expect(await chokepoint(root, ["lint", "-f", "concise"])).toMatchObject({ code: 0, out: "" });
  });

  it("prints one JSON object of the documented form", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const report = await lintJson(root);
    expect(report).toMatchObject({
      version: 1,
      tool: { name: "chokepoint", version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      findings: [
        {
          rule: "ts/floating-promise",
          severity: "error",
          confidence: expect.stringMatching(/high|medium/),
          file: "a.ts",
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: expect.any(Number),
          message: expect.any(String),
          fingerprint: expect.stringMatching(/^[0-9a-f]{20}$/),
          related: expect.any(Array),
          fixes: expect.any(Array),
        },
      ],
      notices: [],
      stats: { files: 1, lines: 7, functions: expect.any(Number), milliseconds: 0 },
    });
  });

  it("shows paths relative to the working directory, wherever that is", async () => {
    const root = temporaryTree({ ".git/HEAD": "", "app/src/a.ts": FLOATING, "lib/b.ts": FLOATING });
    expect(where(await lintJson(join(root, "app")))).toEqual(["src/a.ts:5 ts/floating-promise"]);
    expect(where(await lintJson(join(root, "app"), ["../lib"]))).toEqual([
      "../lib/b.ts:5 ts/floating-promise",
    ]);
    const elsewhere = temporaryTree();
    const [first = ""] = where(await lintJson(elsewhere, [root]));
    expect(first).toMatch(/^\.\.\/chokepoint-test-\w+\/app\/src\/a\.ts:5 /);
  });

  it("runs some rules alone, or all but some, by our names and by others'", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    expect(where(await lintJson(root, ["--only", "ts/return-await"]))).toEqual([]);
    expect(where(await lintJson(root, ["--only", "ts/*"]))).toHaveLength(1);
    expect(
      where(await lintJson(root, ["--only", "@typescript-eslint/no-floating-promises"])),
    ).toHaveLength(1);
    expect(where(await lintJson(root, ["--skip", "ts/floating-promise"]))).toEqual([]);
  });

  it("runs a rule that the configuration has off when it is asked for alone", async () => {
    const root = temporaryTree({
      "a.ts": FLOATING,
      ".chokepoint.yml": "rules: { ts/floating-promise: off }",
    });
    expect(where(await lintJson(root))).toEqual([]);
    expect(where(await lintJson(root, ["--only", "ts/floating-promise"]))).toHaveLength(1);
  });

  it("fails from the severity on that is asked for", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const codeWith = async (...words: string[]) =>
      (await chokepoint(root, ["lint", ...words])).code;
    expect(await codeWith("--fail-on", "error")).toBe(1);
    expect(await codeWith("--fail-on", "never")).toBe(0);
    const mild = temporaryTree({
      "a.ts": FLOATING,
      ".chokepoint.yml": "rules: { ts/floating-promise: info }",
    });
    expect((await chokepoint(mild, ["lint"])).code).toBe(0);
    expect((await chokepoint(mild, ["lint", "--fail-on", "info"])).code).toBe(1);
  });

  it("honours suppressions, unless they are to count for nothing", async () => {
    const text = FLOATING.replace(
      "save();\n}",
      "save(); // chokepoint:ignore ts/floating-promise -- shown elsewhere\n}",
    );
    const root = temporaryTree({ "a.ts": text });
    expect(where(await lintJson(root))).toEqual([]);
    expect(where(await lintJson(root, ["--no-ignore-comments"]))).toHaveLength(1);
  });

  it("reports a suppression that silences nothing", async () => {
    const root = temporaryTree({
      "a.ts": "// chokepoint:ignore ts/floating-promise -- old\nexport const x = 1;\n",
    });
    expect(where(await lintJson(root))).toEqual(["a.ts:1 chokepoint/useless-suppression"]);
    expect(where(await lintJson(root, ["--skip", "chokepoint/useless-suppression"]))).toEqual([]);
  });

  it("judges standard input as the file that it is said to be", async () => {
    const root = temporaryTree({ "package.json": "{}" });
    const words = ["lint", "-f", "concise", "--stdin-filename", "src/new.ts", "-"];
    const { code, out } = await chokepoint(root, words, FLOATING);
    expect(out).toMatch(/^src\/new\.ts:5:3: /);
    expect(code).toBe(1);
  });

  it("writes several formats in one run, each to its place", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const { out } = await chokepoint(root, ["lint", "-f", "concise", "-f", "json=report.json"]);
    expect(out).toMatch(/^a\.ts:5:3: /);
    const report = JSON.parse(readFileSync(join(root, "report.json"), "utf8"));
    expect(report.findings).toHaveLength(1);
  });

  it("leaves what a baseline knows", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const [finding] = (await lintJson(root)).findings;
    const known = [{ fingerprint: finding?.fingerprint, rule: "", message: "" }];
    const directory = temporaryTree({ "base.json": JSON.stringify({ version: 1, known }) });
    const { code } = await chokepoint(root, ["lint", "--baseline", join(directory, "base.json")]);
    expect(code).toBe(0);
  });

  it("prints what everything cost when asked, and findings alone when told to be quiet", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const timed = await chokepoint(root, ["lint", "--timing"]);
    expect(timed.said).toMatch(/ms +1 × ts\/floating-promise/);
    const quiet = await chokepoint(root, ["lint", "-f", "concise", "--quiet"]);
    expect(quiet).toMatchObject({ said: "", code: 1, out: expect.stringContaining("a.ts:5:3") });
  });

  it("never prints escape sequences to what is no terminal, unless told to", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const sequence = "\u001b";
    expect((await chokepoint(root, ["lint"])).out).not.toContain(sequence);
    expect((await chokepoint(root, ["lint", "-f", "concise", "--color", "always"])).code).toBe(1);
  });
});
