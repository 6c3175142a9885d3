import { defineAnalysis, type Use } from "../core/analysis.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Callee, Operation, OperationOf, Value } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type FunctionId, pathKey, type Variable } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { type ChannelCensus, channelCensus } from "./channel-census.ts";
import { STARTING } from "./goroutine-starts.ts";
import { leadsTo } from "./locks/leads-to.ts";
import { clocksOf, Joins } from "./sharing/joins.ts";
import { reachedFrom } from "./sharing/reached.ts";

/** How a function runs a function that it is given: on a goroutine of its own. */
export interface Start {
  /** Whether it may wait for the end, or for anything else, before it returns. */
  readonly waits: boolean;
  /** Whether several of its goroutines run it. */
  readonly isMany: boolean;
  /** Whether they may take turns: they hold a lock, or a place that there may be one of, or wait for another one. */
  readonly takesTurns: boolean;
}

/**
 * Functions of the unit that start what they are given, at once or through others:
 *
 *     func (p *pool) submit(job func()) {
 *         p.group.Add(1)
 *         go func() { defer p.group.Done(); job() }()
 *     }
 *
 * A function that is sent on a channel is run by whoever receives it. What is kept in a field is not followed.
 */
export interface StartedParameters {
  /** A function that a call hands over to be started: by each of the functions that the call may mean. */
  startOf(call: OperationOf<"call">, argument: Value): Start | undefined;
  /** Whether a function literal is an argument that is started, and outlives the call. */
  isStarted(literal: FunctionId): boolean;
  /** Functions in which something may be handed over. */
  readonly handing: readonly FunctionHeader[];
}

/** Text of a function that may start or send something. */
const DIRECT = new RegExp(`(?:${STARTING.source}|<-)`);
/** Functions that hand on what they were handed. */
const DEPTH = 3;
/** Implementations of one method of an interface. */
const MOST_CALLEES = 4;

export const startedParameters = defineAnalysis("started parameters", (use): StartedParameters => {
  const functions = use(program);
  const finder = new StartFinder(functions, use);
  return {
    startOf: (call, argument) => finder.startOf(call, argument, DEPTH),
    get handing() {
      return finder.handing();
    },
    isStarted(literal) {
      const around = functions.header(literal)?.enclosing;
      const model = around === undefined ? undefined : functions.model(around);
      return (
        model !== undefined &&
        operationsOf(model).some((one) => {
          if (one.kind !== "call") return false;
          const given = one.arguments.find((value) => isFunction(value, literal));
          return given !== undefined && finder.startOf(one, given, DEPTH)?.waits === false;
        })
      );
    },
  };
});

class StartFinder {
  readonly #functions: Program;
  readonly #use: Use;
  readonly #joins: Joins;
  readonly #known = new Map<string, Start | undefined>();

  constructor(functions: Program, use: Use) {
    this.#functions = functions;
    this.#use = use;
    this.#joins = new Joins(functions);
  }

  startOf(call: OperationOf<"call">, argument: Value, depth: number): Start | undefined {
    const callees = calleesOf(call.callee);
    const index = call.arguments.indexOf(argument);
    if (index === -1 || callees.length === 0 || callees.length > MOST_CALLEES) return undefined;
    const starts = callees.map((id) => this.#startIn(id, index, depth));
    return starts.includes(undefined) ? undefined : joined(starts.flatMap((one) => one ?? []));
  }

  /** By the names of those that start a parameter, and of those that give them theirs. */
  handing(): readonly FunctionHeader[] {
    const names = new Set<string>();
    let handing: readonly FunctionHeader[] = [];
    let fresh = this.#functions.functionsWith(DIRECT);
    for (let depth = 0; depth < DEPTH && fresh.length > 0; depth++) {
      const before = names.size;
      for (const header of fresh)
        if (header.parameters.some((_, index) => this.#startIn(header.id, index, DEPTH)))
          names.add(header.name.slice(header.name.lastIndexOf(".") + 1));
      if (names.size === before) break;
      handing = this.#functions.functionsWith(new RegExp(`\\b(?:${[...names].join("|")})\\(`));
      fresh = handing.filter(({ parameters }) => parameters.length > 0);
    }
    return handing;
  }

  #startIn(id: FunctionId, index: number, depth: number): Start | undefined {
    const key = `${id} ${index}`;
    if (this.#known.has(key)) return this.#known.get(key);
    // Recursion starts nothing.
    this.#known.set(key, undefined);
    const start = depth === 0 ? undefined : this.#findStart(id, index, depth);
    this.#known.set(key, start);
    return start;
  }

  #findStart(id: FunctionId, index: number, depth: number): Start | undefined {
    const parameter = this.#functions.header(id)?.parameters[index];
    if (!parameter || parameter.isReassigned || parameter.isVariadic) return undefined;
    const model = this.#functions.model(id);
    if (!model || model.isDamaged) return undefined;
    const starts: Start[] = [];
    for (const one of operationsOf(model)) {
      const start = this.#startAt(model, one, parameter, depth);
      if (start) starts.push({ ...start, waits: start.waits || this.#waitsAfter(model, one) });
      // `if async { go run(job) } else { run(job) }`: who calls it knows which.
      else if (one.kind === "call" && isNamedIn(one, parameter)) return undefined;
    }
    return starts.length > 0 ? joined(starts) : undefined;
  }

  #startAt(
    model: FunctionModel,
    operation: Operation,
    parameter: Variable,
    depth: number,
  ): Start | undefined {
    if (operation.kind === "send")
      return isSent(model, operation, parameter)
        ? { waits: false, isMany: false, takesTurns: true }
        : undefined;
    if (operation.kind === "spawn") {
      const runner = this.#runnerOf(operation, parameter);
      if (!runner) return undefined;
      const takesTurns = runner !== "itself" && this.#takesTurns(runner);
      return { waits: false, isMany: this.#isStartedAnew(model, operation), takesTurns };
    }
    if (operation.kind !== "call") return undefined;
    const given = operation.arguments.find(
      (value) => isVariable(value, parameter) || this.#isRunBy(value, parameter),
    );
    return given && this.startOf(operation, given, depth - 1);
  }

  /** Whether the next pass of a loop starts another goroutine before it has heard of this one: `go try(failed); err := <-failed`. */
  #isStartedAnew(model: FunctionModel, spawn: OperationOf<"spawn">): boolean {
    const { callee, arguments: given } = spawn;
    const body = callee.kind === "static" ? this.#functions.model(callee.function) : undefined;
    const answers = new Set([
      ...given.flatMap((value) => (value.kind === "path" ? (pathKey(value.path) ?? []) : [])),
      ...(body ? answersOf(body) : []),
    ]);
    const isAnswer = (one: Operation): boolean =>
      one.kind === "wait" || (one.kind === "receive" && answers.has(pathKey(one.channel) ?? ""));
    return reachedFrom(model, spawn, isAnswer).has(spawn);
  }

  /** The function that a goroutine runs, where it calls the parameter: the parameter `itself`, a literal, or one that is given it. */
  #runnerOf(
    { callee, arguments: given }: OperationOf<"spawn">,
    parameter: Variable,
  ): FunctionModel | "itself" | undefined {
    if (isCallOf(callee, parameter)) return "itself";
    const model = callee.kind === "static" ? this.#functions.model(callee.function) : undefined;
    if (!model || model.isDamaged) return undefined;
    if (model.role === "closure" && this.#runs(model, parameter, DEPTH)) return model;
    const own = model.parameters[given.findIndex((value) => isVariable(value, parameter))];
    return own && this.#runs(model, own, DEPTH) ? model : undefined;
  }

  /** Whether a value is a function literal that calls a variable of the function around. */
  #isRunBy(value: Value, variable: Variable): boolean {
    const model = value.kind === "function" ? this.#functions.model(value.function) : undefined;
    return model?.role === "closure" && this.#runs(model, variable, DEPTH);
  }

  /** Whether a function calls a variable, or calls a function that it gives the variable to and that does. */
  #runs(model: FunctionModel, variable: Variable, depth: number): boolean {
    return operationsOf(model).some((one) => {
      if (one.kind !== "call") return false;
      if (isCallOf(one.callee, variable)) return true;
      if (one.callee.kind !== "static" || depth === 0) return false;
      const callee = this.#functions.model(one.callee.function);
      const index = one.arguments.findIndex((value) => isVariable(value, variable));
      const inner = callee?.parameters[index];
      return callee !== undefined && inner !== undefined && this.#runs(callee, inner, depth - 1);
    });
  }

  #waitsAfter(model: FunctionModel, start: Operation): boolean {
    const clocks = clocksOf(model);
    return operationsOf(model).some(
      (one) => this.#joins.isJoin(one, clocks) && leadsTo(model, start.at, one.at),
    );
  }

  #takesTurns(runner: FunctionModel): boolean {
    const census = this.#use(channelCensus);
    return operationsOf(runner).some(
      (one) =>
        one.kind === "acquire" ||
        // Its turn may come when another one has ended; a worker's next job is no turn.
        (one.kind === "receive" && !one.isRange && !one.bindsOk && !hasRoomForMany(census, one)),
    );
  }
}

function joined(starts: readonly Start[]): Start {
  return {
    waits: starts.some(({ waits }) => waits),
    isMany: starts.some(({ isMany }) => isMany),
    takesTurns: starts.some(({ takesTurns }) => takesTurns),
  };
}

function calleesOf(callee: Callee): readonly FunctionId[] {
  if (callee.kind === "static") return [callee.function];
  return callee.kind === "dynamic" && callee.through === "interface" ? callee.candidates : [];
}

function isCallOf(callee: Callee, variable: Variable): boolean {
  return (
    callee.kind === "dynamic" &&
    callee.through === "value" &&
    callee.receiver !== undefined &&
    isVariable(callee.receiver, variable)
  );
}

function isVariable(value: Value, variable: Variable): boolean {
  if (value.kind !== "path" || value.path.steps.length > 0) return false;
  const { root } = value.path;
  return root.kind === "variable" && root.variable === variable;
}

function isNamedIn({ callee, arguments: given }: OperationOf<"call">, variable: Variable): boolean {
  return isCallOf(callee, variable) || given.some((value) => isVariable(value, variable));
}

function isFunction(value: Value, id: FunctionId): boolean {
  return value.kind === "function" && value.function === id;
}

/** `p.jobs <- job`: the value escapes within the statement. */
function isSent(model: FunctionModel, send: OperationOf<"send">, parameter: Variable): boolean {
  return operationsOf(model).some(
    (one) =>
      one.kind === "escape" &&
      isVariable(one.value, parameter) &&
      one.at.start >= send.at.start &&
      one.at.end <= send.at.end,
  );
}

/** Keys of the channels on which a goroutine tells something. */
function answersOf(body: FunctionModel): string[] {
  const answered = (one: Operation): string[] => {
    if (one.kind === "defer") return one.operations.flatMap(answered);
    const key = one.kind === "send" || one.kind === "close" ? pathKey(one.channel) : undefined;
    return key === undefined ? [] : [key];
  };
  return operationsOf(body).flatMap(answered);
}

/** Places in a buffer whose size is no number are meant to be several. */
function hasRoomForMany(census: ChannelCensus, { channel }: OperationOf<"receive">): boolean {
  return (census.of(channel)?.makes ?? []).some(({ operation }) => {
    const capacity = operation.kind === "make" ? operation.capacity : undefined;
    return capacity?.kind === "expression" || (capacity?.kind === "known" && capacity.value > 1);
  });
}
