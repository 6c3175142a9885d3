import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { exploredFunctions } from "../../../src/analysis/explored-functions.ts";
import { createUse, seed } from "../../../src/core/analysis.ts";
import { memorySnapshot } from "../../../src/core/snapshot.ts";
import { tally } from "../../../src/core/tally.ts";
import { createWorkspace } from "../../../src/engine/workspace.ts";
import { goLanguage } from "../../../src/languages/go/go-language.ts";
import { program } from "../../../src/model/program.ts";
import { loadParser } from "../../../src/syntax/parser.ts";
import { ROOT } from "../../harness/load-rules.ts";
import { replay } from "./replay.ts";

const parser = await loadParser(["go"]);

it.each([
  "test/kernels/go",
  "test/kernels/harmless",
  "test/fixtures/go",
])("every trace of the explorer over %s can be followed, and ends as it says", {
  timeout: 120_000,
}, (root) => {
  let replayed = 0;
  const complaints: string[] = [];
  for (const [directory, texts] of packagesBelow(join(ROOT, root))) {
    const workspace = createWorkspace(memorySnapshot(texts), parser, [goLanguage]);
    const unit = { language: "go" as const, directory: "", files: goFiles(texts) };
    const { seeds } = goLanguage.open(unit, workspace);
    const use = createUse([...seeds, seed(tally, { outOfBudget: 0 })]);
    for (const { model, stuck, crashed } of use(exploredFunctions))
      for (const claim of [...stuck, ...crashed]) {
        replayed++;
        const complaint = replay(use(program), model, claim);
        if (complaint) complaints.push(`${directory} ${model.name}: ${complaint}`);
      }
  }
  expect(complaints).toEqual([]);
  if (root !== "test/kernels/harmless") expect(replayed).toBeGreaterThan(20);
});

function packagesBelow(root: string): Map<string, Map<string, string>> {
  const packages = new Map<string, Map<string, string>>();
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((one) => one.endsWith(".go")).sort()) {
    const texts =
      packages.get(dirname(name)) ?? new Map([["go.mod", "module kernel\n\ngo 1.25\n"]]);
    packages.set(
      dirname(name),
      texts.set(name.replace(/.*\//, ""), readFileSync(join(root, name), "utf8")),
    );
  }
  return packages;
}

function goFiles(texts: ReadonlyMap<string, string>): string[] {
  return [...texts.keys()].filter((name) => name.endsWith(".go")).sort();
}
