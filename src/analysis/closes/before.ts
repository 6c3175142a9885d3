import type { BlockId, Condition, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { leadsTo } from "../locks/leads-to.ts";
import type { Site, Way } from "./ways.ts";

/** Calls that may end goroutines and wait for them. */
const JOINING = /(?:wait|join|stop|shutdown|close|drain|flush|finish|quit|kill|cancelandwait)\w*$/i;

/**
 * Whether a way waits for something before it comes to its operation: for a group, at a channel, or in a call whose name says that it
 * may. What it waits for may be whoever else uses the channel.
 */
export function waitsOnTheWay(functions: Program, { steps }: Way): boolean {
  return steps.some((step) => waitsBefore(functions, step));
}

function waitsBefore(functions: Program, { model, operation }: Site): boolean {
  return operationsOf(model).some(
    (one) =>
      mayWait(functions, one) &&
      one.at.start !== operation.at.start &&
      leads(model, one, operation),
  );
}

function leads(model: FunctionModel, from: Operation, to: Operation): boolean {
  return leadsTo(model, from.at, to.at);
}

function mayWait(functions: Program, operation: Operation): boolean {
  if (operation.kind === "wait") return true;
  if (operation.kind === "receive") return !/^time\./.test(operation.channel.text);
  if (operation.kind !== "call") return false;
  const { callee } = operation;
  if (callee.kind === "dynamic" && callee.through === "value") return true;
  if (callee.kind !== "static") return JOINING.test(callee.name);
  const model = functions.model(callee.function);
  return (
    !model ||
    operationsOf(model).some(
      (one) =>
        one.kind === "wait" ||
        one.kind === "receive" ||
        (one.kind === "call" && one.callee.kind !== "static" && JOINING.test(one.callee.name)),
    )
  );
}

/** Whether something that is not an error decides, on the way, if the operation is come to: a flag, a state, a set that is asked. */
export function isGuarded({ steps }: Way): boolean {
  return steps.some(isDecided);
}

/**
 * Whether a function that others call decides by what it was given if the operation is come to: `read(rows)` may send on another
 * channel than `read(events)`.
 */
export function isChosenByCaller({ steps }: Way): boolean {
  const last = steps.length > 1 ? steps.at(-1) : undefined;
  if (!last) return false;
  const { blocks, parameters } = last.model;
  const isAboutThem = (end: Terminator): boolean => {
    if (end.kind === "switch") return parameters.length > 0;
    const reads = end.kind === "branch" ? (end.condition?.reads ?? []) : [];
    return reads.some((read) =>
      parameters.some(({ id }) => read === id || read.startsWith(`${id}.`)),
    );
  };
  // Of a loop one pass: in the next one any way leads anywhere.
  return isDecidedBy(last, isAboutThem, (from, to, goal) => reaches(blocks, to, goal, from));
}

function isDecided({ model, operation }: Site): boolean {
  const isState = (end: Terminator): boolean => {
    if (end.kind === "branch" && end.condition?.isErrorTest && !isOfField(end.condition))
      return false;
    if (end.kind === "branch" && end.condition?.constant !== undefined) return false;
    if (end.kind === "branch" && isAboutGiven(model, end.condition?.reads ?? [])) return false;
    return end.kind === "branch" || end.kind === "switch" || isTry(end);
  };
  return isDecidedBy({ model, operation }, isState, (_, to, goal) =>
    reaches(model.blocks, to, goal),
  );
}

/** Whether one of some ends of blocks leads to an operation on some of its ways. */
function isDecidedBy(
  { model: { blocks }, operation }: Site,
  isOne: (end: Terminator) => boolean,
  leadsOn: (from: BlockId, to: BlockId, goal: BlockId) => boolean,
): boolean {
  const goal = blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(operation) ||
      (end.kind === "select" && end.cases.some((one) => one.operation === operation)),
  );
  if (goal <= 0) return false;
  return blocks.some(({ end }, from) => {
    if (!isOne(end)) return false;
    const ways = successors(end).map((to) => to === goal || leadsOn(from, to, goal));
    return ways.includes(true) && ways.includes(false);
  });
}

/** `if p.err == nil`: the first error is kept, and tells that there was one. */
function isOfField({ reads }: Condition): boolean {
  return reads.some((read) => /:\d+\./.test(read));
}

/** What a caller has given tells nothing of the state: `if len(frame) == 0 { close(s.ended) }`. */
function isAboutGiven({ parameters }: FunctionModel, reads: readonly string[]): boolean {
  return reads.length > 0 && reads.every((read) => parameters.some(({ id }) => id === read));
}

/** `select { case <-c.done: return; default: close(c.done) }`. */
function isTry(end: Terminator): boolean {
  return end.kind === "select" && end.otherwise !== undefined;
}
