import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { type AccessPath, identityOf, pathKey, rebase } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { channelCensus } from "../channel-census.ts";
import { type StoredFunction, storedFunctions } from "../locks/stored-functions.ts";
import { type Loop, loopOf, passOf } from "./loops.ts";
import { type OwnSend, ownSendOf } from "./own-sends.ts";

/**
 * Objects whose loops hand on by a function that each keeps in a field, wired in a ring:
 *
 *     func (s *stage) run() { for { select { case one := <-s.in: s.out(one); case <-s.stop: return } } }
 *
 *     line.first.out  = func(one part) { line.second.in <- one }
 *     line.second.out = func(one part) { line.first.in <- one }
 *
 * Where each hands on, none receives. A row that does not lead back is left alone.
 */
export const wiredSends = defineAnalysis("wired sends", (use): OwnSend[] =>
  use(channelCensus).channels.flatMap((record) => {
    const loop = loopOf(use, record);
    if (!loop || !use(program).isJudged(loop.model.file)) return [];
    const wires = wiresOf(use, loop);
    const isFedByOthers = record.sends.some(({ operation }) =>
      wires.every(({ send }) => send !== operation),
    );
    const inRing = isFedByOthers ? wires.find((wire) => leadsBack(wires, wire)) : undefined;
    return inRing ? [describe(loop, inRing)] : [];
  }),
);

/** What the loop of one object sends to another of its kind. */
interface Wire {
  readonly from: string;
  readonly to: string;
  readonly model: FunctionModel;
  readonly send: OperationOf<"send">;
  readonly call: OperationOf<"call">;
}

function wiresOf(use: Use, loop: Loop): Wire[] {
  return passOf(loop).flatMap((call): Wire[] => {
    if (call.kind !== "call" || call.callee.kind !== "dynamic" || call.callee.through !== "value")
      return [];
    const field = call.callee.receiver?.kind === "path" ? call.callee.receiver.path : undefined;
    if (field?.slot === undefined || !isOwnField(field, loop.model)) return [];
    return use(storedFunctions)
      .in(field.slot)
      .flatMap((stored) => wiresFrom(use, loop, stored, call));
  });
}

/** `s.out` of the object whose method the loop is. */
function isOwnField({ root, steps }: AccessPath, { receiver }: FunctionModel): boolean {
  return root.kind === "variable" && root.variable.id === receiver?.id && steps.length === 1;
}

function wiresFrom(
  use: Use,
  { record }: Loop,
  stored: StoredFunction,
  call: OperationOf<"call">,
): Wire[] {
  const model = use(program).model(stored.function);
  const from = stored.owner && pathKey(stored.owner);
  if (!model || model.isDamaged || from === undefined) return [];
  return model.blocks
    .flatMap(({ operations }) => operations)
    .flatMap((send) => {
      if (send.kind !== "send" || identityOf(send.channel) !== record.identity) return [];
      const owner = whereStored(ownerOf(send.channel), model, stored);
      const to = owner && pathKey(owner);
      return to === undefined ? [] : [{ from, to, model, send, call }];
    });
}

function ownerOf(channel: AccessPath): AccessPath {
  return { ...channel, steps: channel.steps.slice(0, -1), slot: undefined };
}

/** A method value names its receiver, a literal what it has captured. */
function whereStored(
  path: AccessPath,
  { id, receiver }: FunctionModel,
  stored: StoredFunction,
): AccessPath | undefined {
  const { root } = path;
  if (root.kind !== "variable") return undefined;
  if (root.variable.declaredIn !== id) return path;
  const bound = stored.receiver;
  return root.variable.id === receiver?.id && bound?.kind === "path"
    ? rebase(path, bound.path)
    : undefined;
}

/** Whether what a wire leads to leads on, wire by wire, to where it begins. */
function leadsBack(wires: readonly Wire[], { from, to }: Wire): boolean {
  const seen = new Set<string>();
  const waiting = [to];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === from) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const wire of wires) if (wire.from === at) waiting.push(wire.to);
  }
  return false;
}

function describe(loop: Loop, { model, send, call }: Wire): OwnSend {
  const { name, file } = loop.model;
  return ownSendOf(loop, { model, send, calls: [], isUnasked: false }, (at, channel) => ({
    threads: [name, `${name} of another one`],
    steps: [
      {
        thread: 1,
        at: { file, ...call.at },
        action: "waits to send on, in a ring that leads back",
        waits: true,
      },
      { thread: 0, at: { file, ...call.at }, action: `calls ${model.name}`, waits: false },
      { thread: 0, at, action: `waits to send on ${channel}, for ever`, waits: true },
    ],
  }));
}
