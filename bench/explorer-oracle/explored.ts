import { explore } from "../../src/analysis/explorer/explore.ts";
import { createUse } from "../../src/core/analysis.ts";
import { invariant } from "../../src/core/invariant.ts";
import { lineAt, lineStarts } from "../../src/core/position.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { createWorkspace } from "../../src/engine/workspace.ts";
import { goLanguage } from "../../src/languages/go/go-language.ts";
import type { Operation } from "../../src/model/operation.ts";
import { type Program, program } from "../../src/model/program.ts";
import type { SourceParser } from "../../src/syntax/parser.ts";
import { textOf } from "./code.ts";
import type { GoCase } from "./generate.ts";
import { SUPPORT } from "./run-go.ts";

/** What the explorer says of a program, in the words of `Observed`. */
export interface Explored {
  readonly stuck: ReadonlySet<string>;
  readonly panics: ReadonlySet<string>;
  /** It did not see everything: out of budget, or something was not followed. What it says holds all the same. */
  readonly isPartial: boolean;
}

/** A case of a select panics at the select, unless it is the only one. */
function startOf(functions: Program, file: string, operation: Operation): number {
  for (const model of functions.lowered?.() ?? [])
    for (const { end } of model.file === file ? model.blocks : [])
      if (
        end.kind === "select" &&
        end.cases.length > 1 &&
        end.cases.some((one) => one.operation === operation)
      )
        return end.at.start;
  return operation.at.start;
}

/** Lowers and explores a program as the rules do. */
export function explored(parser: SourceParser, { name, code }: GoCase): Explored {
  const text = textOf(code, false);
  const texts = new Map([
    [`${name}.go`, text],
    ["support.go", SUPPORT],
    ["go.mod", "module cases\n\ngo 1.25\n"],
  ]);
  const workspace = createWorkspace(memorySnapshot(texts), parser, [goLanguage]);
  const files = [`${name}.go`, "support.go"];
  const unit = { language: "go" as const, directory: "", files };
  const functions = createUse(goLanguage.open(unit, workspace).seeds)(program);
  const header = functions.functions.find((one) => one.name === name);
  const model = invariant(header && functions.model(header.id), "the program has its function");
  const { stuck, crashed, isOutOfBudget, isPartial } = explore(functions, model);
  const placeOf = (file: string, offset: number): string =>
    `${file}:${lineAt(lineStarts(texts.get(file) ?? ""), offset)}`;
  return {
    stuck: new Set(
      stuck.map(
        ({ at, isLeftBehind }) => `${placeOf(at.file, at.start)}${isLeftBehind ? " after" : ""}`,
      ),
    ),
    panics: new Set(
      crashed.map(({ file, operation }) => placeOf(file, startOf(functions, file, operation))),
    ),
    isPartial: isOutOfBudget || isPartial,
  };
}
