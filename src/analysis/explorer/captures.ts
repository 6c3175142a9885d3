import type { FunctionModel } from "../../model/function.ts";
import type { Operation, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";

/** What closures have to do with the variables of the functions around them. */
export interface Captures {
  /** The variables of outer functions that a closure mentions. */
  mentioned(id: FunctionId): readonly Variable[];
  /** Those of them that it assigns. */
  assigned(id: FunctionId): readonly Variable[];
  /**
   * Whether a variable is one whose truth is followed from write to write, as of `if !closed { close(c); closed = true }`. Not one whose
   * address is taken, and not one of which closures speak while each pass of a loop has its own.
   */
  isFlag(variable: Variable): boolean;
}

export function createCaptures(program: Program): Captures {
  const mentionedIn = new Map<FunctionId, readonly Variable[]>();
  const assignedIn = new Map<FunctionId, readonly Variable[]>();
  const mentioned = (id: FunctionId): readonly Variable[] => {
    const known = mentionedIn.get(id);
    if (known) return known;
    mentionedIn.set(id, []);
    const model = program.model(id);
    const found = model ? variablesFromOutside(program, model, mentioned) : [];
    mentionedIn.set(id, found);
    return found;
  };
  const assigned = (id: FunctionId): readonly Variable[] => {
    const known = assignedIn.get(id);
    if (known) return known;
    assignedIn.set(id, []);
    const model = program.model(id);
    const inside = model ? closuresIn(program, model).flatMap(assigned) : [];
    const own = model ? assignedBy(model) : [];
    const found = [...new Set([...own, ...inside])].filter(({ declaredIn }) => declaredIn !== id);
    assignedIn.set(id, found);
    return found;
  };
  const isFlag = ({ declaredIn, id, isAddressed }: Variable): boolean => {
    const model = declaredIn === undefined ? undefined : program.model(declaredIn);
    if (!model || isAddressed) return false;
    const flags = flagsOf(model);
    if (!flags.has(id)) return false;
    const isShared = () =>
      closuresIn(program, model).some((one) => mentioned(one).some((other) => other.id === id));
    return !flags.get(id) || !isShared();
  };
  return { mentioned, assigned, isFlag };
}

const flagsIn = new WeakMap<FunctionModel, ReadonlyMap<string, boolean>>();

/** The variables that a function assigns true or false, and whether it declares them in a loop. */
function flagsOf(model: FunctionModel): ReadonlyMap<string, boolean> {
  const known = flagsIn.get(model);
  if (known) return known;
  const flags = new Map<string, boolean>();
  for (const [index, { operations }] of model.blocks.entries()) {
    for (const operation of operations) {
      if (operation.kind !== "assign" && operation.kind !== "write") continue;
      const variable = variableOf(operation.kind === "assign" ? operation.target : operation.path);
      if (!variable || !isTruth(operation.value)) continue;
      const isDeclared =
        operation.at.start <= variable.at.start && variable.at.end <= operation.at.end;
      const isInLoop = isDeclared && reaches(model.blocks, index, index);
      flags.set(variable.id, isInLoop || (flags.get(variable.id) ?? false));
    }
  }
  flagsIn.set(model, flags);
  return flags;
}

export function isTruth(value: Value): value is Extract<Value, { kind: "constant" }> {
  return value.kind === "constant" && (value.text === "true" || value.text === "false");
}

function variableOf({ root, steps }: AccessPath): Variable | undefined {
  return root.kind === "variable" && steps.length === 0 ? root.variable : undefined;
}

function assignedBy(model: FunctionModel): Variable[] {
  return operationsOf(model).flatMap((operation) => {
    const targets =
      operation.kind === "assign"
        ? [operation.target]
        : operation.kind === "write"
          ? [operation.path]
          : operation.kind === "call"
            ? operation.results
            : [];
    return targets.flatMap((path) => (path && variableOf(path)) ?? []);
  });
}

function closuresIn(program: Program, model: FunctionModel): FunctionId[] {
  return closuresOf(model).filter((id) => program.header(id)?.enclosing !== undefined);
}

/** The variables of outer functions that a function, or a closure inside it, mentions. */
function variablesFromOutside(
  program: Program,
  model: FunctionModel,
  captured: (id: FunctionId) => readonly Variable[],
): readonly Variable[] {
  const found = new Map<string, Variable>();
  const add = (variable: Variable): void => {
    if (variable.declaredIn !== model.id && variable.role !== "global")
      found.set(variable.id, variable);
  };
  for (const path of pathsOf(model)) if (path.root.kind === "variable") add(path.root.variable);
  for (const variable of flagsRead(program, model)) add(variable);
  for (const closure of closuresIn(program, model))
    for (const variable of captured(closure)) add(variable);
  return [...found.values()];
}

/** Flags of the functions around that its conditions read. */
function flagsRead(program: Program, model: FunctionModel): Variable[] {
  const read = new Set(
    model.blocks.flatMap(({ end }) => (end.kind === "branch" ? (end.condition?.reads ?? []) : [])),
  );
  const found: Variable[] = [];
  for (let at = enclosingOf(program, model); at && read.size > 0; at = enclosingOf(program, at)) {
    const flags = flagsOf(at);
    found.push(...assignedBy(at).filter(({ id }) => read.has(id) && flags.has(id)));
  }
  return found;
}

function enclosingOf(program: Program, { enclosing }: FunctionModel): FunctionModel | undefined {
  return enclosing === undefined ? undefined : program.model(enclosing);
}

function valuesOf(operation: Operation): readonly Value[] {
  switch (operation.kind) {
    case "call":
    case "spawn": {
      const { callee } = operation;
      const receiver = callee.kind !== "unknown" && callee.receiver ? [callee.receiver] : [];
      return [...receiver, ...operation.arguments];
    }
    case "assign":
    case "escape":
    case "write":
      return [operation.value];
    default:
      return [];
  }
}

function pathsOf(model: FunctionModel): AccessPath[] {
  const returned = returnedValues(model).flatMap((value) =>
    value.kind === "path" ? [value.path] : [],
  );
  const used = operationsOf(model).flatMap((operation) => {
    const paths = valuesOf(operation).flatMap((value) =>
      value.kind === "path" ? [value.path] : [],
    );
    for (const part of Object.values(operation) as unknown[]) {
      if (typeof part === "object" && part !== null && "root" in part)
        paths.push(part as AccessPath);
    }
    return paths;
  });
  return [...returned, ...used];
}

function returnedValues({ blocks }: FunctionModel): readonly Value[] {
  return blocks.flatMap(({ end }) => (end.kind === "return" ? end.values : []));
}

/** The functions that a function names: closures among them. */
export function closuresOf(model: FunctionModel): FunctionId[] {
  const returned = returnedValues(model).flatMap((value) =>
    value.kind === "function" ? [value.function] : [],
  );
  const used = operationsOf(model).flatMap((operation) => {
    const ids = valuesOf(operation).flatMap((value) =>
      value.kind === "function" ? [value.function] : [],
    );
    if (operation.kind !== "call" && operation.kind !== "spawn") return ids;
    const { callee } = operation;
    if (callee.kind === "static") ids.push(callee.function);
    if (callee.kind === "dynamic") ids.push(...callee.candidates);
    return ids;
  });
  return [...returned, ...used];
}
