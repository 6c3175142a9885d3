import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey, type Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";

/** Functions whose results are new objects, by their names. */
const MAKER = /^(?:new|make|create|build|init|open|clone|copy|default|empty|parse)/i;

/** Functions that hand on what one below them has made: `negative()`, which fills a `newUsages()`. */
const MAKERS = 2;

const cache = new WeakMap<FunctionModel, Map<string, boolean>>();

/**
 * Whether a path hangs on an object that the function made itself, or on a copy: a literal, `new`, the result of `newThing()`, or
 * a struct in a local variable. Nobody else has seen it, as a rule.
 */
export function isMadeHere(model: FunctionModel, { root }: AccessPath): boolean {
  if (root.kind === "site") return true;
  if (root.kind !== "variable") return false;
  const { variable } = root;
  if (variable.role !== "local" && variable.role !== "result") return false;
  if (variable.declaredIn !== model.id) return false;
  let known = cache.get(model);
  if (!known) {
    known = new Map();
    cache.set(model, known);
  }
  let isMade = known.get(variable.id);
  if (isMade === undefined) {
    isMade = givesNew(model, variable);
    known.set(variable.id, isMade);
  }
  return isMade;
}

/**
 * As `isMadeHere`, and the result of a function of the unit that hands out one of its own: `state := c.Copy()`, which returns a
 * pointer to its local copy.
 */
export function isMadeOrGiven(
  functions: Program,
  model: FunctionModel,
  path: AccessPath,
  depth = MAKERS,
): boolean {
  if (isMadeHere(model, path)) return true;
  if (depth === 0) return false;
  const variable = path.root.kind === "variable" ? path.root.variable : undefined;
  if (!variable || variable.declaredIn !== model.id || variable.isReassigned) return false;
  for (const { operations } of model.blocks)
    for (const operation of operations) {
      if (operation.kind !== "call" || operation.callee.kind !== "static") continue;
      const index = operation.results.findIndex((one) => one && isVariable(one, variable));
      if (index >= 0) return handsOutOwn(functions, operation.callee.function, index, depth - 1);
    }
  return false;
}

/** Whether all that a local has got before a place are new objects that functions of the unit have handed out, whatever it gets later. */
export function isGivenNewBefore(
  functions: Program,
  model: FunctionModel,
  variable: Variable,
  { start }: Operation["at"],
): boolean {
  const given = model.blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => {
      if (one.kind !== "call" || one.at.start >= start) return [];
      const index = one.results.findIndex((path) => path && isVariable(path, variable));
      return index < 0 ? [] : [{ callee: one.callee, index }];
    }),
  );
  return (
    variable.declaredIn === model.id &&
    given.length > 0 &&
    given.every(
      ({ callee, index }) =>
        callee.kind === "static" && handsOutOwn(functions, callee.function, index, MAKERS - 1),
    )
  );
}

function handsOutOwn(functions: Program, id: FunctionId, index: number, depth: number): boolean {
  const callee = functions.accesses?.(id);
  if (!callee) return false;
  const values = callee.blocks.flatMap(({ end }) =>
    end.kind === "return" ? [end.values[index]] : [],
  );
  const objects = values.filter((value) => value?.kind !== "nil");
  return (
    objects.length > 0 &&
    // All of an object that it has made, not what lies behind one of its fields.
    objects.every(
      (value) =>
        value?.kind === "path" &&
        value.path.steps.length === 0 &&
        isMadeOrGiven(functions, callee, value.path, depth),
    )
  );
}

function givesNew({ blocks }: FunctionModel, variable: Variable): boolean {
  let isGiven = false;
  for (const { operations } of blocks)
    for (const operation of operations) {
      if (operation.kind === "call" && isResult(operation, variable)) {
        const { callee } = operation;
        if (callee.kind === "external" || callee.kind === "unknown" || callee.kind === "dynamic") {
          if (MAKER.test(callee.name.slice(callee.name.lastIndexOf(".") + 1))) return true;
        }
        isGiven = true;
      }
      if (operation.kind === "assign" && isFetched(operation, variable)) isGiven = true;
      if (operation.kind !== "write" || !isVariable(operation.path, variable)) continue;
      if (operation.holds === "plain") return true;
      if (operation.value.kind === "path" && operation.value.path === operation.path) return true;
      isGiven = true;
    }
  return !isGiven;
}

/** The variable stands for what something else names, or what nobody can follow. */
function isFetched(
  { target, value }: Extract<Operation, { kind: "assign" }>,
  variable: Variable,
): boolean {
  if (!isVariable(target, variable)) return false;
  return value.kind === "unknown" || (value.kind === "path" && value.path.root.kind !== "site");
}

function isVariable(path: AccessPath, { id }: Variable): boolean {
  return path.steps.length === 0 && pathKey(path) === id;
}

/** Whether a local has its value from a call: whoever was called has it too, as a rule. */
export function isGivenByCall({ blocks }: FunctionModel, variable: Variable): boolean {
  return blocks.some(({ operations }) =>
    operations.some((operation) => operation.kind === "call" && isResult(operation, variable)),
  );
}

function isResult(operation: Extract<Operation, { kind: "call" }>, variable: Variable): boolean {
  return operation.results.some((path) => path !== undefined && isVariable(path, variable));
}
