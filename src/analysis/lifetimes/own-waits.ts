import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace, TraceStep } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Callee, Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Root } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { describeWait } from "../explorer/trace.ts";
import { callSites } from "../locks/call-sites.ts";
import { storedFunctions } from "../locks/stored-functions.ts";

/**
 * A goroutine that comes, by calls and callbacks, to a wait for its own end:
 *
 *     func (p *Poller) loop() { defer close(p.done); …; p.onError(err) }    // onError: s.failed
 *     func (s *Service) failed(err error) { s.poller.Close() }
 *     func (p *Poller) Close() { close(p.quit); <-p.done }                  // never: the loop is here
 *
 * Fields are told by their types: without a callback all has to happen on one receiver, and what comes after a callback must be
 * named by fields alone, not be an element or a parameter.
 */
export interface OwnWait {
  readonly goroutine: FunctionModel;
  /** Where the goroutine waits. */
  readonly at: Place;
  readonly wait: string;
  /** The call within the goroutine's own code that leads there, or what the callback does. */
  readonly calledAt: Place;
  /** What would end the wait when the goroutine ends. */
  readonly endedAt: Place;
  readonly trace: Trace;
}

const WAITING = /<-\s*\w+(\.\w+)+|\.\w+\.Wait\(\)/;
const ENDING = /\bdefer\s+(close\(|func\(|[\w.]+\.Done\(\))/;
const MOST_CANDIDATES = 4;
const DEPTH = 6;

type Wait = OperationOf<"receive"> | OperationOf<"wait">;

export const ownWaits = defineAnalysis("own waits", (use): OwnWait[] => {
  const functions = use(program);
  const ending = models(functions, ENDING).filter(({ isTest }) => !isTest);
  if (ending.length === 0) return [];
  const waits = waitsBySlot(functions);
  return ending.flatMap((model) => {
    const ends = endsOf(model).filter(({ path }) => waits.has(path.slot ?? ""));
    if (ends.length === 0 || !use(callSites).isStarted(model.id)) return [];
    return ends.flatMap((end) => {
      if (end.operation.kind === "close" && isClosedElsewhere(functions, model, end.path))
        return [];
      const found = wayTo(use, model, end.path, waits.get(end.path.slot ?? "") ?? new Map());
      return found ? [ownWait(model, end.operation, found)] : [];
    });
  });
});

function models(functions: Program, interest: RegExp): FunctionModel[] {
  return functions
    .functionsWith(interest)
    .flatMap(({ id, file }) => (functions.isJudged(file) ? (functions.model(id) ?? []) : []))
    .filter(({ isDamaged }) => !isDamaged);
}

/** Waits with nothing else to wait for, by the field that they wait at and the function that waits. */
function waitsBySlot(functions: Program): ReadonlyMap<string, ReadonlyMap<FunctionId, Wait>> {
  const found = new Map<string, Map<FunctionId, Wait>>();
  for (const model of models(functions, WAITING))
    for (const operation of model.blocks.flatMap(({ operations }) => operations)) {
      const slot = isWait(operation) ? subjectOf(operation).slot : undefined;
      if (slot === undefined || !isWait(operation)) continue;
      const known = found.get(slot) ?? new Map<FunctionId, Wait>();
      found.set(slot, known.set(model.id, operation));
    }
  return found;
}

function isWait(operation: Operation): operation is Wait {
  if (operation.kind === "wait")
    return operation.object === "waitgroup" && isOfFields(operation.on);
  return operation.kind === "receive" && !operation.isRange && isOfFields(operation.channel);
}

function subjectOf(wait: Wait): AccessPath {
  return wait.kind === "wait" ? wait.on : wait.channel;
}

interface End {
  readonly operation: OperationOf<"close"> | OperationOf<"add">;
  readonly path: AccessPath;
}

/** What a function does last of all: `defer close(p.done)`, `defer p.group.Done()`. */
function endsOf({ blocks }: FunctionModel): End[] {
  const deferred = blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => (one.kind === "defer" ? one.operations : [])),
  );
  return deferred.flatMap((operation): End[] => {
    if (operation.kind === "close") return [{ operation, path: operation.channel }];
    return operation.kind === "add" && operation.delta === -1
      ? [{ operation, path: operation.group }]
      : [];
  });
}

function isClosedElsewhere(functions: Program, own: FunctionModel, { slot }: AccessPath): boolean {
  return models(functions, /\bclose\(/).some(
    (model) =>
      model.id !== own.id &&
      operationsOf(model).some((one) => one.kind === "close" && one.channel.slot === slot),
  );
}

/** A function that the goroutine has come to, and the calls on the way. */
interface Visit {
  readonly model: FunctionModel;
  readonly calls: readonly Call[];
  readonly isPastCallback: boolean;
}

interface Call {
  readonly in: FunctionModel;
  readonly operation: OperationOf<"call">;
}

interface Found extends Visit {
  readonly wait: Wait;
}

function wayTo(
  use: Use,
  start: FunctionModel,
  own: AccessPath,
  waits: ReadonlyMap<FunctionId, Wait>,
): Found | undefined {
  const functions = use(program);
  const seen = new Set([`${start.id} false`]);
  const waiting: Visit[] = [{ model: start, calls: [], isPastCallback: false }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const wait = waits.get(next.model.id);
    if (wait && next.calls.length > 0) return { ...next, wait };
    if (next.calls.length === DEPTH) continue;
    for (const operation of next.model.blocks.flatMap(({ operations }) => operations)) {
      if (operation.kind !== "call" || !isFollowed(operation.callee, next.isPastCallback, own))
        continue;
      const isPastCallback = next.isPastCallback || operation.callee.kind === "dynamic";
      for (const id of targetsOf(use, operation.callee)) {
        const model = functions.model(id);
        if (!model || model.isDamaged || seen.has(`${id} ${isPastCallback}`)) continue;
        seen.add(`${id} ${isPastCallback}`);
        const calls = [...next.calls, { in: next.model, operation }];
        waiting.push({ model, calls, isPastCallback });
      }
    }
  }
  return undefined;
}

/** Whether it is told whose method is called: before a callback the goroutine's own. */
function isFollowed(callee: Callee, isPastCallback: boolean, own: AccessPath): boolean {
  if (callee.kind === "dynamic") return !isPastCallback;
  if (callee.kind !== "static") return false;
  const { receiver } = callee;
  if (!receiver) return true;
  if (receiver.kind !== "path") return false;
  const { root, steps } = receiver.path;
  if (isPastCallback) return isOfFields(receiver.path);
  return steps.length === 0 && (isReceiver(root) || isSame(root, own.root));
}

/** Begins at a receiver, and goes over fields alone. */
function isOfFields({ root, steps }: AccessPath): boolean {
  return isReceiver(root) && steps.every(({ kind }) => kind === "field");
}

function isReceiver(root: Root): boolean {
  return root.kind === "variable" && root.variable.role === "receiver";
}

function isSame(one: Root, other: Root): boolean {
  return (
    one.kind === "variable" && other.kind === "variable" && one.variable.id === other.variable.id
  );
}

function targetsOf(use: Use, callee: Callee): readonly FunctionId[] {
  if (callee.kind === "static") return [callee.function];
  if (callee.kind !== "dynamic" || callee.candidates.length > MOST_CANDIDATES) return [];
  const slot = callee.receiver?.kind === "path" ? callee.receiver.path.slot : undefined;
  const stored =
    callee.through === "value" && slot !== undefined ? use(storedFunctions).in(slot) : [];
  return [...callee.candidates, ...stored.map((one) => one.function)];
}

function ownWait(goroutine: FunctionModel, end: End["operation"], found: Found): OwnWait {
  const steps = found.calls.map(({ in: { file }, operation }, index): TraceStep => {
    const called = found.calls[index + 1]?.in ?? found.model;
    return {
      thread: 0,
      at: { file, ...operation.at },
      action: `calls ${called.name}`,
      waits: false,
    };
  });
  const at = { file: found.model.file, ...found.wait.at };
  const wait = describeWait(found.wait);
  const last = found.calls.at(-1);
  return {
    goroutine,
    at,
    wait,
    calledAt: last ? { file: last.in.file, ...last.operation.at } : at,
    endedAt: { file: goroutine.file, ...end.at },
    trace: {
      threads: [goroutine.name],
      steps: [...steps, { thread: 0, at, action: `${wait}, for ever`, waits: true }],
    },
  };
}
