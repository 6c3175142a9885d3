import { defineAnalysis } from "../core/analysis.ts";
import { tally } from "../core/tally.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { ObjectKind } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type Program, program } from "../model/program.ts";
import { type CrashedThread, explore, type StuckThread } from "./explorer/explore.ts";
import { constructs } from "./makers.ts";

/** A function that was explored, and the threads that can be stuck for good or panic in it. */
export interface ExploredFunction {
  readonly model: FunctionModel;
  readonly stuck: readonly StuckThread[];
  readonly crashed: readonly CrashedThread[];
}

const INTEREST = /\bmake\(\s*chan\b|\bsync\.WaitGroup\b|\bgo\s+(func\b|[\w.]+\()/;
const MAKERS = new Set<ObjectKind>(["channel", "waitgroup", "struct"]);

/** Explores every function that makes a channel or a WaitGroup: the closed scopes of a unit, tests and `main` included. */
export const exploredFunctions = defineAnalysis(
  "explored functions",
  (use): readonly ExploredFunction[] => {
    const functions = use(program);
    const explored: ExploredFunction[] = [];
    for (const header of scopes(functions)) {
      if (!functions.isJudged(header.file)) continue;
      const model = functions.model(header.id);
      if (!model || model.isDamaged || !isScope(functions, model)) continue;
      const { stuck, crashed, isOutOfBudget } = explore(functions, model);
      if (isOutOfBudget) use(tally).outOfBudget++;
      if (stuck.length + crashed.length > 0) explored.push({ model, stuck, crashed });
    }
    return explored;
  },
);

/** Functions that make something or start something, and those that call one that does. */
function scopes(functions: Program): readonly FunctionHeader[] {
  const speaking = functions.functionsWith(INTEREST);
  const makers = speaking.flatMap(({ role, name }) =>
    role === "function" || role === "method" ? [name.slice(name.lastIndexOf(".") + 1)] : [],
  );
  if (makers.length === 0) return speaking;
  const known = new Set(speaking.map(({ id }) => id));
  const calling = functions
    .functionsWith(new RegExp(`\\b(?:${[...new Set(makers)].join("|")})\\(`))
    .filter(({ id }) => !known.has(id));
  return [...speaking, ...calling];
}

/** It makes an object that somebody can wait at, or a function that it calls does and hands it out. */
function isScope(functions: Program, model: FunctionModel): boolean {
  return operationsOf(model).some(
    (operation) =>
      (operation.kind === "make" && MAKERS.has(operation.object)) ||
      (operation.kind === "call" && constructs(functions, operation)),
  );
}
