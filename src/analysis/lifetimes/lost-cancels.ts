import { defineAnalysis } from "../../core/analysis.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { writtenBy } from "../../model/written-by.ts";
import { closureMentions, type Mentions, mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { reachedFrom } from "../sharing/reached.ts";
import { type Duty, findUnmetDuty, type UnmetDuty } from "./unmet-duty.ts";

/** A cancel function that is not called on some path, or is dropped where it is made. */
export interface LostCancel {
  readonly function: FunctionModel;
  /** `context.WithTimeout` */
  readonly madeBy: string;
  readonly madeAt: Place;
  /** What the cancel function is called; undefined where it is dropped at once. */
  readonly cancel: AccessPath | undefined;
  /** Whether the context is used by a goroutine or leaves the function, so that cancelling at the return would end it too early. */
  readonly outlives: boolean;
  /** Where the function returns, or the cancel function is overwritten, without the call. */
  readonly lost: { readonly how: "returned" | "overwritten"; readonly at: Place } | undefined;
  readonly decidedAt: Place | undefined;
}

const INTEREST = /\bWith(Cancel|Timeout|Deadline)(Cause)?\(/;
const MAKERS = /^context\.With(Cancel|Timeout|Deadline)(Cause)?$/;

/**
 * Cancel functions of local contexts. One that is handed on (returned, stored, given to a call, a goroutine or a closure) is the
 * duty of whoever gets it.
 */
export const lostCancels = defineAnalysis("lost cancels", (use): LostCancel[] => {
  const functions = use(program);
  const inClosure = closureMentions(functions);
  return functions.functionsWith(INTEREST).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    return model.blocks.flatMap(({ operations }) =>
      operations.flatMap((operation) => lostFrom(model, operation, inClosure) ?? []),
    );
  });
});

/** What is overwritten on a way that need not have made it: the conditions of the two may well exclude each other. */
function isAlternative(model: FunctionModel, made: Operation, { how, at }: UnmetDuty): boolean {
  if (how !== "overwritten" || at.start === made.at.start) return false;
  const others = reachedFrom(model, "entry", (one) => one === made);
  return [...others].some((one) => one.at.start === at.start);
}

type InClosure = ReturnType<typeof closureMentions>;

function lostFrom(
  model: FunctionModel,
  operation: Operation,
  inClosure: InClosure,
): LostCancel | undefined {
  if (operation.kind !== "call" || operation.callee.kind !== "external") return undefined;
  const { callee, results } = operation;
  if (!MAKERS.test(callee.name) || results.length !== 2) return undefined;
  const [context, cancel] = results;
  // What belongs to the package lives as long as the process.
  if (context?.root.kind === "variable" && context.root.variable.role === "global")
    return undefined;
  const inFile = (span: Span): Place => ({ file: model.file, ...span });
  const found = {
    function: model,
    madeBy: callee.name,
    madeAt: inFile(operation.at),
    outlives: context ? outlives(model, context, inClosure) : false,
  };
  if (!cancel) return { ...found, cancel, lost: undefined, decidedAt: undefined };
  const { root, steps } = cancel;
  if (root.kind !== "variable" || steps.length > 0 || root.variable.declaredIn !== model.id)
    return undefined;
  const unmet = findUnmetDuty(model, dutyToCall(operation, root.variable, inClosure));
  if (!unmet || isAlternative(model, operation, unmet)) return undefined;
  // With the main function the process ends.
  if (unmet.how === "returned" && model.role === "function" && model.name === "main")
    return undefined;
  return {
    ...found,
    cancel,
    lost: { how: unmet.how, at: inFile(unmet.at) },
    decidedAt: unmet.decidedAt && inFile(unmet.decidedAt),
  };
}

function dutyToCall(begins: OperationOf<"call">, variable: Variable, inClosure: InClosure): Duty {
  const isNamed = ({ paths, functions }: Mentions): boolean =>
    paths.some(({ root }) => root.kind === "variable" && root.variable === variable) ||
    functions.some((id) => inClosure(id, variable));
  return {
    begins,
    isMetBy: (operation) => !isWithin(begins.at, operation.at) && isNamed(usesIn(operation)),
    isMetAtEnd: (end) =>
      isNamed(mentionsAtEnd(end)) ||
      (end.kind === "branch" && (end.condition?.reads.includes(variable.id) ?? false)),
    isLostBy: (operation) =>
      !isWithin(begins.at, operation.at) &&
      writtenBy(operation).some((path) => path && pathKey(path) === variable.id),
  };
}

/** What an operation names, but for the places that it gives a value to. */
function usesIn(operation: Operation): Mentions {
  const { paths, functions } = mentionsOf(operation);
  const written = writtenBy(operation);
  return { paths: paths.filter((path) => !written.includes(path)), functions };
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** A goroutine, a closure, a field or a caller has the context when the function returns. */
function outlives(model: FunctionModel, context: AccessPath, inClosure: InClosure): boolean {
  const { root, steps } = context;
  if (root.kind !== "variable" || steps.length > 0 || root.variable.declaredIn !== model.id)
    return true;
  const { variable } = root;
  const names = ({ paths, functions }: Mentions): boolean =>
    paths.some((path) => path.root.kind === "variable" && path.root.variable === variable) ||
    functions.some((id) => inClosure(id, variable));
  return (
    operationsOf(model).some((one) => HANDS_ON.has(one.kind) && names(mentionsOf(one))) ||
    model.blocks.some(({ end }) => end.kind === "return" && names(mentionsAtEnd(end)))
  );
}

const HANDS_ON: ReadonlySet<Operation["kind"]> = new Set(["spawn", "assign", "escape", "write"]);
