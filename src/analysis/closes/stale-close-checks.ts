import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { Block, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { Ways } from "./ways.ts";

/**
 * A close that a flag guards, which is asked and set in two steps:
 *
 *     if s.isClosed() { return }          // locks, reads, unlocks
 *     s.mu.Lock(); s.closed = true; s.mu.Unlock()
 *     close(s.done)                       // two callers may both come here
 */
export interface StaleCloseCheck {
  readonly function: FunctionModel;
  readonly channel: string;
  readonly at: Place;
  readonly askedAt: Place;
  readonly setAt: Place;
  readonly trace: Trace;
}

export const staleCloseChecks = defineAnalysis("stale close checks", (use): StaleCloseCheck[] => {
  const functions = use(program);
  const closes = use(channelCensus).channels.flatMap((channel) => channel.closes);
  const ways = new Ways(functions, use(callSites));
  return closes.flatMap(({ function: { id }, operation }) => {
    const model = functions.model(id);
    if (!model || operation.kind !== "close" || !isAsked(functions, model)) return [];
    const receiver = receiverOf(operation.channel);
    if (!receiver || receiver !== model.receiver) return [];
    return staleIn(functions, model, receiver, operation, ways) ?? [];
  });
});

/** A method that others call, in a file that is looked at; `closeLocked` is called with the lock held. */
function isAsked(
  functions: Program,
  { file, name, isTest, isDamaged, role }: FunctionModel,
): boolean {
  return (
    functions.isJudged(file) && !isTest && !isDamaged && role === "method" && !/locked$/i.test(name)
  );
}

function receiverOf({ root, steps }: AccessPath): Variable | undefined {
  return root.kind === "variable" && root.variable.role === "receiver" && steps.length > 0
    ? root.variable
    : undefined;
}

interface Test {
  readonly block: number;
  readonly at: Operation["at"];
  /** The flag's field, as a path key. */
  readonly flag: string;
  /** Whether the flag is read under a lock that is given up before anybody knows the answer. */
  readonly isUnderOwnLock: boolean;
  readonly isAtomic: boolean;
}

function staleIn(
  functions: Program,
  model: FunctionModel,
  receiver: Variable,
  close: OperationOf<"close">,
  ways: Ways,
): StaleCloseCheck | undefined {
  const { blocks } = model;
  const goal = blocks.findIndex(({ operations }) => operations.includes(close));
  if (goal < 0) return undefined;
  for (const [index, block] of blocks.entries()) {
    if (!decides(blocks, index, goal)) continue;
    const test = testAt(functions, block, index, receiver);
    const set = test && setterOf(model, test, close);
    if (!test || !set || isHeldAcross(model, test.at, set.at)) continue;
    const isMeantForSeveral = test.isAtomic || test.isUnderOwnLock || locksBetween(model, test.at);
    if (!isMeantForSeveral || isCalledUnderLock(model, close, ways)) continue;
    return describe(model, close, test, set.at);
  }
  return undefined;
}

/** Whether a block decides if the close is come to. */
function decides(blocks: readonly Block[], index: number, goal: number): boolean {
  const block = blocks[index];
  if (block?.end.kind !== "branch") return false;
  const lead = successors(block.end).map((to) => to === goal || reaches(blocks, to, goal));
  return lead.includes(true) && lead.includes(false);
}

function testAt(
  functions: Program,
  { operations, end }: Block,
  block: number,
  receiver: Variable,
): Test | undefined {
  if (end.kind !== "branch") return undefined;
  const own = end.condition?.reads.filter((read) => read.startsWith(`${receiver.id}.`)) ?? [];
  const [flag] = own;
  if (flag !== undefined && own.length === 1 && end.condition)
    return { block, at: end.condition.at, flag, isUnderOwnLock: false, isAtomic: false };
  const last = operations.at(-1);
  if (last?.kind !== "call" || end.condition?.isErrorTest) return undefined;
  const { callee } = last;
  const subject =
    "receiver" in callee && callee.receiver?.kind === "path" ? callee.receiver.path : undefined;
  if (subject?.root.kind !== "variable" || subject.root.variable !== receiver) return undefined;
  if (callee.kind === "external" && /^sync\/atomic\..*\.Load$/.test(callee.name)) {
    const key = keyOf(subject, receiver);
    return { block, at: last.at, flag: key, isUnderOwnLock: false, isAtomic: true };
  }
  if (callee.kind !== "static" || subject.steps.length > 0) return undefined;
  const getter = functions.model(callee.function);
  const read = getter && fieldRead(getter);
  if (!getter || read === undefined) return undefined;
  const isUnderOwnLock = operationsOf(getter).some(({ kind }) => kind === "acquire");
  return { block, at: last.at, flag: `${receiver.id}${read}`, isUnderOwnLock, isAtomic: false };
}

function keyOf({ steps }: AccessPath, receiver: Variable): string {
  return (
    receiver.id + steps.map((step) => (step.kind === "field" ? `.${step.name}` : "?")).join("")
  );
}

/** The one field that a getter returns and does not change. */
function fieldRead(getter: FunctionModel): string | undefined {
  const returned = getter.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.values] : []));
  const [values, ...more] = returned;
  const value = values?.length === 1 ? values[0] : undefined;
  if (more.length > 0 || value?.kind !== "path") return undefined;
  const { root, steps } = value.path;
  if (root.kind !== "variable" || root.variable !== getter.receiver || steps.length !== 1)
    return undefined;
  const writes = operationsOf(getter).some(({ kind }) => kind === "assign" || kind === "write");
  const [step] = steps;
  return !writes && step?.kind === "field" ? `.${step.name}` : undefined;
}

/** Where the flag is set, on the way to the close or after it. */
function setterOf(
  model: FunctionModel,
  { flag, at }: Test,
  close: OperationOf<"close">,
): Operation | undefined {
  const receiver = model.receiver;
  return operationsOf(model).find((one) => {
    if (!leadsTo(model, at, one.at)) return false;
    if (!leadsTo(model, one.at, close.at) && !leadsTo(model, close.at, one.at)) return false;
    if (one.kind === "assign" || one.kind === "write") {
      const path = one.kind === "assign" ? one.target : one.path;
      return (
        receiver !== undefined && receiverOf(path) === receiver && keyOf(path, receiver) === flag
      );
    }
    if (one.kind !== "call" || one.callee.kind !== "external") return false;
    const subject = one.callee.receiver;
    return (
      /^sync\/atomic\..*\.Store$/.test(one.callee.name) &&
      subject?.kind === "path" &&
      receiver !== undefined &&
      receiverOf(subject.path) === receiver &&
      keyOf(subject.path, receiver) === flag
    );
  });
}

/** Whether a lock that is taken before the test is still held at the set. */
function isHeldAcross(model: FunctionModel, test: Operation["at"], set: Operation["at"]): boolean {
  const { acquires, releases } = locksIn(model);
  return acquires.some(
    (acquire) =>
      acquire.at.start < test.start &&
      leadsTo(model, acquire.at, set) &&
      !releases.some(
        (release) =>
          release.lock.text === acquire.lock.text &&
          release.at.start > acquire.at.start &&
          release.at.end <= set.start &&
          leadsTo(model, release.at, set),
      ),
  );
}

/** Whether the function takes a lock at all behind the test, so that it is meant for several callers. */
function locksBetween(model: FunctionModel, test: Operation["at"]): boolean {
  return locksIn(model).acquires.some(({ at }) => leadsTo(model, test, at) || at.end < test.start);
}

function locksIn({ blocks }: FunctionModel): {
  readonly acquires: readonly OperationOf<"acquire">[];
  readonly releases: readonly OperationOf<"release">[];
} {
  const all = blocks.flatMap(({ operations }) => operations);
  return {
    acquires: all.filter((one) => one.kind === "acquire"),
    releases: all.filter((one) => one.kind === "release"),
  };
}

/** Whether one who calls it takes a lock first. */
function isCalledUnderLock(model: FunctionModel, close: Operation, ways: Ways): boolean {
  return ways
    .to({ model, operation: close })
    .some(({ steps }) =>
      steps
        .slice(0, -1)
        .some((step) =>
          operationsOf(step.model).some(
            (one) => one.kind === "acquire" && leadsTo(step.model, one.at, step.operation.at),
          ),
        ),
    );
}

function describe(
  model: FunctionModel,
  close: OperationOf<"close">,
  test: Test,
  set: Operation["at"],
): StaleCloseCheck {
  const channel = close.channel.text;
  const at = placeIn(model, close.at);
  const askedAt = placeIn(model, test.at);
  return {
    function: model,
    channel,
    at,
    askedAt,
    setAt: placeIn(model, set),
    trace: {
      threads: [`one caller of ${model.name}`, `another caller of ${model.name}`],
      steps: [
        { thread: 0, at: askedAt, action: "finds it open", waits: false },
        { thread: 1, at: askedAt, action: "finds it open as well", waits: false },
        { thread: 0, at, action: `closes ${channel}`, waits: false },
        { thread: 1, at, action: `closes ${channel}, which panics`, waits: false },
      ],
    },
  };
}
