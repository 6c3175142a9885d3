import type { FunctionModel } from "../../model/function.ts";
import type { Operation, Value } from "../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { calledName } from "./across-await.ts";

/**
 * Whether two runs of a function that share the state may come between each other, as far as can be seen. What belongs to the
 * module or to `this` is there for many callers. A local of an outer function is only shared by the closures inside: they must be
 * handed out (returned, kept in an object, called by events) or be started side by side, as by `items.map(async …)`.
 */
export function mayOverlap(
  model: FunctionModel,
  { root }: AccessPath,
  functions: Program,
): boolean {
  if (root.kind !== "variable" || isStep(model)) return false;
  const { role, declaredIn } = root.variable;
  if (role !== "local" || declaredIn === undefined) return true;
  let inner = model;
  for (let depth = 0; depth < DEEPEST && inner.id !== declaredIn; depth++) {
    const outer = inner.enclosing === undefined ? undefined : functions.model(inner.enclosing);
    if (!outer) return false;
    if (isStartedManyTimes(outer, inner.id, functions)) return true;
    if (handedOut(outer, functions).some((id) => uses(functions.model(id), inner.id))) return true;
    inner = outer;
  }
  return false;
}

/** `next()` of an iterator: whoever iterates waits for each. */
function isStep({ name }: FunctionModel): boolean {
  return /(?:^|\.)next$/.test(name);
}

const DEEPEST = 4;
const MOST_CLOSURES = 30;

/** Calls that run their callback several times without waiting for each, or at some event. */
const SIDE_BY_SIDE =
  /(?:^|\.)(?:map|forEach|flatMap|on|addListener|addEventListener|setInterval|use|get|post|put|patch|delete|all|route|handle|command|action|tool|registerCommand)$/;

/** The closures that a function returns or keeps in objects; bounded. */
function handedOut(outer: FunctionModel, functions: Program): FunctionId[] {
  const mentioned = new Set<FunctionId>();
  for (const { operations, end } of outer.blocks) {
    const values = operations.flatMap((operation) =>
      "value" in operation ? [operation.value] : [],
    );
    for (const value of end.kind === "return" ? [...values, ...end.values] : values)
      if (value.kind === "function") mentioned.add(value.function);
  }
  return [...mentioned]
    .slice(0, MOST_CLOSURES)
    .filter((id) => isStartedManyTimes(outer, id, functions));
}

/** Whether a closure calls another one, or has it at hand. */
function uses(model: FunctionModel | undefined, id: FunctionId): boolean {
  return (
    model?.blocks.some(({ operations }) =>
      operations.some((operation) => {
        if (operation.kind === "call" && operation.callee.kind === "static")
          return operation.callee.function === id;
        return "value" in operation && isFunction(operation.value, id);
      }),
    ) ?? false
  );
}

function isStartedManyTimes(outer: FunctionModel, id: FunctionId, functions: Program): boolean {
  return outer.blocks.some(
    ({ operations, end }) =>
      operations.some((operation) => handsOut(operation, id, functions)) ||
      (end.kind === "return" && end.values.some((value) => isFunction(value, id))),
  );
}

function handsOut(operation: Operation, id: FunctionId, functions: Program): boolean {
  switch (operation.kind) {
    case "call":
      return (
        operation.arguments.some((value) => isFunction(value, id)) &&
        SIDE_BY_SIDE.test(calledName(operation, functions) ?? "")
      );
    case "subscribe":
      return operation.callee.kind === "static" && operation.callee.function === id;
    // In an object or array, or in what others see.
    case "assign":
      return operation.target.root.kind === "site" && isFunction(operation.value, id);
    case "write":
      return operation.path.steps.length > 0 && isFunction(operation.value, id);
    default:
      return false;
  }
}

function isFunction(value: Value, id: FunctionId): boolean {
  return value.kind === "function" && value.function === id;
}
