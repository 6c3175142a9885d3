import type { Liveness } from "./liveness.ts";
import type { Scope } from "./scope.ts";
import type { Frame, Reference, State } from "./state.ts";

/**
 * States that differ in nothing that matters any more are to be equal, or every branch of a long function doubles them. What does
 * not matter: outcomes of conditions that nobody tests again, variables that nobody mentions again, objects without a name.
 */
export function withoutForgotten(scope: Scope, state: State, frame: Frame): State {
  const liveness = scope.liveness(frame.function);
  const facts = withoutAnswered(liveness, state, frame);
  const variables = deadVariables(scope, liveness, state, frame);
  if (variables.length === 0) return facts === state.facts ? state : { ...state, facts };
  const left = { ...copyOf(state), facts };
  drop(left, variables);
  return left;
}

/** Drops what the variables of a frame hold that was left. Changes `state`. */
export function forgetFrame(scope: Scope, state: State, { key: frame }: Frame): void {
  const visible = visibleFromElsewhere(scope, state, frame);
  const isOwn = (key: string): boolean =>
    key.startsWith(`${frame}:`)
      ? !visible.has(key.slice(frame.length + 1))
      : key.startsWith(`${frame}@`) && !key.includes("#", frame.length);
  drop(state, [...state.store.keys(), ...state.values.keys()].filter(isOwn));
  for (const key of [...state.facts.keys()])
    if (key.startsWith(`${frame}|`)) state.facts.delete(key);
}

function drop(state: State, variables: readonly string[]): void {
  let isObjectDropped = false;
  for (const key of variables) {
    const held = state.store.get(key);
    isObjectDropped ||= held !== undefined && held.kind !== "nil" && held.kind !== "closure";
    state.store.delete(key);
    state.values.delete(key);
  }
  if (isObjectDropped) collect(state);
}

function copyOf(state: State): State {
  const { store, values, channels, groups, locks } = state;
  return {
    ...state,
    store: store.copy(),
    values: values.copy(),
    channels: channels.copy(),
    groups: groups.copy(),
    locks: locks.copy(),
  };
}

function withoutAnswered(liveness: Liveness, { facts }: State, frame: Frame): State["facts"] {
  if (facts.size === 0) return facts;
  const own = `${frame.key}|`;
  let left = facts;
  for (const key of facts.keys()) {
    if (!key.startsWith(own)) continue;
    if (!frame.leaving && liveness.isAsked(frame.block, key.slice(own.length))) continue;
    if (left === facts) left = facts.copy();
    left.delete(key);
  }
  return left;
}

function deadVariables(
  scope: Scope,
  liveness: Liveness,
  state: State,
  frame: Frame,
): readonly string[] {
  const own = `${frame.key}:`;
  const isDead = (key: string): boolean =>
    key.startsWith(own) && !liveness.isMentioned(frame.block, key.slice(own.length));
  const dead = [...state.store.keys(), ...state.values.keys()].filter(isDead);
  if (dead.length === 0) return dead;
  const visible = visibleFromElsewhere(scope, state, frame.key);
  return dead.filter((key) => !visible.has(key.slice(own.length)));
}

/** The variables that closures mention which were made in a frame, those that are kept and those that run. */
function visibleFromElsewhere(scope: Scope, state: State, frame: string): ReadonlySet<string> {
  const visible = new Set<string>();
  const add = (from: string, id: string): void => {
    if (!scope.isWithin(from, frame)) return;
    for (const variable of scope.captured(id)) visible.add(variable.id);
  };
  for (const held of state.store.values())
    if (held.kind === "closure") add(held.frame, held.function);
  for (const { frames } of state.threads)
    for (const { key, function: id } of frames) if (key !== frame) add(key, id);
  return visible;
}

/** Drops objects that no name leads to. Changes `state`. */
function collect(state: State): void {
  const fields = new Map<string, Reference[]>();
  const waiting: Reference[] = [];
  for (const [key, held] of state.store) {
    const object = objectOf(key);
    const known = object === undefined ? waiting : fields.get(object);
    if (known) known.push(held);
    else if (object !== undefined) fields.set(object, [held]);
  }
  const reached = new Set(state.threads.map(({ joins }) => joins));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === "closure" && next.self) waiting.push(next.self);
    if (next.kind === "closure" || next.kind === "nil" || reached.has(next.id)) continue;
    reached.add(next.id);
    waiting.push(...(fields.get(next.id) ?? []));
  }
  for (const key of [...state.store.keys()]) {
    const object = objectOf(key);
    if (object !== undefined && !reached.has(object)) state.store.delete(key);
  }
  for (const [id, { isContext }] of [...state.channels])
    if (!isContext && !reached.has(id)) state.channels.delete(id);
  for (const objects of [state.groups, state.locks])
    for (const id of [...objects.keys()]) if (!reached.has(id)) objects.delete(id);
}

/** The struct whose own entry, or whose field, a key of the store stands for; undefined for a variable. */
function objectOf(key: string): string | undefined {
  const [, object] = key.includes(":") ? [] : (/^(.*@.*#\d+)(?:\.|$)/.exec(key) ?? []);
  return object;
}
