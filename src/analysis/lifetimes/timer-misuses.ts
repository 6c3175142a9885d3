import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import { calleesOf } from "../../model/callees-of.ts";
import type { Block, BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { atCall, isVisibleToCallers } from "../locks/substitute.ts";
import {
  afterWrites,
  factsKey,
  type PathFacts,
  repeatedConditions,
  waysOn,
} from "../path-facts.ts";

/**
 * Timers whose channel is emptied when it is empty already, or is not when it must be:
 *
 *     case <-timer.C: …            // empties it
 *     …
 *     if !timer.Stop() {
 *         <-timer.C                // waits for ever: nothing comes any more
 *     }
 *     timer.Reset(d)
 *
 * Not modelled: timers in elements of slices and maps, and what other functions do to the timer, other than to set or drain it.
 */
export interface TimerMisuse {
  readonly function: FunctionModel;
  readonly timer: AccessPath;
  readonly kind: "drained-twice" | "reset-tested" | "reset-undrained";
  readonly at: Place;
  /** Where the channel was emptied before, or the timer was set before. */
  readonly before: Place;
  readonly trace: Trace | undefined;
}

const INTEREST = /\.(?:Stop|Reset)\(|<-.*\.C\b/;

export const timerMisuses = defineAnalysis("timer misuses", (use): TimerMisuse[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    return model && !model.isDamaged ? misusesIn(functions, model) : [];
  });
});

/** An operation with its position. */
interface Site {
  readonly block: BlockId;
  /** Position among the operations; of a select's case: before the first. */
  readonly index: number;
  readonly operation: Operation;
}

function misusesIn(functions: Program, model: FunctionModel): TimerMisuse[] {
  const timers = timersIn(model);
  return [...timers].flatMap(([key, timer]) => {
    const walk = new TimerWalk(functions, model, key);
    return [...walk.drainedTwice(timer), ...walk.resets(timer)];
  });
}

/** The timers on which Stop or Reset is called, or whose channel is received from, by path. */
function timersIn(model: FunctionModel): ReadonlyMap<string, AccessPath> {
  const timers = new Map<string, AccessPath>();
  for (const operation of operationsOf(model)) {
    const timer = timerOf(operation) ?? emptiedBy(operation);
    const key = timer && pathKey(timer);
    if (timer && key !== undefined) timers.set(key, timer);
  }
  return timers;
}

/** `t` of `<-t.C`, which may be a ticker as well. */
function emptiedBy(operation: Operation): AccessPath | undefined {
  if (operation.kind !== "receive") return undefined;
  const { steps, text, root } = operation.channel;
  const last = steps.at(-1);
  if (last?.kind !== "field" || last.name !== "C") return undefined;
  return { root, steps: steps.slice(0, -1), text: text.replace(/\.C$/, ""), slot: undefined };
}

function timerOf(operation: Operation, method?: "Stop" | "Reset"): AccessPath | undefined {
  if (operation.kind !== "call" || operation.callee.kind !== "external") return undefined;
  const { name, receiver } = operation.callee;
  if (name !== "time.Timer.Stop" && name !== "time.Timer.Reset") return undefined;
  if (method !== undefined && !name.endsWith(method)) return undefined;
  return receiver?.kind === "path" ? receiver.path : undefined;
}

/** `if !t.Stop() { <-t.C }`. `target`: the receive, or the call of the function that does it. */
interface Drain {
  readonly target: Operation;
  readonly stoppedAt: Place;
  readonly waitsAt: Place;
}

class TimerWalk {
  readonly #functions: Program;
  readonly #model: FunctionModel;
  readonly #key: string;
  readonly #tested: ReadonlySet<string>;
  readonly #repeated: ReadonlySet<string>;

  constructor(functions: Program, model: FunctionModel, key: string) {
    this.#functions = functions;
    this.#model = model;
    this.#repeated = repeatedConditions(model);
    this.#key = key;
    this.#tested = new Set(
      model.blocks.flatMap(({ end }) =>
        end.kind === "branch" && end.condition ? end.condition.reads : [],
      ),
    );
  }

  /** `if !t.Stop() { <-t.C }` that can be reached after another receive, with nothing that sets the timer between. */
  *drainedTwice(timer: AccessPath): Iterable<TimerMisuse> {
    for (const drain of [...this.#drains(), ...this.#drainsOfCallees()]) {
      const emptied = this.#receives().find((site) => this.#reaches(site, drain.target));
      if (!emptied) continue;
      yield {
        function: this.#model,
        timer,
        kind: "drained-twice",
        at: drain.waitsAt,
        before: this.#place(emptied.operation.at),
        trace: this.#trace(timer, emptied.operation.at, drain),
      };
      return;
    }
  }

  #drains(): Drain[] {
    return this.#drainsAfter("Stop")
      .filter((drain) => !this.#isDecidedByCall(drain))
      .map(({ call, receive: { operation } }) => ({
        target: operation,
        stoppedAt: this.#place(call.at),
        waitsAt: this.#place(operation.at),
      }));
  }

  /** `b.rearm(timer)`, which drains what it is given before it sets it. */
  #drainsOfCallees(): Drain[] {
    return this.#sites(({ kind }) => kind === "call").flatMap(({ operation: call }) => {
      if (call.kind !== "call" || call.callee.kind !== "static") return [];
      const callee = this.#functions.model(call.callee.function);
      if (!callee || callee.isDamaged) return [];
      return [...timersIn(callee)].flatMap(([key, timer]) => {
        const given = isVisibleToCallers(timer, callee) ? atCall(timer, callee, call) : undefined;
        if (!given || pathKey(given) !== this.#key) return [];
        const within = new TimerWalk(this.#functions, callee, key);
        return within.#drainsOfEntry().map((drain) => ({ ...drain, target: call }));
      });
    });
  }

  /** Those that come before the function itself sets the timer. */
  #drainsOfEntry(): Drain[] {
    const [entry] = this.#model.blocks[0]?.operations ?? [];
    if (!entry) return [];
    const start: Site = { block: 0, index: -1, operation: entry };
    return this.#drains().filter(({ target }) => this.#reaches(start, target));
  }

  *resets(timer: AccessPath): Iterable<TimerMisuse> {
    const { file } = this.#model;
    const tested = this.#drainsAfter("Reset");
    for (const { call, receive } of tested) {
      const at = { file, ...call.at };
      yield {
        function: this.#model,
        timer,
        kind: "reset-tested",
        at,
        before: this.#place(receive.operation.at),
        trace: undefined,
      };
    }
    if (this.#receives().length === 0 || tested.length > 0) return;
    for (const reset of this.#sites((one) => this.#isCall(one, "Reset"))) {
      const set = this.#sites((one) => this.#isSet(one) && !isNilled(one)).find((site) =>
        this.#reaches(site, reset.operation, true),
      );
      if (!set) continue;
      yield {
        function: this.#model,
        timer,
        kind: "reset-undrained",
        at: this.#place(reset.operation.at),
        before: this.#place(set.operation.at),
        trace: undefined,
      };
      return;
    }
  }

  /** Calls whose result decides whether the channel is received from. */
  #drainsAfter(method: "Stop" | "Reset"): { call: Operation; receive: Site }[] {
    const { blocks } = this.#model;
    return blocks.flatMap(({ operations, end }) => {
      const call = operations.at(-1);
      if (!call || !this.#isCall(call, method) || end.kind !== "branch" || end.condition) return [];
      return [end.then, end.otherwise].flatMap((block) => {
        const first = blocks[block]?.operations[0];
        return first && this.#isReceive(first)
          ? [{ call, receive: { block, index: 0, operation: first } }]
          : [];
      });
    });
  }

  #receives(): Site[] {
    const inSelects = this.#model.blocks.flatMap(({ end }) =>
      end.kind === "select"
        ? end.cases
            .filter(({ operation }) => this.#isReceive(operation))
            .map(({ operation, to }) => ({ block: to, index: -1, operation }))
        : [],
    );
    return [...inSelects, ...this.#sites((one) => this.#isReceive(one))];
  }

  #sites(matches: (operation: Operation) => boolean): Site[] {
    return this.#model.blocks.flatMap(({ operations }, block) =>
      operations.flatMap((operation, index) =>
        matches(operation) ? [{ block, index, operation }] : [],
      ),
    );
  }

  /**
   * Whether an operation is reached from a site with nothing between that sets the timer; for `isUntouched` also nothing that stops it
   * or receives from it. Where a flag is set on the way that a test before the target reads, the flag may say what was done: then no.
   */
  #reaches(from: Site, target: Operation, isUntouched = false): boolean {
    const waiting: Reached[] = [{ block: from.block, index: from.index + 1, facts: new Map() }];
    const flags = isUntouched ? this.#tested : this.#flagsBefore(target);
    const isOver = (one: Operation): boolean =>
      this.#isSet(one) ||
      this.#isSetByCallee(one) ||
      setsOneOf(flags, one) ||
      (isUntouched && (this.#isCall(one, "Stop") || this.#isReceive(one)));
    const isLeftOut = isUntouched ? (one: Operation) => this.#isReceive(one) : undefined;
    const seen = new Set<string>();
    for (let next = waiting.pop(); next && seen.size < MOST_STATES; next = waiting.pop()) {
      const block = this.#model.blocks[next.block];
      if (!block) continue;
      const operations = block.operations.slice(next.index);
      const outcome = through(operations, target, isOver);
      if (outcome === "reached") return true;
      if (outcome === "ended") continue;
      const facts = afterWrites(next.facts, operations);
      for (const way of waysOn(facts, block.end, this.#repeated, isLeftOut)) {
        const key = `${way.block}|${factsKey(way.facts)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        waiting.push({ block: way.block, index: 0, facts: way.facts });
      }
    }
    return false;
  }

  /** What is asked on the way from the last select on, where the answer decides whether the target is come to. */
  #flagsBefore(target: Operation): ReadonlySet<string> {
    const { blocks } = this.#model;
    return new Set(
      blocks.flatMap(({ end }, test) => {
        if (end.kind !== "branch" || !end.condition) return [];
        return this.#decides(test, target) ? end.condition.reads : [];
      }),
    );
  }

  /** `if !deadline.IsZero()`: some other call than that of Stop decides, which may well know whether the timer is set. */
  #isDecidedByCall({
    call,
    receive,
  }: {
    readonly call: Operation;
    readonly receive: Site;
  }): boolean {
    return this.#model.blocks.some(
      ({ end, operations }, test) =>
        end.kind === "branch" &&
        !end.condition &&
        operations.at(-1) !== call &&
        this.#decides(test, receive.operation),
    );
  }

  /** Whether one way from the end of a block comes to an operation and another one does not, from the last select on. */
  #decides(test: BlockId, target: Operation): boolean {
    const { blocks } = this.#model;
    const end = blocks[test]?.end;
    const ways = end ? successors(end).map((to) => comesTo(blocks, to, target, test)) : [];
    return ways.includes(true) && ways.includes(false);
  }

  #isCall(operation: Operation, method: "Stop" | "Reset"): boolean {
    const timer = timerOf(operation, method);
    return timer !== undefined && pathKey(timer) === this.#key;
  }

  #isReceive(operation: Operation): boolean {
    return operation.kind === "receive" && pathKey(operation.channel) === `${this.#key}.C`;
  }

  #isSet(operation: Operation): boolean {
    const set = setTimerOf(operation);
    return set !== undefined && pathKey(set) === this.#key;
  }

  /** A call gives another timer, or a function of the unit that it calls sets this one: `again := func() { timer.Reset(d) }`. */
  #isSetByCallee(operation: Operation): boolean {
    if (operation.kind !== "call") return false;
    if (operation.results.some((result) => result && pathKey(result) === this.#key)) return true;
    return calleesOf(operation.callee).some((id) => {
      const callee = this.#functions.model(id);
      return (
        callee !== undefined &&
        operationsOf(callee).some((one) => {
          const set = setTimerOf(one);
          const named = set && atCall(set, callee, operation);
          return named !== undefined && pathKey(named) === this.#key;
        })
      );
    });
  }

  #place({ start, end }: Span): Place {
    return { file: this.#model.file, start, end };
  }

  #trace(timer: AccessPath, emptied: Span, { stoppedAt, waitsAt }: Drain): Trace {
    const step = (at: Place, action: string, isLast = false) => ({
      thread: 0,
      at,
      action,
      waits: isLast,
    });
    return {
      threads: [this.#model.name],
      steps: [
        step(this.#place(emptied), `receives from ${timer.text}.C, which is empty now`),
        step(stoppedAt, `${timer.text}.Stop returns false: the timer has fired`),
        step(waitsAt, `waits for another value of ${timer.text}.C, for ever`, true),
      ],
    };
  }
}

/** Where a walk is, and what is known there. */
interface Reached {
  readonly block: BlockId;
  readonly index: number;
  readonly facts: PathFacts;
}

/** Blocks entered in different states: a size, never a time. */
const MOST_STATES = 2_000;

/** What an operation sets, if that may be a timer. */
function setTimerOf(operation: Operation): AccessPath | undefined {
  if (operation.kind === "make") return operation.path;
  if (operation.kind === "assign") return operation.target;
  return timerOf(operation, "Reset");
}

function isNilled(operation: Operation): boolean {
  return operation.kind === "assign" && operation.value.kind === "nil";
}

function through(
  operations: readonly Operation[],
  target: Operation,
  isOver: (operation: Operation) => boolean,
): "reached" | "ended" | "on" {
  for (const operation of operations) {
    if (operation === target) return "reached";
    if (isOver(operation)) return "ended";
  }
  return "on";
}

/** Whether a way leads from a block to an operation, with no select and not the block `without` between. */
function comesTo(
  blocks: readonly Block[],
  start: BlockId,
  target: Operation,
  without: BlockId,
): boolean {
  const waiting = [start];
  const seen = new Set<BlockId>([without]);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    if (block.operations.includes(target)) return true;
    if (block.end.kind !== "select") waiting.push(...successors(block.end));
  }
  return false;
}

function setsOneOf(flags: ReadonlySet<string>, operation: Operation): boolean {
  if (operation.kind !== "assign" || operation.value.kind !== "constant") return false;
  return flags.has(pathKey(operation.target) ?? "");
}
