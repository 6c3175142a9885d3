import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import type { Program } from "../../model/program.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { seenByCaller, seenByStarter, type Worker } from "./workers.ts";

/**
 * A Wait for a group to which a goroutine still adds, whose own end is awaited after it:
 *
 *     func (s *server) shutdown() {
 *         s.inflight.Wait()       // may see zero between two requests
 *         <-s.accepted            // closed by the loop that does s.inflight.Add(1) for each
 *     }
 */
export interface EarlyWait {
  /** The goroutine that adds. */
  readonly adder: FunctionModel;
  readonly waiter: FunctionModel;
  readonly group: AccessPath;
  readonly addAt: Place;
  readonly waitAt: Place;
  /** Where the end of the goroutine is awaited. */
  readonly joinAt: Place;
  readonly startedAt: Place;
}

/** Calls between a goroutine and its Add. */
const DEPTH = 2;

export function earlyWaits(
  functions: Program,
  models: readonly FunctionModel[],
  workers: readonly Worker[],
): EarlyWait[] {
  return models.flatMap((waiter) =>
    joinsAfterWait(waiter).flatMap(([wait, join]) =>
      workers.flatMap((worker) => adding(functions, waiter, wait, join, worker) ?? []),
    ),
  );
}

type Wait = OperationOf<"wait">;
type Join = OperationOf<"receive">;

/** Waits for a group, each with a receive behind it that does nothing but wait. */
function joinsAfterWait(model: FunctionModel): [Wait, Join][] {
  const operations = model.blocks.flatMap((block) => block.operations);
  const joins = operations.filter((one): one is Join => one.kind === "receive");
  return operations.flatMap((wait): [Wait, Join][] =>
    wait.kind === "wait" && wait.object === "waitgroup"
      ? joins.filter((join) => isBehind(model, wait, join)).map((join) => [wait, join])
      : [],
  );
}

function isBehind(model: FunctionModel, wait: Wait, join: Join): boolean {
  return leadsTo(model, wait.at, join.at) && !leadsTo(model, join.at, wait.at);
}

function adding(
  functions: Program,
  waiter: FunctionModel,
  wait: Wait,
  join: Join,
  worker: Worker,
): EarlyWait | undefined {
  const { model, starter, spawn } = worker;
  const ended = operationsOf(model).find((one) => one.kind === "close");
  const group = identityOf(wait.on);
  if (ended?.kind !== "close" || group === undefined || model.id === waiter.id) return undefined;
  if (!isOne(worker, ended.channel, join.channel)) return undefined;
  // Whoever is counted itself keeps the group above zero.
  if (operationsOf(model).some((one) => isCount(one, group, -1))) return undefined;
  const add = addBelow(functions, model, group, DEPTH);
  if (!add) return undefined;
  return {
    adder: model,
    waiter,
    group: add.operation.group,
    addAt: placeIn(add.model, add.operation.at),
    waitAt: placeIn(waiter, wait.at),
    joinAt: placeIn(waiter, join.at),
    startedAt: placeIn(starter, spawn.at),
  };
}

/** Whether the channel that a goroutine closes is the one that somebody waits at. */
function isOne(worker: Worker, closed: AccessPath, awaited: AccessPath): boolean {
  const seen = seenByStarter(worker, closed);
  const known = identityOf(awaited);
  return (
    known !== undefined &&
    [closed, ...(seen ? [seen] : [])].some((path) => identityOf(path) === known)
  );
}

interface Add {
  readonly model: FunctionModel;
  readonly operation: OperationOf<"add">;
}

/** The Add of a goroutine, or of a method that it calls on the same object. */
function addBelow(
  functions: Program,
  model: FunctionModel,
  group: string,
  depth: number,
): Add | undefined {
  for (const operation of operationsOf(model)) {
    if (isCount(operation, group, 1)) return { model, operation };
    if (operation.kind !== "call" || operation.callee.kind !== "static" || depth === 0) continue;
    const callee = functions.model(operation.callee.function);
    const found = callee && addBelow(functions, callee, group, depth - 1);
    if (found && seenByCaller(operation, callee, found.operation.group)) return found;
  }
  return undefined;
}

function isCount(
  operation: Operation,
  group: string,
  sign: 1 | -1,
): operation is OperationOf<"add"> {
  return (
    operation.kind === "add" &&
    Math.sign(operation.delta ?? 1) === sign &&
    identityOf(operation.group) === group
  );
}
