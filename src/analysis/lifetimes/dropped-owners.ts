import { defineAnalysis } from "../../core/analysis.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { mentionsAtEnd } from "../mentions.ts";
import { Follower, isVariable, type Kept, keptIn, MAKES_CONTEXT } from "./abandoned-cancels.ts";
import { findUnmetDuty } from "./unmet-duty.ts";

/**
 * A value that a function that makes it has started a goroutine for, and that its caller drops on some path without ending it:
 *
 *     s := newSession(link)                              // s.cancel, and go s.keepalive(), which waits for s.ctx
 *     if err := link.Handshake(); err != nil { return err }   // nobody has s, and s.keepalive goes on
 *     d.open = append(d.open, s)
 */
export interface DroppedOwner {
  readonly function: FunctionModel;
  readonly owner: Variable;
  readonly maker: FunctionModel;
  readonly cancel: AccessPath;
  /** Where the function that makes it is called, where it starts the goroutine, and where the value is dropped. */
  readonly at: Place;
  readonly startedAt: Place;
  readonly returnAt: Place;
  readonly decidedAt: Place | undefined;
}

export const droppedOwners = defineAnalysis("dropped owners", (use): DroppedOwner[] => {
  const functions = use(program);
  const makers = new Map<FunctionId, Maker>();
  for (const { id } of functions.functionsWith(MAKES_CONTEXT)) {
    const model = functions.model(id);
    const found = model && makerOf(model);
    if (found) makers.set(id, found);
  }
  if (makers.size === 0) return [];
  const names = [...makers.values()].map(({ model }) => /\w+$/.exec(model.name)?.[0]);
  return functions
    .functionsWith(new RegExp(`\\b(?:${names.join("|")})\\(`))
    .flatMap(({ id, file, isTest, name }) => {
      const model = functions.isJudged(file) && !isTest ? functions.model(id) : undefined;
      // What `main` leaves behind ends with the process.
      if (!model || model.isDamaged || name === "main" || name === "init") return [];
      return operationsOf(model).flatMap((operation) => {
        const maker = calledOf(makers, operation);
        return (maker && droppedIn(functions, model, operation, maker)) ?? [];
      });
    });
});

interface Maker extends Kept {
  readonly model: FunctionModel;
  readonly start: OperationOf<"spawn">;
}

/** It keeps a cancel function in a local value, starts a method of the value, and returns nothing but the value. */
function makerOf(model: FunctionModel): Maker | undefined {
  for (const { operations } of model.blocks)
    for (const operation of operations) {
      const kept = keptIn(model, operations, operation);
      const start = kept && operationsOf(model).find((one) => starts(one, kept.owner));
      const isReturned = model.blocks.every(
        ({ end }) =>
          end.kind !== "return" ||
          (end.values.length === 1 &&
            end.values[0]?.kind === "path" &&
            isVariable(end.values[0].path, kept?.owner)),
      );
      if (kept && start?.kind === "spawn" && isReturned) return { ...kept, model, start };
    }
  return undefined;
}

function starts(operation: Operation, owner: Variable): boolean {
  return (
    operation.kind === "spawn" &&
    operation.callee.kind === "static" &&
    operation.callee.receiver?.kind === "path" &&
    isVariable(operation.callee.receiver.path, owner)
  );
}

function calledOf(makers: ReadonlyMap<FunctionId, Maker>, operation: Operation): Maker | undefined {
  return operation.kind === "call" && operation.callee.kind === "static"
    ? makers.get(operation.callee.function)
    : undefined;
}

function droppedIn(
  functions: Program,
  model: FunctionModel,
  begins: Operation,
  { model: maker, cancel, slot, start }: Maker,
): DroppedOwner | undefined {
  const result = begins.kind === "call" ? begins.results[0] : undefined;
  if (result?.root.kind !== "variable" || result.steps.length > 0) return undefined;
  const owner = result.root.variable;
  if (owner.role !== "local" || owner.isReassigned || owner.declaredIn !== model.id)
    return undefined;
  const follower = new Follower(functions, slot);
  const isKept = (operation: Operation): boolean =>
    operation !== begins && follower.passesOn(operation, owner);
  const isKeptAtEnd = (end: FunctionModel["blocks"][number]["end"]): boolean =>
    mentionsAtEnd(end).paths.some((path) => isVariable(path, owner) || path.slot === slot);
  // Where no path keeps it, it is made for the function alone.
  const isEverKept =
    operationsOf(model).some(isKept) || model.blocks.some(({ end }) => isKeptAtEnd(end));
  if (!isEverKept) return undefined;
  const unmet = findUnmetDuty(model, {
    begins,
    isMetBy: isKept,
    isMetAtEnd: isKeptAtEnd,
    isLostBy: () => false,
  });
  if (unmet?.how !== "returned") return undefined;
  const inFile = (at: Span): Place => ({ file: model.file, start: at.start, end: at.end });
  return {
    function: model,
    owner,
    maker,
    cancel,
    at: inFile(begins.at),
    startedAt: { file: maker.file, start: start.at.start, end: start.at.end },
    returnAt: inFile(unmet.at),
    decidedAt: unmet.decidedAt && inFile(unmet.decidedAt),
  };
}
