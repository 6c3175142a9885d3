import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, isSharedPlace, leadsTo } from "./order.ts";
import {
  ancestorOf,
  awaitsIn,
  callAt,
  keyText,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A position in a shared list that was looked up before an await and is used after it. */
export interface StaleIndex {
  /** `index`: by a number that was kept. `head`: the first element is taken, worked on, and then whatever is first is removed. */
  readonly kind: "index" | "head";
  readonly list: string;
  readonly name: string;
  readonly foundAt: Place;
  readonly awaitedAt: Place;
  readonly usedAt: Place;
}

const LOOKING = /(?:indexOf|findIndex|findLastIndex|lastIndexOf)\(|\[0\]/;
const LOOPS: ReadonlySet<string> = new Set([
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
]);

/**
 * `const index = this.items.indexOf(item); await save(); this.items.splice(index, 1);`. Silent where the function keeps a second run out by a
 * flag or lock, where the position is looked up again, and for lists that nothing in the file moves about.
 */
export const staleIndices = defineAnalysis("stale indices", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, LOOKING, /\bawait\b/).flatMap((module) =>
    nodesOfKind(module.tree, "variable_declarator").flatMap(
      (declarator) => staleAfter(module, declarator, resolver) ?? [],
    ),
  );
});

function staleAfter(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): StaleIndex | undefined {
  const { tree } = module;
  const name = tree.childIn(declarator, "name");
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  const around = enclosingFunction(tree, declarator);
  if (value === NONE || around === NONE || tree.kindOf(name) !== "identifier") return undefined;
  if (!hasToken(tree, around, "async") || isDamaged(tree, declarator)) return undefined;
  const looked = lookedUp(tree, value);
  if (!looked || !isSharedPlace(module, looked.list, resolver)) return undefined;
  const variable = resolver.variableAt({ module, node: name });
  if (!variable || variable.isReassigned() || isKeptOut(tree, around)) return undefined;
  const list = keyText(tree, looked.list);
  const text = tree.textOf(name);
  const used = usesIn(tree, around, list, text, looked.kind).find((node) => node > declarator);
  if (used === undefined || !isMovedAbout(tree, list)) return undefined;
  const awaited = awaitsIn(tree, tree.childIn(around, "body")).find(
    (wait) =>
      leadsTo(tree, declarator, wait) &&
      leadsTo(tree, wait, used) &&
      (looked.kind === "index" || mentions(tree, wait, text)),
  );
  if (awaited === undefined) return undefined;
  if (looked.kind === "head" && ancestorOf(tree, used, LOOPS, around) !== NONE) return undefined;
  if (isLookedAtBetween(tree, around, awaited, used, text, list)) return undefined;
  return {
    kind: looked.kind,
    list,
    name: text,
    foundAt: placeOf(module, value),
    awaitedAt: placeOf(module, awaited),
    usedAt: placeOf(module, used),
  };
}

/** `list.indexOf(…)`, `list.findIndex(…)`, `list[0]`. */
function lookedUp(
  tree: Tree,
  value: NodeId,
): { readonly list: NodeId; readonly kind: StaleIndex["kind"] } | undefined {
  if (tree.kindOf(value) === "subscript_expression")
    return tree.textOf(tree.childIn(value, "index")) === "0"
      ? { list: tree.childIn(value, "object"), kind: "head" }
      : undefined;
  const call = tree.kindOf(value) === "call_expression" ? callAt(tree, value) : undefined;
  if (!call || call.object === NONE) return undefined;
  return /^(?:indexOf|lastIndexOf|findIndex|findLastIndex)$/.test(call.name)
    ? { list: call.object, kind: "index" }
    : undefined;
}

/** Where the function changes the list at the position: `list.splice(index, …)`, `list[index] = …`, or `list.shift()`. */
function usesIn(
  tree: Tree,
  around: NodeId,
  list: string,
  index: string,
  kind: StaleIndex["kind"],
): NodeId[] {
  return [...ownNodes(tree, around)].filter((node) => {
    if (tree.kindOf(node) === "call_expression") {
      const call = callAt(tree, node);
      if (!call || call.object === NONE || keyText(tree, call.object) !== list) return false;
      if (kind === "head") return call.name === "shift";
      return (
        call.name === "splice" &&
        call.given[0] !== undefined &&
        tree.textOf(call.given[0]) === index
      );
    }
    if (kind === "head" || tree.kindOf(node) !== "assignment_expression") return false;
    const left = tree.childIn(node, "left");
    return (
      tree.kindOf(left) === "subscript_expression" &&
      keyText(tree, tree.childIn(left, "object")) === list &&
      tree.textOf(tree.childIn(left, "index")) === index
    );
  });
}

/** Whether a test between the await and the use is about the position or the list. */
function isLookedAtBetween(
  tree: Tree,
  around: NodeId,
  awaited: NodeId,
  used: NodeId,
  name: string,
  list: string,
): boolean {
  return [...ownNodes(tree, around)].some(
    (node) =>
      node > awaited &&
      node < used &&
      /^(?:if_statement|ternary_expression)$/.test(tree.kindOf(node)) &&
      (mentions(tree, tree.childIn(node, "condition"), name) ||
        keyText(tree, tree.childIn(node, "condition")).includes(list)),
  );
}

/** Whether the file takes elements out of the list, or puts them before others. */
function isMovedAbout(tree: Tree, list: string): boolean {
  return new RegExp(
    `${escaped(list)}\\s*\\.(?:splice|shift|unshift|sort|reverse)\\(|${escaped(list)}\\s*=\\s*${escaped(list)}\\s*\\.filter`,
  ).test(tree.text);
}

/** A flag that is set, or a lock: then a second run waits or leaves. */
function isKeptOut(tree: Tree, around: NodeId): boolean {
  return /=\s*true\b|\.(?:runExclusive|acquire|withLock|lock)\(|\block\(/.test(tree.textOf(around));
}
