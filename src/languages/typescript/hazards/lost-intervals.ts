import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { mayFail } from "../async-faults/may-reject.ts";
import { isCaught } from "../async-faults/own-nodes.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { firstNamed, hasToken } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { ancestorOf, awaitsIn, callAt, modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

/** An interval that runs while a function works, and runs on when the work fails. */
export interface LostInterval {
  readonly at: Place;
  readonly name: string;
  /** What may reject. */
  readonly lostAt: Place;
  /** The `clearInterval` that isn't reached then. */
  readonly clearedAt: Place;
}

const INTEREST = /\bsetInterval\s*\([\s\S]*\bclearInterval\s*\(/;

/** `const timer = setInterval(renew, 1_000); await work(); clearInterval(timer);`, without a `finally` or another clearing. */
export const lostIntervals = defineAnalysis("lost intervals", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, /\bawait\b/).flatMap((module) =>
    nodesOfKind(module.tree, "variable_declarator").flatMap(
      (declarator) => lost(module, declarator, resolver) ?? [],
    ),
  );
});

const FINALLY: ReadonlySet<string> = new Set(["finally_clause"]);

function lost(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): LostInterval | undefined {
  const { tree } = module;
  const name = tree.childIn(declarator, "name");
  const value = tree.childIn(declarator, "value");
  const around = enclosingFunction(tree, declarator);
  if (value === NONE || tree.kindOf(value) !== "call_expression" || around === NONE)
    return undefined;
  const made = callAt(tree, value);
  if (made?.name !== "setInterval" || tree.kindOf(name) !== "identifier") return undefined;
  if (!hasToken(tree, around, "async") || isDamaged(tree, declarator)) return undefined;
  const clearings = (resolver.variableAt({ module, node: name })?.references() ?? []).map((use) =>
    clearing(tree, use),
  );
  const [cleared, ...others] = clearings.filter((node) => node !== "unref");
  // Several clearings care for several ways, and whoever gets the handle may clear it.
  if (typeof cleared !== "number" || others.length > 0) return undefined;
  if (enclosingFunction(tree, cleared) !== around) return undefined;
  if (ancestorOf(tree, cleared, FINALLY, around) !== NONE) return undefined;
  const block = tree.parentOf(tree.parentOf(declarator));
  if (tree.parentOf(tree.parentOf(cleared)) !== block) return undefined;
  const risky = awaitsIn(tree, around).find(
    (node) =>
      node > declarator &&
      node < cleared &&
      !isCaught(tree, node, block) &&
      mayFail({ module, node: firstNamed(tree, node) }, resolver),
  );
  if (risky === undefined) return undefined;
  return {
    at: placeOf(module, value),
    name: tree.textOf(name),
    lostAt: placeOf(module, risky),
    clearedAt: placeOf(module, cleared),
  };
}

/** The `clearInterval(timer)` that a use stands in; `timer.unref()` is none; undefined for any other use. */
function clearing(tree: Tree, use: NodeId): NodeId | "unref" | undefined {
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) === "arguments") {
    const call = callAt(tree, tree.parentOf(parent));
    return call && /^clear(?:Interval|Timeout)$/.test(call.name) ? call.node : undefined;
  }
  const isUnref =
    tree.kindOf(parent) === "member_expression" &&
    tree.textOf(tree.childIn(parent, "property")) === "unref";
  return isUnref ? "unref" : undefined;
}
