import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { answerChain } from "./effect-chains.ts";
import { isStateSetter, stateOf } from "./effect-setters.ts";
import { awaitBefore } from "./event-hazards.ts";
import {
  awaitsIn,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  isWithin,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** What goes wrong in an effect of React. */
export interface EffectHazard {
  /**
   * `async`: the effect is an async function. `race`: it sets state after an await, whatever came meanwhile. `interval`, `listener`,
   * `observer`: it starts something that it never ends.
   */
  readonly kind: "async" | "race" | "interval" | "listener" | "observer";
  readonly at: Place;
  /** The hook: `useEffect`. */
  readonly hook: string;
  /** What is set, or what is started. */
  readonly name: string;
  readonly awaitedAt: Place | undefined;
}

const HOOKS: ReadonlySet<string> = new Set(["useEffect", "useLayoutEffect", "useInsertionEffect"]);
const INTEREST = /\buse(?:Layout|Insertion)?Effect\s*\(/;

export const effectHazards = defineAnalysis("effect hazards", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => inEffect(module, call, resolver)),
  );
});

function inEffect(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): EffectHazard[] {
  const { tree } = module;
  const [effect, dependencies] = call.given;
  if (!HOOKS.has(call.name) || effect === undefined || isDamaged(tree, call.node)) return [];
  const node = unwrapped(tree, effect);
  if (!isFunctionLiteral(tree, node)) return [];
  const hook = call.name;
  if (hasToken(tree, node, "async"))
    return [{ kind: "async", at: placeOf(module, effect), hook, name: hook, awaitedAt: undefined }];
  const race = raceIn(module, node, dependencies, resolver);
  return [
    ...(race ? [{ ...race, hook }] : []),
    ...leaksIn(module, node).map((leak) => ({ ...leak, hook })),
  ];
}

type Found = Omit<EffectHazard, "hook">;

/** An async function inside that sets state after an await without looking whether it is still wanted. */
function raceIn(
  module: TypeScriptModule,
  effect: NodeId,
  dependencies: NodeId | undefined,
  resolver: TypeScriptResolver,
): Found | undefined {
  const { tree } = module;
  // Without dependencies, or with none in the list, the effect runs once: two answers cannot overtake each other.
  if (dependencies === undefined || tree.kindOf(dependencies) !== "array") return undefined;
  const depends = namedNodes(tree, dependencies).map((node) => tree.textOf(node));
  if (depends.length === 0) return undefined;
  if (
    /\babort|signal|cancel|ignore|isMounted|mounted|active|stale|disposed|unmount/i.test(
      tree.textOf(effect),
    )
  )
    return undefined;
  // `if (latest.current === request)`: an answer that is not the latest is left alone.
  if (/\.current\s*[!=]==?[^=]|[!=]==?\s*\w+\.current\b(?!\s*\?)/.test(tree.textOf(effect)))
    return undefined;
  for (const inner of nodesOfKind(tree, "arrow_function", effect).concat(
    nodesOfKind(tree, "function_declaration", effect),
  )) {
    if (inner === effect || !hasToken(tree, inner, "async")) continue;
    // What is asked for must depend on what the effect depends on.
    const first = awaitsIn(tree, inner)[0];
    if (first === undefined) continue;
    const isAsked = depends.some(
      (name) => /^[\w.?]+$/.test(name) && tree.textOf(inner).includes(name),
    );
    if (!isAsked) continue;
    for (const call of callsIn(tree, inner)) {
      if (enclosingFunction(tree, call.node) !== inner || !isSetter(module, call, resolver))
        continue;
      const awaited = awaitBefore(tree, inner, call.node);
      const isGiven =
        awaited === NONE && call.given.some((argument) => isWithin(tree, first, argument));
      if (awaited === NONE && !isGiven) continue;
      // A constant (`setLoading(false)`) is the same whichever answer comes last.
      const [value] = call.given;
      if (value === undefined || isConstant(tree, value)) continue;
      return {
        kind: "race",
        at: placeOf(module, call.node),
        name: call.name,
        awaitedAt: placeOf(module, awaited === NONE ? first : awaited),
      };
    }
  }
  const body = tree.childIn(effect, "body");
  if (body === NONE || hasCleanup(tree, effect, body)) return undefined;
  const chain = answerChain(module, effect, depends, resolver);
  if (!chain) return undefined;
  const at = placeOf(module, chain.call.node);
  return { kind: "race", at, name: chain.setter, awaitedAt: at };
}

/** Literals, also in objects and arrays. */
function isConstant(tree: Tree, value: NodeId): boolean {
  const end = tree.afterSubtree(value);
  for (let node = value; node < end; node++) if (NAMES.has(tree.kindOf(node))) return false;
  return true;
}

/** What may stand for anything. */
const NAMES: ReadonlySet<string> = new Set([
  "identifier",
  "shorthand_property_identifier",
  "call_expression",
  "new_expression",
  "this",
  ...FUNCTION_KINDS,
]);

function isSetter(module: TypeScriptModule, call: Call, resolver: TypeScriptResolver): boolean {
  return call.object === NONE && isStateSetter(module, call.nameAt, resolver);
}

/** Intervals, listeners and observers that the effect's cleanup does not end. */
function leaksIn(module: TypeScriptModule, effect: NodeId): Found[] {
  const { tree } = module;
  const body = tree.childIn(effect, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block" || hasCleanup(tree, effect, body))
    return [];
  const found: Found[] = [];
  const text = tree.textOf(body);
  for (const node of ownNodes(tree, effect)) {
    const isNew = tree.kindOf(node) === "new_expression";
    if (!isNew && tree.kindOf(node) !== "call_expression") continue;
    const call = callAt(tree, node);
    if (!call) continue;
    const at = placeOf(module, node);
    const add = (kind: Found["kind"], name: string): void => {
      found.push({ kind, at, name, awaitedAt: undefined });
    };
    if (isNew) {
      if (
        /^(?:Resize|Intersection|Mutation|Performance)Observer$/.test(call.name) &&
        !/\.disconnect\(|\.unobserve\(/.test(text)
      )
        add("observer", call.name);
    } else if (call.name === "setInterval" && call.object === NONE) {
      if (!/clearInterval/.test(text)) add("interval", call.name);
    } else if (call.name === "addEventListener" && call.object !== NONE) {
      if (isMadeHere(tree, call.object, effect)) continue;
      const options = call.given[2] === undefined ? "" : tree.textOf(call.given[2]);
      if (!/once|signal|options|[a-z]Options/.test(options) && !/removeEventListener/.test(text))
        add("listener", `${tree.textOf(call.object)}.addEventListener`);
    }
  }
  return found;
}

/** `const script = document.createElement("script")`: what listens to it goes when it goes. */
function isMadeHere(tree: Tree, object: NodeId, effect: NodeId): boolean {
  return nodesOfKind(tree, "variable_declarator", effect).some((node) => {
    const value = tree.childIn(node, "value");
    return (
      tree.textOf(tree.childIn(node, "name")) === tree.textOf(object) &&
      value !== NONE &&
      /^(?:document\.createElement|new\s+\w+)\(/.test(tree.textOf(unwrapped(tree, value)))
    );
  });
}

/** A return with a value: the cleanup. What it ends isn't judged. */
function hasCleanup(tree: Tree, effect: NodeId, body: NodeId): boolean {
  for (const node of ownNodes(tree, effect)) {
    if (tree.kindOf(node) !== "return_statement") continue;
    const value = firstNamed(tree, node);
    if (value !== NONE && !/^(?:undefined|null)$/.test(tree.textOf(value))) return true;
  }
  return tree.kindOf(body) !== "statement_block";
}

/** A setter that is given a value made from state as it was before an await. */
export interface StaleState {
  readonly at: Place;
  readonly setter: string;
  readonly state: string;
  readonly awaitedAt: Place;
  /** The argument, and what it becomes in the updater form, where that is clear. */
  readonly argument: Place;
  readonly updated: string | undefined;
}

export const staleStates = defineAnalysis("stale states", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, /\buseState\b/).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => staleState(module, call, resolver) ?? []),
  );
});

function staleState(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): StaleState | undefined {
  const { tree } = module;
  const [argument] = call.given;
  if (call.object !== NONE || argument === undefined || !/^set[A-Z]/.test(call.name))
    return undefined;
  const around = enclosingFunction(tree, call.node);
  if (around === NONE || !hasToken(tree, around, "async")) return undefined;
  if (isFunctionLiteral(tree, unwrapped(tree, argument))) return undefined;
  const state = stateOf(module, call.nameAt, resolver);
  if (!state || !mentions(tree, argument, state) || !computes(tree, argument)) return undefined;
  const awaited = awaitBefore(tree, around, call.node);
  if (awaited === NONE || initializerOf(resolver, { module, node: argument })) return undefined;
  return {
    at: placeOf(module, call.node),
    setter: call.name,
    state,
    awaitedAt: placeOf(module, awaited),
    argument: placeOf(module, argument),
    updated: updaterForm(tree, argument, state),
  };
}

/** `count + 1`, `[...items, item]`, `{ ...form, name }`, `items.filter(…)`: a new value made from the old one. */
function computes(tree: Tree, argument: NodeId): boolean {
  const node = unwrapped(tree, argument);
  const kind = tree.kindOf(node);
  if (kind === "array" || kind === "object")
    return namedNodes(tree, node).some((part) => tree.kindOf(part) === "spread_element");
  if (kind === "binary_expression") return true;
  const call = kind === "call_expression" ? callAt(tree, node) : undefined;
  return /^(?:filter|map|concat|slice|toSorted|toSpliced|with)$/.test(call?.name ?? "");
}

function updaterForm(tree: Tree, argument: NodeId, state: string): string | undefined {
  const text = tree.textOf(argument);
  if (/\bawait\b/.test(text)) return undefined;
  return tree.kindOf(unwrapped(tree, argument)) === "object"
    ? `(${state}) => (${text})`
    : `(${state}) => ${text}`;
}
