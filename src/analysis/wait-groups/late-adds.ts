import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { leadsTo } from "../locks/leads-to.ts";
import type { UnmetDones } from "./unmet-dones.ts";
import { seenByStarter, type Worker } from "./workers.ts";

/** An Add after the start of the goroutine that should come after it: a worker with its Done, or one that Waits for all. */
export interface LateAdd {
  readonly function: FunctionModel;
  readonly at: Place;
  readonly group: AccessPath;
  readonly startedAt: Place;
  /** The Done or Wait that may come first. */
  readonly firstAt: Place;
  readonly comesFirst: "Done" | "Wait";
  /** The goroutines that are started around the Add. */
  readonly around: readonly Place[];
}

/** Of the workers of a unit; `adds` are all of its Adds, by group. */
export function lateAdds(
  workers: readonly Worker[],
  adds: ReadonlyMap<string, readonly FunctionModel[]>,
  waits: ReadonlyMap<string, Place>,
  dones: UnmetDones,
): LateAdd[] {
  return workers.flatMap(
    (worker) => afterWorker(worker, waits, dones) ?? afterWaiter(worker, adds) ?? [],
  );
}

/** `go s.run(); s.group.Add(1)`. */
function afterWorker(
  worker: Worker,
  waits: ReadonlyMap<string, Place>,
  dones: UnmetDones,
): LateAdd | undefined {
  const { starter, spawn, block, model } = worker;
  const chain = spawn.group ? undefined : dones.of(model);
  const group = chain && seenByStarter(worker, chain.group);
  const identity = group && identityOf(group);
  if (!chain || identity === undefined || !waits.has(identity)) return undefined;
  const after = block.operations.slice(block.operations.indexOf(spawn) + 1);
  const [add, ...others] = operationsOf(starter).filter((one) => isAdd(one, identity));
  if (!add || others.length > 0 || !after.includes(add)) return undefined;
  // It may count the next one.
  if (after.slice(after.indexOf(add)).some(({ kind }) => kind === "spawn")) return undefined;
  return {
    ...late(worker, add),
    firstAt: placeIn(chain.doneIn, chain.done.at),
    comesFirst: "Done",
  };
}

/** `go func() { group.Wait(); close(results) }()` before the loop that counts. */
function afterWaiter(
  worker: Worker,
  adds: ReadonlyMap<string, readonly FunctionModel[]>,
): LateAdd | undefined {
  const { starter, spawn, model } = worker;
  const wait = firstWait(model);
  const group = wait && seenByStarter(worker, wait.on);
  const identity = group && identityOf(group);
  if (!wait || identity === undefined) return undefined;
  const counting = adds.get(identity) ?? [];
  if (counting.some(({ id }) => id !== starter.id)) return undefined;
  const own = operationsOf(starter).filter((one) => isAdd(one, identity));
  const [add] = own;
  if (!add || own.some((one) => leadsTo(starter, one.at, spawn.at))) return undefined;
  if (!leadsTo(starter, spawn.at, add.at)) return undefined;
  return { ...late(worker, add), firstAt: placeIn(model, wait.at), comesFirst: "Wait" };
}

function late(
  { starter, spawn }: Worker,
  add: OperationOf<"add">,
): Omit<LateAdd, "firstAt" | "comesFirst"> {
  const block = starter.blocks.find(({ operations }) => operations.includes(add));
  const started = block?.operations.filter(({ kind }) => kind === "spawn") ?? [];
  return {
    function: starter,
    at: placeIn(starter, add.at),
    group: add.group,
    startedAt: placeIn(starter, spawn.at),
    around: started.map(({ at }) => placeIn(starter, at)),
  };
}

function isAdd(operation: Operation, identity: string): operation is OperationOf<"add"> {
  return (
    operation.kind === "add" && operation.delta !== -1 && identityOf(operation.group) === identity
  );
}

/** What a goroutine waits for before it does anything else that could wait. */
function firstWait({ blocks }: FunctionModel): OperationOf<"wait"> | undefined {
  for (const operation of blocks[0]?.operations ?? []) {
    if (operation.kind === "wait") return operation.object === "waitgroup" ? operation : undefined;
    if (operation.kind === "defer" || operation.kind === "assign") continue;
    if (operation.kind === "close" || operation.kind === "read") continue;
    return undefined;
  }
  return undefined;
}
