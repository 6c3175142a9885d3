import type { Block, FunctionModel } from "../../model/function.ts";
import type { Operation, Value } from "../../model/operation.ts";
import { pathKey } from "../../model/path.ts";
import { successors } from "../../model/successors.ts";

/**
 * Whether the only value that a function returns at the end of a block is nil; undefined where that is not known.
 *
 *     if err := check(); err != nil { return err }      // never nil
 *     return ErrClosed, return errors.New("closed")     // neither
 *     return nil
 */
export function isReturnedNil(
  model: FunctionModel,
  block: number,
  value: Value,
): boolean | undefined {
  if (value.kind === "nil") return true;
  const { operations = [], end } = model.blocks[block] ?? {};
  if (value.kind === "path") {
    const { root, steps } = value.path;
    if (root.kind !== "variable") return undefined;
    const isGlobal = root.variable.role === "global" && steps.length === 0;
    const isFound = isGlobal ? ERROR.test(root.variable.name) : isTested(model, block, value);
    return isFound ? false : undefined;
  }
  const last = operations.at(-1);
  const isMade =
    end?.kind === "return" &&
    last !== undefined &&
    end.at.start <= last.at.start &&
    makesError(last);
  return isMade ? false : undefined;
}

const ERROR = /^[Ee]rr(?:\p{Lu}|$)/u;

function makesError(operation: Operation): boolean {
  return (
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    /^(?:errors\.New|fmt\.Errorf)$/.test(operation.callee.name)
  );
}

/** The block is reached from a test alone that has found the value not to be nil. */
function isTested(
  { blocks }: FunctionModel,
  block: number,
  value: Extract<Value, { kind: "path" }>,
): boolean {
  const key = pathKey(value.path);
  const isSet = blocks[block]?.operations.some(
    (one) =>
      (one.kind === "assign" && pathKey(one.target) === key) ||
      (one.kind === "call" && one.results.some((result) => result && pathKey(result) === key)),
  );
  if (key === undefined || isSet) return false;
  const before = blocks.filter(({ end }) => successors(end).includes(block));
  return before.length > 0 && before.every(({ end }) => findsValue(end, key, block));
}

function findsValue(end: Block["end"], key: string, block: number): boolean {
  if (end.kind !== "branch" || end.condition?.key !== `${key}==nil`) return false;
  return (end.condition.negated ? end.then : end.otherwise) === block;
}
