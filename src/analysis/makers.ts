import type { ObjectKind, OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import type { FunctionId } from "../model/path.ts";
import type { Program } from "../model/program.ts";

/** How far a constructor is followed into those that it calls. */
const DEPTH = 2;
const MADE = new Set<ObjectKind>(["channel", "waitgroup", "struct"]);
const known = new WeakMap<Program, Map<string, boolean>>();

/** Whether a function makes a channel, a group or a struct that holds one, or hands out what a function makes that it calls. */
export function makesObjects(program: Program, id: FunctionId, depth = DEPTH): boolean {
  const answers = known.get(program) ?? new Map<string, boolean>();
  known.set(program, answers);
  const key = `${depth} ${id}`;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const model = program.model(id);
  const makes =
    model !== undefined &&
    operationsOf(model).some(
      (operation) =>
        (operation.kind === "make" && MADE.has(operation.object)) ||
        (depth > 0 && operation.kind === "call" && constructs(program, operation, depth - 1)),
    );
  answers.set(key, makes);
  return makes;
}

/** Whether the result of a call may be an object that the callee makes. */
export function constructs(
  program: Program,
  { callee, results }: OperationOf<"call">,
  depth = DEPTH,
): boolean {
  return (
    callee.kind === "static" &&
    results.some((result) => result !== undefined) &&
    makesObjects(program, callee.function, depth)
  );
}
