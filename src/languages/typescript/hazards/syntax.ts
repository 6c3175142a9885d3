import type { Use } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { typescriptModules } from "../modules.ts";
import { argumentsOf, unwrapped } from "../nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";

/** The judged modules whose text is of interest, those of tests left out. */
export function modulesOfInterest(use: Use, ...interests: readonly RegExp[]): TypeScriptModule[] {
  const { judged, module, text } = use(typescriptModules);
  return judged
    .filter((path) => !isTestPath(path) && interests.every((one) => one.test(text(path) ?? "")))
    .flatMap((path) => module(path) ?? []);
}

/** The nodes of a kind below a node (or in the whole tree), functions inside included. */
export function nodesOfKind(tree: Tree, kind: string, below: NodeId = 0): NodeId[] {
  const wanted = tree.grammar.kind(kind);
  const end = tree.afterSubtree(below);
  const found: NodeId[] = [];
  for (let node = below; node < end; node++) if (tree.kind[node] === wanted) found.push(node);
  return found;
}

/** What a function (or any node) does itself: the nodes below it, functions inside left out but for their own node. */
export function* ownNodes(tree: Tree, root: NodeId): Iterable<NodeId> {
  const end = tree.afterSubtree(root);
  for (let node = root + 1; node < end; ) {
    yield node;
    node = FUNCTION_KINDS.has(tree.kindOf(node)) ? tree.afterSubtree(node) : node + 1;
  }
}

/** The awaits of a function itself: `await`, `for await`, in order. */
export function awaitsIn(tree: Tree, root: NodeId): NodeId[] {
  const found: NodeId[] = [];
  for (const node of ownNodes(tree, root)) {
    const kind = tree.kindOf(node);
    if (kind === "await_expression" || (kind === "for_in_statement" && isForAwait(tree, node)))
      found.push(node);
  }
  return found;
}

function isForAwait(tree: Tree, loop: NodeId): boolean {
  return tree.text.slice(tree.start[loop], (tree.start[loop] as number) + 12).includes("await");
}

/** A call of a member or a name: `object.name(…)`, `name(…)`; `object` is NONE for a bare name. */
export interface Call {
  readonly node: NodeId;
  readonly object: NodeId;
  readonly name: string;
  readonly nameAt: NodeId;
  readonly given: readonly NodeId[];
}

/** A `call_expression` or `new_expression` by its parts; undefined for what is called in another way. */
export function callAt(tree: Tree, node: NodeId): Call | undefined {
  const isNew = tree.kindOf(node) === "new_expression";
  const callee = unwrapped(tree, tree.childIn(node, isNew ? "constructor" : "function"));
  if (callee === NONE) return undefined;
  const given = argumentsOf(tree, node);
  if (tree.kindOf(callee) === "identifier")
    return { node, object: NONE, name: tree.textOf(callee), nameAt: callee, given };
  if (tree.kindOf(callee) !== "member_expression") return undefined;
  const nameAt = tree.childIn(callee, "property");
  const object = tree.childIn(callee, "object");
  if (nameAt === NONE || object === NONE) return undefined;
  return { node, object, name: tree.textOf(nameAt), nameAt, given };
}

export function callsIn(tree: Tree, below: NodeId = 0): Call[] {
  return nodesOfKind(tree, "call_expression", below).flatMap((node) => callAt(tree, node) ?? []);
}

/** Whether a node is or stands below another. */
export function isWithin(tree: Tree, node: NodeId, outer: NodeId): boolean {
  return node >= outer && node < tree.afterSubtree(outer);
}

/** The nearest node above of one of the kinds, not beyond `limit`; NONE where there is none. */
export function ancestorOf(
  tree: Tree,
  node: NodeId,
  kinds: ReadonlySet<string>,
  limit: NodeId = NONE,
): NodeId {
  for (let at = tree.parentOf(node); at !== NONE && at !== limit; at = tree.parentOf(at))
    if (kinds.has(tree.kindOf(at))) return at;
  return NONE;
}

export function isFunctionLiteral(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  return kind === "arrow_function" || kind === "function_expression";
}

/** The expression that a name was declared with, where it is one declarator; NONE otherwise. */
export function initializerOf(
  resolver: TypeScriptResolver,
  at: ModuleNode,
): ModuleNode | undefined {
  const { tree } = at.module;
  const inner = unwrapped(tree, at.node);
  if (inner === NONE || tree.kindOf(inner) !== "identifier") return undefined;
  const variable = resolver.variableAt({ module: at.module, node: inner });
  if (!variable || variable.declaration.node === NONE) return undefined;
  const { module, node } = variable.declaration;
  const declarator = module.tree.parentOf(node);
  if (module.tree.kindOf(declarator) !== "variable_declarator") return undefined;
  const value = module.tree.childIn(declarator, "value");
  return value === NONE ? undefined : { module, node: unwrapped(module.tree, value) };
}

/** The text of an expression without spaces and `!` and `?`, to tell equal ones; long ones are cut. */
export function keyText(tree: Tree, node: NodeId): string {
  return tree
    .textOf(unwrapped(tree, node))
    .slice(0, 200)
    .replace(/[\s!?]/g, "");
}

/** The names that a text of code mentions, `this` included. */
export function mentions(tree: Tree, node: NodeId, name: string): boolean {
  const end = tree.afterSubtree(node);
  for (let at = node; at < end; at++) {
    const kind = tree.kindOf(at);
    if (
      (kind === "identifier" || kind === "shorthand_property_identifier") &&
      tree.textOf(at) === name
    )
      return true;
  }
  return false;
}

/** The leftmost name of a chain: `tx` of `tx.users.find().limit(1)`; NONE where there is none. */
export function rootOf(tree: Tree, expression: NodeId): NodeId {
  let node = unwrapped(tree, expression);
  for (let depth = 0; node !== NONE && depth < 200; depth++) {
    const kind = tree.kindOf(node);
    if (kind === "member_expression" || kind === "subscript_expression")
      node = unwrapped(tree, tree.childIn(node, "object"));
    else if (kind === "call_expression") node = unwrapped(tree, tree.childIn(node, "function"));
    else return kind === "identifier" || kind === "this" ? node : NONE;
  }
  return NONE;
}

export function placeOf(module: TypeScriptModule, node: NodeId): Place {
  return { file: module.path, ...module.tree.spanOf(node) };
}
