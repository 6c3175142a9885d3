import type { Place } from "../../core/position.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { successors } from "../../model/successors.ts";
import { seenByStarter, type Worker } from "./workers.ts";

/**
 * A goroutine waits for a group, its function gives up waiting for that goroutine, and counts with the same group again:
 *
 *     for batch := range batches {
 *         for _, job := range batch { group.Add(1); go run(job) }
 *         go func() { group.Wait(); close(done) }()
 *         select { case <-done: case <-time.After(limit): }        // the next pass adds while the Wait of this one goes on
 *     }
 */
export interface GroupReuse {
  readonly function: FunctionModel;
  readonly at: Place;
  readonly group: AccessPath;
  readonly startedAt: Place;
  readonly waitAt: Place;
}

export function groupReuses(workers: readonly Worker[]): GroupReuse[] {
  return workers.flatMap((worker) => reuseAfter(worker) ?? []);
}

function reuseAfter(worker: Worker): GroupReuse | undefined {
  const { starter, spawn, model } = worker;
  const wait = operationsOf(model).find(
    (one): one is OperationOf<"wait"> => one.kind === "wait" && one.object === "waitgroup",
  );
  const group = wait && seenByStarter(worker, wait.on);
  const identity = group && identityOf(group);
  if (!wait || !group || identity === undefined || spawn.group) return undefined;
  if (starter.isTest || operationsOf(model).some((one) => isAdd(one, identity))) return undefined;
  const counted = operationsOf(starter).filter((one) => isAdd(one, identity));
  if (counted.length === 0) return undefined;
  const told = toldBy(worker);
  if (told.size === 0) return undefined;
  const add = addBeforeJoin(starter, spawn, identity, told);
  return (
    add && {
      function: starter,
      at: placeIn(starter, add.at),
      group,
      startedAt: placeIn(starter, spawn.at),
      waitAt: placeIn(model, wait.at),
    }
  );
}

/** The channels by which the goroutine says that it is over, as its starter knows them. */
function toldBy(worker: Worker): ReadonlySet<string> {
  const channels = operationsOf(worker.model).flatMap((one) =>
    one.kind === "close" || one.kind === "send" ? [one.channel] : [],
  );
  return new Set(
    channels.flatMap((channel) => {
      const seen = seenByStarter(worker, channel);
      return (seen && identityOf(seen)) ?? [];
    }),
  );
}

/** The first Add that some way leads to on which nobody has heard of the end of the Wait, and the group is still the same. */
function addBeforeJoin(
  { blocks }: FunctionModel,
  spawn: Operation,
  identity: string,
  told: ReadonlySet<string>,
): OperationOf<"add"> | OperationOf<"spawn"> | undefined {
  const start = blocks.findIndex(({ operations }) => operations.includes(spawn));
  const waiting: { readonly block: BlockId; readonly from: number }[] = [
    { block: start, from: (blocks[start]?.operations.indexOf(spawn) ?? 0) + 1 },
  ];
  const seen = new Set<BlockId>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const block = blocks[next.block];
    const met = block?.operations
      .slice(next.from)
      .find((one) => isAdd(one, identity) || ends(one, identity, told));
    if (met && (met.kind === "add" || met.kind === "spawn")) return met;
    if (!block || met) continue;
    for (const to of successors(block.end, (one) => ends(one, identity, told))) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push({ block: to, from: 0 });
    }
  }
  return undefined;
}

/** The end of the goroutine is awaited, or the name stands for another group from here on. */
function ends(one: Operation, identity: string, told: ReadonlySet<string>): boolean {
  switch (one.kind) {
    case "receive":
      return told.has(identityOf(one.channel) ?? "");
    case "wait":
      return identityOf(one.on) === identity;
    case "make":
      return identityOf(one.path) === identity || told.has(identityOf(one.path) ?? "");
    case "assign":
      return identityOf(one.target) === identity;
    default:
      return false;
  }
}

function isAdd(one: Operation, identity: string): one is OperationOf<"add"> | OperationOf<"spawn"> {
  if (one.kind === "spawn") return one.group !== undefined && identityOf(one.group) === identity;
  return one.kind === "add" && one.delta !== -1 && identityOf(one.group) === identity;
}
