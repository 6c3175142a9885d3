import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";

/** A Wait that waits for nobody: no Add, no Go, and nobody else who could. */
export interface UncountedWait {
  readonly group: AccessPath;
  readonly at: Place;
}

/**
 *     var group sync.WaitGroup
 *     go sync(files)
 *     group.Wait()      // returns at once
 *
 * Groups that a function makes for itself, and that it and its closures wait at and do no more.
 */
export function uncountedWaits(models: readonly FunctionModel[]): UncountedWait[] {
  const closures = new Map<FunctionId, FunctionModel[]>();
  for (const model of models)
    if (model.enclosing)
      closures.set(model.enclosing, [...(closures.get(model.enclosing) ?? []), model]);
  return models.flatMap((model) => {
    const waits = operationsOf(model).filter(
      (one): one is OperationOf<"wait"> =>
        one.kind === "wait" && one.object === "waitgroup" && isOwn(one.on, model),
    );
    if (waits.length === 0) return [];
    const others = [model, ...below(model, closures)].flatMap(operationsOf);
    return waits.flatMap((wait): UncountedWait[] => {
      const key = pathKey(wait.on);
      return key === undefined || others.some((one) => isMore(one, key))
        ? []
        : [{ group: wait.on, at: placeIn(model, wait.at) }];
    });
  });
}

function isOwn({ root, steps }: AccessPath, { id }: FunctionModel): boolean {
  return (
    root.kind === "variable" &&
    steps.length === 0 &&
    root.variable.role === "local" &&
    root.variable.declaredIn === id
  );
}

function below(
  { id }: FunctionModel,
  closures: ReadonlyMap<FunctionId, readonly FunctionModel[]>,
): FunctionModel[] {
  const found: FunctionModel[] = [];
  const open = [...(closures.get(id) ?? [])];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    open.push(...(closures.get(next.id) ?? []));
  }
  return found;
}

/** Whether an operation does more with the group than make it and wait at it. */
function isMore(operation: Operation, key: string): boolean {
  const isIt = (path: AccessPath | undefined): boolean =>
    path !== undefined && pathKey(path) === key;
  const holds = (value: Value | undefined): boolean => {
    if (value?.kind === "path") return isIt(value.path);
    return value?.kind === "function" && holds(value.receiver);
  };
  switch (operation.kind) {
    case "add":
      return operation.delta !== 0 && isIt(operation.group);
    case "assign":
      return isIt(operation.target) || holds(operation.value);
    case "spawn":
    case "call":
      return (
        (operation.kind === "spawn" && isIt(operation.group)) ||
        operation.arguments.some(holds) ||
        ("receiver" in operation.callee && holds(operation.callee.receiver)) ||
        (operation.kind === "call" && operation.results.some(isIt))
      );
    case "escape":
    case "write":
      return holds(operation.value);
    case "defer":
      return operation.operations.some((one) => isMore(one, key));
    default:
      return false;
  }
}
