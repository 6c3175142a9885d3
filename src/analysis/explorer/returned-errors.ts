import type { Block, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";

/** The condition that tells whether an error is nil which is the last of what is returned; none where that is not a variable. */
export function conditionsReturned(end: Block["end"]): readonly string[] {
  const last = end.kind === "return" ? end.values.at(-1) : undefined;
  if (last?.kind !== "path" || last.path.steps.length > 0) return [];
  const key = pathKey(last.path);
  return key === undefined ? [] : [`${key}==nil`];
}

/**
 * Whether the only value that a function returns at the end of a block is nil; undefined where that is not known.
 *
 *     if err := check(); err != nil { return err }      // never nil
 *     return ErrClosed, return errors.New("closed")     // neither
 *     return nil
 */
export function isReturnedNil(
  functions: Program,
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
  if (end?.kind !== "return") return undefined;
  const made = operations.filter(
    (one) => one.kind === "call" && one.at.start >= end.at.start,
  ) as OperationOf<"call">[];
  const isMade = made.some((one) => makesError(functions, one));
  return isMade || (made.some(asksContext) && isAfterDone(model, block)) ? false : undefined;
}

const ERROR = /^[Ee]rr(?:\p{Lu}|$)/u;
/** `errors.New`, `fmt.Errorf`, `status.Error`, and what is called `newTimeoutError` or hangs on an `ErrClosed`. */
const MAKER =
  /^errors\.New$|(?<!\.(?:T|B|F|TB|common))\.Errorf$|^status\.Error$|(?:^|\.)(?:[Nn]ew|[Mm]ake|[Cc]reate)\w*Err(?:or)?f?$|(?:^|\.)Err\p{Lu}\w*\.\w+$/u;

function makesError(functions: Program, { callee }: OperationOf<"call">): boolean {
  if (callee.kind === "static") return MAKER.test(functions.header(callee.function)?.name ?? "");
  return MAKER.test(callee.name.slice(callee.name.lastIndexOf("/") + 1));
}

function asksContext({ callee }: OperationOf<"call">): boolean {
  return callee.kind === "external" && callee.name === "context.Context.Err";
}

/** `case <-ctx.Done(): return ctx.Err()`. */
function isAfterDone({ blocks }: FunctionModel, block: number): boolean {
  const before = blocks.filter(({ end }) => successors(end).includes(block));
  return (
    before.length > 0 &&
    before.every(
      ({ end }) =>
        end.kind === "select" &&
        end.cases.some(({ to, operation }) => to === block && isDone(operation)),
    )
  );
}

function isDone(operation: Operation): boolean {
  const last = operation.kind === "receive" ? operation.channel.steps.at(-1) : undefined;
  return last?.kind === "call" && last.method === "Done";
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
