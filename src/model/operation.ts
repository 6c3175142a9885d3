import type { Span } from "../core/position.ts";
import type { AccessPath, FunctionId } from "./path.ts";

export type ObjectKind =
  | "channel"
  | "mutex"
  | "rwmutex"
  | "waitgroup"
  | "condition"
  | "once"
  | "semaphore"
  | "context"
  | "timer"
  | "ticker"
  | "errgroup"
  | "atomic"
  | "variable"
  | "promise"
  | "async-mutex"
  | "abort-controller"
  | "emitter"
  | "worker"
  | "stream"
  | "iterator"
  /** Go: a struct that holds such objects, or points to one that does. */
  | "struct";

/** A value as far as it matters to concurrency. `nil` is Go's nil and JavaScript's null and undefined. */
export type Value =
  | { readonly kind: "path"; readonly path: AccessPath }
  | { readonly kind: "function"; readonly function: FunctionId; readonly receiver?: Value }
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "nil" }
  | { readonly kind: "unknown" };

/**
 * Who is called. `external` names are qualified as in documentation: `fmt.Println`, `net/http.Client.Do`, `sync.Once.Do`. `function`:
 * where it stands, if the module has its source.
 */
export type Callee =
  | { readonly kind: "static"; readonly function: FunctionId; readonly receiver?: Value }
  | {
      readonly kind: "external";
      readonly name: string;
      readonly receiver?: Value;
      readonly function?: FunctionId;
    }
  | {
      readonly kind: "dynamic";
      readonly through: "interface" | "value";
      readonly name: string;
      readonly receiver?: Value;
      /** The functions it may be. Only when `isComplete` are these all. */
      readonly candidates: readonly FunctionId[];
      readonly isComplete: boolean;
    }
  | { readonly kind: "unknown"; readonly name: string };

/** Number of elements that a channel's buffer holds: a number, the text of an expression, or unknown. */
export type Capacity =
  | { readonly kind: "known"; readonly value: number }
  | { readonly kind: "expression"; readonly text: string }
  /** `written`: what the code says, where that may change. */
  | { readonly kind: "unknown"; readonly written?: string };

/** What kind of value a variable holds; `object`: a lock, group or atomic, which looks after itself. */
export type Holds =
  | "map"
  | "slice"
  | "pointer"
  | "channel"
  | "function"
  | "interface"
  | "plain"
  | "object"
  | "unknown";

export type LockMode = "write" | "read";

/**
 * What a function does to an object; everything else is gone. `at` is the span of the call or statement in the function's
 * file, and maps every operation back to its text.
 */
export type Operation = { readonly at: Span } & (
  | {
      readonly kind: "make";
      readonly object: ObjectKind;
      readonly path: AccessPath;
      readonly capacity?: Capacity;
      /** Of a struct: the name of its type, and its fields that are channels or cancel a context: nil, until something is assigned. */
      readonly type?: string;
      readonly nilFields?: readonly string[];
    }
  /** A value gets a (new) name: channels, locks, closures, contexts and what a condition reads. `isUp`: `n++`. */
  | {
      readonly kind: "assign";
      readonly target: AccessPath;
      readonly value: Value;
      readonly isUp?: boolean;
    }
  | { readonly kind: "send"; readonly channel: AccessPath }
  /** `isRange`: the receive of `for range c`. `bindsOk`: `v, ok := <-c`; `ok`: the variable. */
  | {
      readonly kind: "receive";
      readonly channel: AccessPath;
      readonly isRange?: boolean;
      readonly bindsOk?: boolean;
      readonly ok?: AccessPath;
    }
  | { readonly kind: "close"; readonly channel: AccessPath }
  | {
      readonly kind: "acquire";
      readonly lock: AccessPath;
      readonly mode: LockMode;
      readonly object: ObjectKind;
    }
  | {
      readonly kind: "release";
      readonly lock: AccessPath;
      readonly mode: LockMode;
      readonly object: ObjectKind;
    }
  /**
   * Counter of a WaitGroup; `delta` undefined where it isn't a literal. `done` is `add` of -1. `bound`: what the delta is called as
   * the bound of a loop.
   */
  | {
      readonly kind: "add";
      readonly group: AccessPath;
      readonly delta: number | undefined;
      readonly bound?: string;
      /** `len(files) - 1`: fewer than something, so that one may go without. */
      readonly isFewer?: boolean;
    }
  /** `wait` on a WaitGroup, Cond, errgroup. For a Cond, `lock` is its L, where known. */
  | {
      readonly kind: "wait";
      readonly on: AccessPath;
      readonly object: ObjectKind;
      readonly lock?: AccessPath;
    }
  | { readonly kind: "signal"; readonly condition: AccessPath; readonly all: boolean }
  /** `by`: the cancel function as it was named, where that is not the context's own path. */
  | { readonly kind: "cancel"; readonly context: AccessPath; readonly by?: AccessPath }
  /** A new goroutine, worker or detached task. `group`: the WaitGroup or errgroup of `wg.Go` and `g.Go`. */
  | {
      readonly kind: "spawn";
      readonly callee: Callee;
      readonly arguments: readonly Value[];
      readonly group?: AccessPath;
    }
  | {
      readonly kind: "call";
      readonly callee: Callee;
      readonly arguments: readonly Value[];
      /** Where results go, as far as they have names. */
      readonly results: readonly (AccessPath | undefined)[];
      /** Whether the call can run for long: network, disk, sleep (from the API tables). */
      readonly blocks?: boolean;
      /** Whether it calls the functions that it is given before it returns (from the API tables). */
      readonly callsBack?: boolean;
    }
  /** Runs at every exit of the function, last first; `operations` are what the deferred call does, arguments bound here. */
  | { readonly kind: "defer"; readonly operations: readonly Operation[] }
  /** TypeScript: the task stops here until the value settles. `isDelegate`: `yield`, `for await`. */
  | {
      readonly kind: "await";
      readonly value: Value;
      readonly isPromise: boolean;
      readonly isDelegate?: boolean;
    }
  /**
   * An object is used in a way that no other operation says: stored in a composite literal, appended, sent as a value,
   * its address taken. Whoever explores a closed scope must give it up. Every mention of a local channel, lock or
   * WaitGroup is covered by some operation: this one, if none else.
   */
  /** `into`: some element of the slice that it is appended to. */
  | { readonly kind: "escape"; readonly value: Value; readonly into?: AccessPath }
  /** `isElement`: some element of the map or slice that the path names. */
  | {
      readonly kind: "read";
      readonly path: AccessPath;
      readonly isElement?: boolean;
      /** Go: of a field whose function is called at once. */
      readonly isCalled?: boolean;
      readonly holds?: Holds;
    }
  | {
      readonly kind: "write";
      readonly path: AccessPath;
      readonly value: Value;
      readonly isCompound?: boolean;
      readonly isElement?: boolean;
      readonly holds?: Holds;
    }
  | { readonly kind: "resolve" | "reject"; readonly promise: AccessPath }
  | {
      readonly kind: "subscribe" | "unsubscribe";
      readonly source: AccessPath;
      readonly event: string | undefined;
      readonly callee: Callee;
    }
);

export type OperationKind = Operation["kind"];
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;
