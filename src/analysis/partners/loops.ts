import type { Use } from "../../core/analysis.ts";
import type { TraceStep } from "../../core/finding.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type FunctionId, identityOf } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import type { ChannelRecord } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/** From the loop to the send. */
const DEPTH = 3;

/** A goroutine that is the only one to receive from a channel without a buffer, pass by pass. */
export interface Loop {
  readonly record: ChannelRecord;
  readonly model: FunctionModel;
  readonly receive: OperationOf<"receive">;
}

/** A send outside of a select that a pass of a loop comes to. */
export interface Sending {
  readonly model: FunctionModel;
  readonly send: OperationOf<"send">;
  /** The calls from the loop's function on. */
  readonly calls: readonly { readonly in: FunctionModel; readonly operation: Operation }[];
  /** Whether the loop comes to it from more than the receive alone: with another signal, or several times. */
  readonly isUnasked: boolean;
}

/** The one loop that receives from a channel without a buffer, in a goroutine. */
export function loopOf(use: Use, record: ChannelRecord): Loop | undefined {
  const { receives, makes, capacity, sends, identity } = record;
  const [only] = receives;
  if (!only || receives.length > 1 || makes.length === 0 || capacity !== 0) return undefined;
  const name = fieldNameOf(identity);
  if (sends.length === 0 || !name || !isPrivate(name)) return undefined;
  const functions = use(program);
  const model = functions.model(only.function.id);
  const { operation: receive } = only;
  if (!model || model.isDamaged || receive.kind !== "receive" || only.select?.hasDefault)
    return undefined;
  const at = blockOf(model, receive);
  if (at < 0 || !reaches(model.blocks, at, at)) return undefined;
  const sites = use(callSites).of(model.id);
  if (sites.length === 0 || sites.some(({ operation }) => operation.kind !== "spawn"))
    return undefined;
  if (isHandedOn(modelsNaming(functions, name), isField(identity, name))) return undefined;
  return { record, model, receive };
}

function blockOf({ blocks }: FunctionModel, receive: Operation): number {
  return blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(receive) ||
      (end.kind === "select" && end.cases.some(({ operation }) => operation === receive)),
  );
}

export function isTo({ send }: Sending, { record }: Loop): boolean {
  return identityOf(send.channel) === record.identity;
}

/** Sends outside of a select that a pass of the loop comes to, by calls or at once. */
export function sendingsOf(functions: Program, { model, receive }: Loop): Sending[] {
  const { blocks } = model;
  const home = blockOf(model, receive);
  const end = blocks[home]?.end;
  const unasked = new Set<number>();
  if (end?.kind === "select")
    for (const { operation, to } of end.cases)
      if (operation !== receive) for (const one of within(model, to, home)) unasked.add(one);
  const found: Sending[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!reaches(blocks, index, home) || !reaches(blocks, home, index)) continue;
    const isRepeated = index !== home && reaches(blocks, index, index, home);
    const isUnasked = unasked.has(index) || isRepeated;
    collect(functions, model, block.operations, isUnasked, [], new Set([model.id]), found);
  }
  return found;
}

/** What a pass of the loop does itself, the receive included. */
export function passOf({ model, receive }: Loop): Operation[] {
  const { blocks } = model;
  const home = blockOf(model, receive);
  return blocks.flatMap(({ operations }, index) =>
    reaches(blocks, index, home) && reaches(blocks, home, index) ? operations : [],
  );
}

/** The blocks of one case, up to the next pass. */
function within({ blocks }: FunctionModel, start: number, home: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const block = blocks[next];
    if (!block || next === home || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...successors(block.end));
  }
  return seen;
}

function collect(
  functions: Program,
  model: FunctionModel,
  operations: readonly Operation[],
  isUnasked: boolean,
  calls: Sending["calls"],
  seen: Set<FunctionId>,
  found: Sending[],
): void {
  for (const operation of operations) {
    if (operation.kind === "send") found.push({ model, send: operation, calls, isUnasked });
    if (operation.kind !== "call" || operation.callee.kind !== "static") continue;
    const callee = functions.model(operation.callee.function);
    if (!callee || callee.isDamaged || seen.has(callee.id) || calls.length === DEPTH) continue;
    const deeper = [...calls, { in: model, operation }];
    const known = new Set([...seen, callee.id]);
    for (const [index, block] of callee.blocks.entries()) {
      const isRepeated = isUnasked || reaches(callee.blocks, index, index);
      collect(functions, callee, block.operations, isRepeated, deeper, known, found);
    }
  }
}

/** The calls from the loop to the send, told in a trace. */
export function callSteps(thread: number, { calls }: Sending): TraceStep[] {
  return calls.map(({ in: { file }, operation }) => ({
    thread,
    at: { file, ...operation.at },
    action: "calls on",
    waits: false,
  }));
}
