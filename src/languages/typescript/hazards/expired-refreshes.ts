import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { isSharedPlace } from "./order.ts";
import {
  awaitsIn,
  callAt,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** Something that is renewed when its time has come, by every caller of that moment. */
export interface ExpiredRefresh {
  /** What says until when it is good. */
  readonly expiry: string;
  readonly testedAt: Place;
  readonly awaitedAt: Place;
  readonly writtenAt: Place;
  readonly renewed: string;
}

const INTEREST = /expir|valid|refresh|renew|stale/i;
const EXPIRY = /expir|valid_?until|valid_?to|refresh_?at|renew_?at|stale_?at/i;
const NOW = /\bnow\b|Date|\btime\b|performance/i;

/**
 * `if (this.expiresAt < Date.now()) { const grant = await refresh(); this.token = …; this.expiresAt = …; }`, also where a method does the
 * renewing. Silent where anything shared is stored before the await, where it is tested again, and under a lock.
 */
export const expiredRefreshes = defineAnalysis("expired refreshes", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    nodesOfKind(module.tree, "if_statement").flatMap(
      (test) => refreshed(module, test, resolver) ?? [],
    ),
  );
});

function refreshed(
  module: TypeScriptModule,
  test: NodeId,
  resolver: TypeScriptResolver,
): ExpiredRefresh | undefined {
  const { tree } = module;
  const around = enclosingFunction(tree, test);
  if (around === NONE || !hasToken(tree, around, "async") || isDamaged(tree, test))
    return undefined;
  const condition = tree.childIn(test, "condition");
  const expiry = expiryIn(module, condition, resolver);
  if (expiry === undefined || LOCK.test(tree.textOf(around))) return undefined;
  const taken = tree.childIn(test, "consequence");
  if (setsBefore(module, around, test, resolver)) return undefined;
  const renewed =
    renewedIn({ module, node: taken }, expiry, resolver) ??
    throughMethod(module, taken, expiry, resolver);
  return renewed && { expiry, testedAt: placeOf(module, condition), ...renewed };
}

const LOCK = /\.(?:runExclusive|acquire|withLock|lock|wait)\(|\block\(/;

/** The shared place that a condition compares with the time; undefined where it does not. */
function expiryIn(
  module: TypeScriptModule,
  condition: NodeId,
  resolver: TypeScriptResolver,
): string | undefined {
  const { tree } = module;
  const isComparison = nodesOfKind(tree, "binary_expression", condition).some((node) =>
    /^[<>]=?$/.test(tree.textOf(tree.childIn(node, "operator"))),
  );
  if (!isComparison || !NOW.test(tree.textOf(condition))) return undefined;
  const places = [
    ...nodesOfKind(tree, "member_expression", condition),
    ...nodesOfKind(tree, "identifier", condition),
  ];
  const found = places.find(
    (node) =>
      EXPIRY.test(lastName(keyText(tree, node))) &&
      isSharedPlace(module, node, resolver) &&
      !/^[A-Z_]+$/.test(keyText(tree, node)),
  );
  return found === undefined ? undefined : keyText(tree, found);
}

function lastName(text: string): string {
  return text.slice(text.lastIndexOf(".") + 1);
}

type Renewal = Pick<ExpiredRefresh, "awaitedAt" | "writtenAt" | "renewed">;

/** An await, and after it the new time, with nothing shared stored before. */
function renewedIn(
  of: ModuleNode,
  expiry: string,
  resolver: TypeScriptResolver,
): Renewal | undefined {
  const { module, node } = of;
  const { tree } = module;
  const [awaited] = awaitsIn(tree, node);
  if (awaited === undefined) return undefined;
  const call = unwrapped(tree, firstNamed(tree, awaited));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return undefined;
  const writes = [...ownNodes(tree, node)].filter(
    (inner) =>
      /^(?:augmented_)?assignment_expression$/.test(tree.kindOf(inner)) &&
      isSharedPlace(module, tree.childIn(inner, "left"), resolver),
  );
  const written = writes.find((write) => keyText(tree, tree.childIn(write, "left")) === expiry);
  if (written === undefined || written < awaited) return undefined;
  // A promise or a flag that is stored first keeps the others out.
  if (writes.some((write) => write < awaited && tree.afterSubtree(write) <= awaited))
    return undefined;
  if (writes.some((write) => write < awaited)) return undefined;
  return {
    awaitedAt: placeOf(module, awaited),
    writtenAt: placeOf(module, written),
    renewed: expressionName(tree, call),
  };
}

/** `await this.refresh()`, of a method that does the same without any test of its own. */
function throughMethod(
  module: TypeScriptModule,
  taken: NodeId,
  expiry: string,
  resolver: TypeScriptResolver,
): Renewal | undefined {
  const { tree } = module;
  const [awaited] = awaitsIn(tree, taken);
  const node = awaited === undefined ? NONE : unwrapped(tree, firstNamed(tree, awaited));
  if (node === NONE || tree.kindOf(node) !== "call_expression" || callAt(tree, node) === undefined)
    return undefined;
  const callee = resolver.calleeOf({ module, node });
  if (callee.kind !== "function" || callee.function.module !== module) return undefined;
  const body = tree.childIn(callee.function.node, "body");
  if (body === NONE || LOCK.test(tree.textOf(body))) return undefined;
  const [first] = awaitsIn(tree, body);
  const isTested = [...ownNodes(tree, body)].some(
    (inner) => tree.kindOf(inner) === "if_statement" && first !== undefined && inner < first,
  );
  return isTested ? undefined : renewedIn({ module, node: body }, expiry, resolver);
}

/** Whether the function stores anything shared before the test, or waits for something that is stored. */
function setsBefore(
  module: TypeScriptModule,
  around: NodeId,
  test: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  for (const node of ownNodes(tree, around)) {
    if (node >= test) return false;
    const kind = tree.kindOf(node);
    if (kind === "await_expression" && tree.kindOf(firstNamed(tree, node)) !== "call_expression")
      return true;
    if (
      /^(?:augmented_)?assignment_expression$/.test(kind) &&
      isSharedPlace(module, tree.childIn(node, "left"), resolver)
    )
      return true;
  }
  return false;
}
