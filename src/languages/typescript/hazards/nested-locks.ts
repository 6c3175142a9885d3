import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  type Call,
  callsIn,
  isFunctionLiteral,
  isWithin,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** A lock that is waited for by the task that holds it. */
export interface NestedLock {
  readonly at: Place;
  readonly lock: string;
  readonly heldAt: Place;
  /** The call that leads to the second acquisition; undefined where it stands in the section itself. */
  readonly through: string | undefined;
  readonly againAt: Place;
}

const INTEREST = /\.runExclusive\s*(?:<[^>(]*>)?\(/;
const LOCK = /(?:mutex|lock)$/i;

/**
 * `this.mutex.runExclusive(async () => { await this.save(); })` where save takes `this.mutex` too: mutexes of async-mutex and the like
 * cannot be taken twice. Methods of the same object are followed one call deep; locks with a key are left out.
 */
export const nestedLocks = defineAnalysis("nested locks", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => inSection(module, call, resolver)),
  );
});

function inSection(
  module: TypeScriptModule,
  section: Call,
  resolver: TypeScriptResolver,
): NestedLock[] {
  const { tree } = module;
  const [callback] = section.given;
  if (!isAcquire(module, section) || callback === undefined || isDamaged(tree, section.node))
    return [];
  if (!isFunctionLiteral(tree, callback)) return [];
  const lock = keyText(tree, section.object);
  const common = { lock: tree.textOf(section.object), heldAt: placeOf(module, section.node) };
  const found: NestedLock[] = [];
  for (const call of callsIn(tree, callback)) {
    if (!isWaitedFor(module, call.node, callback)) continue;
    const at = placeOf(module, call.node);
    if (isAcquire(module, call) && keyText(tree, call.object) === lock) {
      found.push({ ...common, at, through: undefined, againAt: at });
      continue;
    }
    // Only methods of the same object: a lock of `this` is the same one there.
    if (call.object === NONE || tree.textOf(call.object) !== "this" || !lock.startsWith("this."))
      continue;
    const callee = resolver.calleeOf({ module, node: call.node });
    const again = callee.kind === "function" ? acquires(callee.function, lock) : undefined;
    if (again)
      found.push({ ...common, at, through: expressionName(tree, call.node), againAt: again });
  }
  return found;
}

function isAcquire({ tree }: TypeScriptModule, { object, name, given }: Call): boolean {
  if (object === NONE || !LOCK.test(keyText(tree, object))) return false;
  return name === "runExclusive" || (name === "acquire" && given.length === 0);
}

/** Awaited or returned by the section itself, so that the section doesn't end before it. */
function isWaitedFor({ tree }: TypeScriptModule, node: NodeId, callback: NodeId): boolean {
  if (enclosingFunction(tree, node) !== callback) return false;
  const parent = tree.parentOf(node);
  return (
    /^(?:await_expression|return_statement)$/.test(tree.kindOf(parent)) ||
    tree.childIn(callback, "body") === node
  );
}

/** Where a function takes the lock itself, and waits for it. */
function acquires({ module, node }: ModuleNode, lock: string): Place | undefined {
  const { tree } = module;
  const awaited = [
    ...nodesOfKind(tree, "await_expression", node),
    ...nodesOfKind(tree, "return_statement", node),
  ];
  const found = callsIn(tree, node).find(
    (call) =>
      isAcquire(module, call) &&
      keyText(tree, call.object) === lock &&
      enclosingFunction(tree, call.node) === node &&
      (awaited.some((outer) => isWithin(tree, call.node, outer)) ||
        tree.childIn(node, "body") === call.node),
  );
  return found && placeOf(module, found.node);
}
