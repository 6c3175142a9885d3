import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, isSharedPlace } from "./order.ts";
import {
  type Call,
  callAt,
  callsIn,
  isFunctionLiteral,
  keyText,
  mentions,
  modulesOfInterest,
  placeOf,
} from "./syntax.ts";

/** An entry for what is waited for, which stays when the wait times out. */
export interface PendingEntry {
  readonly store: string;
  readonly storedAt: Place;
  readonly timedOutAt: Place;
  /** What the timeout calls to give up. */
  readonly settled: string;
}

const INTEREST = /\bsetTimeout\w*\s*\([\s\S]*(?:\.delete\(|\bdelete\b)/;

/**
 * `const timer = setTimeout(() => reject(new Error("timeout")), limit); this.pending.set(id, { resolve, reject, timer });`: entries are taken
 * out when an answer comes, as the file shows, but not when none does. Silent where the timeout calls anything else.
 */
export const pendingEntries = defineAnalysis("pending entries", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => entryOf(module, call, resolver) ?? []),
  );
});

function entryOf(
  module: TypeScriptModule,
  timer: Call,
  resolver: TypeScriptResolver,
): PendingEntry | undefined {
  const { tree } = module;
  if (!/^setTimeout(?:Fn)?$/.test(timer.name) || isDamaged(tree, timer.node)) return undefined;
  const [callback] = timer.given;
  if (callback === undefined || !isFunctionLiteral(tree, callback)) return undefined;
  const settled = onlySettles(tree, callback);
  const around = enclosingFunction(tree, timer.node);
  if (settled === undefined || around === NONE) return undefined;
  for (const entry of entriesIn(tree, around)) {
    if (enclosingFunction(tree, entry.node) !== around) continue;
    if (!isSharedPlace(module, entry.map, resolver)) continue;
    const store = keyText(tree, entry.map);
    const isOfTimer =
      /\bclearTimeout\w*\(/.test(tree.textOf(entry.value)) || holds(tree, timer.node, entry.value);
    if (!isOfTimer || !mentions(tree, entry.value, settled)) continue;
    if (tree.textOf(callback).includes(store) || !isTakenOut(tree, store)) continue;
    return {
      store,
      settled,
      storedAt: placeOf(module, entry.node),
      timedOutAt: placeOf(module, timer.node),
    };
  }
  return undefined;
}

const TALK =
  /^(?:debug|log|console|logger|warn|trace)$|(?:^|\.)(?:debug|log|logger|warn|trace|error|info)$/i;

/** The function by which a callback gives up, where it does nothing else but talk: `reject`, `callback`, `ack`. */
function onlySettles(tree: Tree, callback: NodeId): string | undefined {
  let settled: string | undefined;
  for (const { node, object, name, nameAt } of callsIn(tree, callback)) {
    const callee = keyText(tree, tree.childIn(node, "function"));
    // What it does to other places leaves the entry where it is.
    if (TALK.test(callee) || OTHERS.test(callee)) continue;
    const isCalled =
      object === NONE || (/^(?:call|apply)$/.test(name) && tree.kindOf(object) === "identifier");
    if (!isCalled) return undefined;
    const root = tree.textOf(object === NONE ? nameAt : object);
    if (settled !== undefined && settled !== root) return undefined;
    if (!/^(?:rej\w*|res\w*|cb|callback|done|ack|next|fail|settle|fn|error)$/i.test(root))
      return undefined;
    settled = root;
  }
  return settled;
}

const OTHERS =
  /^this\.[\w#]+\.(?:splice|filter|push|delete)$|(?:^|\.)clear(?:Timeout|Interval)\w*$/;

interface Entry {
  readonly node: NodeId;
  readonly map: NodeId;
  readonly value: NodeId;
}

/** `map.set(key, value)` and `map[key] = value` below a node. */
function entriesIn(tree: Tree, below: NodeId): Entry[] {
  const { calls, assignments } = indexOf(tree);
  const end = tree.afterSubtree(below);
  const isBelow = (node: NodeId) => node > below && node < end;
  const set = calls.filter(isBelow).flatMap((node): Entry[] => {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    const [, value] = call?.given ?? [];
    if (call?.name !== "set" || call.object === NONE || value === undefined) return [];
    return [{ node, map: call.object, value }];
  });
  const assigned = assignments.filter(isBelow).flatMap((node): Entry[] => {
    const left = unwrapped(tree, tree.childIn(node, "left"));
    if (tree.kindOf(left) !== "subscript_expression") return [];
    return [{ node, map: tree.childIn(left, "object"), value: tree.childIn(node, "right") }];
  });
  return [...set, ...assigned];
}

/** Whether the value mentions the constant that the timer is kept in. */
function holds(tree: Tree, timer: NodeId, value: NodeId): boolean {
  const declarator = tree.parentOf(timer);
  if (tree.kindOf(declarator) !== "variable_declarator") return false;
  return mentions(tree, value, tree.textOf(tree.childIn(declarator, "name")));
}

function isTakenOut(tree: Tree, store: string): boolean {
  const text = escaped(store);
  return new RegExp(`${text}\\s*\\.delete\\(|\\bdelete\\s+${text}\\s*\\[`).test(tree.text);
}
