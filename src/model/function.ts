import type { Span } from "../core/position.ts";
import type { LockMode, ObjectKind, Operation } from "./operation.ts";
import type { AccessPath, FunctionId, Variable } from "./path.ts";

/** A block is its index in `FunctionModel.blocks`; 0 is the entry. */
export type BlockId = number;

/** Named by purpose: `body`, `if-then`, `for-head`, `for-body`, `select-case`, `switch-case`, `catch`, `finally`, … */
export type BlockKind = string;

/**
 * A branch as far as it is simple. Two conditions with one `key` test the same thing, and agree on a path as long as
 * nothing in `reads` (variable ids and path keys) was written between them. `negated`: the branch is taken when the test fails,
 * so that `if err != nil` and `if err == nil` share the key `<err>==nil`.
 */
export interface Condition {
  readonly key: string;
  readonly negated: boolean;
  readonly reads: readonly string[];
  readonly at: Span;
  /** TypeScript: the test holds where this path is unset (null, undefined or, as the key says, falsy). */
  readonly isNil?: AccessPath;
  /** Go: whether an error came, as `if err != nil` asks. */
  readonly isErrorTest?: boolean;
  /** TypeScript: the paths that a comparison is about: `this.active >= this.limit`, `state === "idle"`. */
  readonly subjects?: readonly AccessPath[];
  /** Known at once: `for true`, `if false`. */
  readonly constant?: boolean;
  /** `once.Do(f)`: whether nobody has come before, as far as this object goes. */
  readonly isFirst?: AccessPath;
  /** `if mu.TryLock()`: holds the lock where the test is true. */
  readonly acquires?: {
    readonly lock: AccessPath;
    readonly mode: LockMode;
    readonly object: ObjectKind;
  };
}

/** One case of a select: its channel operation (already with its place), and where it goes on. */
export interface SelectCase {
  readonly operation: Extract<Operation, { kind: "send" | "receive" }>;
  readonly to: BlockId;
}

/** How a block ends. */
export type Terminator =
  /** `at`: the `break` or `continue` that says so. */
  | { readonly kind: "goto"; readonly to: BlockId; readonly at?: Span }
  /** `condition` undefined: not simple; either way is possible. */
  | {
      readonly kind: "branch";
      readonly condition: Condition | undefined;
      readonly then: BlockId;
      readonly otherwise: BlockId;
    }
  /** A switch or type switch, tests not kept; a missing default is a target of its own. `subject`: the variable whose values the cases are. */
  | { readonly kind: "switch"; readonly targets: readonly BlockId[]; readonly subject?: AccessPath }
  /** `for range`: another pass or out. `subject` is what is ranged over, `count` a literal number of passes. */
  | {
      readonly kind: "loop";
      readonly body: BlockId;
      readonly exit: BlockId;
      readonly subject?: AccessPath;
      readonly bound?: string;
    }
  | {
      readonly kind: "select";
      readonly cases: readonly SelectCase[];
      readonly otherwise?: BlockId;
      readonly at: Span;
    }
  | {
      readonly kind: "return";
      readonly at: Span;
      readonly values: readonly import("./operation.ts").Value[];
    }
  /** panic or throw; deferred operations run. */
  | { readonly kind: "panic"; readonly at: Span }
  /** runtime.Goexit, t.FailNow: the thread ends, deferred operations run. */
  | { readonly kind: "goexit"; readonly at: Span }
  /** os.Exit, log.Fatal: the process ends, nothing runs. */
  | { readonly kind: "exit"; readonly at: Span }
  /** Never left: `select {}`, the end of an endless loop. */
  | { readonly kind: "stuck"; readonly at: Span };

export interface Block {
  readonly kind: BlockKind;
  /** Where helpers stand in place of their calls: the function's own call that the block belongs to. */
  readonly call?: Span;
  readonly operations: readonly Operation[];
  readonly end: Terminator;
}

export type FunctionRole = "function" | "method" | "closure" | "initializer" | "module";

/** What is known of a function before its body is looked at. */
export interface FunctionHeader {
  readonly id: FunctionId;
  /** As a reader says it: `(*Hub).Publish`, `newHub`, `Cache.get`; a closure is `function at line 12 of newHub`. */
  readonly name: string;
  readonly file: string;
  readonly at: Span;
  /** The name alone, for underlining. */
  readonly nameAt: Span;
  readonly role: FunctionRole;
  /** The function that a closure stands in. */
  readonly enclosing: FunctionId | undefined;
  readonly receiver: Variable | undefined;
  readonly parameters: readonly Variable[];
  readonly results: readonly Variable[];
  /** Visible outside the unit (Go: capital letter, receiver type included; TypeScript: exported). */
  readonly isExported: boolean;
  readonly isTest: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** TypeScript: a function of a module that is called where it is written, `(async () => …)()`. */
  readonly runsOnce?: boolean;
  /** The comment directly above, for contracts such as "must hold mu", and one at the top of the body that says that no lock is needed; empty where there is none. */
  readonly comment: string;
}

export interface FunctionModel extends FunctionHeader {
  /** The functions that stand in place of their calls: what they declare is as private as the function's own names. */
  readonly helpers?: ReadonlySet<FunctionId>;
  readonly blocks: readonly Block[];
  /** A syntax error lies inside: rules are silent about it. */
  readonly isDamaged: boolean;
}
