import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { leadsTo } from "./leads-to.ts";
import { atCall } from "./substitute.ts";

/** Work that a function starts on a goroutine, at once or by a helper that it hands a function: `b.spawn(func() error {…})`. */
export interface StartedWork {
  readonly start: OperationOf<"spawn"> | OperationOf<"call">;
  /** What the goroutine runs, which is known to whoever started it. */
  readonly work: FunctionId;
  /** A path of the work as the starter names it. */
  nameOfWork(path: AccessPath, work: FunctionModel): AccessPath | undefined;
  /** The goroutine of the helper, which calls the work; undefined where the work itself is the goroutine. */
  readonly runner: Runner | undefined;
  /** The group that counts the goroutine (`wg.Go`), as the starter names it. */
  readonly group: AccessPath | undefined;
}

export interface Runner {
  readonly model: FunctionModel;
  /** A path of the goroutine as the starter names it. */
  nameOf(path: AccessPath): AccessPath | undefined;
  /** Whether the work is called before an operation. */
  callsBefore(at: { readonly start: number; readonly end: number }): boolean;
}

export function startedWork(functions: Program, { blocks }: FunctionModel): StartedWork[] {
  return blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => {
      if (one.kind === "spawn") return startedAtOnce(one);
      return one.kind === "call" ? startedByHelper(functions, one) : [];
    }),
  );
}

function startedAtOnce(spawn: OperationOf<"spawn">): StartedWork[] {
  if (spawn.callee.kind !== "static") return [];
  const nameOfWork = (path: AccessPath, work: FunctionModel) => atCall(path, work, spawn);
  const { group } = spawn;
  return [{ start: spawn, work: spawn.callee.function, nameOfWork, runner: undefined, group }];
}

function startedByHelper(functions: Program, call: OperationOf<"call">): StartedWork[] {
  if (call.callee.kind !== "static" || !call.arguments.some(isFunction)) return [];
  const helper = functions.model(call.callee.function);
  if (!helper || helper.isDamaged) return [];
  const inHelper = (path: AccessPath): AccessPath | undefined => atCall(path, helper, call);
  return call.arguments.flatMap((given, index) => {
    const parameter = helper.parameters[index];
    if (!isFunction(given) || !parameter || parameter.isReassigned) return [];
    return operationsOf(helper).flatMap((spawn): StartedWork[] => {
      if (spawn.kind !== "spawn") return [];
      const isItself = isCallOf(spawn, parameter);
      const runner = isItself ? undefined : runnerOf(functions, spawn, parameter, inHelper);
      if (!isItself && !runner) return [];
      const group = spawn.group && inHelper(spawn.group);
      return [{ start: call, work: given.function, nameOfWork: namesIn(given), runner, group }];
    });
  });
}

type Given = Extract<Value, { kind: "function" }>;

function isFunction(value: Value): value is Given {
  return value.kind === "function";
}

/** What a method value calls its receiver is what it was taken of. */
function namesIn({ function: work, receiver }: Given): StartedWork["nameOfWork"] {
  const callee = { kind: "static" as const, function: work, ...(receiver ? { receiver } : {}) };
  const at = { start: 0, end: 0 };
  return (path, model) =>
    atCall(path, model, { kind: "call", callee, arguments: [], results: [], at });
}

function runnerOf(
  functions: Program,
  spawn: OperationOf<"spawn">,
  parameter: Variable,
  inHelper: Runner["nameOf"],
): Runner | undefined {
  const model = spawn.callee.kind === "static" ? functions.model(spawn.callee.function) : undefined;
  if (!model || model.isDamaged) return undefined;
  const index = spawn.arguments.findIndex((value) => isVariable(value, parameter));
  const own = model.parameters[index] ?? parameter;
  const calls = operationsOf(model).filter((one) => one.kind === "call" && isCallOf(one, own));
  if (calls.length === 0) return undefined;
  return {
    model,
    nameOf(path) {
      const there = atCall(path, model, spawn);
      return there && inHelper(there);
    },
    callsBefore: (at) => calls.some((call) => leadsTo(model, call.at, at)),
  };
}

function isCallOf(
  { callee }: OperationOf<"call"> | OperationOf<"spawn">,
  variable: Variable,
): boolean {
  if (callee.kind !== "dynamic" || callee.through !== "value" || !callee.receiver) return false;
  return isVariable(callee.receiver, variable);
}

function isVariable(value: Value, variable: Variable): boolean {
  if (value.kind !== "path" || value.path.steps.length > 0) return false;
  const { root } = value.path;
  return root.kind === "variable" && root.variable === variable;
}
