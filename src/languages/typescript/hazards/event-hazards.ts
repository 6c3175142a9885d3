import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { annotationIn, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { numericValue } from "../numeric-value.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { valueLeaves } from "../value-leaves.ts";
import { isOfPromises } from "./promised-timers.ts";
import {
  ancestorOf,
  awaitsIn,
  type Call,
  callAt,
  callsIn,
  isFunctionLiteral,
  isWithin,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** A member of a browser's event that is used after an await, when the event is over. */
export interface LateEventUse {
  readonly at: Place;
  /** `event.preventDefault`, and what it means that it comes late. */
  readonly name: string;
  readonly member: string;
  readonly awaitedAt: Place;
}

const LATE_MEMBERS: ReadonlySet<string> = new Set([
  "currentTarget",
  "preventDefault",
  "stopPropagation",
  "stopImmediatePropagation",
  "dataTransfer",
  "clipboardData",
  "respondWith",
  "waitUntil",
]);
const LATE_INTEREST =
  /\.(?:currentTarget|preventDefault|stopPropagation|stopImmediatePropagation|dataTransfer|clipboardData|respondWith)\b/;
const EVENT_NAME = /^(?:e|ev|evt|event|\w+Event)$/;
const EVENT_TYPE =
  /(?:^|\.)(?:\w*(?:Mouse|Keyboard|Pointer|Drag|Submit|Form|Clipboard|Touch|Focus|Change|Input|Fetch|Synthetic|Wheel|Custom|UI|Extendable)?Event)(?:<.*>)?$/s;

/** `async (event) => { await save(); event.preventDefault(); }` */
export const lateEventUses = defineAnalysis("late event uses", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, LATE_INTEREST).flatMap((module) =>
    nodesOfKind(module.tree, "member_expression").flatMap(
      (member) => lateUse(module, member, resolver) ?? [],
    ),
  );
});

function lateUse(
  module: TypeScriptModule,
  member: NodeId,
  resolver: TypeScriptResolver,
): LateEventUse | undefined {
  const { tree } = module;
  const property = tree.childIn(member, "property");
  const name = property === NONE ? "" : tree.textOf(property);
  const object = tree.childIn(member, "object");
  if (!LATE_MEMBERS.has(name) || name === "waitUntil" || tree.kindOf(object) !== "identifier")
    return undefined;
  const around = enclosingFunction(tree, member);
  if (around === NONE || !hasToken(tree, around, "async")) return undefined;
  const variable = resolver.variableAt({ module, node: object });
  if (variable?.kind !== "parameter" || variable.function !== around || variable.index !== 0)
    return undefined;
  const annotation = annotationIn(tree, tree.parentOf(variable.declaration.node), "type");
  const isEvent =
    annotation === NONE ? EVENT_NAME.test(variable.name) : EVENT_TYPE.test(tree.textOf(annotation));
  if (!isEvent || isDamaged(tree, member)) return undefined;
  const awaited = awaitBefore(tree, around, member);
  if (awaited === NONE) return undefined;
  return {
    at: placeOf(module, member),
    name: `${variable.name}.${name}`,
    member: name,
    awaitedAt: placeOf(module, awaited),
  };
}

const BLOCKS: ReadonlySet<string> = new Set(["statement_block", "switch_case", "switch_default"]);

/** An await that every way to the node passes: it ends before the node, in a block around it, not on a way that leaves. */
export function awaitBefore(tree: Tree, around: NodeId, node: NodeId): NodeId {
  for (const awaited of awaitsIn(tree, around)) {
    if (tree.kindOf(awaited) !== "await_expression") continue;
    if ((tree.end[awaited] as number) > (tree.start[node] as number)) break;
    if (isConditional(tree, awaited, around)) continue;
    const block = ancestorOf(tree, awaited, BLOCKS, around);
    if (block === NONE || isWithin(tree, node, block)) return awaited;
  }
  return NONE;
}

/** Whether an expression around evaluates the node only on some ways. */
function isConditional(tree: Tree, node: NodeId, around: NodeId): boolean {
  const outer = ancestorOf(tree, node, CONDITIONAL, around);
  if (outer === NONE) return false;
  return !isWithin(tree, node, tree.childIn(outer, "left"));
}

const CONDITIONAL: ReadonlySet<string> = new Set(["ternary_expression"]);

/** A listener that is removed by another function than the one that was added. */
export interface MismatchedRemoval {
  readonly at: Place;
  readonly name: string;
  /** What is handed over in place of the listener: a new function, the outcome of `bind`, or a listener of another event. */
  readonly given: "function" | "bind" | "other event";
  /** The event that the listener was added for instead. */
  readonly added?: string;
}

const REMOVALS: ReadonlySet<string> = new Set(["removeEventListener", "removeListener", "off"]);
const REMOVAL_INTEREST = /\.(?:removeEventListener|removeListener|off)\s*\(/;

export const mismatchedRemovals = defineAnalysis("mismatched removals", (use) =>
  modulesOfInterest(use, REMOVAL_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => mismatch(module, call) ?? []),
  ),
);

function mismatch(module: TypeScriptModule, call: Call): MismatchedRemoval | undefined {
  const { tree } = module;
  const listener = call.given[1];
  if (!REMOVALS.has(call.name) || call.object === NONE || listener === undefined) return undefined;
  if (tree.kindOf(call.given[0] as NodeId) !== "string" && call.name === "off") return undefined;
  const node = unwrapped(tree, listener);
  const at = placeOf(module, listener);
  const name = expressionName(tree, call.node);
  if (isFunctionLiteral(tree, node)) return { at, name, given: "function" };
  const added = addedForOther(tree, call, node);
  if (added !== undefined) return { at, name, given: "other event", added };
  const bound = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  if (bound?.name !== "bind" || bound.object === NONE) return undefined;
  return { at, name, given: "bind" };
}

/** The one event that a named listener is added for on the same object, where that is another one than it is removed from. */
function addedForOther(tree: Tree, removal: Call, listener: NodeId): string | undefined {
  if (tree.kindOf(listener) !== "identifier") return undefined;
  const from = removal.given[0] as NodeId;
  if (tree.kindOf(from) !== "string") return undefined;
  const adding = callsIn(tree).filter(
    ({ name, object, given }) =>
      /^(?:addEventListener|addListener|on|once|prependListener)$/.test(name) &&
      object !== NONE &&
      keyText(tree, object) === keyText(tree, removal.object) &&
      given[1] !== undefined,
  );
  // `socket.on("connect", isSecure ? secure : connected)`
  const isOneOf = adding.some(({ given }) =>
    valueLeaves(tree, given[1] as NodeId, false).some(
      (leaf) => leaf !== given[1] && tree.textOf(leaf) === tree.textOf(listener),
    ),
  );
  if (isOneOf) return undefined;
  const added = adding.filter(
    ({ given }) => tree.textOf(given[1] as NodeId) === tree.textOf(listener),
  );
  const events = new Set(added.map(({ given }) => tree.textOf(given[0] as NodeId).slice(1, -1)));
  const [event] = events;
  const isNamed = added.every(({ given }) => tree.kindOf(given[0] as NodeId) === "string");
  if (event === undefined || events.size > 1 || !isNamed) return undefined;
  return event === tree.textOf(from).slice(1, -1) ? undefined : event;
}

/** A listener for a signal that never reaches the process, or one that ends the process while it still waits. */
export interface SignalMisuse {
  readonly at: Place;
  readonly kind: "uncatchable" | "exits-early";
  readonly signal: string;
  /** What is started and not waited for before the exit. */
  readonly started: string | undefined;
}

const SIGNAL_INTEREST = /\bprocess\s*\.\s*(?:on|once|addListener)\s*\(/;

export const signalMisuses = defineAnalysis("signal misuses", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, SIGNAL_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => signalMisuse(module, call, resolver) ?? []),
  );
});

function signalMisuse(
  module: TypeScriptModule,
  { node, object, name, given }: Call,
  resolver: TypeScriptResolver,
): SignalMisuse | undefined {
  const { tree } = module;
  const [event, listener] = given;
  if (object === NONE || tree.textOf(object) !== "process" || listener === undefined)
    return undefined;
  if (!/^(?:on|once|addListener)$/.test(name)) return undefined;
  const signal = tree.textOf(event as NodeId).slice(1, -1);
  if (/^SIG(?:KILL|STOP)$/.test(signal))
    return { at: placeOf(module, node), kind: "uncatchable", signal, started: undefined };
  if (!/^SIG[A-Z0-9]+$/.test(signal)) return undefined;
  const started = startedBeforeExit(module, unwrapped(tree, listener), resolver);
  if (started === NONE) return undefined;
  return {
    at: placeOf(module, started),
    kind: "exits-early",
    signal,
    started: expressionName(tree, started),
  };
}

/** `() => { server.shutdown(); process.exit(0); }`: a promise is started as a statement, and the next one exits. */
function startedBeforeExit(
  module: TypeScriptModule,
  listener: NodeId,
  resolver: TypeScriptResolver,
): NodeId {
  const { tree } = module;
  if (!isFunctionLiteral(tree, listener)) return NONE;
  const body = tree.childIn(listener, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return NONE;
  let started: NodeId = NONE;
  for (const statement of namedNodes(tree, body)) {
    if (tree.kindOf(statement) !== "expression_statement") continue;
    let expression = unwrapped(tree, namedNodes(tree, statement)[0] ?? NONE);
    if (expression !== NONE && tree.kindOf(expression) === "unary_expression")
      expression = unwrapped(tree, tree.childIn(expression, "argument"));
    if (expression === NONE || tree.kindOf(expression) !== "call_expression") continue;
    if (tree.textOf(tree.childIn(expression, "function")) === "process.exit") return started;
    if (resolver.isPromise({ module, node: expression }) === "yes") started = expression;
  }
  return NONE;
}

/** A constant delay that a timer cannot keep. */
export interface ImpossibleDelay {
  readonly at: Place;
  readonly timer: string;
  readonly delay: number;
}

const DELAY_INTEREST = /\bset(?:Timeout|Interval)\b/;
const LONGEST_DELAY = 2 ** 31 - 1;

export const impossibleDelays = defineAnalysis("impossible delays", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, DELAY_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call): ImpossibleDelay[] => {
      const timer = timerCalled(module.tree, call);
      const delay = timer && call.given[timer.delayAt];
      const value = delay === undefined ? undefined : constantOf({ module, node: delay }, resolver);
      if (!timer || delay === undefined || value === undefined || value <= LONGEST_DELAY) return [];
      return [{ at: placeOf(module, delay), timer: timer.name, delay: value }];
    }),
  );
});

/** `setTimeout(run, delay)`, and `sleep(delay)` of `import { setTimeout as sleep } from "node:timers/promises"`. */
function timerCalled(
  tree: Tree,
  { name, object, nameAt }: Call,
): { readonly name: string; readonly delayAt: number } | undefined {
  if (object === NONE && isOfPromises(tree, nameAt)) return { name, delayAt: 0 };
  return name === "setTimeout" || name === "setInterval" ? { name, delayAt: 1 } : undefined;
}

/** Numbers, constants of numbers, and what is calculated from them; Infinity and its like for ever. */
function constantOf(at: ModuleNode, resolver: TypeScriptResolver): number | undefined {
  const text = at.module.tree.textOf(at.node);
  if (/^(?:Number\.(?:MAX_SAFE_INTEGER|POSITIVE_INFINITY|MAX_VALUE)|Infinity)$/.test(text))
    return Number.POSITIVE_INFINITY;
  return numericValue(at, resolver);
}
