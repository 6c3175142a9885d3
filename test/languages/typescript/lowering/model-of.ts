import { createUse } from "../../../../src/core/analysis.ts";
import { typescriptLanguage } from "../../../../src/languages/typescript/typescript-language.ts";
import type { FunctionModel } from "../../../../src/model/function.ts";
import { printText } from "../../../../src/model/print-text.ts";
import { type Program, program } from "../../../../src/model/program.ts";
import { workspaceOf } from "../workspace.ts";

/** The program of files in memory, by path. */
export function programOf(files: Readonly<Record<string, string>>): Program {
  const workspace = workspaceOf(files);
  const paths = Object.keys(files).sort();
  const unit = { language: "typescript", directory: "", files: paths } as const;
  return createUse(typescriptLanguage.open(unit, workspace).seeds)(program);
}

/** The model of the function with that name. */
export function modelOf(text: string, name: string, path = "code.ts"): FunctionModel {
  const unit = programOf({ [path]: text });
  const header = unit.functions.find((one) => one.name === name);
  const model = header && unit.model(header.id);
  if (!model) {
    const names = unit.functions.map((one) => one.name).join(", ");
    throw new Error(`no model of ${name}; there are ${names}`);
  }
  return model;
}

/** A function's model as text, without what the user wrote and without the first line. */
export function printed(text: string, name: string, path?: string): string {
  const [, ...lines] = printText(modelOf(text, name, path)).split("\n");
  return lines.join("\n");
}
