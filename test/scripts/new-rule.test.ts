import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { newRuleFiles } from "../../scripts/new-rule-files.ts";
import type { Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser } from "../../src/syntax/parser.ts";
import { ROOT } from "../harness/load-rules.ts";
import { compare } from "../harness/wants.ts";

/** Inside the package, so that `#kit` means what it means in `rules/`. */
function writeOut(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(ROOT, "test/scripts/new-rule-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe("new-rule", () => {
  it.each([
    "go/some-fault",
    "ts/some-fault",
  ])("writes for %s a rule that loads and a fixture that it meets", async (id) => {
    const files = newRuleFiles(id);
    const [rulePath = "", fixturePath = ""] = files.keys();
    const folder = writeOut(files);
    const { default: rule } = (await import(join(folder, rulePath))) as { default: Rule };
    expect(rule.id).toBe(id);
    const name = basename(fixturePath);
    const text = files.get(fixturePath) ?? "";
    const { findings } = analyze({
      files: [name],
      snapshot: memorySnapshot(new Map([[name, text]])),
      languages,
      rules: [rule],
      parser: await loadParser(["go", "typescript"]),
    });
    expect(compare(name, text, findings)).toEqual([]);
    expect(findings).toHaveLength(1);
  });

  it("names the form of an id for what is none", () => {
    expect(() => newRuleFiles("double-lock")).toThrow(/go\/<noun-phrase> or ts\/<noun-phrase>/);
  });
});
