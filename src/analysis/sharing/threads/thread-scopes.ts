import { defineAnalysis } from "../../../core/analysis.ts";
import type { FunctionHeader } from "../../../model/function.ts";
import type { FunctionId } from "../../../model/path.ts";
import { type Program, program } from "../../../model/program.ts";
import { STARTING } from "../../goroutine-starts.ts";
import { memoryAccesses } from "../memory-accesses.ts";
import { Scope } from "./scope.ts";

/** Levels of callers that are scopes too. */
const LEVELS = 2;
const MOST_NAMES = 200;
/** Frames of all scopes of a unit: sizes, never time. */
const MOST_FRAMES = 3_000;

/** The scopes of a unit in which more than one goroutine is seen, as far as they are affordable. */
export const threadScopes = defineAnalysis("thread scopes", (use): Scope[] => {
  const functions = use(program);
  const accesses = use(memoryAccesses);
  const scopes: Scope[] = [];
  let frames = 0;
  for (const header of scopesOf(functions)) {
    if (frames > MOST_FRAMES) break;
    const scope = new Scope(functions, accesses, header);
    if (scope.isOpen && scope.threads.length > 1) scopes.push(scope);
    frames += scope.frames.length;
  }
  return scopes;
});

/** Functions that start goroutines, and those that call them. */
function scopesOf(functions: Program): FunctionHeader[] {
  const scopes = new Map<FunctionId, FunctionHeader>();
  let names: string[] = [];
  const add = (headers: readonly FunctionHeader[]): void => {
    names = [];
    for (const header of headers) {
      if (header.role === "closure" || scopes.has(header.id) || !functions.isJudged(header.file))
        continue;
      scopes.set(header.id, header);
      const [name] = /\w+$/.exec(header.name) ?? [];
      if (name !== undefined) names.push(name);
    }
  };
  add(functions.functionsWith(STARTING));
  for (let level = 0; level < LEVELS && names.length > 0 && names.length <= MOST_NAMES; level++)
    add(functions.functionsWith(new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\(`)));
  return [...scopes.values()];
}
