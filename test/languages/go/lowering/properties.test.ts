import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createUse } from "../../../../src/core/analysis.ts";
import { memorySnapshot } from "../../../../src/core/snapshot.ts";
import { goLanguage } from "../../../../src/languages/go/go-language.ts";
import type { FunctionModel, Terminator } from "../../../../src/model/function.ts";
import { program } from "../../../../src/model/program.ts";
import { loadParser } from "../../../../src/syntax/parser.ts";
import type { Tree } from "../../../../src/syntax/tree.ts";
import { ROOT } from "../../../harness/load-rules.ts";
import { goTree } from "../go-tree.ts";

const sources = goTree();
const parser = await loadParser(["go"]);

/** Go files below a folder by path, without testdata, as packages of one folder each. */
function packagesBelow(root: string): Map<string, Map<string, string>> {
  const packages = new Map<string, Map<string, string>>();
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (!name.endsWith(".go") || /(^|\/)testdata\//.test(name)) continue;
    const path = join(root, name);
    if (!statSync(path).isFile()) continue;
    const folder = dirname(name);
    const texts = packages.get(folder) ?? new Map<string, string>();
    packages.set(folder, texts.set(name, readFileSync(path, "utf8")));
  }
  return packages;
}

function targets(end: Terminator): readonly number[] {
  switch (end.kind) {
    case "goto":
      return [end.to];
    case "branch":
      return [end.then, end.otherwise];
    case "switch":
      return end.targets;
    case "loop":
      return [end.body, end.exit];
    case "select":
      return [
        ...end.cases.map(({ to }) => to),
        ...(end.otherwise === undefined ? [] : [end.otherwise]),
      ];
    default:
      return [];
  }
}

/** The text that an operation stands for has to have its word in it. */
const WORDS: Readonly<Record<string, RegExp>> = {
  send: /<-/,
  close: /close|\(/,
  spawn: /\bgo\b|Go\(|AfterFunc|\(/,
  defer: /\bdefer\b/,
};

function complaints(model: FunctionModel, text: string): string[] {
  const wrong: string[] = [];
  model.blocks.forEach(({ operations, end }, block) => {
    for (const { kind, at } of operations) {
      const where = `${model.id} ${kind} at ${at.start}`;
      // A package's initializer collects what stands all over its files.
      const isInside = at.start >= model.at.start && at.end <= model.at.end;
      if (!isInside && model.role !== "initializer") wrong.push(`${where} is outside`);
      if (at.start > at.end || at.end > text.length) wrong.push(`${where} has no span`);
      if (WORDS[kind]?.test(text.slice(at.start, at.end)) === false)
        wrong.push(`${where} is ${text.slice(at.start, at.end)}`);
    }
    for (const target of targets(end))
      if (!model.blocks[target]) wrong.push(`${model.id} block ${block} leads to ${target}`);
  });
  return wrong;
}

function lowerAll(packages: ReadonlyMap<string, ReadonlyMap<string, string>>) {
  const wrong: string[] = [];
  let lowered = 0;
  for (const [directory, texts] of packages) {
    const trees = new Map<string, Tree | undefined>();
    const workspace = {
      snapshot: memorySnapshot(texts),
      parse(path: string) {
        if (!trees.has(path)) {
          const text = texts.get(path);
          const parsed = text === undefined ? undefined : parser.parse(text, "go");
          trees.set(path, parsed?.ok ? parsed.tree : undefined);
        }
        return trees.get(path);
      },
      generation: 0,
      parsed: (path: string) => trees.get(path),
      parseText: () => undefined,
    };
    const unit = { language: "go", directory, files: [...texts.keys()] } as const;
    const functions = createUse(goLanguage.open(unit, workspace).seeds)(program);
    for (const { id, file } of functions.functions) {
      const model = functions.model(id);
      if (!model) continue;
      lowered++;
      wrong.push(...complaints(model, texts.get(file) ?? ""));
    }
  }
  return { wrong, lowered };
}

describe("every Go function is lowered, and every operation maps back to its text", () => {
  it("in the fixtures and kernels of this repository", () => {
    const { wrong, lowered } = lowerAll(packagesBelow(join(ROOT, "test")));
    expect(wrong).toEqual([]);
    expect(lowered).toBeGreaterThan(200);
  });

  it.skipIf(!sources)(
    "in the Go tree",
    () => {
      const { wrong, lowered } = lowerAll(packagesBelow(sources ?? ""));
      expect(wrong).toEqual([]);
      expect(lowered).toBeGreaterThan(40_000);
    },
    300_000,
  );
});
