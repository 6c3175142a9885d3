import { defineAnalysis } from "../../core/analysis.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, Value } from "../../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { writtenBy } from "../../model/written-by.ts";
import { mentionsAtEnd, mentionsOf, valuesOf } from "../mentions.ts";
import { findUnmetDuty } from "./unmet-duty.ts";

/**
 * A cancel function in a field of a value that is dropped on some path:
 *
 *     c := &Conn{}
 *     c.ctx, c.cancel = context.WithCancel(parent)
 *     go c.watch()                                   // waits for c.ctx
 *     if err := c.dial(); err != nil {
 *         return nil, err                            // nobody has c, and c.watch goes on
 *     }
 *     return c, nil
 *
 * Methods are followed: one that calls the cancel function, or gives its receiver to anybody, keeps the duty alive elsewhere.
 */
export interface AbandonedCancel {
  readonly function: FunctionModel;
  readonly cancel: AccessPath;
  readonly owner: Variable;
  readonly madeAt: Place;
  readonly returnAt: Place;
  readonly decidedAt: Place | undefined;
}

export const MAKES_CONTEXT = /\bWith(?:Cancel|Timeout|Deadline)(?:Cause)?\(/;
const MAKERS = /^context\.With(?:Cancel|Timeout|Deadline)(?:Cause)?$/;

export const abandonedCancels = defineAnalysis("abandoned cancels", (use): AbandonedCancel[] => {
  const functions = use(program);
  return functions.functionsWith(MAKES_CONTEXT).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    return model.blocks.flatMap(({ operations }) =>
      operations.flatMap((operation) => {
        const kept = keptIn(model, operations, operation);
        return (kept && abandoned(functions, model, operation, kept)) ?? [];
      }),
    );
  });
});

/** A cancel function in a field of a local value. */
export interface Kept {
  readonly owner: Variable;
  readonly cancel: AccessPath;
  readonly slot: string;
  /** The local that held the cancel function before. */
  readonly local: Variable | undefined;
}

/** `c.ctx, c.cancel = context.WithCancel(…)`, and `c := &Conn{cancel: cancel}` after it. */
export function keptIn(
  model: FunctionModel,
  before: readonly Operation[],
  operation: Operation,
): Kept | undefined {
  if (operation.kind === "call")
    return isMaker(operation) ? keptAt(model, operation.results[1], undefined) : undefined;
  if (operation.kind !== "assign" || operation.value.kind !== "path") return undefined;
  const { root, steps } = operation.value.path;
  if (root.kind !== "variable" || steps.length > 0) return undefined;
  const made = before.some(
    (one) => isMaker(one) && one.kind === "call" && isVariable(one.results[1], root.variable),
  );
  return made ? keptAt(model, operation.target, root.variable) : undefined;
}

function isMaker(operation: Operation): boolean {
  return (
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    MAKERS.test(operation.callee.name)
  );
}

function keptAt(
  { id }: FunctionModel,
  cancel: AccessPath | undefined,
  local: Variable | undefined,
): Kept | undefined {
  if (!cancel || cancel.slot === undefined || cancel.steps.length !== 1) return undefined;
  if (cancel.root.kind !== "variable") return undefined;
  const owner = cancel.root.variable;
  return owner.declaredIn === id && owner.role === "local"
    ? { owner, cancel, slot: cancel.slot, local }
    : undefined;
}

function abandoned(
  functions: Program,
  model: FunctionModel,
  begins: Operation,
  { owner, cancel, slot, local }: Kept,
): AbandonedCancel | undefined {
  const follower = new Follower(functions, slot);
  const isKept = (operation: Operation): boolean =>
    !isWithin(begins.at, operation.at) &&
    (follower.passesOn(operation, owner) ||
      (local !== undefined && usesVariable(operation, local)));
  const unmet = findUnmetDuty(model, {
    begins,
    isMetBy: isKept,
    isMetAtEnd: (end) =>
      (end.kind === "branch" &&
        (end.condition?.reads.some((read) => read.startsWith(`${owner.id}.${fieldOf(cancel)}`)) ??
          false)) ||
      mentionsAtEnd(end).paths.some(
        (path) =>
          isVariable(path, owner) ||
          path.slot === slot ||
          (local !== undefined && isVariable(path, local)),
      ),
    isLostBy: () => false,
  });
  if (unmet?.how !== "returned") return undefined;
  const inFile = (at: Span): Place => ({ file: model.file, ...at });
  return {
    function: model,
    cancel,
    owner,
    madeAt: inFile(begins.at),
    returnAt: inFile(unmet.at),
    decidedAt: unmet.decidedAt && inFile(unmet.decidedAt),
  };
}

/** How far calls of methods are followed. */
const DEPTH = 6;

/** Tells whether a value with a cancel function in a field is handed on, or the function called. */
export class Follower {
  readonly #functions: Program;
  readonly #slot: string;
  readonly #known = new Map<string, boolean>();

  constructor(functions: Program, slot: string) {
    this.#functions = functions;
    this.#slot = slot;
  }

  /** Whether an operation calls or reads the cancel function, or gives its owner to somebody. */
  passesOn(operation: Operation, owner: Variable, depth = DEPTH): boolean {
    if (operation.kind === "defer")
      return operation.operations.some((deferred) => this.passesOn(deferred, owner, depth));
    const { paths, functions } = mentionsOf(operation);
    const written = writtenBy(operation);
    if (paths.some((path) => path.slot === this.#slot && !written.includes(path))) return true;
    if (
      valuesGiven(operation).some((value) => value.kind === "path" && isVariable(value.path, owner))
    )
      return true;
    if (functions.some((id) => this.#closurePasses(id, owner, depth))) return true;
    if (operation.kind !== "call" && operation.kind !== "spawn") return false;
    const { callee } = operation;
    if (callee.kind === "unknown" || callee.receiver?.kind !== "path") return false;
    if (!isVariable(callee.receiver.path, owner)) return false;
    return callee.kind !== "static" || this.#methodPasses(callee.function, depth);
  }

  #methodPasses(id: FunctionId, depth: number): boolean {
    const receiver = this.#functions.header(id)?.receiver;
    return receiver ? this.#bodyPasses(id, receiver, depth) : true;
  }

  #closurePasses(id: FunctionId, owner: Variable, depth: number): boolean {
    return this.#functions.header(id)?.role === "closure" && this.#bodyPasses(id, owner, depth);
  }

  #bodyPasses(id: FunctionId, owner: Variable, depth: number): boolean {
    const key = `${id} ${owner.id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (depth === 0) return true;
    this.#known.set(key, false);
    const model = this.#functions.model(id);
    const passes =
      !model ||
      model.blocks.some(
        ({ operations, end }) =>
          operations.some((operation) => this.passesOn(operation, owner, depth - 1)) ||
          mentionsAtEnd(end).paths.some(
            (path) => isVariable(path, owner) || path.slot === this.#slot,
          ),
      );
    this.#known.set(key, passes);
    return passes;
  }
}

/** What an operation hands to somebody: arguments and stored values, not receivers. */
function valuesGiven(operation: Operation): readonly Value[] {
  if (operation.kind === "call" || operation.kind === "spawn") return operation.arguments;
  return valuesOf(operation).flatMap((value) =>
    value.kind === "function" && value.receiver ? [value.receiver] : [value],
  );
}

function usesVariable(operation: Operation, variable: Variable): boolean {
  const written = writtenBy(operation);
  return mentionsOf(operation).paths.some(
    (path) => isVariable(path, variable) && !written.includes(path),
  );
}

export function isVariable(path: AccessPath | undefined, variable: Variable | undefined): boolean {
  return (
    path?.root.kind === "variable" && path.root.variable === variable && path.steps.length === 0
  );
}

function fieldOf({ steps: [step] }: AccessPath): string {
  return step?.kind === "field" ? step.name : "";
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
