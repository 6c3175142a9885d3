import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { lockName } from "../locks/lock-name.ts";
import { storedFunctions } from "../locks/stored-functions.ts";
import { isChosenByCaller, isGuarded, waitsOnTheWay } from "./before.ts";
import { HeldOnTheWay } from "./held-on-the-way.ts";
import { isPassedBy } from "./one-sided-guards.ts";
import { isSameSite, placeOfSite, type Site, type Way, Ways } from "./ways.ts";

/** A channel in a field that one function closes while another one may send on it, or close it as well. */
export interface FieldClose {
  readonly kind: "send" | "close";
  /** The send, or the second close. */
  readonly at: Place;
  readonly closeAt: Place;
  /** The channel as it is named at the close. */
  readonly channel: string;
  /** Who comes to the close, and who to the other operation. */
  readonly closer: Way;
  readonly other: Way;
  /**
   * One way may exclude the other, as it did wherever it was read: two closes in two places, of which nothing but that is known; a send
   * by a goroutine of another type than the method that closes.
   */
  readonly isWeak: boolean;
  readonly trace: Trace;
}

/** Channels that are used in more places than this are nobody's in particular. */
const MOST_USES = 12;

export const fieldCloses = defineAnalysis("closes of fields", (use): FieldClose[] => {
  const functions = use(program);
  const fields = use(channelCensus).channels.filter(isOwnField);
  if (fields.length === 0) return [];
  const ways = new Ways(functions, use(callSites), use(storedFunctions));
  const search = new Search(functions, ways, new HeldOnTheWay(use(heldLocks)));
  return fields.flatMap((field) => search.in(field) ?? []);
});

/** Made once in an object's life, as far as the unit shows: constructors may make it, a method that does so makes it anew. */
function isOwnField({ closes, sends, makes }: ChannelRecord): boolean {
  const [close] = closes;
  if (!close || close.operation.kind !== "close") return false;
  const { slot, steps } = close.operation.channel;
  return (
    slot !== undefined &&
    steps.at(-1)?.kind === "field" &&
    (makes.length <= 1 || !makes.some(isAnew)) &&
    closes.length + sends.length <= MOST_USES
  );
}

function isAnew({ operation }: ChannelUse): boolean {
  const root = operation.kind === "make" ? operation.path.root : undefined;
  return root?.kind === "variable" && root.variable.role !== "local";
}

class Search {
  readonly #functions: Program;
  readonly #ways: Ways;
  readonly #held: HeldOnTheWay;

  constructor(functions: Program, ways: Ways, held: HeldOnTheWay) {
    this.#functions = functions;
    this.#ways = ways;
    this.#held = held;
  }

  in({ closes, sends }: ChannelRecord): FieldClose | undefined {
    const closers = this.#waysTo(closes);
    for (const closer of closers) {
      if (!this.#functions.isJudged(closer.root.file) || waitsOnTheWay(this.#functions, closer))
        continue;
      for (const sender of this.#waysTo(sends))
        if (
          this.#mayMeet(closer, sender) &&
          !this.#shareLock(closer, sender) &&
          !this.#isToldUnderLock(closer, sender)
        )
          return describe("send", closer, sender, areOfTwoTypes(closer, sender));
    }
    for (const [index, first] of closers.entries())
      for (const second of closers.slice(index + 1)) {
        if (this.#bothLock(first, second)) return describe("close", first, second, false);
        if (isPassedBy(this.#functions, first, second))
          return describe("close", second, first, false);
        if (isPassedBy(this.#functions, second, first))
          return describe("close", first, second, false);
        if (isGuarded(first) || isGuarded(second)) continue;
        if (isLetThroughOnce(first) || isLetThroughOnce(second)) continue;
        // Two ways to one function: as a rule an object runs it once.
        if (first.root.id === second.root.id) continue;
        if (this.#isBeforeStart(first, second) || this.#isBeforeStart(second, first)) continue;
        if (isOwnAndOthers(first, second) || isOwnAndHandler(first, second)) {
          const isOnePlace = isSameSite(lastStep(first), lastStep(second));
          return describe("close", first, second, !isOnePlace);
        }
      }
    return undefined;
  }

  #waysTo(uses: readonly ChannelUse[]): readonly Way[] {
    return uses.flatMap(({ function: { id }, operation }) => {
      const model = this.#functions.model(id);
      const standing = model && siteOf({ model, operation });
      return standing ? this.#ways.to(standing) : [];
    });
  }

  /** Whether a close and a send can come at the same time, as functions of the unit show it. */
  #mayMeet(closer: Way, sender: Way): boolean {
    if (!isOfReceiver(sender)) return false;
    if (closer.kind === "goroutine" && sender.kind === "goroutine")
      return areBothStarted(closer, sender) && !isChosenByCaller(sender);
    // The type's own goroutine, and whoever has the object.
    if (isOwnAndOthers(closer, sender) || isHandlerAndOthers(sender, closer)) return true;
    if (sender.kind === "goroutine") return this.#startsBefore(closer, sender);
    return closer.kind === "goroutine" && this.#startsBefore(sender, closer);
  }

  /** The root of one way starts the goroutine of the other before it goes on, without a wait between. */
  #startsBefore(way: Way, { startedBy }: Way): boolean {
    const { model, operation } = way.steps[0];
    if (!startedBy) return false;
    return operationsOf(model).some((one) => {
      const starts =
        isSameSite({ model, operation: one }, startedBy) || this.#calls(one, startedBy);
      return starts && leadsTo(model, one.at, operation.at);
    });
  }

  /** `if err := c.listen(); err != nil { close(c.done); return }; go c.run()`: closed here where the other one is not started. */
  #isBeforeStart({ startedBy }: Way, other: Way): boolean {
    const { model, operation } = lastStep(other);
    const starts = operationsOf(model).filter(
      (one) =>
        startedBy &&
        (isSameSite({ model, operation: one }, startedBy) || this.#calls(one, startedBy)),
    );
    return (
      starts.length > 0 &&
      starts.every(
        ({ at }) => !leadsTo(model, at, operation.at) && !leadsTo(model, operation.at, at),
      )
    );
  }

  #calls(operation: Operation, { model }: Site): boolean {
    if (operation.kind !== "call" || operation.callee.kind !== "static") return false;
    return operation.callee.function === model.id;
  }

  #shareLock(closer: Way, sender: Way): boolean {
    const held = this.#held.of(closer);
    return [...this.#held.of(sender)].some((name) => held.has(name));
  }

  /**
   * Two methods of the channel's owner close it, each under the owner's lock, which they take because others may come at the same
   * time; and neither asks under the lock whether it is closed.
   */
  #bothLock(one: Way, other: Way): boolean {
    const [first, second] = [lastStep(one), lastStep(other)];
    if (first.model.id === second.model.id || typeOf(first.model) !== typeOf(second.model))
      return false;
    // What is taken out of a list under its lock is closed by whoever takes it out.
    if (!isReceivers(first) || !isReceivers(second)) return false;
    return (
      [first, second].every((step) => {
        const alone: Way = { ...one, steps: [step], root: step.model };
        return step.model.role === "method" && this.#held.of(alone).size > 0 && !isGuarded(alone);
      }) && this.#shareLock({ ...one, steps: [first] }, { ...other, steps: [second] })
    );
  }

  /** The send depends on a flag under a lock that the closer has had before: it has set the flag then. */
  #isToldUnderLock({ steps }: Way, sender: Way): boolean {
    if (!isGuarded(sender)) return false;
    const held = this.#held.of(sender);
    return steps.some(({ model, operation }) =>
      operationsOf(model).some(
        (one) =>
          one.kind === "acquire" &&
          held.has(lockName(one.lock) ?? "") &&
          leadsTo(model, one.at, operation.at),
      ),
    );
  }
}

function isReceivers({ operation }: Site): boolean {
  const [one] = operation.kind === "defer" ? operation.operations : [operation];
  const root = one?.kind === "close" ? one.channel.root : undefined;
  return root?.kind === "variable" && root.variable.role === "receiver";
}

function lastStep({ steps }: Way): Site {
  return steps[steps.length - 1] as Site;
}

/** The operation as it stands in the function: what is deferred, by its defer. */
function siteOf({ model, operation }: Site): Site | undefined {
  for (const { operations, end } of model.blocks) {
    for (const one of operations)
      if (one === operation || (one.kind === "defer" && one.operations.includes(operation)))
        return { model, operation: one };
    if (end.kind === "select" && end.cases.some((one) => one.operation === operation))
      return { model, operation };
  }
  return undefined;
}

/** One in a goroutine that a function of the package starts, the other in a function that anybody may call. */
function isOwnAndOthers(one: Way, other: Way): boolean {
  const [own, outer] = one.kind === "goroutine" ? [one, other] : [other, one];
  if (own.kind !== "goroutine" || outer.kind !== "exported") return false;
  if (own.root.isTest || own.startedBy?.model.isTest) return false;
  return isOfType(own) && outer.root.role === "method";
}

/** A goroutine and a method, each of a type of its own. */
function areOfTwoTypes(one: Way, other: Way): boolean {
  if (!isOwnAndOthers(one, other)) return false;
  const [first, second] = [one, other].map(({ root: { name } }) => /\(\*?(\w+)\)/.exec(name)?.[1]);
  return first !== undefined && second !== undefined && first !== second;
}

/** The type's own goroutine closes at its end, and so does one of the methods that it was given to call: `handlers[bye] = p.onBye`. */
function isOwnAndHandler(one: Way, other: Way): boolean {
  const [own, handler] = one.kind === "goroutine" ? [one, other] : [other, one];
  return own.kind === "goroutine" && isHandler(handler) && isOfType(own);
}

/** A method that was handed on, of the object that the channel belongs to. */
function isHandler({ kind, root, steps }: Way): boolean {
  const last = steps[steps.length - 1]?.model;
  return kind === "callback" && last !== undefined && typeOf(root) === typeOf(last);
}

function typeOf({ name }: FunctionModel): string {
  return name.slice(0, name.lastIndexOf("."));
}

/**
 * A method that was handed to somebody sends, and whoever has the object closes. Who defers the close works until then, and may be
 * the one that calls the method.
 */
function isHandlerAndOthers(sender: Way, closer: Way): boolean {
  const isDeferred = closer.steps.some(({ operation }) => operation.kind === "defer");
  return (
    isHandler(sender) && closer.kind === "exported" && closer.root.role === "method" && !isDeferred
  );
}

/**
 * A method, or a function literal that a method of its own starts, `time.AfterFunc(wait, func() { n.queue <- mail })`: exported ones
 * may be ways to use it of which one excludes the other.
 */
function isOfType({ root, startedBy }: Way): boolean {
  if (root.role === "method") return true;
  const starter = startedBy?.model;
  return root.role === "closure" && starter?.role === "method" && !starter.isExported;
}

/** `if err := c.Base.Stop(); err != nil { return err }` in `(*Client).Stop`: the part that it stops first may say that it is stopped. */
function isLetThroughOnce({ steps }: Way): boolean {
  return steps.some(({ model, operation }) => {
    const own = lastOf(model.name);
    return operationsOf(model).some(
      (one) =>
        one.kind === "call" &&
        one.callee.kind !== "static" &&
        lastOf(one.callee.name) === own &&
        leadsTo(model, one.at, operation.at),
    );
  });
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The channel is the receiver's: of an object that somebody was given, others may know when he is done with it. */
function isOfReceiver({ steps }: Way): boolean {
  const operation = steps[steps.length - 1]?.operation;
  if (operation?.kind !== "send") return true;
  const { root } = operation.channel;
  return root.kind === "variable" && root.variable.role === "receiver";
}

function areBothStarted(one: Way, other: Way): boolean {
  const [first, second] = [one.startedBy, other.startedBy];
  if (!first || !second || first.model.id !== second.model.id) return false;
  if (isSameSite(first, second)) return false;
  // `go left.run()` and `go right.run()`: each has a channel of its own.
  if (one.root.id === other.root.id && receiverOf(first) !== receiverOf(second)) return false;
  const { model } = first;
  return (
    leadsTo(model, first.operation.at, second.operation.at) ||
    leadsTo(model, second.operation.at, first.operation.at)
  );
}

/** Whose method a site starts. */
function receiverOf({ operation }: Site): string | undefined {
  if (operation.kind !== "spawn" || operation.callee.kind !== "static") return undefined;
  const { receiver } = operation.callee;
  return receiver?.kind === "path" ? pathKey(receiver.path) : undefined;
}

function describe(kind: FieldClose["kind"], closer: Way, other: Way, isWeak: boolean): FieldClose {
  const close = closer.steps[closer.steps.length - 1] as Site;
  const last = other.steps[other.steps.length - 1] as Site;
  const channel = channelOf(close.operation);
  const nameOf = ({ kind: by, root }: Way) =>
    by === "goroutine" ? `goroutine ${root.name}` : root.name;
  const calls = (thread: number, { steps }: Way) =>
    steps.slice(0, -1).map((step) => ({
      thread,
      at: placeOfSite(step),
      action: "calls on",
      waits: false,
    }));
  const at = placeOfSite(last);
  const closeAt = placeOfSite(close);
  return {
    kind,
    at,
    closeAt,
    channel,
    closer,
    other,
    isWeak,
    trace: {
      threads: [nameOf(closer), nameOf(other)],
      steps: [
        ...calls(1, other),
        ...calls(0, closer),
        { thread: 0, at: closeAt, action: `closes ${channel}`, waits: false },
        {
          thread: 1,
          at,
          action:
            kind === "send"
              ? `sends on ${channel}, which panics`
              : `closes ${channel}, which panics`,
          waits: false,
        },
      ],
    },
  };
}

function channelOf(operation: Operation): string {
  if (operation.kind === "close" || operation.kind === "send") return operation.channel.text;
  const [inner] = operation.kind === "defer" ? operation.operations : [];
  return inner?.kind === "close" ? inner.channel.text : "the channel";
}
