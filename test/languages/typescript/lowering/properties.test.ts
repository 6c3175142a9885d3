import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FunctionModel, Terminator } from "../../../../src/model/function.ts";
import { ROOT } from "../../../harness/load-rules.ts";
import { programOf } from "./model-of.ts";

/** Packages that ship code that people wrote, or that a compiler made of it: all that the language has. */
const PACKAGES = [
  "typescript/lib",
  "fast-check/lib",
  "commander/lib",
  "ajv/lib",
  "yaml/dist",
  "pg-boss/dist",
  "probot/lib",
];
/** Of one package. UTF-16 units. */
const MOST_TEXT = 3_000_000;

function sourcesIn(folder: string): Record<string, string> {
  const texts: Record<string, string> = {};
  let size = 0;
  const root = join(ROOT, "node_modules", folder);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  for (const name of names) {
    if (!/\.[cm]?[jt]s$/.test(name) || /\.d\.[cm]?ts$/.test(name)) continue;
    const path = join(root, name);
    if (!statSync(path).isFile() || size + statSync(path).size > MOST_TEXT) continue;
    texts[`${folder}/${name}`] = readFileSync(path, "utf8");
    size += statSync(path).size;
  }
  return texts;
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

/** What is wrong with a model: an operation outside of its function, a block that leads nowhere. */
function complaints(model: FunctionModel, text: string): string[] {
  const wrong: string[] = [];
  model.blocks.forEach(({ operations, end }, block) => {
    for (const { kind, at } of operations) {
      // A constructor also runs the initializers of its class.
      const isInside = at.start >= model.at.start && at.end <= model.at.end;
      if (!isInside && !model.name.endsWith("constructor"))
        wrong.push(`${model.id} ${kind} outside`);
      if (at.start > at.end || at.end > text.length) wrong.push(`${model.id} ${kind} has no span`);
      if (
        kind === "await" &&
        !/\b(await|yield|using)\b/.test(text.slice(model.at.start, model.at.end))
      )
        wrong.push(`${model.id} awaits at ${at.start} without a word for it`);
    }
    for (const target of targets(end))
      if (!model.blocks[target]) wrong.push(`${model.id} block ${block} leads to ${target}`);
  });
  return wrong;
}

describe.each(PACKAGES)("every function of %s", (folder) => {
  it("is lowered, and every operation maps back to its text", () => {
    const texts = sourcesIn(folder);
    const program = programOf(texts);
    let lowered = 0;
    const wrong: string[] = [];
    for (const { id, file } of program.functions) {
      const model = program.model(id);
      if (!model) continue;
      lowered++;
      wrong.push(...complaints(model, texts[file] ?? ""));
    }
    expect(wrong).toEqual([]);
    expect(lowered).toBeGreaterThan(20);
  });
});
