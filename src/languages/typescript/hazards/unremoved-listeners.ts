import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { type Call, callAt, callsIn, keyText, modulesOfInterest, placeOf } from "./syntax.ts";

/** A listener that stays, where others of the same object and the same code are removed. */
export interface UnremovedListener {
  readonly at: Place;
  readonly object: string;
  readonly event: string;
  /** The removal that was written, of another event. */
  readonly removedAt: Place;
}

const ADDS = /^(?:on|addListener|addEventListener|prependListener)$/;
const REMOVES = /^(?:off|removeListener|removeEventListener)$/;
const ENDS = /^(?:removeAllListeners|destroy|close|terminate|disconnect|end|abort|kill|unref)$/;

/** One listener of an event, as it is added or removed. */
interface Listening {
  readonly call: Call;
  readonly object: string;
  readonly event: string;
  readonly listener: string;
  /** No function that is written or made in place, which nobody could remove. */
  readonly isNamed: boolean;
}

/**
 * `input.on("data", onData); input.on("end", onEnd); … input.off("data", onData);`: by name, inside one function or class. Listeners
 * for errors may stay on purpose, those that are added once remove themselves, and a page is loaded once.
 */
export const unremovedListeners = defineAnalysis("unremoved listeners", (use) =>
  modulesOfInterest(use, /\.(?:off|removeListener|removeEventListener)\s*\(/).flatMap(unremovedIn),
);

function unremovedIn(module: TypeScriptModule): UnremovedListener[] {
  const { tree } = module;
  const calls = callsIn(tree);
  const removed = listeningsOf(tree, calls, REMOVES);
  const added = listeningsOf(tree, calls, ADDS).filter(({ isNamed }) => isNamed);
  return added.flatMap((one): UnremovedListener[] => {
    const { call, object, event, listener } = one;
    if (
      /^(?:error|DOMContentLoaded)$/i.test(event) ||
      isOnce(tree, call) ||
      isDamaged(tree, call.node)
    )
      return [];
    const scope = scopeOf(tree, call.node);
    const beside = (other: Listening) =>
      other.object === object && scopeOf(tree, other.call.node) === scope;
    const removals = removed.filter(beside);
    const [first] = removals;
    if (!first || removals.some((other) => other.event === event)) return [];
    // What is removed was added elsewhere: closing undoes what opening did, and this is of neither.
    const around = enclosingFunction(tree, call.node);
    const isOfOne = removals.some((removal) =>
      added.some(
        (other) =>
          beside(other) &&
          other.event === removal.event &&
          enclosingFunction(tree, other.call.node) === around,
      ),
    );
    const isAdded = removals.some((removal) =>
      added.some((other) => other.object === object && other.event === removal.event),
    );
    if (isAdded && !isOfOne) return [];
    const isEnded = calls.some(
      (other) =>
        ENDS.test(other.name) &&
        other.object !== NONE &&
        keyText(tree, other.object) === object &&
        scopeOf(tree, other.node) === scope,
    );
    if (isEnded) return [];
    // Removed from an event that it was not added for: another rule tells that.
    const isMistaken = removals.some(
      (removal) =>
        removal.listener === listener &&
        !added.some((other) => beside(other) && other.event === removal.event),
    );
    if (isMistaken) return [];
    const removedAt = placeOf(module, first.call.node);
    return [{ at: placeOf(module, call.node), object, event, removedAt }];
  });
}

/** Calls with an event by its name. */
function listeningsOf(tree: Tree, calls: readonly Call[], method: RegExp): Listening[] {
  return calls.flatMap((call): Listening[] => {
    const [event, listener] = call.given;
    if (event === undefined || listener === undefined || call.object === NONE) return [];
    if (!method.test(call.name) || tree.kindOf(event) !== "string") return [];
    return [
      {
        call,
        object: keyText(tree, receiverOf(tree, call)),
        event: tree.textOf(event).slice(1, -1),
        listener: keyText(tree, listener),
        isNamed: /^(?:identifier|member_expression)$/.test(tree.kindOf(listener)),
      },
    ];
  });
}

/** `page` of `page.off("request", look).off("popup", look)`. */
function receiverOf(tree: Tree, call: Call): NodeId {
  let object = call.object;
  for (let inner = callAt(tree, object); inner; inner = callAt(tree, object)) {
    const isChained = ADDS.test(inner.name) || REMOVES.test(inner.name) || inner.name === "once";
    if (!isChained || inner.object === NONE) break;
    object = inner.object;
  }
  return object;
}

/** `{ once: true }`, `{ signal }`. */
function isOnce(tree: Tree, { given: [, , options] }: Call): boolean {
  return (
    options !== undefined &&
    /\bonce\b|\bsignal\b|^\w+$/.test(tree.textOf(options).replace(/^(?:true|false)$/, ""))
  );
}

/** What adds and removes together: the class, or the outermost function. */
function scopeOf(tree: Tree, node: NodeId): NodeId {
  let scope: NodeId = NONE;
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    if (/^(?:abstract_)?class(?:_declaration)?$/.test(tree.kindOf(at))) return at;
    const around = enclosingFunction(tree, at);
    if (around !== NONE) scope = around;
  }
  return scope;
}
