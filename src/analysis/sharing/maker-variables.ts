import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { AccessPath, Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { reachedFrom } from "./reached.ts";

/**
 * A handler that uses a variable of the function that made it, where it means one of its own:
 *
 *     func NewProcessor(next func(context.Context, Data) error) (Processor, error) {
 *         processor, err := wrap(func(ctx context.Context, data Data) error {
 *             data, err = transform(ctx, data)      // all calls share the err of NewProcessor
 *             if err != nil { … }
 *
 * Left out are results, and what anybody else reads afterwards: that is what they are written for.
 */
export interface MakerVariable {
  readonly variable: Variable;
  readonly at: Place;
  readonly handler: FunctionHeader;
  readonly maker: FunctionHeader;
  /** Where the handler is handed on. */
  readonly handedAt: Place;
  /** Each call makes it from what the call before has left: `ctx = context.WithValue(ctx, …)`. */
  readonly isNested: boolean;
}

/** Functions that keep what they are given, by their names; others may call it before they return. */
const KEEPS =
  /(?:^|\.)(?:New\w*|Handle(?:Func)?|HandlerFunc|Register\w*|Use|Subscribe\w*|On\p{Lu}\w*)$/u;
const CONTEXT = /^(?:ctx|context|\w+Ctx)$/;

/** Of function literals that are called many times at once. */
export type MakerVariables = (handlers: readonly FunctionHeader[]) => readonly MakerVariable[];

export const makerVariables = defineAnalysis("maker variables", (use): MakerVariables => {
  const functions = use(program);
  const accesses = use(memoryAccesses);
  const isRead = (model: FunctionModel, from: "entry" | Operation, variable: Variable) =>
    isReadFirst(accesses.of(model.id)?.accesses ?? [], model, from, variable);
  const inHandler = (handler: FunctionHeader): MakerVariable[] => {
    const inside = accesses.of(handler.id);
    const written = (inside?.accesses ?? []).filter((one) => isOfMaker(one, handler));
    const maker = written.length > 0 ? accesses.of(handler.enclosing ?? "")?.model : undefined;
    const handed = maker && handedOn(maker, handler);
    if (!inside || !maker || !handed) return [];
    const found = new Map<Variable, MakerVariable>();
    for (const { path, operation } of written) {
      if (path.root.kind !== "variable") continue;
      const { variable } = path.root;
      const isNested = isMadeFromItself(inside.model, variable);
      if (found.has(variable) || (!isNested && isRead(inside.model, "entry", variable))) continue;
      if (handed !== "returned" && isRead(maker, handed, variable)) continue;
      if (isReadElsewhere(functions, maker, handler, variable)) continue;
      if (isReadAtTheEnd(functions, maker, variable)) continue;
      found.set(variable, {
        variable,
        at: placeIn(inside.model, operation.at),
        handler,
        maker,
        handedAt: { file: handler.file, ...handler.nameAt },
        isNested,
      });
    }
    return [...found.values()];
  };
  return (handlers) => handlers.flatMap(inHandler);
});

/** A plain write of a variable that the function around declares. */
function isOfMaker(
  { isWrite, isElement, path: { root, steps }, perhapsHeld, operation }: MemoryAccess,
  { enclosing }: FunctionHeader,
): boolean {
  if (!isWrite || isElement || steps.length > 0 || perhapsHeld.size > 0) return false;
  if (operation.kind !== "write" || operation.isCompound) return false;
  if (root.kind !== "variable" || root.variable.declaredIn !== enclosing) return false;
  // A result is there to be written.
  return root.variable.role !== "result";
}

/** How the maker hands the handler on: in its return, or to a function that keeps it. */
function handedOn(
  { blocks }: FunctionModel,
  { id }: FunctionHeader,
): Operation | "returned" | undefined {
  for (const { operations, end } of blocks) {
    if (
      end.kind === "return" &&
      end.values.some((one) => one.kind === "function" && one.function === id)
    )
      return "returned";
    for (const operation of operations) {
      if (operation.kind !== "call" || operation.callsBack) continue;
      if (!operation.arguments.some((one) => one.kind === "function" && one.function === id))
        continue;
      const { callee } = operation;
      if (callee.kind === "static" || !KEEPS.test(callee.name)) return undefined;
      return operation;
    }
  }
  return undefined;
}

/** A context that gets around it what it was. */
function isMadeFromItself({ blocks }: FunctionModel, { id, name }: Variable): boolean {
  const isIt = (path: AccessPath | undefined) =>
    path?.root.kind === "variable" && path.root.variable.id === id && path.steps.length === 0;
  return (
    CONTEXT.test(name) &&
    blocks.some(({ operations }) =>
      operations.some(
        (one) =>
          one.kind === "call" &&
          one.results.some(isIt) &&
          one.arguments.some((value) => value.kind === "path" && isIt(value.path)),
      ),
    )
  );
}

/** Whether some path comes to a read of the variable before it is written. */
function isReadFirst(
  accesses: readonly MemoryAccess[],
  model: FunctionModel,
  from: "entry" | Operation,
  variable: Variable,
): boolean {
  const own = accesses.filter(
    ({ path: { root } }) => root.kind === "variable" && root.variable.id === variable.id,
  );
  const writes = new Set(
    own.filter((one) => one.isWrite && one.path.steps.length === 0).map((one) => one.operation),
  );
  const reached = reachedFrom(model, from, (one) => writes.has(one));
  return own.some((one) => !one.isWrite && reached.has(one.operation));
}

/** Another function literal looks at it. */
function isReadElsewhere(
  functions: Program,
  maker: FunctionHeader,
  handler: FunctionHeader,
  { id, name }: Variable,
): boolean {
  return functions.functionsWith(new RegExp(`\\b${name}\\b`)).some((one) => {
    if (one.role !== "closure" || one.id === handler.id) return false;
    if (one.enclosing !== maker.id && one.enclosing !== handler.id) return false;
    return (functions.accesses?.(one.id)?.blocks ?? []).some(({ operations }) =>
      operations.some((operation) => uses(operation, id)),
    );
  });
}

/** `defer func() { pipe.CloseWithError(failure) }()`: the maker looks at what the handler has left. */
function isReadAtTheEnd(functions: Program, maker: FunctionHeader, { id }: Variable): boolean {
  return (functions.accesses?.(maker.id)?.blocks ?? []).some(({ operations }) =>
    operations.some(
      (one) => one.kind === "defer" && one.operations.some((deferred) => uses(deferred, id)),
    ),
  );
}

function uses(operation: Operation, id: string): boolean {
  return (
    (operation.kind === "read" || operation.kind === "write") &&
    operation.path.root.kind === "variable" &&
    operation.path.root.variable.id === id
  );
}
