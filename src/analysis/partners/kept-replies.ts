import type { Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { type AbandonedReply, describeReply } from "./abandoned-reply.ts";
import { askerOf } from "./askers.ts";

/**
 * An answer by a channel that is kept in a map until it comes:
 *
 *     c.pending[id] = answer               // made without a buffer
 *     select {
 *     case f := <-answer: …
 *     case <-ctx.Done(): return ctx.Err()
 *     }
 *
 *     ch := c.pending[f.id]                // elsewhere
 *     ch <- f                              // waits for ever
 *
 * What is put into the map has to be known wherever that is done: a local of the function, or of one that calls it.
 */
export function keptReplies(use: Use): AbandonedReply[] {
  const functions = use(program);
  const known = new Map<string, readonly ChannelRecord[] | undefined>();
  return use(channelCensus).channels.flatMap(({ sends }) =>
    sends.flatMap((send) => {
      const slot = isBare(functions, send) ? keptIn(functions, send) : undefined;
      if (slot === undefined) return [];
      if (!known.has(slot)) known.set(slot, sourcesOf(use, slot));
      const sources = known.get(slot);
      const asker = sources && askerOf(functions, sources);
      const [make] = (sources ?? []).flatMap(({ makes }) => makes);
      return asker && make ? [describeReply(send, make, asker)] : [];
    }),
  );
}

function isBare(functions: Program, { select, function: { file } }: ChannelUse): boolean {
  return select === undefined && functions.isJudged(file);
}

/** Slot of the elements of a map in a field, where the channel of a send is a local that comes from there. */
function keptIn(
  functions: Program,
  { function: { id }, operation }: ChannelUse,
): string | undefined {
  const model = functions.model(id);
  return model && operation.kind === "send"
    ? elementOf(functions, model, operation.channel, CALLS)
    : undefined;
}

/** Calls between the map and the send. */
const CALLS = 2;
const ELEMENT = /\.\w+\[\*\]$/;

function elementOf(
  functions: Program,
  model: FunctionModel,
  path: AccessPath,
  depth: number,
): string | undefined {
  if (path.slot !== undefined) return ELEMENT.test(path.slot) ? path.slot : undefined;
  const key = pathKey(path);
  if (key === undefined || path.steps.length > 0) return undefined;
  for (const one of operationsOf(model)) {
    if (one.kind === "assign" && one.value.kind === "path" && pathKey(one.target) === key) {
      const { slot } = one.value.path;
      if (slot !== undefined && ELEMENT.test(slot)) return slot;
    }
    if (one.kind !== "call" || one.callee.kind !== "static" || depth === 0) continue;
    const index = one.results.findIndex((result) => result && pathKey(result) === key);
    const callee = index === -1 ? undefined : functions.model(one.callee.function);
    if (callee) return returnedElement(functions, callee, index, depth - 1);
  }
  return undefined;
}

function returnedElement(
  functions: Program,
  callee: FunctionModel,
  index: number,
  depth: number,
): string | undefined {
  for (const { end } of callee.blocks) {
    const value = end.kind === "return" ? end.values[index] : undefined;
    const slot = value?.kind === "path" && elementOf(functions, callee, value.path, depth);
    if (slot) return slot;
  }
  return undefined;
}

/** The channels that are ever put there; undefined unless all of them are known, and without a buffer. */
function sourcesOf(use: Use, slot: string): readonly ChannelRecord[] | undefined {
  const functions = use(program);
  const field = /(\w+)\[\*\]$/.exec(slot)?.[1];
  if (field === undefined || /^\p{Lu}/u.test(field)) return undefined;
  const sources: (ChannelRecord | undefined)[] = [];
  for (const { id } of functions.functionsWith(new RegExp(`\\b${field}\\b`))) {
    const model = functions.model(id);
    if (!model || model.isDamaged) return undefined;
    for (const one of operationsOf(model)) {
      const isPut =
        (one.kind === "assign" && one.target.slot === slot) ||
        (one.kind === "write" && one.path.slot === slot && one.value.kind !== "unknown");
      if (one.kind === "call" && one.results.some((result) => result?.slot === slot))
        return undefined;
      if (isPut && "value" in one) sources.push(...channelsOf(use, model.id, one.value));
    }
  }
  const all = sources.flatMap((one) => one ?? []);
  const areKnown = all.length > 0 && all.length === sources.length;
  const areUnbuffered = all.every(({ makes, capacity }) => makes.length > 0 && capacity === 0);
  return areKnown && areUnbuffered ? all : undefined;
}

/** What is put there: a channel that the function has made, or that its callers have. */
function channelsOf(
  use: Use,
  id: FunctionId,
  value: Value,
): readonly (ChannelRecord | undefined)[] {
  if (value.kind === "nil") return [];
  if (value.kind !== "path" || value.path.steps.length > 0) return [undefined];
  const { root } = value.path;
  if (root.kind !== "variable" || root.variable.declaredIn !== id) return [undefined];
  if (root.variable.role !== "parameter") return [use(channelCensus).of(value.path)];
  const { index } = root.variable;
  return use(callSites)
    .of(id)
    .map(({ operation }) => {
      const given = operation.arguments[index];
      return given?.kind === "path" ? use(channelCensus).of(given.path) : undefined;
    });
}
