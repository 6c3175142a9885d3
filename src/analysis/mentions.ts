import type { FunctionModel, Terminator } from "../model/function.ts";
import type { Callee, Operation, Value } from "../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../model/path.ts";
import type { Program } from "../model/program.ts";
import { writtenBy } from "../model/written-by.ts";

/** What one operation names: paths in every position, and functions that it makes, calls, starts or hands on. */
export interface Mentions {
  readonly paths: readonly AccessPath[];
  readonly functions: readonly FunctionId[];
}

/** Of an operation, those of a deferred call included. */
export function mentionsOf(operation: Operation): Mentions {
  const paths: AccessPath[] = [];
  const functions: FunctionId[] = [];
  const waiting: Operation[] = [operation];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === "defer") waiting.push(...next.operations);
    for (const part of Object.values(next) as unknown[])
      if (typeof part === "object" && part !== null && "root" in part)
        paths.push(part as AccessPath);
    for (const value of valuesOf(next)) addValue(value, paths, functions);
    if ("callee" in next) addCallee(next.callee, functions);
    for (const result of writtenBy(next)) if (result && !paths.includes(result)) paths.push(result);
  }
  return { paths, functions };
}

/** Of the end of a block: what it returns, selects on and tests. */
export function mentionsAtEnd(end: Terminator): Mentions {
  const paths: AccessPath[] = [];
  const functions: FunctionId[] = [];
  if (end.kind === "return") for (const value of end.values) addValue(value, paths, functions);
  if (end.kind === "loop" && end.subject) paths.push(end.subject);
  if (end.kind === "select")
    for (const { operation } of end.cases) paths.push(...mentionsOf(operation).paths);
  return { paths, functions };
}

/** The values that an operation hands on, calls or stores. */
export function valuesOf(operation: Operation): readonly Value[] {
  switch (operation.kind) {
    case "call":
    case "spawn":
      return [...receiverOf(operation.callee), ...operation.arguments];
    case "subscribe":
    case "unsubscribe":
      return receiverOf(operation.callee);
    case "assign":
    case "escape":
    case "write":
    case "await":
      return [operation.value];
    default:
      return [];
  }
}

function receiverOf(callee: Callee): readonly Value[] {
  return callee.kind !== "unknown" && callee.receiver ? [callee.receiver] : [];
}

function addValue(value: Value, paths: AccessPath[], functions: FunctionId[]): void {
  for (
    let at: Value | undefined = value;
    at;
    at = at.kind === "function" ? at.receiver : undefined
  ) {
    if (at.kind === "path") paths.push(at.path);
    if (at.kind === "function") functions.push(at.function);
  }
}

function addCallee(callee: Callee, functions: FunctionId[]): void {
  if (callee.kind === "static") functions.push(callee.function);
  if (callee.kind === "dynamic") functions.push(...callee.candidates);
}

/** Whether a closure, or one inside it, names a variable of a function around it. Answers are kept. */
export function closureMentions(
  program: Program,
): (closure: FunctionId, variable: Variable) => boolean {
  const known = new Map<FunctionId, ReadonlySet<string>>();
  const namesOf = (id: FunctionId): ReadonlySet<string> => {
    const present = known.get(id);
    if (present) return present;
    const names = new Set<string>();
    known.set(id, names);
    const waiting = [id];
    const seen = new Set(waiting);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (program.header(next)?.role !== "closure") continue;
      const model = program.model(next);
      if (!model) continue;
      for (const { paths, functions } of allMentions(model)) {
        for (const { root } of paths) if (root.kind === "variable") names.add(root.variable.id);
        for (const inner of functions) if (!seen.has(inner)) waiting.push(inner);
        for (const inner of functions) seen.add(inner);
      }
      for (const read of conditionReads(model)) names.add(read);
    }
    return names;
  };
  return (closure, variable) => namesOf(closure).has(variable.id);
}

function allMentions({ blocks }: FunctionModel): Mentions[] {
  return blocks.flatMap(({ operations, end }) => [
    ...operations.map(mentionsOf),
    mentionsAtEnd(end),
  ]);
}

function conditionReads({ blocks }: FunctionModel): string[] {
  return blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition ? [...end.condition.reads] : [],
  );
}
