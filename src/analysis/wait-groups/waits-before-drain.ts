import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { type ChannelCensus, channelCensus } from "../channel-census.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { mentionsAtEnd, valuesOf } from "../mentions.ts";
import { reachedFrom } from "../sharing/reached.ts";
import { seenByStarter, type Worker, workersOf } from "./workers.ts";

/** A function waits for workers before it takes their results from a channel that has no room for all of them. */
export interface WaitBeforeDrain {
  readonly function: FunctionModel;
  readonly at: Place;
  readonly group: AccessPath;
  readonly channel: AccessPath;
  readonly capacity: number;
  readonly sendAt: Place;
  readonly receiveAt: Place;
  readonly trace: Trace;
}

const INTEREST = /\.Wait\(/;

export const waitsBeforeDrain = defineAnalysis("waits before drain", (use): WaitBeforeDrain[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    const waits = model.blocks
      .flatMap(({ operations }) => operations)
      .filter((one) => one.kind === "wait" && one.object === "waitgroup");
    const workers = waits.length > 0 ? workersOf(functions, model) : [];
    return waits.flatMap((wait) => {
      if (wait.kind !== "wait") return [];
      for (const worker of workers) {
        const found = blocked(use(channelCensus), wait, worker, workers);
        if (found) return [found];
      }
      return [];
    });
  });
});

function blocked(
  census: ChannelCensus,
  wait: OperationOf<"wait">,
  worker: Worker,
  workers: readonly Worker[],
): WaitBeforeDrain | undefined {
  const { starter, spawn, model } = worker;
  if (!leadsTo(starter, spawn.at, wait.at)) return undefined;
  for (const send of plainSends(model)) {
    const channel = seenByStarter(worker, send.channel);
    if (!channel || !isLocal(starter, channel) || !isCountedAfter(worker, wait, send)) continue;
    const record = census.of(channel);
    const { capacity = Number.NaN } = record ?? {};
    if (!record || !(mostSends(worker, send, workers) > capacity)) continue;
    if (isHandedOn(starter, channel, workers)) continue;
    const before = reachedFrom(starter, "entry", (one) => one === wait);
    const [receive] = record.receives;
    const comeLater = record.receives.every(({ function: { id }, select, operation }) => {
      if (id !== starter.id) return false;
      return select ? !leadsTo(starter, operation.at, wait.at) : !before.has(operation);
    });
    if (!receive || !comeLater || record.makes.length !== 1) continue;
    const at = placeIn(starter, wait.at);
    const startedAt = placeIn(starter, spawn.at);
    const sendAt = placeIn(model, send.at);
    return {
      function: starter,
      at,
      group: wait.on,
      channel,
      capacity,
      sendAt,
      receiveAt: placeIn(starter, receive.operation.at),
      trace: {
        threads: [starter.name, "worker"],
        steps: [
          { thread: 0, at: startedAt, action: "starts the worker", waits: false },
          {
            thread: 1,
            at: sendAt,
            action:
              capacity === 0
                ? `waits for somebody to receive from ${channel.text}`
                : `waits to send on ${channel.text}, which is full`,
            waits: true,
          },
          { thread: 0, at, action: `waits for ${wait.on.text}, for ever`, waits: true },
        ],
      },
    };
  }
  return undefined;
}

/** Sends that have no other way out. */
function plainSends({ blocks }: FunctionModel): OperationOf<"send">[] {
  return blocks.flatMap(({ operations }) => operations.filter((one) => one.kind === "send"));
}

function isLocal({ id }: FunctionModel, { root, steps, slot }: AccessPath): boolean {
  return (
    root.kind === "variable" &&
    root.variable.role === "local" &&
    root.variable.declaredIn === id &&
    !root.variable.isReassigned &&
    steps.length === 0 &&
    slot === undefined
  );
}

/** Whether the group that is waited for counts the worker down after it has sent. */
function isCountedAfter(
  worker: Worker,
  wait: OperationOf<"wait">,
  send: OperationOf<"send">,
): boolean {
  const { spawn, model } = worker;
  const group = identityOf(wait.on);
  if (spawn.group) return identityOf(spawn.group) === group;
  return operationsOf(model).some((one) => {
    if (one.kind !== "add" || one.delta !== -1) return false;
    const seen = seenByStarter(worker, one.group);
    return seen !== undefined && identityOf(seen) === group && leadsTo(model, send.at, one.at);
  });
}

/** A larger buffer may be meant for all that a loop starts, whose number is not known. */
const ROOM_FOR_ALL = 2;

/** How many values the workers may send, as far as the text tells. */
function mostSends(worker: Worker, send: Operation, workers: readonly Worker[]): number {
  const isRepeated = isInOpenLoop(worker.starter, worker.spawn) || isInOpenLoop(worker.model, send);
  if (isRepeated) return ROOM_FOR_ALL;
  if (isInLoop(worker.starter, worker.spawn) || isInLoop(worker.model, send)) return 0;
  return workers.reduce((sum, one) => {
    const channel = send.kind === "send" ? seenByStarter(worker, send.channel) : undefined;
    const sends = plainSends(one.model).filter((other) => {
      const seen = seenByStarter(one, other.channel);
      return seen && channel && pathKey(seen) === pathKey(channel);
    });
    return sum + onOneWay(one.model, sends);
  }, 0);
}

/** How many of some operations one run may come to: of the cases of a select it takes one. */
function onOneWay(model: FunctionModel, operations: readonly Operation[]): number {
  const way: Operation[] = [];
  for (const one of operations)
    if (way.every((other) => leadsTo(model, other.at, one.at) || leadsTo(model, one.at, other.at)))
      way.push(one);
  return way.length;
}

function isInLoop(model: FunctionModel, operation: Operation): boolean {
  return model.blocks.some(
    ({ operations }, index) =>
      operations.includes(operation) && reaches(model.blocks, index, index),
  );
}

/** A loop over data: one over numbers may be as long as the buffer. */
function isInOpenLoop(model: FunctionModel, operation: Operation): boolean {
  return model.blocks.some(
    ({ operations }, index) =>
      operations.includes(operation) &&
      model.blocks.some(
        ({ end }, head) =>
          end.kind === "loop" &&
          end.subject !== undefined &&
          reaches(model.blocks, index, index) &&
          !reaches(model.blocks, index, index, head),
      ),
  );
}

/** Whether anybody but the workers gets the channel, who may receive from it. */
function isHandedOn(
  starter: FunctionModel,
  channel: AccessPath,
  workers: readonly Worker[],
): boolean {
  const key = pathKey(channel);
  const isIt = (path: AccessPath) => pathKey(path) === key;
  const spawns = new Set<Operation>(workers.map(({ spawn }) => spawn));
  const bodies = [starter, ...workers.map(({ model }) => model)];
  const isGiven = (one: Operation): boolean =>
    !spawns.has(one) && valuesOf(one).some((value) => value.kind === "path" && isIt(value.path));
  return (
    bodies.some((body) => operationsOf(body).some(isGiven)) ||
    starter.blocks.some(
      ({ end }) => end.kind === "return" && mentionsAtEnd(end).paths.some(isIt),
    ) ||
    workers.some((worker) => isPassedDown(worker, key))
  );
}

/** A worker that takes the channel as a parameter and gives that to somebody. */
function isPassedDown(worker: Worker, key: string | undefined): boolean {
  return operationsOf(worker.model).some((one) =>
    valuesOf(one).some((value) => {
      const seen = value.kind === "path" ? seenByStarter(worker, value.path) : undefined;
      return seen !== undefined && pathKey(seen) === key;
    }),
  );
}
