import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { indexOf } from "../module-index.ts";
import { argumentsOf, unwrapped } from "../nodes.ts";
import type { Lowering } from "./lowering.ts";

/**
 * Whether a call hands a callback to a function that runs one after the other, on a promise that it keeps:
 *
 *     inTurn(task) {                                  async exclusive(task) {
 *       const result = this.last.then(task);            const before = this.last;
 *       this.last = result.catch(log);                  this.last = new Promise((done) => { release = done; });
 *       return result;                                  await before;
 *     }                                                 try { return await task(); } finally { release(); }
 *                                                     }
 */
export function runsInTurn(lowering: Lowering, call: NodeId): boolean {
  const found = lowering.unit.resolver.calleeOf({ module: lowering.module, node: call });
  if (found.kind !== "function") return false;
  const { module, node } = found.function;
  const { tree } = module;
  const known = queues.get(tree)?.get(node);
  if (known !== undefined) return known;
  const answer = isQueue(tree, node);
  const ofTree = queues.get(tree) ?? new Map<NodeId, boolean>();
  queues.set(tree, ofTree.set(node, answer));
  return answer;
}

const queues = new WeakMap<Tree, Map<NodeId, boolean>>();

function isQueue(tree: Tree, queue: NodeId): boolean {
  const end = tree.afterSubtree(queue);
  const isInside = (node: NodeId): boolean => node > queue && node < end;
  const { assignments, calls } = indexOf(tree);
  const kept = new Set(
    assignments.filter(isInside).map((node) => tree.textOf(tree.childIn(node, "left"))),
  );
  if (kept.size === 0) return false;
  const before = namesOf(tree, queue, kept);
  const isWaited = (node: NodeId): boolean => before.has(tree.textOf(node));
  for (let node = queue; node < end; node++) {
    const kind = tree.kindOf(node);
    if (kind === "await_expression") {
      const [awaited] = tree.namedChildren(node);
      if (awaited !== undefined && isWaited(unwrapped(tree, awaited))) return true;
    }
  }
  return calls.filter(isInside).some((call) => {
    const callee = tree.childIn(call, "function");
    if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
    const isThen = /^(?:then|finally)$/.test(tree.textOf(tree.childIn(callee, "property")));
    return isThen && argumentsOf(tree, call).length > 0 && isWaited(promiseOf(tree, callee));
  });
}

/** `this.last` of `this.last.catch(log).then`. */
function promiseOf(tree: Tree, member: NodeId): NodeId {
  let at = unwrapped(tree, tree.childIn(member, "object"));
  while (at !== NONE && tree.kindOf(at) === "call_expression") {
    const callee = tree.childIn(at, "function");
    if (callee === NONE || tree.kindOf(callee) !== "member_expression") return at;
    at = unwrapped(tree, tree.childIn(callee, "object"));
  }
  return at;
}

/** What holds the promise of the one before: the places that are assigned, and constants made of them. */
function namesOf(tree: Tree, queue: NodeId, kept: ReadonlySet<string>): Set<string> {
  const names = new Set(kept);
  const end = tree.afterSubtree(queue);
  for (let node = queue; node < end; node++) {
    if (tree.kindOf(node) !== "variable_declarator") continue;
    const value = unwrapped(tree, tree.childIn(node, "value"));
    if (value !== NONE && kept.has(tree.textOf(value)))
      names.add(tree.textOf(tree.childIn(node, "name")));
  }
  return names;
}
