import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { ownNodes } from "./async-faults/own-nodes.ts";
import { handlesRejection } from "./handled-chain.ts";
import { beside } from "./inference.ts";
import { indexOf } from "./module-index.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";
import { isSwallowed } from "./swallowed-chains.ts";
import { valueLeaves } from "./value-leaves.ts";

/** Calls and names that lead to one another. */
const DEEPEST = 8;

/**
 * Whether a function has attached a handler to every promise that it returns, so that nobody need look at it:
 * `const sent = send(); sent.catch(ignore); return sent;`, also by a helper that does so for its parameter, or gives back a chain that
 * swallows them. An async function returns
 * a promise of its own.
 */
export function returnsGuarded(of: ModuleNode, resolver: TypeScriptResolver): boolean {
  return returns("guarded", of, resolver, DEEPEST);
}

/** Whether all that a function returns are chains that swallow their rejections, or settled: who waits for them hears of none. */
export function returnsSwallowed(of: ModuleNode, resolver: TypeScriptResolver): boolean {
  return returns("swallowed", of, resolver, DEEPEST);
}

/** A promise with a handler beside it still rejects for others; one that comes out of a handler does not. */
type How = "guarded" | "swallowed";

function returns(how: How, of: ModuleNode, resolver: TypeScriptResolver, left: number): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE || left === 0 || hasToken(tree, of.node, "async")) return false;
  const values =
    tree.kindOf(body) === "statement_block"
      ? (indexOf(tree).returns.get(of.node) ?? []).map((statement) => firstNamed(tree, statement))
      : [body];
  return (
    values.length > 0 && values.every((value) => is(how, beside(of, value), of, resolver, left))
  );
}

function is(
  how: How,
  value: ModuleNode,
  of: ModuleNode,
  resolver: TypeScriptResolver,
  left: number,
): boolean {
  const { tree } = of.module;
  const node = unwrapped(tree, value.node);
  if (node === NONE || left === 0) return false;
  if (tree.kindOf(node) === "identifier") {
    if (how === "guarded" && hasHandler(tree, of.node, tree.textOf(node))) return true;
    const variable = resolver.variableAt(beside(of, node));
    if (variable?.kind !== "const") return false;
    const made = tree.childIn(tree.parentOf(variable.declaration.node), "value");
    return made !== NONE && is(how, beside(of, made), of, resolver, left - 1);
  }
  const leaves = valueLeaves(tree, node, false);
  if (leaves.length > 1 || leaves[0] !== node)
    return leaves.every((leaf) => is(how, beside(of, leaf), of, resolver, left - 1));
  if (tree.kindOf(node) !== "call_expression") return false;
  if (isSettled(tree, node) || isSwallowed(beside(of, node), resolver)) return true;
  if (tree.textOf(tree.childIn(node, "function")) === "Object.assign") {
    const [target] = argumentsOf(tree, node);
    return target !== undefined && is(how, beside(of, target), of, resolver, left - 1);
  }
  const callee = resolver.calleeOf(beside(of, node));
  return callee.kind === "function" && returns(how, callee.function, resolver, left - 1);
}

/** `Promise.resolve()`. */
function isSettled(tree: Tree, call: NodeId): boolean {
  return (
    tree.textOf(tree.childIn(call, "function")) === "Promise.resolve" &&
    argumentsOf(tree, call).length === 0
  );
}

/** `sent.catch(ignore);`, as a statement of the function itself. */
function hasHandler(tree: Tree, of: NodeId, name: string): boolean {
  const body = tree.childIn(of, "body");
  for (const node of ownNodes(tree, body)) {
    if (tree.kindOf(node) !== "expression_statement") continue;
    const chain = firstNamed(tree, node);
    const text = chain === NONE ? "" : tree.textOf(chain).replace(/^void\s+/, "");
    if (
      new RegExp(`^${name.replaceAll("$", "\\$")}\\s*\\.`).test(text) &&
      handlesRejection(tree, chain)
    )
      return true;
  }
  return false;
}
