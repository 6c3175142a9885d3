import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { calleesOf } from "../../model/callees-of.ts";
import type { Block, BlockId, FunctionModel } from "../../model/function.ts";
import type { Capacity, Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { seenByCaller } from "../wait-groups/workers.ts";

/**
 * A channel is filled in a loop before anybody who could receive from it is started:
 *
 *     p := &pool{tasks: make(chan task, config.queue)}
 *     for _, task := range config.first { p.tasks <- task }     // waits for ever when there are more than that
 *     go p.work()
 */
export interface EarlySend {
  readonly at: Place;
  readonly channel: string;
  readonly madeAt: Place;
  readonly function: FunctionModel;
  /** The room in the channel, in the user's words; undefined where there is none. */
  readonly room: string | undefined;
  readonly trace: Trace;
}

const INTEREST = /\bmake\(\s*chan\b/;
/** Calls between the function that makes the channel and the send. */
const DEPTH = 3;

export const earlySends = defineAnalysis("early sends", (use): EarlySend[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, file, isTest }) => {
    // Tests know how much they send.
    const isAsked = functions.isJudged(file) && (!isTest || functions.isTestsAlone === true);
    const model = isAsked ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    return operationsOf(model).flatMap((make) =>
      make.kind === "make" && make.object === "channel"
        ? (new Search(functions, model, make).first() ?? [])
        : [],
    );
  });
});

interface Call {
  readonly model: FunctionModel;
  readonly operation: OperationOf<"call">;
}

class Search {
  readonly #functions: Program;
  readonly #model: FunctionModel;
  readonly #make: OperationOf<"make">;
  readonly #channel: string | undefined;
  /** The local that the channel is, or lies in. */
  readonly #owner: string | undefined;

  constructor(functions: Program, model: FunctionModel, make: OperationOf<"make">) {
    const { root } = make.path;
    this.#functions = functions;
    this.#model = model;
    this.#make = make;
    this.#channel = pathKey(make.path);
    this.#owner =
      root.kind === "variable" &&
      root.variable.role === "local" &&
      root.variable.declaredIn === model.id
        ? root.variable.id
        : undefined;
  }

  /** The first send in a loop that every way to it comes to before the channel is known to anybody else. */
  first(): EarlySend | undefined {
    const { blocks } = this.#model;
    const home = blocks.findIndex(({ operations }) => operations.includes(this.#make));
    const start = blocks[home];
    if (!start || this.#owner === undefined || this.#channel === undefined) return undefined;
    // One that is made in each pass is another one each time.
    if (reaches(blocks, home, home)) return undefined;
    const seen = new Set<BlockId>();
    const waiting: { readonly id: BlockId; readonly from: number }[] = [
      { id: home, from: start.operations.indexOf(this.#make) + 1 },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const block = blocks[next.id];
      if (!block || seen.has(next.id)) continue;
      seen.add(next.id);
      const found = this.#through(block, next.from);
      if (found === "known to others") continue;
      if (found) return found;
      if (block.end.kind === "select") continue;
      waiting.push(...successors(block.end).map((id) => ({ id, from: 0 })));
    }
    return undefined;
  }

  #through({ operations }: Block, from: number): EarlySend | "known to others" | undefined {
    for (const operation of operations.slice(from)) {
      const found = this.#sendIn(this.#model, operation, (path) => path, []);
      if (found) return this.#mayBeKnown(operation) ? "known to others" : found;
      if (this.#tellsOthers(operation)) return "known to others";
    }
    return undefined;
  }

  /** On some way: `for range workers { go work(tasks) }` starts nobody where there are no workers. */
  #mayBeKnown(operation: Operation): boolean {
    const { at } = this.#make;
    return operationsOf(this.#model).some(
      (one) =>
        this.#tellsOthers(one) &&
        leadsTo(this.#model, at, one.at) &&
        leadsTo(this.#model, one.at, operation.at),
    );
  }

  #sendIn(
    model: FunctionModel,
    operation: Operation,
    seen: (path: AccessPath) => AccessPath | undefined,
    calls: readonly Call[],
  ): EarlySend | undefined {
    if (operation.kind === "send") {
      const channel = seen(operation.channel);
      if (!channel || pathKey(channel) !== this.#channel) return undefined;
      const ways = [{ model, operation }, ...calls];
      return ways.some((one) => this.#isTooOften(one.model, one.operation))
        ? this.#describe(model, operation, calls)
        : undefined;
    }
    if (operation.kind !== "call" || operation.callee.kind !== "static" || calls.length === DEPTH)
      return undefined;
    const callee = this.#functions.model(operation.callee.function);
    if (!callee || callee.isDamaged || calls.some((one) => one.model.id === callee.id))
      return undefined;
    if (this.#startsOthers(callee.id, DEPTH)) return undefined;
    const seenInside = (path: AccessPath): AccessPath | undefined => {
      const outside = seenByCaller(operation, callee, path);
      return outside && seen(outside);
    };
    const deeper = [{ model, operation }, ...calls];
    for (const block of callee.blocks)
      for (const one of block.operations) {
        const found = this.#sendIn(callee, one, seenInside, deeper);
        if (found) return found;
      }
    return undefined;
  }

  /** In a loop that may run more often than there is room. */
  #isTooOften({ blocks }: FunctionModel, operation: Operation): boolean {
    const at = blocks.findIndex(({ operations }) => operations.includes(operation));
    if (!reaches(blocks, at, at)) return false;
    const heads = [...blocks.entries()].filter(
      ([index, { end }]) =>
        end.kind === "loop" && reaches(blocks, index, at) && reaches(blocks, at, index),
    );
    // Where a pass may do without, how often it is come to is not known.
    const isInEachPass = (body: BlockId, head: BlockId) =>
      body === at || !reaches(blocks, body, head, at);
    return (
      heads.length > 0 &&
      heads.every(
        ([head, { end }]) =>
          end.kind === "loop" &&
          exceeds(end.bound, this.#make.capacity) &&
          isInEachPass(end.body, head),
      )
    );
  }

  /** Whether somebody else may know the channel after an operation, or be started. */
  #tellsOthers(operation: Operation): boolean {
    switch (operation.kind) {
      case "spawn":
      case "receive":
        return true;
      case "assign":
      case "escape":
        return this.#isOwn(operation.value);
      case "send":
        return false;
      case "defer":
        return operation.operations.some((one) => this.#tellsOthers(one));
      case "call": {
        const { callee, arguments: given } = operation;
        const isGiven = given.some((one) => one.kind === "function" || this.#isOwn(one));
        if (callee.kind === "unknown" || callee.kind === "external") return isGiven;
        const receiver = callee.receiver !== undefined && this.#isOwn(callee.receiver);
        if (callee.kind === "dynamic" && (isGiven || receiver)) return true;
        return calleesOf(callee).some((id) => this.#startsOthers(id, DEPTH));
      }
      default:
        return false;
    }
  }

  #startsOthers(id: FunctionId, depth: number): boolean {
    const model = this.#functions.model(id);
    if (!model || depth === 0) return true;
    return operationsOf(model).some((one) => {
      if (one.kind === "spawn" || (one.kind === "escape" && isReceiver(one.value))) return true;
      return (
        one.kind === "call" &&
        calleesOf(one.callee).some((callee) => this.#startsOthers(callee, depth - 1))
      );
    });
  }

  #isOwn(value: Value): boolean {
    if (value.kind !== "path" || value.path.root.kind !== "variable")
      return value.kind === "function";
    const key = pathKey(value.path);
    const isOwner = value.path.steps.length === 0 && value.path.root.variable.id === this.#owner;
    return isOwner || (key !== undefined && key === this.#channel);
  }

  #describe(sender: FunctionModel, send: OperationOf<"send">, calls: readonly Call[]): EarlySend {
    const { capacity } = this.#make;
    const room = roomOf(capacity);
    const madeAt = placeIn(this.#model, this.#make.at);
    const at = placeIn(sender, send.at);
    const channel = send.channel.text;
    const steps = [...calls].reverse().map(({ model, operation }) => ({
      thread: 0,
      at: placeIn(model, operation.at),
      action: "calls on",
      waits: false,
    }));
    const size = room === undefined ? "without a buffer" : `with room for ${room}`;
    return {
      at,
      channel,
      madeAt,
      function: this.#model,
      room,
      trace: {
        threads: [this.#model.name],
        steps: [
          { thread: 0, at: madeAt, action: `makes ${this.#make.path.text} ${size}`, waits: false },
          ...steps,
          {
            thread: 0,
            at,
            action: `waits to send on ${channel}, for ever: nobody receives yet`,
            waits: true,
          },
        ],
      },
    };
  }
}

/** A method that hands its own object on. */
function isReceiver(value: Value): boolean {
  if (value.kind !== "path" || value.path.root.kind !== "variable")
    return value.kind === "function";
  return value.path.steps.length === 0 && value.path.root.variable.role === "receiver";
}

function roomOf(capacity: Capacity | undefined): string | undefined {
  switch (capacity?.kind) {
    case "known":
      return capacity.value === 0 ? undefined : String(capacity.value);
    case "unknown":
      return capacity.written;
    default:
      return undefined;
  }
}

/** Whether a loop may run more often than a buffer has room: it has nothing to do with its size, which somebody has set. */
function exceeds(bound: string | undefined, capacity: Capacity | undefined): boolean {
  const passes = bound !== undefined && /^\d+$/.test(bound) ? Number(bound) : undefined;
  switch (capacity?.kind) {
    case "known":
      return (passes ?? Number.POSITIVE_INFINITY) > capacity.value;
    case "unknown":
      // A number of the configuration, `config.QueueSize`.
      return passes === undefined && /^\w+(?:\.\w+)+$/.test(capacity.written ?? "");
    default:
      return false;
  }
}
