import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { calleesOf } from "../../model/callees-of.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import { isRecover } from "../../model/is-recover.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { type LockName, lockName } from "../locks/lock-name.ts";
import { waitsOnTheWay } from "./before.ts";
import { HeldOnTheWay } from "./held-on-the-way.ts";
import { type Way, Ways } from "./ways.ts";

/**
 * Listeners are copied under a lock and told when it is free again, while another takes one out and closes its channel:
 *
 *     func (b *Broker) Publish(e Event) { b.mu.Lock(); all := slices.Clone(b.subs); b.mu.Unlock(); for _, s := range all { s.out <- e } }
 *     func (b *Broker) Unsubscribe(s *sub) { b.mu.Lock(); defer b.mu.Unlock(); delete(b.subs, s); close(s.out) }
 *
 * Who takes a listener out of the set before it sends has it for itself.
 */
export interface CopiedListener {
  readonly channel: string;
  readonly at: Place;
  readonly closeAt: Place;
  readonly sender: FunctionHeader;
  readonly closer: FunctionHeader;
  readonly lock: string;
  readonly trace: Trace;
}

export const copiedListeners = defineAnalysis("copied listeners", (use): CopiedListener[] => {
  const functions = use(program);
  const records = use(channelCensus).channels.filter(
    ({ closes, identity }) => closes.length === 1 && FIELD.test(identity),
  );
  if (records.length === 0) return [];
  const search = new Search(
    functions,
    new Ways(functions, use(callSites)),
    new HeldOnTheWay(use(heldLocks)),
  );
  return records.flatMap((record) => search.in(record) ?? []);
});

const FIELD = /\.(\w+)$/;

/** The close of a listener's channel, with the lock held and the listener taken out. */
interface Removal {
  readonly way: Way;
  readonly close: OperationOf<"close">;
  readonly lock: LockName;
  /** The field that holds the listeners. */
  readonly listeners: string;
}

/** A send to a listener, or a call that is given its channel and sends. */
interface Telling {
  readonly model: FunctionModel;
  readonly operation: Operation;
  readonly in: FunctionModel;
  readonly send: OperationOf<"send">;
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

  in(record: ChannelRecord): CopiedListener | undefined {
    const removal = this.#removalOf(record);
    if (!removal) return undefined;
    for (const telling of this.#tellings(record)) {
      if (telling.model.isTest || this.#recovers(telling)) continue;
      for (const way of this.#ways.to(telling)) {
        const isElsewhere = way.root.id !== removal.way.root.id;
        if (isElsewhere && this.#tellsCopies(way, removal)) return describe(removal, way, telling);
      }
    }
    return undefined;
  }

  #removalOf({ closes: [close] }: ChannelRecord): Removal | undefined {
    const model = close && this.#functions.model(close.function.id);
    if (!model || model.isTest || close.operation.kind !== "close") return undefined;
    if (!this.#functions.isJudged(model.file)) return undefined;
    const { operation } = close;
    if (operation.channel.root.kind !== "variable" || !isOfOne(model, operation)) return undefined;
    const found = this.#ways.to({ model, operation });
    const own: Way = {
      steps: [{ model, operation }],
      root: model,
      kind: "root",
      startedBy: undefined,
    };
    for (const way of found.length > 0 ? found : [own]) {
      if (waitsOnTheWay(this.#functions, way)) continue;
      const held = this.#held.of(way);
      for (const { model: one } of way.steps)
        for (const lock of held) {
          const listeners = writtenIn(this.#accesses(one)).find((slot) => isBeside(slot, lock));
          if (listeners !== undefined) return { way, close: operation, lock, listeners };
        }
    }
    return undefined;
  }

  #tellings({ identity, sends }: ChannelRecord): Telling[] {
    const direct = sends.flatMap(({ function: { id }, operation }): Telling[] => {
      const model = this.#functions.model(id);
      return model && operation.kind === "send"
        ? [{ model, operation, in: model, send: operation }]
        : [];
    });
    const [, field] = FIELD.exec(identity) ?? [];
    const handing = this.#functions
      .functionsWith(new RegExp(`\\.${field}\\b[^\\n]*\\)`))
      .flatMap(({ id }) => {
        const model = this.#functions.model(id);
        return model && !model.isDamaged ? this.#handings(model, identity) : [];
      });
    return [...direct, ...handing];
  }

  #handings(model: FunctionModel, identity: string): Telling[] {
    return operationsOf(model).flatMap((operation) => {
      if (operation.kind !== "call") return [];
      const index = operation.arguments.findIndex(
        (value) => value.kind === "path" && value.path.slot === identity,
      );
      if (index === -1) return [];
      return calleesOf(operation.callee)
        .flatMap((id) => {
          const callee = this.#functions.model(id);
          const send = callee && sendOn(callee, index);
          return callee && send ? [{ model, operation, in: callee, send }] : [];
        })
        .slice(0, 1);
    });
  }

  /** It was under the lock before, where it read the listeners and took none out; and it is no longer. */
  #tellsCopies(way: Way, { way: closing, lock, listeners }: Removal): boolean {
    const held = this.#held.of(way);
    const closed = this.#held.of(closing);
    if ([...held].some((name) => closed.has(name))) return false;
    return way.steps.some(({ model, operation }) =>
      operationsOf(model).some((one) => {
        if (!leadsTo(model, one.at, operation.at)) return false;
        if (one.kind === "acquire" && lockName(one.lock) === lock)
          return this.#onlyReads(model, listeners);
        if (one.kind !== "call" || one.callee.kind !== "static") return false;
        const copier = this.#functions.model(one.callee.function);
        return (
          copier !== undefined &&
          operationsOf(copier).some(
            (inner) => inner.kind === "acquire" && lockName(inner.lock) === lock,
          ) &&
          this.#onlyReads(copier, listeners)
        );
      }),
    );
  }

  #onlyReads(model: FunctionModel, listeners: string): boolean {
    const own = this.#accesses(model);
    const isRead = operationsOf(own).some(
      (one) => one.kind === "read" && fieldOf(one.path) === listeners,
    );
    return isRead && !writtenIn(own).includes(listeners);
  }

  #accesses(model: FunctionModel): FunctionModel {
    return this.#functions.accesses?.(model.id) ?? model;
  }

  #recovers({ model, in: callee }: Telling): boolean {
    return this.#functions
      .functionsWith(/\brecover\(\)/)
      .filter(({ id, enclosing }) =>
        [model.id, callee.id].some((one) => one === id || one === enclosing),
      )
      .some(({ id }) => operationsOf(this.#functions.model(id) ?? { blocks: [] }).some(isRecover));
  }
}

/** Neither the end of all of them, after which nobody is to send, nor deferred, which ends a lifetime. */
function isOfOne({ blocks }: FunctionModel, close: Operation): boolean {
  const block = blocks.findIndex(({ operations }) => operations.includes(close));
  return block >= 0 && !reaches(blocks, block, block);
}

/** Fields whose elements a function sets or deletes, or that it gives another value. */
function writtenIn(model: FunctionModel): string[] {
  return operationsOf(model).flatMap((one) => (one.kind === "write" && fieldOf(one.path)) || []);
}

/** The slot of the field that a path goes through to an element. */
function fieldOf({ slot }: AccessPath): string | undefined {
  return slot?.replace(/\[.*$/, "");
}

/** A field of the struct that the lock belongs to. */
function isBeside(slot: string, lock: LockName): boolean {
  return slot !== lock && ownerOf(slot) === ownerOf(lock);
}

function ownerOf(slot: string): string {
  return slot.slice(0, slot.lastIndexOf("."));
}

/** A send on a parameter of a function. */
function sendOn({ blocks, parameters }: FunctionModel, index: number): Telling["send"] | undefined {
  const parameter = parameters[index];
  const all = blocks.flatMap(({ operations, end }) => [
    ...operations,
    ...(end.kind === "select" ? end.cases.map(({ operation }) => operation) : []),
  ]);
  for (const one of all)
    if (
      one.kind === "send" &&
      one.channel.root.kind === "variable" &&
      one.channel.root.variable === parameter &&
      one.channel.steps.length === 0
    )
      return one;
  return undefined;
}

function describe(
  { way: closing, close, lock }: Removal,
  { root }: Way,
  { in: callee, send }: Telling,
): CopiedListener {
  const last = closing.steps[closing.steps.length - 1]?.model ?? closing.root;
  const at = placeIn(callee, send.at);
  const closeAt = placeIn(last, close.at);
  const channel = send.channel.text;
  const name = lock.slice(lock.lastIndexOf(".") + 1);
  return {
    channel,
    at,
    closeAt,
    sender: root,
    closer: closing.root,
    lock: name,
    trace: {
      threads: [closing.root.name, root.name],
      steps: [
        { thread: 1, at: placeIn(root, root.nameAt), action: `lets go of ${name}`, waits: false },
        { thread: 0, at: closeAt, action: `closes ${close.channel.text}`, waits: false },
        { thread: 1, at, action: `sends on ${channel}, which panics`, waits: false },
      ],
    },
  };
}
