import type { Place, Span } from "../../core/position.ts";
import type { Block, BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import type { Program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { mentionsOf } from "../mentions.ts";

/**
 * Something that was counted when it was sent, and that its receiver drops without a Done:
 *
 *     func (p *press) submit(s sheet) { p.pending.Add(1); p.feed <- s }
 *
 *     for s := range p.feed {
 *         if err := p.print(s); err != nil { continue }     // and the Done?
 *         p.pending.Done()
 *     }
 */
export interface LostItem {
  readonly worker: FunctionModel;
  readonly group: AccessPath;
  /** The end of the pass that passes by the Done. */
  readonly at: Place;
  readonly countedAt: Place;
  readonly doneAt: Place;
  readonly waitAt: Place;
}

export function lostItems(
  functions: Program,
  models: readonly FunctionModel[],
  waits: ReadonlyMap<string, Place>,
): LostItem[] {
  const counted = models.flatMap(countedSends);
  if (counted.length === 0) return [];
  return models.flatMap((worker) =>
    operationsOf(worker).flatMap((done) => {
      const group = isDone(done) ? identityOf(done.group) : undefined;
      const waitAt = group === undefined ? undefined : waits.get(group);
      const sends = counted.filter((one) => one.group === group);
      if (done.kind !== "add" || group === undefined || !waitAt) return [];
      return sends.flatMap(({ channel, at }) => {
        const passed = passWithoutDone(functions, worker, channel, group);
        if (!passed) return [];
        const place = placeIn(worker, passed);
        return [
          {
            worker,
            group: done.group,
            at: place,
            countedAt: at,
            waitAt,
            doneAt: placeIn(worker, done.at),
          },
        ];
      });
    }),
  );
}

interface CountedSend {
  readonly group: string;
  readonly channel: string;
  readonly at: Place;
}

/** `Add(1)` right before a send, of what is sent. */
function countedSends(model: FunctionModel): CountedSend[] {
  const operations = operationsOf(model);
  return operations.flatMap((add) => {
    const group = add.kind === "add" && add.delta === 1 ? identityOf(add.group) : undefined;
    if (group === undefined) return [];
    return model.blocks.flatMap(({ operations: together, end }) => {
      if (!together.includes(add)) return [];
      // Whoever starts a goroutine there counts that.
      if (together.some(({ kind }) => kind === "spawn")) return [];
      const cases = end.kind === "select" ? end.cases.map(({ operation }) => operation) : [];
      return [...together, ...cases].flatMap((send) => {
        const channel = send.kind === "send" ? identityOf(send.channel) : undefined;
        const isBehind = channel !== undefined && leadsTo(model, add.at, send.at);
        return isBehind ? [{ group, channel, at: placeIn(model, add.at) }] : [];
      });
    });
  });
}

function isDone(operation: Operation): operation is OperationOf<"add"> {
  return operation.kind === "add" && operation.delta === -1;
}

/** A way from a receive round to it again on which nothing has to do with the group, or hands on what was received. */
function passWithoutDone(
  functions: Program,
  worker: FunctionModel,
  channel: string,
  group: string,
): Span | undefined {
  const { blocks } = worker;
  for (const [head, block] of blocks.entries()) {
    const first = behindReceive(block, channel);
    if (first === undefined || !isMetInLoop(blocks, head, group)) continue;
    const seen = new Set<BlockId>();
    const waiting: { block: BlockId; jumpedAt: Span | undefined }[] = [
      { block: first, jumpedAt: undefined },
    ];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      const here = blocks[at.block];
      if (at.block === head && at.jumpedAt) return at.jumpedAt;
      if (!here || at.block === head || seen.has(at.block)) continue;
      seen.add(at.block);
      if (here.operations.some((one) => mayMeet(functions, one, group))) continue;
      const jumpedAt = (here.end.kind === "goto" && here.end.at) || at.jumpedAt;
      for (const next of successors(here.end)) waiting.push({ block: next, jumpedAt });
    }
  }
  return undefined;
}

/** Where it goes on with what was received. */
function behindReceive({ operations, end }: Block, channel: string): BlockId | undefined {
  const isIt = (one: Operation) => one.kind === "receive" && identityOf(one.channel) === channel;
  if (end.kind === "select") return end.cases.find(({ operation }) => isIt(operation))?.to;
  const isRange = operations.some((one) => isIt(one) && one.kind === "receive" && one.isRange);
  if (!isRange) return undefined;
  return end.kind === "loop" ? end.body : end.kind === "branch" ? end.then : undefined;
}

/** Whether the loop has a Done of its own, at the end of some of its passes. */
function isMetInLoop(blocks: readonly Block[], head: BlockId, group: string): boolean {
  return blocks.some(
    ({ operations }, at) =>
      at !== head &&
      operations.some((one) => isDone(one) && identityOf(one.group) === group) &&
      returnsTo(blocks, at, head),
  );
}

function returnsTo(blocks: readonly Block[], from: BlockId, head: BlockId): boolean {
  const seen = new Set<BlockId>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === head) return true;
    const block = blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    waiting.push(...successors(block.end));
  }
  return false;
}

/** Calls that are followed for a Done, or for somebody who takes over. */
const DEPTH = 3;

/** Whether an operation does what is owed, or may leave it to somebody else. */
function mayMeet(functions: Program, operation: Operation, group: string, depth = DEPTH): boolean {
  if (["send", "spawn", "escape", "defer", "add"].includes(operation.kind)) return true;
  if (operation.kind === "write") return true;
  const mentioned = mentionsOf(operation);
  if (mentioned.paths.some((path) => identityOf(path) === group)) return true;
  if (operation.kind !== "call") return mentioned.functions.length > 0;
  const { callee } = operation;
  if (callee.kind !== "static") return callee.kind === "dynamic" && callee.through === "value";
  const model = depth > 0 ? functions.model(callee.function) : undefined;
  return !model || operationsOf(model).some((one) => hands(functions, one, group, depth - 1));
}

/** What a callee does that could end in a Done: local work does not. */
function hands(functions: Program, one: Operation, group: string, depth: number): boolean {
  if (one.kind === "write" || one.kind === "escape") return false;
  return mayMeet(functions, one, group, depth);
}
