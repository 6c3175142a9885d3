import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { argumentsOf, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, isSharedPlace, leadsTo } from "./order.ts";
import {
  ancestorOf,
  awaitsIn,
  callAt,
  callsIn,
  initializerOf,
  isWithin,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** A collection that is emptied after what it held was handed on and waited for: what came meanwhile is thrown away. */
export interface LostReset {
  readonly store: string;
  readonly resetAt: Place;
  /** Where what it held is waited for. */
  readonly awaitedAt: Place;
  /** Where others add to it. */
  readonly addedAt: Place;
}

const INTEREST =
  /\bawait\b[\s\S]*(?:=\s*(?:\[\]|\{\}|new (?:Map|Set)\b|["'`]{2})|\.length\s*=\s*0|\.(?:clear|splice)\()/;

/**
 * `await send(this.buffer); this.buffer = [];`. Only where another function of the file adds to the collection; silent in functions that end
 * everything, where what it held is ended, where it is looked at again between, and under a lock.
 */
export const lostResets = defineAnalysis("lost resets", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) => {
    const { assignments, calls } = indexOf(module.tree);
    return [...assignments, ...calls].flatMap((node) => lostBy(module, node, resolver) ?? []);
  });
});

const ENDS =
  /close|stop|destroy|dispose|shutdown|teardown|disconnect|unmount|reset|clear|clean|abort|cancel|kill|^#?_?end|Symbol/i;
const LOCKED = /\.(?:runExclusive|acquire|lock|withLock|synchronized)\(|\block\(/;

function lostBy(
  module: TypeScriptModule,
  node: NodeId,
  resolver: TypeScriptResolver,
): LostReset | undefined {
  const { tree } = module;
  const place = emptied(tree, node);
  const around = enclosingFunction(tree, node);
  if (place === NONE || around === NONE || !isSharedPlace(module, place, resolver))
    return undefined;
  if (isDamaged(tree, node) || isPartOfEnd(tree, around)) return undefined;
  const store = keyText(tree, place);
  const body = tree.childIn(around, "body");
  const awaited = awaitsIn(tree, body).findLast(
    (wait) =>
      tree.kindOf(wait) === "await_expression" &&
      leadsTo(tree, wait, node) &&
      !callsIn(tree, wait).some(({ name }) => ENDS.test(name)) &&
      handsOn(module, wait, store, resolver),
  );
  if (awaited === undefined || looksAgain(tree, awaited, node, store)) return undefined;
  const added = addedElsewhere(tree, around, store, clearedBefore(tree, around, awaited));
  if (added === NONE) return undefined;
  return {
    store,
    resetAt: placeOf(module, node),
    awaitedAt: placeOf(module, awaited),
    addedAt: placeOf(module, added),
  };
}

/** The collection that is emptied: `x = []`, `x.length = 0`, `x.clear()`, `x.splice(0)`. */
function emptied(tree: Tree, node: NodeId): NodeId {
  if (tree.kindOf(node) === "assignment_expression") {
    const left = tree.childIn(node, "left");
    const right = tree.textOf(tree.childIn(node, "right"));
    if (/^(?:\[\]|\{\}|new (?:Map|Set)(?:<[^()]*>)?\(\)|["'`]{2})$/.test(right)) return left;
    const isLength =
      right === "0" &&
      tree.kindOf(left) === "member_expression" &&
      tree.textOf(tree.childIn(left, "property")) === "length";
    return isLength ? tree.childIn(left, "object") : NONE;
  }
  const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  if (!call || tree.kindOf(tree.parentOf(node)) !== "expression_statement") return NONE;
  const isAll =
    (call.name === "clear" && call.given.length === 0) ||
    (call.name === "splice" &&
      call.given[0] !== undefined &&
      tree.textOf(call.given[0]) === "0" &&
      (call.given[1] === undefined ||
        keyText(tree, call.given[1]) === `${keyText(tree, call.object)}.length`));
  return isAll ? call.object : NONE;
}

/** The function that ends everything may drop what still comes; and one under a lock keeps others out. */
function isPartOfEnd(tree: Tree, around: NodeId): boolean {
  const name = tree.kindOf(around) === "arrow_function" ? NONE : tree.childIn(around, "name");
  return (name !== NONE && ENDS.test(tree.textOf(name))) || LOCKED.test(tree.textOf(around));
}

/** Whether what is awaited is given the collection, a copy of it, or a local that was made from it. */
function handsOn(
  module: TypeScriptModule,
  wait: NodeId,
  store: string,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  return nodesOfKind(tree, "arguments", wait).some(
    (list) =>
      mentionedIn(tree, list, store) ||
      nodesOfKind(tree, "identifier", list).some((name) => {
        const made = initializerOf(resolver, { module, node: name });
        if (!made || made.module !== module || !mentionedIn(tree, made.node, store)) return false;
        // A local that was awaited for itself, or takes things out, is not what the collection holds.
        return !/\bawait\b|\.(?:shift|pop|splice|get|size|length)\b/.test(tree.textOf(made.node));
      }),
  );
}

/** A mention of the whole collection, not of its size or of one of its elements. */
function mentionedIn(tree: Tree, below: NodeId, store: string): boolean {
  const kind = store.includes(".") ? "member_expression" : "identifier";
  const found = tree.kindOf(below) === kind ? [below] : [];
  found.push(...nodesOfKind(tree, kind, below));
  return found.some((node) => {
    if (keyText(tree, node) !== store) return false;
    const parent = tree.parentOf(node);
    const parentKind = tree.kindOf(parent);
    if (parentKind === "subscript_expression") return false;
    if (parentKind !== "member_expression" || tree.childIn(parent, "object") !== node) return true;
    return /^(?:map|slice|join|concat|filter|flatMap|values|entries|keys|toString|flat)$/.test(
      tree.textOf(tree.childIn(parent, "property")),
    );
  });
}

/** Between the two, or around the second, a condition about it. */
function looksAgain(tree: Tree, awaited: NodeId, reset: NodeId, store: string): boolean {
  const around = ancestorOf(tree, reset, new Set(["if_statement"]), enclosingFunction(tree, reset));
  if (around === NONE || around < awaited) return false;
  return keyText(tree, tree.childIn(around, "condition")).includes(store);
}

/** The flags that a function sets to false before it waits. */
function clearedBefore(tree: Tree, around: NodeId, awaited: NodeId): readonly string[] {
  return indexOf(tree)
    .assignments.filter((node) => isWithin(tree, node, around) && node < awaited)
    .filter((node) => tree.kindOf(tree.childIn(node, "right")) === "false")
    .map((node) => keyText(tree, tree.childIn(node, "left")));
}

/** `if (isFirstScan) changed.add(name)`, where the function has set that to false: nothing is added while it waits. */
function isShut(tree: Tree, node: NodeId, flags: readonly string[]): boolean {
  for (
    let inner = node, at = tree.parentOf(node);
    at !== NONE;
    inner = at, at = tree.parentOf(at)
  ) {
    if (tree.kindOf(at) !== "if_statement" || tree.childIn(at, "consequence") !== inner) continue;
    if (flags.includes(keyText(tree, unwrapped(tree, tree.childIn(at, "condition"))))) return true;
  }
  return false;
}

/** A place outside of the function where the collection grows, while none of the flags around it is false. */
function addedElsewhere(
  tree: Tree,
  around: NodeId,
  store: string,
  flags: readonly string[],
): NodeId {
  const grows = new RegExp(`^${escaped(store)}\\.(?:push|unshift|add|set)$`);
  const { calls, augmented, assignments } = indexOf(tree);
  const call = calls.find(
    (node) =>
      tree.kindOf(node) === "call_expression" &&
      !isWithin(tree, node, around) &&
      !isShut(tree, node, flags) &&
      argumentsOf(tree, node).length > 0 &&
      grows.test(keyText(tree, tree.childIn(node, "function"))),
  );
  if (call !== undefined) return call;
  const written = [...augmented, ...assignments].find((node) => {
    if (isWithin(tree, node, around) || isShut(tree, node, flags)) return false;
    const left = unwrapped(tree, tree.childIn(node, "left"));
    if (tree.kindOf(node) === "augmented_assignment_expression")
      return keyText(tree, left) === store;
    return (
      tree.kindOf(left) === "subscript_expression" &&
      keyText(tree, tree.childIn(left, "object")) === store
    );
  });
  return written ?? NONE;
}
