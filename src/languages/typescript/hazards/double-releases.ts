import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import type { TypeScriptModule } from "../resolver.ts";
import {
  type Call,
  callAt,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A connection or lock that is given back in a `try` (or its `catch`), and again in its `finally`. */
export interface DoubleRelease {
  readonly at: Place;
  readonly name: string;
  readonly againAt: Place;
}

const INTEREST = /\bfinally\s*\{/;
const RELEASING = /^(?:release|unlock|releaseConnection|giveBack)$/;

/** Releases that the `finally` of the same `try` makes again, whatever happened; not where it asks first. */
export const doubleReleases = defineAnalysis("double releases", (use) =>
  modulesOfInterest(use, INTEREST).flatMap((module) =>
    nodesOfKind(module.tree, "try_statement").flatMap((node) => inTry(module, node)),
  ),
);

function inTry(module: TypeScriptModule, statement: NodeId): DoubleRelease[] {
  const { tree } = module;
  const finalizer = tree.childIn(statement, "finalizer");
  if (finalizer === NONE || isDamaged(tree, statement)) return [];
  const again = releasesIn(tree, finalizer).filter(({ node }) => isPlain(tree, node, finalizer));
  const earlier = [tree.childIn(statement, "body"), tree.childIn(statement, "handler")].flatMap(
    (part) => (part === NONE ? [] : releasesIn(tree, part)),
  );
  return earlier.flatMap((release): DoubleRelease[] => {
    const same = again.find((other) => textOf(tree, other) === textOf(tree, release));
    // `connection = undefined` behind it: the finally has nothing, or another one.
    if (!same || isForgotten(tree, statement, release)) return [];
    return [
      {
        at: placeOf(module, release.node),
        name: expressionName(tree, release.object),
        againAt: placeOf(module, same.node),
      },
    ];
  });
}

function releasesIn(tree: Tree, below: NodeId): Call[] {
  const found: Call[] = [];
  for (const node of ownNodes(tree, below)) {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    if (call && call.object !== NONE && RELEASING.test(call.name)) found.push(call);
  }
  return found;
}

/** `client.release`, `pool.release(client)`. */
function textOf(tree: Tree, { object, name, given }: Call): string {
  const [first] = given;
  // `client.release(error)` gives back the same connection.
  const what =
    first !== undefined && /pool/i.test(keyText(tree, object)) ? keyText(tree, first) : "";
  return `${keyText(tree, object)}.${name}(${what}`;
}

/** A statement of the `finally` itself, without a question before. */
function isPlain(tree: Tree, call: NodeId, finalizer: NodeId): boolean {
  let statement = tree.parentOf(call);
  if (tree.kindOf(statement) === "await_expression") statement = tree.parentOf(statement);
  return (
    tree.kindOf(statement) === "expression_statement" &&
    tree.parentOf(tree.parentOf(statement)) === finalizer
  );
}

function isForgotten(tree: Tree, statement: NodeId, { object }: Call): boolean {
  const key = keyText(tree, object);
  return nodesOfKind(tree, "assignment_expression", statement).some(
    (node) => keyText(tree, tree.childIn(node, "left")) === key,
  );
}
