import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place } from "../core/position.ts";
import { calleesOf } from "../model/callees-of.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import { isRecover } from "../model/is-recover.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { pathKey } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { reaches } from "../model/reaches.ts";
import { exploredFunctions } from "./explored-functions.ts";
import { traceOfCrash } from "./explorer/trace.ts";

/** An operation on a channel or WaitGroup that panics in some order of events. */
export interface PanickingOperation {
  readonly kind: "send on closed" | "second close" | "negative counter";
  /** The explored function, in which the object is made. */
  readonly function: FunctionHeader;
  readonly at: Place;
  /** The channel or group, as written. */
  readonly object: string;
  /** Where the channel was closed before; undefined for a counter. */
  readonly closedAt: Place | undefined;
  readonly isInGoroutine: boolean;
  readonly trace: Trace;
}

/** What panics however the data turns out: by the order of events alone. */
export const panickingOperations = defineAnalysis(
  "panicking operations",
  (use): readonly PanickingOperation[] =>
    use(exploredFunctions).flatMap(({ model, crashed }) =>
      crashed.flatMap((one) => {
        if (one.dependsOnData || isAfterRecover(use(program), one)) return [];
        if (isRecovered(use(program), one) || isAtOneNumber(use(program), one)) return [];
        if (isOfSomePasses(use(program), one)) return [];
        const { operation, file, thread, events } = one;
        const object = operation.kind === "add" ? operation.group : operation.channel;
        const closing = events.slice(0, -1).findLast(({ action }) => action.startsWith("closes "));
        // Of a nil channel: told by another rule.
        if (operation.kind === "close" && !closing) return [];
        return {
          kind: KINDS[operation.kind],
          function: model,
          at: { file, ...operation.at },
          object: object.text,
          closedAt: closing && { file: closing.file, ...closing.at },
          isInGoroutine: thread !== 0,
          trace: traceOfCrash(model, one),
        };
      }),
    ),
);

/** `defer func() { if recover() != nil { close(done) } }()`: it may be what runs in place of the rest, since panics are not followed. */
function isAfterRecover(functions: Program, { file, operation }: Crash): boolean {
  const around = functions
    .functionsWith(/\brecover\(\)/)
    .filter((one) => one.file === file && one.role === "closure")
    .filter(({ at }) => at.start <= operation.at.start && at.end >= operation.at.end);
  return around.some(({ id }) =>
    functions.model(id)?.blocks.some(({ operations }) => operations.some(isRecover)),
  );
}

/** `defer func() { if r := recover(); r != nil { err = … } }()`: the panic is an answer. */
export function isRecovered(functions: Program, crash: Crash): boolean {
  return modelsAround(functions, crash).some((model) => {
    const known = recovering.get(model) ?? defersRecover(functions, model);
    recovering.set(model, known);
    return known;
  });
}

/** A function may have thousands of operations that ask. */
const recovering = new WeakMap<FunctionModel, boolean>();

function defersRecover(functions: Program, { blocks }: FunctionModel): boolean {
  return blocks
    .flatMap(({ operations }) => operations)
    .some((one) => one.kind === "defer" && one.operations.some((at) => recovers(functions, at)));
}

function recovers(functions: Program, operation: Operation): boolean {
  if (isRecover(operation)) return true;
  return (
    operation.kind === "call" &&
    calleesOf(operation.callee).some((id) => {
      const called = functions.model(id);
      return called !== undefined && operationsOf(called).some(isRecover);
    })
  );
}

/** `if atomic.AddInt64(&calls, 1) == 2 { close(done) }`: what counts up comes to a number once. */
function isAtOneNumber(functions: Program, crash: Crash): boolean {
  if (crash.operation.kind !== "close") return false;
  return modelsAround(functions, crash).some(({ blocks }) => {
    const counted = blocks
      .flatMap(({ operations }) => operations)
      .flatMap((one) => (isCounting(one) ? one.results : []))
      .flatMap((path) => (path && pathKey(path)) ?? []);
    const inside = blocks.findIndex(({ operations }) =>
      operations.some(({ at }) => at.start === crash.operation.at.start),
    );
    return blocks.some(({ end }) => {
      if (end.kind !== "branch" || !end.condition) return false;
      const { key, negated } = end.condition;
      const isNumber = counted.some((one) => key.startsWith(`${one}==`) && /==\d+$/.test(key));
      return isNumber && inside === (negated ? end.otherwise : end.then);
    });
  });
}

function isCounting(operation: Operation): operation is OperationOf<"call"> {
  return (
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    /^sync\/atomic\.(?:Add\w+|(?:Int|Uint)(?:32|64)\.Add)$/.test(operation.callee.name)
  );
}

interface Crash {
  readonly file: string;
  readonly operation: Operation;
}

/** The functions that an operation stands in, closures and what is around them. */
function modelsAround(functions: Program, { file, operation: { at } }: Crash): FunctionModel[] {
  const around = functions.functionsIn?.(file) ?? functions.functions;
  return around
    .filter((one) => one.file === file && one.at.start <= at.start && at.end <= one.at.end)
    .flatMap(({ id }) => functions.model(id) ?? []);
}

/** `for i := range items { … if i == 0 { wg.Done() } }`: in one pass of many, or in each. */
function isOfSomePasses(functions: Program, { file, operation }: Crash): boolean {
  if (operation.kind !== "add") return false;
  const around = functions
    .functionsWith(/\bDone\(\)|\bAdd\(/)
    .filter((one) => one.file === file)
    .flatMap(({ id }) => functions.model(id) ?? []);
  return around.some(({ blocks }) => {
    if (isAfterOrder(blocks, operation)) return true;
    const inside = blocks.findIndex(({ operations }) => operations.includes(operation));
    // As often as another loop has counted up.
    if (inside >= 0 && reaches(blocks, inside, inside)) return true;
    return blocks.some(({ end }) => {
      if (end.kind !== "branch" || !end.condition) return false;
      const { key, negated, reads } = end.condition;
      const isCompared = reads.length === 1 && /==\d+$/.test(key) && key.startsWith(`${reads[0]}=`);
      return isCompared && inside === (negated ? end.otherwise : end.then);
    });
  });
}

/** `req := <-server.requests; …; wg.Done()`: whoever sends may have counted before. */
function isAfterOrder(blocks: FunctionModel["blocks"], done: Operation): boolean {
  const all = blocks.flatMap(({ operations }) => operations);
  if (!all.includes(done)) return false;
  return all.some(
    (one) =>
      one.kind === "receive" &&
      one.at.start < done.at.start &&
      one.channel.steps.some(({ kind }) => kind === "field"),
  );
}

const KINDS = {
  send: "send on closed",
  close: "second close",
  add: "negative counter",
} as const;
