import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser, type SourceParser } from "../../src/syntax/parser.ts";
import { loadAllRules } from "../harness/load-rules.ts";

interface Kernel {
  readonly rule: string;
  /** Of the finding in the buggy twin; two lines off still counts. */
  readonly line: number;
  readonly outcome: string;
  /** The version that its go.mod says. */
  readonly go: string;
}

const folder = join(import.meta.dirname, "go");
let parser: SourceParser;
beforeAll(async () => {
  parser = await loadParser(["go"]);
});

async function findingsIn(twin: string, go: string): Promise<readonly Finding[]> {
  const names = readdirSync(twin).filter((name) => name.endsWith(".go"));
  const texts = new Map(names.map((name) => [name, readFileSync(join(twin, name), "utf8")]));
  texts.set("go.mod", `module kernel\n\ngo ${go}\n`);
  const rules = await loadAllRules("go");
  return analyze({ files: names, snapshot: memorySnapshot(texts), languages, rules, parser }).findings;
}

describe.each(readdirSync(folder))("the kernel %s", (name) => {
  const kernel = JSON.parse(readFileSync(join(folder, name, "kernel.json"), "utf8")) as Kernel;

  it("is found in its buggy twin, with a trace", async () => {
    const findings = await findingsIn(join(folder, name, "buggy"), kernel.go);
    const near = findings.filter(({ rule, at }) => rule === kernel.rule && Math.abs(at.line - kernel.line) <= 2);
    expect(findings.map(({ rule, at }) => `${rule} at ${at.line}`)).toEqual([`${kernel.rule} at ${near[0]?.at.line}`]);
    if (kernel.outcome === "hang" || kernel.outcome === "leak") {
      expect(near[0]?.trace?.steps.some(({ waits }) => waits)).toBe(true);
    }
  });

  it("is silent on its fixed twin", async () => {
    expect(await findingsIn(join(folder, name, "fixed"), kernel.go)).toEqual([]);
  });
});
