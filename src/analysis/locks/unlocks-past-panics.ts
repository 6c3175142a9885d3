import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { isRecover } from "../../model/is-recover.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import type { Acquisition } from "./acquisition.ts";
import { heldLocks } from "./held-locks.ts";
import { walkLocks } from "./lock-walk.ts";

/**
 * A lock that is held over a call of code that nobody here knows, and released after it without `defer`, below a function that lives on
 * when that code panics:
 *
 *     func (h *Host) safely(e Event) { defer func() { recover() … }(); h.deliver(e) }
 *     func (h *Host) deliver(e Event) { h.mu.Lock(); h.plugin.Handle(e); h.mu.Unlock() }
 */
export interface UnlockPastPanic {
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  /** The call of what may panic, as written. */
  readonly at: Place;
  readonly callee: string;
  readonly recovering: FunctionModel;
  readonly trace: Trace;
}

const DEPTH = 2;

export const unlocksPastPanics = defineAnalysis("unlocks past panics", (use): UnlockPastPanic[] => {
  const functions = use(program);
  const recovering = functions
    .functionsWith(/\brecover\(\)/)
    .filter(({ role, isTest }) => role !== "closure" && !isTest)
    .flatMap(({ id }) => functions.model(id) ?? [])
    .filter((model) => !model.isDamaged && livesOn(functions, model));
  const told = new Map<string, UnlockPastPanic>();
  for (const top of recovering)
    for (const model of calledBelow(functions, top)) {
      if (!functions.isJudged(model.file)) continue;
      for (const { held, operation } of callsUnderLocks(model, (id) =>
        use(heldLocks).summaryOf(id),
      ))
        if (isReleasedPlainly(functions, model, held))
          told.set(`${model.file}:${operation.at.start}`, describe(top, model, held, operation));
    }
  return [...told.values()];
});

/** Its own deferred closure recovers, and neither panics again nor ends the process. */
function livesOn(functions: Program, model: FunctionModel): boolean {
  return functions.functions.some(({ id, role, enclosing }) => {
    if (role !== "closure" || enclosing !== model.id) return false;
    const closure = functions.model(id);
    if (!closure || !operationsOf(closure).some(isRecover)) return false;
    return closure.blocks.every(({ end }) => end.kind !== "panic" && end.kind !== "exit");
  });
}

/** The function, and what it calls by itself. */
function calledBelow(functions: Program, top: FunctionModel): ReadonlySet<FunctionModel> {
  const found = new Set([top]);
  let level = [top];
  for (let depth = 0; depth < DEPTH; depth++) {
    const called = level.flatMap(({ blocks }) =>
      blocks.flatMap(({ operations }) => operations.flatMap(calleeOf)),
    );
    level = called.flatMap((id) => functions.model(id) ?? []).filter((model) => !found.has(model));
    for (const model of level) if (!model.isDamaged) found.add(model);
  }
  return found;
}

function calleeOf(operation: Operation): FunctionId[] {
  return operation.kind === "call" && operation.callee.kind === "static"
    ? [operation.callee.function]
    : [];
}

interface CallUnderLock {
  readonly operation: OperationOf<"call">;
  readonly held: Acquisition;
}

/** Calls through an interface or a function value, to work on something, under a lock that the function itself took. */
function callsUnderLocks(
  model: FunctionModel,
  summaryOf: Parameters<typeof walkLocks>[1],
): readonly CallUnderLock[] {
  const found = new Map<Operation, CallUnderLock>();
  walkLocks(model, summaryOf, (operation, held) => {
    if (operation.kind !== "call" || operation.callee.kind !== "dynamic") return;
    if (isQuestion(operation)) return;
    const own = held.find(({ steps, under }) => steps.length === 1 && under.length === 0);
    if (own) found.set(operation, { operation, held: own });
  });
  return [...found.values()];
}

/** `err.Error()`, `clock.now()`: what is given nothing and only tells something has little to panic over. */
function isQuestion({ arguments: given, results }: OperationOf<"call">): boolean {
  return given.length === 0 && results.length > 0;
}

/** Somewhere after, and nowhere by `defer`. */
function isReleasedPlainly(
  functions: Program,
  model: FunctionModel,
  { key }: Acquisition,
): boolean {
  const isRelease = (one: Operation): boolean =>
    one.kind === "release" && pathKey(one.lock) === key;
  const closures = functions.functions.filter(({ enclosing }) => enclosing === model.id);
  if (
    closures.some(({ id }) => operationsOf(functions.model(id) ?? { blocks: [] }).some(isRelease))
  )
    return false;
  const all = model.blocks.flatMap(({ operations }) => operations);
  const isDeferred = all.some((one) => one.kind === "defer" && one.operations.some(isRelease));
  return !isDeferred && all.some(isRelease);
}

function describe(
  recovering: FunctionModel,
  { name, file }: FunctionModel,
  { lock, at: lockedAt }: Acquisition,
  { at: calledAt, callee }: OperationOf<"call">,
): UnlockPastPanic {
  const called = callee.kind === "dynamic" ? callee.name : "a function";
  const acquiredAt = { file, ...lockedAt };
  const at = { file, ...calledAt };
  const { text } = lock;
  const steps = [
    { thread: 0, at: acquiredAt, action: `locks ${text}`, waits: false },
    { thread: 0, at, action: `calls ${called}, which panics`, waits: false },
    { thread: 1, at: acquiredAt, action: `waits for ${text}, for ever`, waits: true },
  ];
  const trace = { threads: [name, `the next call of ${name}`], steps };
  return { lock, acquiredAt, at, callee: called, recovering, trace };
}
