import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser, type SourceParser } from "../../src/syntax/parser.ts";
import { loadAllRules } from "../harness/load-rules.ts";

interface Kernel {
  readonly rule: string;
  /** Of the finding in the buggy twin; two lines off still counts. */
  readonly line: number;
  /** Where the package has several. */
  readonly file?: string;
  /** We don't find it yet: kept so that the score is honest, and so that we learn when it changes. */
  readonly isMissed?: boolean;
  readonly outcome: string;
  /** The version that its go.mod says. */
  readonly go: string;
}

const folder = join(import.meta.dirname, "go");
let parser: SourceParser;
beforeAll(async () => {
  parser = await loadParser(["go"]);
});

async function findingsIn(
  twin: string,
  go: string,
  isAsked: (rule: Rule) => boolean = () => true,
  inPackage: (file: string) => string = (file) => file,
): Promise<readonly Finding[]> {
  const names = readdirSync(twin, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".go"),
  );
  // Where the runner puts them, which packages of a kernel import each other by.
  const nameOf = (file: string) => `kernel/${file.includes("/") ? file : inPackage(file)}`;
  const texts = new Map(
    names.map((name) => [nameOf(name), readFileSync(join(twin, name), "utf8")]),
  );
  texts.set("go.mod", `module scratch\n\ngo ${go}\n`);
  // Kernels are about concurrency: what else could be said of their style, all remarks included, is not.
  const rules = (await loadAllRules("go")).filter((rule) => rule.group !== "interfaces" && isAsked(rule));
  const request = { files: names.map(nameOf), snapshot: memorySnapshot(texts), languages, rules, parser };
  return analyze(request).findings.filter(({ severity }) => severity !== "info");
}

describe.each(readdirSync(folder))("the kernel %s", (name) => {
  const kernel = JSON.parse(readFileSync(join(folder, name, "kernel.json"), "utf8")) as Kernel;

  it(kernel.isMissed ? "is still missed" : "is found in its buggy twin, with a trace", async () => {
    const findings = await findingsIn(join(folder, name, "buggy"), kernel.go);
    const near = findings.filter(
      ({ rule, at }) =>
        rule === kernel.rule &&
        (kernel.file === undefined || at.file === `kernel/${kernel.file}`) &&
        Math.abs(at.line - kernel.line) <= 2,
    );
    // One fault may be told at several of its places, by one rule.
    expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(
      kernel.isMissed ? [] : [kernel.rule],
    );
    if (kernel.isMissed) return;
    expect(near).not.toEqual([]);
    // Who loses a cancel function waits nowhere himself, nor does who spins.
    const isBlocking = kernel.outcome === "hang" || kernel.outcome === "leak";
    if (isBlocking && !["go/lost-cancel", "go/spin-loop"].includes(kernel.rule)) {
      expect(near[0]?.trace?.steps.some(({ waits }) => waits)).toBe(true);
    }
  });

  // Collections of bugs, suites and harnesses keep all of a program in files of tests.
  it("is known as well where the package has nothing but tests", async () => {
    const twin = join(folder, name, "buggy");
    const asTest = (file: string) => `${file.slice(0, -3)}_test.go`;
    const findings = await findingsIn(twin, kernel.go, undefined, asTest);
    expect(findings.some(({ rule }) => rule === kernel.rule)).toBe(!kernel.isMissed);
  });

  it("is silent on its fixed twin", async () => {
    expect(await findingsIn(join(folder, name, "fixed"), kernel.go)).toEqual([]);
  });
});

/** Programs that look guilty and are not, in no twins. Rules on trial may still be wrong about them. */
const harmless = join(import.meta.dirname, "harmless");

describe.each(readdirSync(harmless))("the harmless program %s", (name) => {
  it("is left alone", async () => {
    expect(await findingsIn(join(harmless, name), "1.25", ({ stage }) => stage !== "trial")).toEqual([]);
  });
});
