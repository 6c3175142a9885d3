import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { namedNodes } from "./nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";

/** Functions that call one another at their ends. */
const DEEPEST = 4;

/**
 * Whether something stands at the top of a module, or is the last thing that a function does which nothing but the top calls, and once:
 * `function main() { const client = connect(); run(client); } main();`.
 */
export function isAtTop({ module, node }: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  let at = node;
  for (let left = DEEPEST; left > 0; left--) {
    const around = enclosingFunction(tree, at);
    if (around === NONE) return true;
    if (!isLast(tree, at, around)) return false;
    at = onlyCall(module, around, resolver);
    if (at === NONE) return false;
  }
  return false;
}

const HANDS_ON: ReadonlySet<string> = new Set([
  "await_expression",
  "unary_expression",
  "parenthesized_expression",
]);

/** Declarations of functions may follow: they do nothing. */
function isLast(tree: Tree, node: NodeId, around: NodeId): boolean {
  let at = tree.parentOf(node);
  while (HANDS_ON.has(tree.kindOf(at))) at = tree.parentOf(at);
  if (!/^(?:expression|return)_statement$/.test(tree.kindOf(at))) return false;
  const body = tree.childIn(around, "body");
  if (tree.parentOf(at) !== body) return false;
  return namedNodes(tree, body).every(
    (statement) => statement <= at || /function_declaration$/.test(tree.kindOf(statement)),
  );
}

/** The call of a function that is mentioned nowhere else; NONE where it is not known or not the only one. */
function onlyCall(module: TypeScriptModule, of: NodeId, resolver: TypeScriptResolver): NodeId {
  const { tree } = module;
  let owner = tree.parentOf(of);
  while (tree.kindOf(owner) === "parenthesized_expression") owner = tree.parentOf(owner);
  if (tree.kindOf(owner) === "call_expression") return calledBy(tree, owner, of);
  const declares = tree.kindOf(owner) === "variable_declarator" ? owner : of;
  const name = tree.childIn(declares, "name");
  const variable = name === NONE ? undefined : resolver.variableAt({ module, node: name });
  const [mention, ...others] = variable?.references() ?? [];
  if (mention === undefined || others.length > 0) return NONE;
  const call = tree.parentOf(mention);
  return tree.kindOf(call) === "call_expression" ? calledBy(tree, call, mention) : NONE;
}

/** The call itself, where the node is what it calls and not what it is given. */
function calledBy(tree: Tree, call: NodeId, node: NodeId): NodeId {
  const callee = tree.childIn(call, "function");
  return callee !== NONE && callee <= node && node < tree.afterSubtree(callee) ? call : NONE;
}
