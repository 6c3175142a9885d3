import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, identityOf } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { channelAliases } from "../channel-aliases.ts";
import { agreedCapacity, type ChannelRecord, channelCensus } from "../channel-census.ts";
import { elementChannels } from "../element-channels.ts";
import { waitedAt } from "./locks-of-callees.ts";
import type { Waiting } from "./walk-outcome.ts";

/** What lets a wait go on: a receive for a send, a Done for a Wait, a signal for a condition. */
export interface OtherEnd {
  readonly function: FunctionHeader;
  readonly path: AccessPath;
  readonly at: Operation["at"];
  /** Of a channel: a receive in a loop over it. */
  readonly isRange: boolean;
}

export interface OtherEnds {
  readonly ends: readonly OtherEnd[];
  /** Of a channel that is sent to: the elements that it takes before a send waits; undefined where it is not known. */
  readonly buffer: number | undefined;
  /** Whether all of them are needed for the wait to end, as by a WaitGroup: one that cannot come is enough. */
  readonly areAllNeeded: boolean;
  /** Whether each of them has a channel of its own: somebody who cannot come to his is enough. */
  readonly areApart: boolean;
  /** Of a WaitGroup: functions that add to it. */
  readonly addedIn: ReadonlySet<FunctionId>;
}

/** Who in the unit is at the other end of waits; undefined where others may be there too, or nobody is. */
export interface OtherEndsOf {
  of(operation: Waiting): OtherEnds | undefined;
}

export const otherEnds = defineAnalysis("other ends", (use): OtherEndsOf => {
  const functions = use(program);
  const groups = lazily(() => endsByName(functions, GROUP_INTEREST, groupEnds));
  const adders = lazily(() => addersByName(functions));
  const conditions = lazily(() => endsByName(functions, CONDITION_INTEREST, conditionEnds));
  const channels = new Map<string, OtherEnds | undefined>();
  return {
    of(asNamed) {
      const operation = resolved(asNamed, use);
      const path = waitedAt(operation);
      const name = identityOf(path);
      if (name === undefined || !isClosed(path)) return undefined;
      if (operation.kind === "wait") {
        if (operation.object !== "waitgroup" && operation.object !== "condition") return undefined;
        const areAllNeeded = operation.object === "waitgroup";
        const ends = (areAllNeeded ? groups() : conditions()).get(name);
        const addedIn = (areAllNeeded ? adders().get(name) : undefined) ?? NOBODY;
        return ends && { ends, buffer: undefined, areAllNeeded, areApart: false, addedIn };
      }
      const key = `${operation.kind} ${name}`;
      if (!channels.has(key)) channels.set(key, channelEnds(operation, use));
      return channels.get(key);
    },
  };
});

function resolved(operation: Waiting, use: Use): Waiting {
  if (operation.kind === "wait") return operation;
  return { ...operation, channel: use(channelAliases).resolve(operation.channel) };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether only the unit can name it: a variable, or a field that is written small, or one of a type that is. */
function isClosed({ steps, root, slot }: AccessPath): boolean {
  const last = steps.at(-1);
  if (last?.kind === "call") return false;
  if (slot !== undefined)
    return slot
      .split(".")
      .slice(-2)
      .some((name) => !/^\p{Lu}/u.test(name));
  if (last !== undefined) return false;
  return root.kind === "variable" && root.variable.role !== "parameter";
}

function channelEnds(
  operation: Exclude<Waiting, { kind: "wait" }>,
  use: Use,
): OtherEnds | undefined {
  const census = use(channelCensus);
  const name = identityOf(operation.channel);
  if (operation.kind === "send" && name?.endsWith("[*]")) return elementEnds(name, use);
  const record = census.of(operation.channel);
  if (!record || record.makes.length === 0 || name === undefined) return undefined;
  const records = [
    record,
    ...use(channelAliases)
      .namesOf(name)
      .flatMap((one) => census.named(one)),
  ];
  const isSend = operation.kind === "send";
  const ends = records.flatMap((one) =>
    isSend ? endsIn(one.receives) : [...endsIn(one.sends), ...endsIn(one.closes)],
  );
  const buffer = isSend ? record.capacity : 0;
  return { ends, buffer, areAllNeeded: false, areApart: false, addedIn: NOBODY };
}

/** Whoever receives from some channel of a map or slice. */
function elementEnds(slot: string, use: Use): OtherEnds | undefined {
  const census = use(channelCensus);
  const { names, capacities } = use(elementChannels).of(slot);
  const buffer = agreedCapacity(capacities);
  // Whoever computes the size of a buffer has counted what is sent.
  if (buffer === undefined) return undefined;
  const ends = [...names].flatMap((name) =>
    census.named(name).flatMap(({ receives }) => endsIn(receives)),
  );
  return { ends, buffer, areAllNeeded: false, areApart: true, addedIn: NOBODY };
}

function endsIn(uses: ChannelRecord["receives"]): OtherEnd[] {
  return uses.flatMap(({ function: end, operation }): OtherEnd[] => {
    if (operation.kind === "make") return [];
    const isRange = operation.kind === "receive" && operation.isRange === true;
    return [{ function: end, path: operation.channel, at: operation.at, isRange }];
  });
}

const NOBODY: ReadonlySet<FunctionId> = new Set();
const GROUP_INTEREST = /\.(?:Done|Go)\(/;
const CONDITION_INTEREST = /\.(?:Signal|Broadcast)\(/;

type NamedEnd = OtherEnd & { readonly name: string };

function endsByName(
  functions: Program,
  interest: RegExp,
  find: (model: FunctionModel, functions: Program) => readonly NamedEnd[],
): ReadonlyMap<string, readonly OtherEnd[]> {
  const ends = new Map<string, OtherEnd[]>();
  for (const { id } of functions.functionsWith(interest)) {
    const model = functions.model(id);
    for (const end of model ? find(model, functions) : []) {
      const others = ends.get(end.name);
      if (others) others.push(end);
      else ends.set(end.name, [end]);
    }
  }
  return ends;
}

function groupEnds(model: FunctionModel, functions: Program): NamedEnd[] {
  return operationsOf(model).flatMap((operation): NamedEnd[] => {
    if (operation.kind === "add" && (operation.delta ?? 0) < 0)
      return endAt(model, operation.group, operation.at);
    if (operation.kind !== "spawn" || !operation.group) return [];
    const { callee } = operation;
    const worker = callee.kind === "static" ? functions.header(callee.function) : undefined;
    // The worker is done where it ends.
    const end = worker?.at.end ?? 0;
    return worker ? endAt(worker, operation.group, { start: end, end }) : [];
  });
}

function addersByName(functions: Program): ReadonlyMap<string, ReadonlySet<FunctionId>> {
  const adders = new Map<string, Set<FunctionId>>();
  for (const { id } of functions.functionsWith(/\.Add\(/)) {
    const model = functions.model(id);
    for (const operation of model ? operationsOf(model) : []) {
      const isAdding = operation.kind === "add" && (operation.delta ?? 1) > 0;
      const name = isAdding ? identityOf(operation.group) : undefined;
      if (name !== undefined) adders.set(name, (adders.get(name) ?? new Set()).add(id));
    }
  }
  return adders;
}

function conditionEnds(model: FunctionModel): NamedEnd[] {
  return operationsOf(model).flatMap((operation) =>
    operation.kind === "signal" ? endAt(model, operation.condition, operation.at) : [],
  );
}

function endAt(model: FunctionHeader, path: AccessPath, at: Operation["at"]): NamedEnd[] {
  const name = identityOf(path);
  return name === undefined ? [] : [{ name, function: model, path, at, isRange: false }];
}

function operationsOf({ blocks }: FunctionModel): Operation[] {
  return blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => (one.kind === "defer" ? one.operations : [one])),
  );
}
