import type { Place, Span } from "../../core/position.ts";
import type { BlockId } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { FunctionId, Variable } from "../../model/path.ts";
import type { SharedMap } from "./shared-map.ts";

/**
 * A state of the explorer: program counters, channel contents, counters, lock owners and path facts. States are copied before
 * they change, so that each is a value; `stateKey` tells equal ones.
 */
export interface State {
  threads: Thread[];
  channels: SharedMap<ChannelState>;
  /** WaitGroups: the counter. */
  groups: SharedMap<{ readonly count: number; readonly isEscaped: boolean }>;
  locks: SharedMap<{
    readonly writers: number;
    readonly readers: number;
    /** The thread that has asked to write while others read: nobody else gets the lock before it. */
    readonly awaitedBy?: number;
    readonly isEscaped: boolean;
  }>;
  /** What variables hold: by `frame:variable`. A variable that isn't here holds something unknown. */
  store: SharedMap<Reference>;
  /** Constants that variables hold which are never assigned again, and the truth of flags: by `frame:variable`. */
  values: SharedMap<string>;
  /** Outcomes of simple conditions on this path: by `frame|condition`. */
  facts: SharedMap<Fact>;
  /** How often loops with one unmodified bound run, and so how large buffers of that bound are: by the bound's text. */
  counts: SharedMap<number>;
  /** How often each site was reached that starts a thread, so that each gets a name of its own. */
  sites: SharedMap<number>;
  /** A group was lost sight of, so that a wait for it passes at any time: what comes after it is no evidence of a panic. */
  isUnordered: boolean;
}

/** What a parameter holds that was given a number which the caller has counted: none of it, perhaps. */
export const COUNTED = "?";

/** What a flag holds that somebody outside may write at any time. */
export const ANYTHING = "*";

/** What a flag holds that got a value nobody knows: the first who asks finds out. */
export const EITHER = "/";

export interface ChannelState {
  readonly capacity: number;
  readonly length: number;
  readonly isClosed: boolean;
  /** The one that a context's Done yields. */
  readonly isContext: boolean;
  /** Somebody outside the scope has it, who may always help. */
  readonly isEscaped: boolean;
}

export interface Fact {
  readonly value: boolean;
  readonly reads: readonly string[];
}

export type Reference =
  | { readonly kind: "channel" | "group" | "lock"; readonly id: string }
  /** A context, kept as the channel that its Done yields, and the function that cancels it. */
  | { readonly kind: "context"; readonly id: string }
  | { readonly kind: "cancel"; readonly id: string }
  /** Its fields are kept under `id.field`; as long as nobody outside has it, `id` itself is kept as well. */
  | { readonly kind: "struct"; readonly id: string; readonly type: string | undefined }
  | {
      readonly kind: "closure";
      readonly function: FunctionId;
      readonly frame: string;
      /** Of a method value: whose method it is. */
      readonly self?: Reference;
    }
  | { readonly kind: "nil" };

/**
 * ready: at an operation that others can see. lost: past a cut loop or call, so that it may do anything. crashed: it panicked or
 * ended the process, unless somebody recovers; or it was a test that failed.
 */
export type ThreadStatus = "ready" | "ended" | "lost" | "crashed";

export interface Thread {
  /** Where it was started; undefined for the function that is explored. */
  readonly startedAt: Place | undefined;
  readonly status: ThreadStatus;
  /** The WaitGroup that counts down when the thread ends (`wg.Go`). */
  readonly joins: string | undefined;
  /** Innermost last. */
  readonly frames: readonly Frame[];
}

/** A call in progress. */
export interface Frame {
  /** Unique among the frames that can exist together. */
  readonly key: string;
  readonly function: FunctionId;
  readonly block: BlockId;
  readonly index: number;
  /** Deferred calls, to be run last first. */
  readonly deferred: readonly (readonly Operation[])[];
  /** What runs before `index` does: the operations of a deferred call that is being run. */
  readonly pending: readonly Operation[];
  readonly leaving: "return" | "goexit" | undefined;
  /** Passes of each loop whose passes are counted. */
  readonly passes: Readonly<Record<BlockId, number>>;
  /** What the last `range` over a channel received. */
  readonly received: "value" | "closed" | undefined;
  /** Where the caller's results go, as store keys. */
  readonly results: readonly (string | undefined)[];
  /** The caller's variables that get the results. */
  readonly variables: readonly (Variable | undefined)[];
}

/** Something that a reader of the trace is told. */
export interface Event {
  readonly thread: number;
  readonly file: string;
  readonly at: Span;
  readonly action: string;
  /** A case of a select came true that nobody in the scope can bring about. */
  readonly isOutside?: boolean;
}

export function copyState(state: State): State {
  return {
    threads: [...state.threads],
    channels: state.channels.copy(),
    groups: state.groups.copy(),
    locks: state.locks.copy(),
    store: state.store.copy(),
    values: state.values.copy(),
    facts: state.facts.copy(),
    counts: state.counts.copy(),
    sites: state.sites.copy(),
    isUnordered: state.isUnordered,
  };
}

/** What a state holds, as a short name: equal for states that differ at most in where their threads are. */
export function contentOf(state: State): string {
  const { channels, groups, locks, store, values, facts, counts, sites, threads, isUnordered } =
    state;
  const objects = `${threads.length} ${channels.content} ${groups.content} ${locks.content}`;
  return `${objects} ${store.content} ${values.content} ${facts.content} ${counts.content} ${sites.content} ${isUnordered}`;
}

/** Equal for equal states: what the search remembers. */
export function stateKey(state: State): string {
  return `${state.threads.map(threadKey).join(" ")} ${contentOf(state)}`;
}

const threadKeys = new WeakMap<Thread, string>();

/** Threads are values: most of those of a state are also those of the state before. */
function threadKey(thread: Thread): string {
  const known = threadKeys.get(thread);
  if (known !== undefined) return known;
  const { status, frames } = thread;
  const key = status === "ended" ? status : `${status}${JSON.stringify(frames.map(frameKey))}`;
  threadKeys.set(thread, key);
  return key;
}

/** A frame's deferred operations are told apart by their places. */
function frameKey(frame: Frame): unknown {
  const deferred = frame.deferred.map((operations) => operations[0]?.at.start ?? 0);
  const pending = frame.pending.map(({ at }) => at.start);
  return [
    frame.key,
    frame.block,
    frame.index,
    deferred,
    pending,
    frame.leaving,
    frame.passes,
    frame.received,
  ];
}
