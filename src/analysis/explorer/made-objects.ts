import type { Callee, OperationOf } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";
import { constructs } from "../makers.ts";
import { assign } from "./assignments.ts";
import type { ContextKind } from "./contexts.ts";
import type { Outcome } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import type { Frame, State } from "./state.ts";

/** An object of the scope, under the name that it is made for. */
export function make(
  scope: Scope,
  outcome: Outcome,
  frame: Frame,
  operation: OperationOf<"make">,
): Outcome {
  const { path, object, capacity } = operation;
  const { state } = outcome;
  const key = scope.placeKey(state, frame, path);
  if (key === undefined) return outcome;
  const site = `${frame.key}@${operation.at.start}`;
  const id = freeName(state, site);
  if (object === "waitgroup" || object === "errgroup") {
    state.groups.set(id, { count: 0, isEscaped: false });
    state.store.set(key, { kind: "group", id });
  } else if (object === "mutex" || object === "rwmutex") {
    state.locks.set(id, { writers: 0, readers: 0, isEscaped: false });
    state.store.set(key, { kind: "lock", id });
  } else if (object === "once") {
    state.locks.set(id, { writers: 0, readers: 0, isEscaped: false });
    state.store.set(key, { kind: "lock", id });
  } else if (object === "struct" && !scope.isPlain && !isOfCaller(path)) {
    const made = { kind: "struct" as const, id, type: operation.type };
    for (const field of operation.nilFields ?? [])
      state.store.set(`${id}.${field}`, { kind: "nil" });
    state.store.set(id, made);
    state.store.set(key, made);
  } else if (object === "channel") {
    const size = capacityOf(scope, state, frame, capacity);
    const isEscaped = size === undefined;
    const made = { capacity: size ?? 0, length: 0, isClosed: false, isContext: false };
    state.channels.set(id, { ...made, isEscaped });
    state.store.set(key, { kind: "channel", id });
  }
  return outcome;
}

/** `*s = Set{…}` fills what the caller has. */
function isOfCaller({ root, steps }: AccessPath): boolean {
  if (root.kind !== "variable" || steps.length > 0) return false;
  const { role, isReassigned, isStruct } = root.variable;
  return (role === "receiver" || role === "parameter") && !isReassigned && !isStruct;
}

/** The first name for an object made at a site that no object has. */
function freeName({ channels, groups, locks, store }: State, site: string): string {
  for (let nth = 1; ; nth++) {
    const id = `${site}#${nth}`;
    if (![channels, groups, locks, store].some((objects) => objects.has(id))) return id;
  }
}

export function makesResult({ isPlain, program }: Scope, operation: OperationOf<"call">): boolean {
  return !isPlain && constructs(program, operation);
}

/** `once.Do(f)`: the branch that follows says whether f runs. */
export function isOnce(callee: Callee): boolean {
  return callee.kind === "external" && callee.name === "sync.Once.Do";
}

/** The id of a context begins with that of its parent, with which it is cancelled. */
export function makeContext(
  scope: Scope,
  state: State,
  frame: Frame,
  { arguments: [parent], results: [context, cancel], at }: OperationOf<"call">,
  how: ContextKind,
): void {
  const from = parent && scope.reference(state, frame, parent);
  const inherited = from?.kind === "context" ? state.channels.get(from.id) : undefined;
  const isFree = parent?.kind === "constant" || (from?.kind === "context" && !inherited);
  const site = `${frame.key}@${at.start}`;
  const id = freeName(state, `${from?.kind === "context" ? `${from.id}&` : ""}${site}`);
  // A root has no channel: it never ends.
  if (how !== "root")
    state.channels.set(id, {
      capacity: 0,
      length: 0,
      isClosed: inherited?.isClosed ?? false,
      isContext: true,
      isEscaped: how === "timed" || (inherited ? inherited.isEscaped : !isFree),
    });
  if (context) assign(scope, state, frame, context, { kind: "context", id });
  if (cancel) assign(scope, state, frame, cancel, { kind: "cancel", id });
}

const ENOUGH = Number.MAX_SAFE_INTEGER;

/**
 * The size of a buffer; undefined where nothing is known. `make(chan T, len(items))` is taken to be large enough, also where a
 * loop told how many items there are: whoever computes a size has counted the sends.
 */
function capacityOf(
  scope: Scope,
  state: State,
  frame: Frame,
  capacity: OperationOf<"make">["capacity"],
): number | undefined {
  if (!capacity || capacity.kind === "unknown") return undefined;
  if (capacity.kind === "known") return capacity.value;
  const constant = scope.constantOf(state, frame, capacity.text);
  if (constant !== undefined && /^\d+$/.test(constant)) return Number(constant);
  const isCounted = state.counts.has(capacity.text);
  return (isCounted ? undefined : scope.size(state, frame, capacity.text)) ?? ENOUGH;
}
