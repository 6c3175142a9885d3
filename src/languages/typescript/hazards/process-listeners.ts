import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { hasToken } from "../nodes.ts";
import {
  callsIn,
  isFunctionLiteral,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A listener that every run of a function adds to the process, and that stays when the run is over. */
export interface ProcessListener {
  readonly at: Place;
  readonly event: string;
  readonly method: string;
  /** Where the run tidies up, and leaves it. */
  readonly tidiedAt: Place;
}

/**
 * `async run() { process.once("SIGINT", () => this.stop()); try { await this.work(); } finally { await this.close(); } }`: a listener
 * without a name holds the object, and another one is added by the next run. Only where the run tidies up in a `finally`.
 */
export const processListeners = defineAnalysis("process listeners", (use) =>
  modulesOfInterest(use, /\bprocess\.(?:on|once|addListener)\(/, /\bfinally\b/).flatMap(
    (module) => {
      const { tree } = module;
      return callsIn(tree).flatMap(({ node, object, name, given }): ProcessListener[] => {
        const [event, listener] = given;
        if (object === NONE || tree.textOf(object) !== "process") return [];
        if (!/^(?:on|once|addListener)$/.test(name) || event === undefined) return [];
        if (listener === undefined || !isFunctionLiteral(tree, listener)) return [];
        const around = enclosingFunction(tree, node);
        const tidied = tidiesUp(tree, around, node);
        if (tidied === NONE || !mentionsThis(tree, listener) || isDamaged(tree, node)) return [];
        return [
          {
            at: placeOf(module, node),
            event: tree.textOf(event).replace(/^['"`]|['"`]$/g, ""),
            method: tree.textOf(tree.childIn(around, "name")),
            tidiedAt: placeOf(module, tidied),
          },
        ];
      });
    },
  ),
);

/** The `finally` of an async method, behind a node of it; NONE where the process's listeners are removed in the method. */
function tidiesUp(tree: Tree, around: NodeId, after: NodeId): NodeId {
  if (around === NONE || tree.kindOf(around) !== "method_definition") return NONE;
  if (!hasToken(tree, around, "async") || hasToken(tree, around, "static")) return NONE;
  if (/process\.(?:off|remove\w*)\(/.test(tree.textOf(around))) return NONE;
  for (const node of ownNodes(tree, around))
    if (node > after && tree.kindOf(node) === "finally_clause") return node;
  return NONE;
}

function mentionsThis(tree: Tree, listener: NodeId): boolean {
  return nodesOfKind(tree, "this", listener).length > 0 || mentions(tree, listener, "self");
}
