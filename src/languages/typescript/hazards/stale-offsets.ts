import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, leadsTo } from "./order.ts";
import {
  awaitsIn,
  callAt,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A position in a list that counts from a field, reckoned before an await and used after it. */
export interface StaleOffset {
  readonly name: string;
  readonly list: string;
  /** The field that it counts from. */
  readonly base: string;
  readonly reckonedAt: Place;
  readonly awaitedAt: Place;
  readonly usedAt: Place;
  /** Where another function moves the base. */
  readonly movedAt: Place;
}

/**
 * `const at = wanted - this.base; await this.grown(); this.log.slice(at);`, where another method cuts the log and moves the base. Silent
 * where the offset or the base is looked at again after the await, and under a lock.
 */
export const staleOffsets = defineAnalysis("stale offsets", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, /[-+] this\.|this\.#?\w+ [-+]/, /\bawait\b/).flatMap((module) =>
    nodesOfKind(module.tree, "variable_declarator").flatMap(
      (declarator) => staleAfter(module, declarator, resolver) ?? [],
    ),
  );
});

const LOCKED = /\.(?:runExclusive|acquire|withLock|lock)\(|\block\(/;

function staleAfter(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): StaleOffset | undefined {
  const { tree } = module;
  const name = tree.childIn(declarator, "name");
  const base = baseOf(tree, unwrapped(tree, tree.childIn(declarator, "value")));
  const around = enclosingFunction(tree, declarator);
  if (base === NONE || around === NONE || tree.kindOf(name) !== "identifier") return undefined;
  if (!hasToken(tree, around, "async") || isLocked(tree, around)) return undefined;
  const moved = movedElsewhere(tree, around, keyText(tree, base));
  const variable = resolver.variableAt({ module, node: name });
  if (moved === NONE || !variable || isDamaged(tree, declarator)) return undefined;
  const waits = awaitsIn(tree, tree.childIn(around, "body"));
  for (const use of variable.references()) {
    const list = listAt(tree, use);
    if (list === NONE || !isCut(tree, keyText(tree, list))) continue;
    const awaited = waits.findLast(
      (wait) => leadsTo(tree, declarator, wait) && leadsTo(tree, wait, use),
    );
    if (awaited === undefined) continue;
    if (isLookedAtAgain(tree, around, awaited, use, [tree.textOf(name), keyText(tree, base)]))
      continue;
    return {
      name: tree.textOf(name),
      list: keyText(tree, list),
      base: keyText(tree, base),
      reckonedAt: placeOf(module, declarator),
      awaitedAt: placeOf(module, awaited),
      usedAt: placeOf(module, use),
      movedAt: placeOf(module, moved),
    };
  }
  return undefined;
}

/** Whether a function or one around it takes a lock. */
function isLocked(tree: Tree, around: NodeId): boolean {
  for (let of = around; of !== NONE; of = enclosingFunction(tree, of))
    if (LOCKED.test(tree.textOf(of))) return true;
  return false;
}

/** `this.base` of `wanted - this.base`; NONE for any other value. */
function baseOf(tree: Tree, value: NodeId): NodeId {
  if (value === NONE || tree.kindOf(value) !== "binary_expression") return NONE;
  if (!/^[-+]$/.test(tree.kindOf(tree.childIn(value, "operator")))) return NONE;
  for (const side of ["left", "right"] as const) {
    const operand = unwrapped(tree, tree.childIn(value, side));
    if (isField(tree, operand)) return operand;
  }
  return NONE;
}

function isField(tree: Tree, node: NodeId): boolean {
  return (
    node !== NONE &&
    tree.kindOf(node) === "member_expression" &&
    tree.kindOf(tree.childIn(node, "object")) === "this"
  );
}

/** A write of the base in another function, the constructor left out. */
function movedElsewhere(tree: Tree, around: NodeId, base: string): NodeId {
  const { assignments, augmented } = indexOf(tree);
  const found = [...assignments, ...augmented].find((node) => {
    if (keyText(tree, tree.childIn(node, "left")) !== base) return false;
    const of = enclosingFunction(tree, node);
    if (of === NONE || of === around) return false;
    const own = tree.kindOf(of) === "method_definition" ? tree.childIn(of, "name") : NONE;
    return own === NONE || tree.textOf(own) !== "constructor";
  });
  return found ?? NONE;
}

/** The list that a position is used in: `this.log.slice(at)`, `this.log[at]`, `this.log.splice(at, 1)`. */
function listAt(tree: Tree, use: NodeId): NodeId {
  const parent = tree.parentOf(use);
  let list: NodeId = NONE;
  if (tree.kindOf(parent) === "subscript_expression") {
    if (tree.childIn(parent, "index") === use) list = tree.childIn(parent, "object");
  } else if (tree.kindOf(parent) === "arguments") {
    const call = callAt(tree, tree.parentOf(parent));
    const takesPosition = call && /^(?:slice|splice|at|subarray)$/.test(call.name);
    if (takesPosition && call.given[0] === use) list = call.object;
  }
  return isField(tree, list) ? list : NONE;
}

/** Whether the file takes elements away from the front of the list. */
function isCut(tree: Tree, list: string): boolean {
  const name = escaped(list);
  return new RegExp(
    `${name}\\s*\\.(?:splice|shift)\\(|${name}\\s*=\\s*${name}\\s*\\.(?:slice|filter|subarray)\\(`,
  ).test(tree.text);
}

/** Whether the position is written, or it or its base tested, between the await and the use. */
function isLookedAtAgain(
  tree: Tree,
  around: NodeId,
  awaited: NodeId,
  used: NodeId,
  names: readonly string[],
): boolean {
  const after = tree.afterSubtree(awaited);
  return [...ownNodes(tree, around)].some((node) => {
    if (node < after || node >= used) return false;
    const kind = tree.kindOf(node);
    if (/assignment_expression$/.test(kind))
      return names.includes(keyText(tree, tree.childIn(node, "left")));
    if (!/^(?:if_statement|ternary_expression|while_statement)$/.test(kind)) return false;
    const condition = keyText(tree, tree.childIn(node, "condition"));
    return names.some((name) => new RegExp(`${escaped(name)}\\b`).test(condition));
  });
}
