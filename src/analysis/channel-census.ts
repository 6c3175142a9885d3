import { defineAnalysis } from "../core/analysis.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Capacity, Operation, OperationOf } from "../model/operation.ts";
import { type AccessPath, type FunctionId, identityOf } from "../model/path.ts";
import { program } from "../model/program.ts";

/** How one operation uses a channel. */
export interface ChannelUse {
  readonly function: FunctionHeader;
  readonly operation:
    | OperationOf<"make">
    | OperationOf<"send">
    | OperationOf<"receive">
    | OperationOf<"close">;
  /** The other cases of the select that it stands in; undefined outside a select. */
  readonly select:
    | { readonly others: readonly AccessPath[]; readonly hasDefault: boolean }
    | undefined;
  /** Whether the function, or one that it is a closure of, is started as a goroutine in this unit. */
  readonly isInGoroutine: boolean;
}

/** Everything a unit does with one channel: a local, a field of a type (all its instances together), or a global. */
export interface ChannelRecord {
  /** The slot of a field or global, else the path's key. */
  readonly identity: string;
  readonly makes: readonly ChannelUse[];
  readonly sends: readonly ChannelUse[];
  readonly receives: readonly ChannelUse[];
  readonly closes: readonly ChannelUse[];
  /** The buffer, where every `make` agrees on a number; undefined otherwise, and where no `make` is seen. */
  readonly capacity: number | undefined;
}

export interface ChannelCensus {
  readonly channels: readonly ChannelRecord[];
  /** The record of a channel that a function names; undefined where the path can't be followed. */
  of(path: AccessPath): ChannelRecord | undefined;
  /** The record of a field (by its slot) or a variable (by its key); empty where nothing is done with it. */
  named(identity: string): readonly ChannelRecord[];
}

/** Functions in which a channel can be used. A range over a channel has one variable at most. */
export const CHANNEL_INTEREST = /<-|\bclose\(|\bchan\b|\bfor\b[^,;{}\n]*\brange\b/;

/** Who makes, sends on, receives from, ranges over and closes which channel of the unit. Flow-insensitive; complete as far as paths can be followed. */
export const channelCensus = defineAnalysis("channel census", (use): ChannelCensus => {
  const functions = use(program);
  const models = functions
    .functionsWith(CHANNEL_INTEREST)
    .flatMap(({ id }) => functions.model(id) ?? []);
  const spawned = spawnedFunctions(models);
  const header = new Map(models.map((one) => [one.id, one]));
  const uses = new Map<string, ChannelUse[]>();
  for (const one of models) {
    const isInGoroutine = runsAsGoroutine(one, spawned, header);
    for (const found of usesIn(one, isInGoroutine)) {
      const identity = identityOf(pathOf(found.operation));
      if (identity === undefined) continue;
      const others = uses.get(identity);
      if (others) others.push(found);
      else uses.set(identity, [found]);
    }
  }
  const channels = [...uses].map(([identity, found]) => record(identity, found));
  const byIdentity = new Map(channels.map((channel) => [channel.identity, channel]));
  return {
    channels,
    of(path) {
      const identity = identityOf(path);
      return identity === undefined ? undefined : byIdentity.get(identity);
    },
    named(identity) {
      return [byIdentity.get(identity) ?? []].flat();
    },
  };
});

function pathOf(operation: ChannelUse["operation"]): AccessPath {
  return operation.kind === "make" ? operation.path : operation.channel;
}

function record(identity: string, uses: readonly ChannelUse[]): ChannelRecord {
  const of = (kind: Operation["kind"]): ChannelUse[] =>
    uses.filter(({ operation }) => operation.kind === kind);
  const makes = of("make");
  return {
    identity,
    makes,
    sends: of("send"),
    receives: of("receive"),
    closes: of("close"),
    capacity: agreedCapacity(
      makes.map(({ operation }) => (operation.kind === "make" ? operation.capacity : undefined)),
    ),
  };
}

/** The number that all agree on. */
export function agreedCapacity(capacities: readonly (Capacity | undefined)[]): number | undefined {
  const sizes = new Set(
    capacities.map((capacity) => (capacity?.kind === "known" ? capacity.value : undefined)),
  );
  return sizes.size === 1 ? [...sizes][0] : undefined;
}

function usesIn(model: FunctionModel, isInGoroutine: boolean): ChannelUse[] {
  const found: ChannelUse[] = [];
  const add = (operation: Operation, select: ChannelUse["select"]): void => {
    switch (operation.kind) {
      case "make":
        if (operation.object === "channel")
          found.push({ function: model, operation, select, isInGoroutine });
        break;
      case "send":
      case "receive":
      case "close":
        found.push({ function: model, operation, select, isInGoroutine });
        break;
      case "defer":
        for (const deferred of operation.operations) add(deferred, undefined);
        break;
    }
  };
  for (const { operations, end } of model.blocks) {
    for (const operation of operations) add(operation, undefined);
    if (end.kind !== "select") continue;
    for (const { operation } of end.cases) {
      const others = end.cases.flatMap((other) =>
        other.operation === operation ? [] : [other.operation.channel],
      );
      add(operation, { others, hasDefault: end.otherwise !== undefined });
    }
  }
  return found;
}

function spawnedFunctions(models: readonly FunctionModel[]): ReadonlySet<FunctionId> {
  const spawned = new Set<FunctionId>();
  for (const { blocks } of models) {
    for (const operation of blocks.flatMap(({ operations }) => operations)) {
      if (operation.kind !== "spawn") continue;
      const { callee } = operation;
      if (callee.kind === "static") spawned.add(callee.function);
      if (callee.kind === "dynamic")
        for (const candidate of callee.candidates) spawned.add(candidate);
    }
  }
  return spawned;
}

function runsAsGoroutine(
  model: FunctionModel,
  spawned: ReadonlySet<FunctionId>,
  known: ReadonlyMap<FunctionId, FunctionModel>,
): boolean {
  let id: FunctionId | undefined = model.id;
  while (id !== undefined) {
    if (spawned.has(id)) return true;
    id = known.get(id)?.enclosing;
  }
  return false;
}
