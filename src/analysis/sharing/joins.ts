import type { FunctionModel } from "../../model/function.ts";
import type { Callee, Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";

/**
 * Operations after which a goroutine may have ended, or may have been told something: receives, waits, and calls that may do
 * either. A receive from a timer or of the end of a context tells nothing about the goroutine.
 */
export class Joins {
  readonly #program: Program;
  readonly #calls = new Map<FunctionId, boolean>();

  constructor(functions: Program) {
    this.#program = functions;
  }

  /** `clocks`: see `clocksOf`. */
  isJoin(operation: Operation, clocks: ReadonlySet<string>): boolean {
    switch (operation.kind) {
      case "receive":
        return !isClock(operation.channel, clocks);
      case "wait":
        return true;
      case "acquire":
        return operation.object === "semaphore";
      case "call":
        return this.#mayWait(operation);
      default:
        return false;
    }
  }

  #mayWait({ callee, arguments: given }: OperationOf<"call">): boolean {
    switch (callee.kind) {
      case "static":
        return this.#inside(callee.function, DEPTH);
      case "external":
        return isWaitingName(callee) || given.some(({ kind }) => kind === "function");
      case "dynamic":
        return callee.through === "value" || isWaitingName(callee);
      case "unknown":
        return true;
    }
  }

  #inside(id: FunctionId, depth: number): boolean {
    const known = this.#calls.get(id);
    if (known !== undefined) return known;
    // A function that calls itself waits if another part of it does.
    this.#calls.set(id, false);
    const model = depth === 0 ? undefined : this.#program.model(id);
    const mayWait = !model || this.#waitsIn(model, depth);
    this.#calls.set(id, mayWait);
    return mayWait;
  }

  #waitsIn(model: FunctionModel, depth: number): boolean {
    const clocks = clocksOf(model);
    const waits = (operation: Operation): boolean => {
      if (operation.kind === "defer") return operation.operations.some(waits);
      if (operation.kind === "call" && operation.callee.kind === "static")
        return this.#inside(operation.callee.function, depth - 1);
      return this.isJoin(operation, clocks);
    };
    return model.blocks.some(
      ({ operations, end }) =>
        operations.some(waits) ||
        (end.kind === "select" && end.cases.some(({ operation }) => waits(operation))),
    );
  }
}

const DEPTH = 5;
/** Words of functions that wait for others, or make them end. */
const WAITING =
  /wait|join|close|stop|shut|done|sync|flush|finish|recv|receive|drain|collect|eventually|poll|until|kill|run|serve|accept|barrier|next|consume|block|lock|do$|request|roundtrip|await/i;
/** Calls into these packages neither wait for a goroutine nor run what they are given, unless their names say so. */
const WORDS = /(?:^|[./])([A-Za-z_]\w*)$/;

function isWaitingName(callee: Callee): boolean {
  if (callee.kind === "static") return false;
  if (callee.name.startsWith("sync/atomic.")) return false;
  return WAITING.test(WORDS.exec(callee.name)?.[1] ?? callee.name);
}

/** Keys of timers, tickers and contexts that a function makes. */
export function clocksOf({ blocks }: FunctionModel): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { operations } of blocks)
    for (const operation of operations) {
      if (operation.kind !== "make") continue;
      const { object, path } = operation;
      const key = pathKey(path);
      if (key !== undefined && (object === "timer" || object === "ticker" || object === "context"))
        keys.add(key);
    }
  return keys;
}

function isClock(channel: AccessPath, clocks: ReadonlySet<string>): boolean {
  const last = channel.steps.at(-1);
  if (last?.kind === "call" && last.method === "Done") return true;
  const key = pathKey(channel);
  if (key !== undefined && [...clocks].some((clock) => key === clock || key === `${clock}.C`))
    return true;
  return /^time\.(?:After|Tick)\(|\.Done\(\)$/.test(channel.text);
}
