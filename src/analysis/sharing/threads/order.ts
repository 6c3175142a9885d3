import type { Operation, OperationOf } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { flowFrom } from "../reached.ts";
import { idleChannels, unsentChannels } from "./idle-channels.ts";
import { deferred, operationsIn, selectOperations } from "./operations.ts";
import type { Frame, Scope, Thread } from "./scope.ts";

/** A place in a thread: the calls that lead there, the operation last. */
export type Position = readonly { readonly frame: Frame; readonly operation: Operation }[];

/** An operation with the calls that lead to it in its thread. */
export function positionOf(frame: Frame, operation: Operation): Position {
  const position = [{ frame, operation }];
  for (let at = frame; at.parent && at.operation && at.parent.thread === at.thread; at = at.parent)
    position.unshift({ frame: at.parent, operation: at.operation });
  return position;
}

/** May be anything: a function that is not known was called. */
const ANY = "?";
/** Something outside of the scope: the network, a process. */
const OUTSIDE = "outside";
const ONCE = "once";

const QUIET =
  /^(?:fmt|strings|strconv|errors|bytes|sort|slices|maps|math|unicode|log|os|time|path|reflect|testing|regexp|encoding|bufio|hash|crypto|runtime|cmp|text|html|sync\/atomic)\b/;
const WAITING =
  /wait|join|close|stop|shut|sync|flush|finish|recv|receive|drain|eventually|poll|until|accept|barrier|roundtrip|await|^do$|^(?:get|post|head)$/i;
/** Closes something outside, and waits for nobody here. */
const CLOSING = /^(?:io\.\w*Closer|net\.\w+|os\.File)\.Close$/;
const STORING = /^sync\/atomic\..*(?:Store|Add|Swap|CompareAndSwap|And|Or)\w*$/;
const LOADING = /^sync\/atomic\..*(?:Load|Add|Swap|CompareAndSwap)\w*$/;

/** Whether an operation of a frame ends a search. */
type Halts = (frame: Frame, operation: Operation) => boolean;

/** What comes before what in a scope: only where somebody lets somebody else know. */
export class Order {
  readonly #scope: Scope;
  readonly #all = new Map<Frame, ReadonlySet<string>>();
  readonly #waits = new Map<Frame, ReadonlySet<string>>();

  #idle: ReadonlySet<string> | undefined;
  #unsent: ReadonlySet<string> | undefined;

  readonly #isQuiet: Halts;

  /** `isQuiet`: calls that are known to tell nobody anything, and to wait for nobody. */
  constructor(scope: Scope, isQuiet: Halts = () => false) {
    this.#scope = scope;
    this.#isQuiet = isQuiet;
  }

  /** What a thread may do after a place that others can wait for, and what those do then, in turn. */
  signalsAfter(position: Position, but: readonly Thread[]): ReadonlySet<string> {
    const signals = new Set<string>();
    const add = (more: Iterable<string>): void => {
      for (const one of more) signals.add(one);
    };
    for (const { frame, operation } of position) {
      const { reached } = flowFrom(frame.model, operation, () => false);
      for (const one of [...reached, ...selectOperations(frame)]) {
        const told = [...this.#signalsOf(frame, one)];
        if (told.length > 0 && !this.#leadsBack(frame, one, operation)) add(told);
      }
      for (const one of deferred(frame)) add(this.#signalsOf(frame, one));
      if (frame.isOnce) signals.add(ONCE);
    }
    const [first] = position;
    add(endSignals(this.#scope, first?.frame.thread));
    const rest = new Set(this.#scope.threads.filter((thread) => !but.includes(thread)));
    for (let isMore = true; isMore; ) {
      isMore = false;
      for (const thread of rest) {
        const [entry] = thread.frames;
        if (!entry || ![...this.#waitsIn(entry)].some((wait) => isMet(wait, signals))) continue;
        rest.delete(thread);
        add(this.#allOf(entry));
        isMore = true;
      }
    }
    return signals;
  }

  /** Whether a loop comes back to a place after it has told something, without waiting: then the telling orders nothing. */
  #leadsBack(frame: Frame, from: Operation, to: Operation): boolean {
    const waits = (one: Operation): boolean =>
      one !== to &&
      (this.#waitsOf(frame, one).length > 0 ||
        (frame.calls.get(one) ?? []).some((callee) => this.#waitsIn(callee).size > 0));
    return flowFrom(frame.model, from, waits).reached.has(to);
  }

  /** What a thread tells only when it will not come to a place any more. */
  signalsInsteadOf(position: Position): ReadonlySet<string> {
    const signals = new Set<string>();
    const before = new Set<string>();
    for (const { frame, operation } of position)
      for (const one of operationsIn(frame)) {
        const { reached } = flowFrom(frame.model, one, () => false);
        const told = one === operation || reached.has(operation) ? before : signals;
        for (const signal of this.#signalsOf(frame, one)) told.add(signal);
      }
    return new Set([...signals].filter((one) => one !== ANY && !before.has(one)));
  }

  /** What may have been told before a place is reached. */
  signalsBefore(position: Position): ReadonlySet<string> {
    const signals = new Set<string>();
    for (const { frame, operation } of position) {
      const before = frame.model.blocks
        .flatMap(({ operations }) => operations)
        .filter(({ at }) => at.start < operation.at.start);
      for (const one of before)
        for (const signal of this.#signalsOf(frame, one)) signals.add(signal);
    }
    return signals;
  }

  /** Whether a thread can go from one place to another without waiting for what the signals tell. */
  isReachable(
    from: Position | "entry",
    to: Position,
    signals: ReadonlySet<string>,
    halts: Halts = () => false,
  ): boolean {
    const stops = this.#stops(signals, halts);
    if (from === "entry") return this.#isDescent("entry", to, stops, halts);
    let split = 0;
    while (split < from.length - 1 && split < to.length - 1 && isSame(from[split], to[split]))
      split++;
    return this.#isWay(from, to, split, stops, halts);
  }

  /**
   * Whether a thread can come to a place again, as a loop around one of the calls that lead there makes it, and finds there what it
   * found before: not what is made below that call.
   */
  isRepeated(
    at: Position,
    signals: ReadonlySet<string>,
    halts: Halts,
    isMadeBelow: (frame: Frame) => boolean,
  ): boolean {
    const stops = this.#stops(signals, halts);
    for (let level = at.length - 1; level >= 0; level--) {
      const below = at[level + 1]?.frame;
      if (below && isMadeBelow(below)) return false;
      if (this.#isWay(at, at, level, stops, halts)) return true;
    }
    return false;
  }

  #isWay(from: Position, to: Position, split: number, stops: Halts, halts: Halts): boolean {
    for (const { frame, operation } of from.slice(split + 1))
      if (!canLeave(frame, operation, (one) => stops(frame, one))) return false;
    const start = from[split]?.operation;
    return start !== undefined && this.#isDescent(start, to.slice(split), stops, halts);
  }

  /** From an operation of the first frame, or its entry, down to the last. */
  #isDescent(first: Operation | "entry", to: Position, stops: Halts, halts: Halts): boolean {
    return to.every(({ frame, operation }, index) => {
      const start = index === 0 ? first : "entry";
      const isStop = (one: Operation): boolean => one !== operation && stops(frame, one);
      if (isInBlocks(frame, operation))
        return flowFrom(frame.model, start, isStop, (one) => halts(frame, one)).reached.has(
          operation,
        );
      const others = deferred(frame).filter((one) => one !== operation);
      return !others.some(isStop) && flowFrom(frame.model, start, isStop).isLeft;
    });
  }

  /** Whether a thread can go from a place to the end of its function without waiting for what the signals tell. */
  canReturn(from: Position, signals: ReadonlySet<string>, halts: Halts): boolean {
    const stops = this.#stops(signals, halts);
    return from.every(({ frame, operation }) =>
      canLeave(frame, operation, (one) => stops(frame, one)),
    );
  }

  /** Everything that a thread may tell. */
  allSignals(frame: Frame): ReadonlySet<string> {
    return this.#allOf(frame);
  }

  #stops(signals: ReadonlySet<string>, halts: Halts): Halts {
    const known = new Map<Frame, boolean>();
    const isStopping = (callee: Frame): boolean => {
      let isStop = known.get(callee);
      if (isStop === undefined) {
        known.set(callee, false);
        isStop =
          [...this.#waitsIn(callee)].some((wait) => isMet(wait, signals)) ||
          operationsIn(callee).some((one) => stops(callee, one));
        known.set(callee, isStop);
      }
      return isStop;
    };
    const stops = (frame: Frame, operation: Operation): boolean =>
      halts(frame, operation) ||
      this.#waitsOf(frame, operation).some((wait) => isMet(wait, signals)) ||
      (frame.calls.get(operation) ?? []).some(isStopping);
    return stops;
  }

  /** Whether an operation waits for an end that nobody has told yet: what comes after it is for later. */
  isEnd(frame: Frame, operation: Operation, told: ReadonlySet<string>): boolean {
    if (operation.kind !== "receive") return false;
    const { channel } = operation;
    const key = this.#scope.key(frame, channel);
    if (key !== undefined && this.#isForOthersToSend(key)) return true;
    if (key !== undefined && operation.isRange && this.#isUnsent(key)) return true;
    if (!isContext(channel) && !ENDING.test(channel.text)) return false;
    return !this.#waitsOf(frame, operation).some((wait) => isMet(wait, told));
  }

  /** A channel that is made here, and that nobody here comes to send to or close. */
  #isForOthersToSend(key: string): boolean {
    this.#idle ??= idleChannels(this.#scope);
    return this.#idle.has(key);
  }

  /** A channel that is made here, and is closed with nothing in it. */
  #isUnsent(key: string): boolean {
    this.#unsent ??= unsentChannels(this.#scope);
    return this.#unsent.has(key);
  }

  /** Everything that a frame may tell, with all that it calls and starts. */
  #allOf(frame: Frame): ReadonlySet<string> {
    return this.#collect(frame, this.#all, (one) => this.#signalsOf(frame, one));
  }

  #waitsIn(frame: Frame): ReadonlySet<string> {
    return this.#collect(frame, this.#waits, (one) => [
      ...this.#waitsOf(frame, one),
      ...(frame.calls.get(one) ?? []).flatMap((callee) => [...this.#waitsIn(callee)]),
    ]);
  }

  #collect(
    frame: Frame,
    known: Map<Frame, ReadonlySet<string>>,
    of: (operation: Operation) => Iterable<string>,
  ): ReadonlySet<string> {
    const found = known.get(frame);
    if (found) return found;
    const all = new Set<string>();
    known.set(frame, all);
    for (const operation of operationsIn(frame)) for (const one of of(operation)) all.add(one);
    return all;
  }

  #signalsOf(frame: Frame, operation: Operation): Iterable<string> {
    switch (operation.kind) {
      case "send":
      case "close":
        return [this.#name("channel", frame, operation.channel)];
      case "receive":
        return [this.#name("room", frame, operation.channel)];
      case "release":
        return operation.object === "semaphore" ? [ANY] : [];
      case "add":
        return operation.delta === undefined || operation.delta < 0
          ? [this.#name("group", frame, operation.group)]
          : [];
      case "signal":
        return ["condition"];
      case "cancel":
        return ["context"];
      case "spawn": {
        const [entry] = frame.starts.get(operation)?.frames ?? [];
        return entry ? this.#allOf(entry) : [ANY];
      }
      case "call":
        return this.#signalsOfCall(frame, operation);
      default:
        return [];
    }
  }

  #signalsOfCall(frame: Frame, operation: OperationOf<"call">): Iterable<string> {
    if (this.#isQuiet(frame, operation)) return [];
    const callees = frame.calls.get(operation);
    if (callees) return callees.flatMap((callee) => [...this.#allOf(callee)]);
    const { callee, arguments: given } = operation;
    if (callee.kind !== "external") return [ANY];
    if (callee.name === "sync.Once.Do") return [];
    if (STORING.test(callee.name)) return [this.#atomic(frame, operation)];
    if (given.some(({ kind }) => kind === "function")) return [ANY];
    return QUIET.test(callee.name) ? [] : [OUTSIDE];
  }

  #waitsOf(frame: Frame, operation: Operation): string[] {
    switch (operation.kind) {
      case "receive":
        if (isContext(operation.channel)) return ["context"];
        if (isClock(operation.channel)) return [];
        return [this.#name("channel", frame, operation.channel)];
      case "send":
        return [this.#name("room", frame, operation.channel)];
      case "wait":
        return operation.object === "condition"
          ? ["condition"]
          : [this.#name("group", frame, operation.on)];
      case "acquire":
        return operation.object === "semaphore" ? [ANY] : [];
      case "call": {
        if (frame.calls.has(operation) || this.#isQuiet(frame, operation)) return [];
        const { callee } = operation;
        if (callee.kind !== "external") return [ANY];
        if (callee.name === "sync.Once.Do") return [ONCE];
        if (LOADING.test(callee.name)) return [this.#atomic(frame, operation)];
        const [, last = ""] = /(\w+)$/.exec(callee.name) ?? [];
        if (QUIET.test(callee.name) && !/Wait|Sync/.test(last)) return [];
        if (operation.arguments.some(({ kind }) => kind === "function")) return [ANY];
        if (CLOSING.test(callee.name)) return [];
        return WAITING.test(last) ? [ANY] : [];
      }
      default:
        return [];
    }
  }

  #atomic(frame: Frame, { callee, arguments: [first] }: OperationOf<"call">): string {
    const of = callee.kind === "external" ? (callee.receiver ?? first) : first;
    return of?.kind === "path" ? this.#name("atomic", frame, of.path) : ANY;
  }

  #name(what: string, frame: Frame, path: AccessPath): string {
    const key = this.#scope.key(frame, path);
    return key === undefined ? ANY : `${what} ${key}`;
  }
}

/** A wait that is not known may wait for any signal; a signal that is not known may end any wait. */
function isMet(wait: string, signals: ReadonlySet<string>): boolean {
  if (wait === ANY) return signals.size > 0;
  return signals.has(wait) || signals.has(ANY);
}

function isSame(left: Position[number] | undefined, right: Position[number] | undefined): boolean {
  return left?.frame === right?.frame && left?.operation === right?.operation;
}

function canLeave(frame: Frame, from: Operation, stops: (one: Operation) => boolean): boolean {
  if (deferred(frame).some(stops)) return false;
  return !isInBlocks(frame, from) || flowFrom(frame.model, from, stops).isLeft;
}

const operationsOf = new WeakMap<Frame["model"], ReadonlySet<Operation>>();

function isInBlocks({ model }: Frame, operation: Operation): boolean {
  let known = operationsOf.get(model);
  if (!known) {
    known = new Set(model.blocks.flatMap(({ operations }) => operations));
    operationsOf.set(model, known);
  }
  return known.has(operation);
}

/** Goroutines of a group tell it when they end. */
function endSignals(scope: Scope, thread: Thread | undefined): string[] {
  const { from } = thread ?? {};
  if (!from?.operation.group) return [];
  const key = scope.key(from.frame, from.operation.group);
  return [key === undefined ? ANY : `group ${key}`];
}

/** The end of a context. */
function isContext({ steps, text }: AccessPath): boolean {
  const last = steps.at(-1);
  return (last?.kind === "call" && last.method === "Done") || text.endsWith(".Done()");
}

/** `<-time.After(d)`, `<-ticker.C`. */
function isClock({ steps, text }: AccessPath): boolean {
  const last = steps.at(-1);
  if (last?.kind === "field" && last.name === "C") return true;
  return /^time\.(?:After|Tick)\(/.test(text);
}

const ENDING = /done|quit|stop|term|clos|exit|shut|cancel|ctx|kill|abort|finish/i;
