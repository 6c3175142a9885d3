import type { FunctionModel } from "../../model/function.ts";
import type { Callee, Operation, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey, stepText } from "../../model/path.ts";

/** What fields of objects that a function makes stand for, by the fields' keys. */
export type FieldNames = ReadonlyMap<string, AccessPath>;

/**
 * `c := &controller{registry: r}`: `c.registry` is `r`. Only of objects that the function makes itself, and of fields that it assigns
 * once; what callees assign to them is not looked at.
 */
export function fieldNames({ blocks }: FunctionModel): FieldNames {
  const made = new Set<string>();
  const names = new Map<string, AccessPath | undefined>();
  for (const { operations } of blocks)
    for (const one of operations) {
      if (one.kind === "make" && one.object === "struct") made.add(pathKey(one.path) ?? "");
      if (one.kind !== "assign" || one.target.steps.length !== 1) continue;
      const { root, steps, ...rest } = one.target;
      const owner = pathKey({ root, steps: [], ...rest });
      const key = pathKey(one.target);
      if (key === undefined || owner === undefined || !made.has(owner)) continue;
      const isFirst = !names.has(key);
      names.set(key, isFirst && one.value.kind === "path" ? lasting(one.value.path) : undefined);
    }
  return new Map([...names].flatMap(([key, path]) => (path ? [[key, path] as const] : [])));
}

/** A path whose root is never given another value. */
function lasting(path: AccessPath): AccessPath | undefined {
  const { root, steps } = path;
  if (root.kind !== "variable" || root.variable.isReassigned) return undefined;
  return steps.every(({ kind }) => kind === "field") ? path : undefined;
}

/** An operation with such fields by what they stand for. */
export function withFieldNames(operation: Operation, names: FieldNames): Operation {
  if (names.size === 0) return operation;
  switch (operation.kind) {
    case "acquire":
    case "release":
      return { ...operation, lock: named(operation.lock, names) };
    case "send":
    case "receive":
      return { ...operation, channel: named(operation.channel, names) };
    case "wait":
      return { ...operation, on: named(operation.on, names) };
    case "call":
    case "spawn":
      return {
        ...operation,
        callee: namedCallee(operation.callee, names),
        arguments: operation.arguments.map((value) => namedValue(value, names)),
      };
    default:
      return operation;
  }
}

function namedCallee(callee: Callee, names: FieldNames): Callee {
  if (callee.kind === "unknown" || !callee.receiver) return callee;
  // The field itself is what is called.
  if (callee.kind === "dynamic" && callee.through === "value") return callee;
  return { ...callee, receiver: namedValue(callee.receiver, names) };
}

function namedValue(value: Value, names: FieldNames): Value {
  if (value.kind === "path") return { ...value, path: named(value.path, names) };
  if (value.kind !== "function" || !value.receiver) return value;
  return { ...value, receiver: namedValue(value.receiver, names) };
}

/** A path that leads over such a field, from what the field stands for. */
export function named(path: AccessPath, names: FieldNames): AccessPath {
  const [first, ...rest] = path.steps;
  if (first?.kind !== "field") return path;
  const key = pathKey({ ...path, steps: [first] });
  const onto = key === undefined ? undefined : names.get(key);
  if (!onto) return path;
  return {
    root: onto.root,
    steps: [...onto.steps, ...rest],
    text: onto.text + rest.map(stepText).join(""),
    slot: rest.length === 0 ? (path.slot ?? onto.slot) : path.slot,
  };
}
