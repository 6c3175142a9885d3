import { NONE } from "../../syntax/tree.ts";
import { methodCall } from "./async-faults/calls.ts";
import { mayFail, mayReject } from "./async-faults/may-reject.ts";
import { beside } from "./inference.ts";
import { FUNCTION_KINDS, indexOf } from "./module-index.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";
import { throws } from "./thrown-errors.ts";

/**
 * Whether a chain has a handler for rejections, and neither that nor what comes after it shows how it could fail again:
 * `load().catch(report).then(done)`, not `load().catch((error) => { throw new LoadError(error); })`.
 */
export function isSwallowed(chain: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = chain.module;
  let node = unwrapped(tree, chain.node);
  for (let link = methodCall(tree, node); link; link = methodCall(tree, node)) {
    if (!CHAIN.has(link.method)) return false;
    const given = argumentsOf(tree, link.call);
    if (given.some((callback) => fails(beside(chain, callback), resolver))) return false;
    if (given.length > (link.method === "then" ? 1 : 0) && link.method !== "finally") return true;
    node = unwrapped(tree, link.object);
  }
  return false;
}

const CHAIN: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** Whether a callback throws or gives a promise that may reject; of one that cannot be seen nobody says so. */
function fails(callback: ModuleNode, resolver: TypeScriptResolver): boolean {
  const of = functionOf(callback, resolver);
  if (!of) return false;
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE) return false;
  const isBlock = tree.kindOf(body) === "statement_block";
  if (isBlock && throws(of, resolver)) return true;
  if (hasToken(tree, of.node, "async")) return mayReject(of, resolver);
  const values = isBlock
    ? (indexOf(tree).returns.get(of.node) ?? []).map((node) => firstNamed(tree, node))
    : [body];
  return values.some((node) => {
    const value = beside(of, node);
    return node !== NONE && resolver.isPromise(value) === "yes" && mayFail(value, resolver);
  });
}

/** A function that is written in place, or has a name in this module. */
function functionOf(callback: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  const { tree } = callback.module;
  if (FUNCTION_KINDS.has(tree.kindOf(callback.node))) return callback;
  if (tree.kindOf(callback.node) !== "identifier") return undefined;
  const variable = resolver.variableAt(callback);
  if (!variable || variable.kind === "parameter" || variable.isReassigned()) return undefined;
  const { module, node } = variable.declaration;
  const owner = module.tree.parentOf(node);
  const isNamed = module.tree.kindOf(owner) === "variable_declarator";
  const of = isNamed ? module.tree.childIn(owner, "value") : owner;
  if (of === NONE || !FUNCTION_KINDS.has(module.tree.kindOf(of))) return undefined;
  return { module, node: of };
}
