import { defineInput } from "../core/analysis.ts";
import type { LanguageName } from "../core/rule.ts";
import type { FunctionHeader, FunctionModel } from "./function.ts";
import type { FunctionId } from "./path.ts";

/** All functions of a unit. Headers come from declarations alone; a body is lowered when somebody asks, once. */
export interface Program {
  readonly language: LanguageName;
  /** In order of file and offset, closures after the function they stand in. Only functions of judged files unless asked by id. */
  readonly functions: readonly FunctionHeader[];
  /** Functions whose text (closures included) matches: the cheap way to leave out what a rule can't be about. */
  functionsWith(interest: RegExp): readonly FunctionHeader[];
  /** The functions of one file. */
  functionsIn?(file: string): readonly FunctionHeader[];
  /** undefined for an id that isn't of this unit, or a function without a body. */
  model(id: FunctionId): FunctionModel | undefined;
  /** The model with reads and writes of ordinary variables spelled out, where the language tells them apart from the rest. */
  accesses?(id: FunctionId): FunctionModel | undefined;
  /** The model with the helpers of its own class and module in place of their calls, where the language does so. */
  withHelpers?(id: FunctionId): FunctionModel | undefined;
  header(id: FunctionId): FunctionHeader | undefined;
  /** Another unit of the module, by a function in it: for few questions, since it is read again for each unit that asks. */
  elsewhere?(id: FunctionId): FunctionsElsewhere | undefined;
  /** The functions that were lowered so far, for the line that says what was understood. */
  lowered?(): Iterable<FunctionModel>;
  /** Whether all of its files are tests. */
  readonly isTestsAlone?: boolean;
  /** Whether the file is to be judged, not only read as context. */
  isJudged(file: string): boolean;
}

/** Functions of another unit. */
export interface FunctionsElsewhere extends Pick<Program, "model" | "header"> {
  /** Whether the text of a function, closures included, matches. */
  mentions(id: FunctionId, interest: RegExp): boolean;
}

export const program = defineInput<Program>("program");

/** The functions that a closure stands in, innermost first. */
export function enclosingOf(
  functions: Program,
  { enclosing }: Pick<FunctionHeader, "enclosing">,
): readonly FunctionId[] {
  const around: FunctionId[] = [];
  for (let at = enclosing; at !== undefined; at = functions.header(at)?.enclosing) around.push(at);
  return around;
}
