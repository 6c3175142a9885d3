import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser, type SourceParser } from "../../src/syntax/parser.ts";
import { everyOrder, type Scenario } from "../harness/every-order.ts";
import { loadAllRules } from "../harness/load-rules.ts";

interface Kernel {
  readonly rule: string;
  /** Of the finding in the buggy twin; two lines off still counts. */
  readonly line: number;
  /** Where the package has several. */
  readonly file?: string;
  /** We don't find it yet: kept so that the score is honest, and so that we learn when it changes. */
  readonly isMissed?: boolean;
  /** What the driver sees in some order of the buggy twin. */
  readonly outcome: string;
}

/** A kernel's driver.ts: a scenario for either twin. */
interface Driver {
  scenario(twin: unknown): Scenario;
}

const folder = join(import.meta.dirname, "typescript");
let parser: SourceParser;
beforeAll(async () => {
  parser = await loadParser(["typescript", "tsx"]);
});

async function findingsIn(twin: string): Promise<readonly Finding[]> {
  const names = readdirSync(twin);
  const texts = new Map(names.map((name) => [name, readFileSync(join(twin, name), "utf8")]));
  // Kernels are about concurrency: what else could be said of their style is not, nor what rules on trial say.
  const rules = (await loadAllRules("typescript")).filter(
    ({ group, stage }) => group !== "interfaces" && stage !== "trial",
  );
  const snapshot = memorySnapshot(texts);
  const { findings } = analyze({ files: names, snapshot, languages, rules, parser });
  // What is low is not shown by default.
  return findings.filter(({ confidence }) => confidence !== "low");
}

function told({ rule, at }: Finding): string {
  return `${rule} at ${at.line}`;
}

async function proven(name: string, twin: "buggy" | "fixed") {
  const [file] = readdirSync(join(folder, name, twin));
  const driver = (await import(join(folder, name, "driver.ts"))) as Driver;
  const module: unknown = await import(join(folder, name, twin, file ?? ""));
  return await everyOrder(driver.scenario(module));
}

const names = existsSync(folder) ? readdirSync(folder) : [];

describe.each(names)("the kernel %s", (name) => {
  const kernel = JSON.parse(readFileSync(join(folder, name, "kernel.json"), "utf8")) as Kernel;

  it("goes wrong in some order, and its fixed twin in none", async () => {
    const buggy = await proven(name, "buggy");
    expect(buggy.wrong).toContain(kernel.outcome);
    const fixed = await proven(name, "fixed");
    expect(fixed.wrong).toEqual([]);
  });

  it(kernel.isMissed ? "is still missed" : "is found in its buggy twin", async () => {
    const findings = await findingsIn(join(folder, name, "buggy"));
    if (kernel.isMissed) {
      expect(findings.map(told)).toEqual([]);
      return;
    }
    const near = findings.filter(
      ({ rule, at }) =>
        rule === kernel.rule &&
        at.file === (kernel.file ?? at.file) &&
        Math.abs(at.line - kernel.line) <= 2,
    );
    expect(findings.map(told)).toEqual([
      `${kernel.rule} at ${near[0]?.at.line ?? kernel.line}`,
    ]);
  });

  it("is silent on its fixed twin", async () => {
    expect((await findingsIn(join(folder, name, "fixed"))).map(told)).toEqual([]);
  });
});

/** Programs that look guilty and are not, in no twins. */
const harmless = join(import.meta.dirname, "typescript-harmless");

describe.each(readdirSync(harmless))("the harmless program %s", (name) => {
  it("is left alone", async () => {
    expect((await findingsIn(join(harmless, name))).map(told)).toEqual([]);
  });
});
