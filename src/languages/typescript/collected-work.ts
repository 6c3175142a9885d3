import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { initialValues } from "./async-faults/may-reject.ts";
import { isCaught, ownNodes } from "./async-faults/own-nodes.ts";
import { memberName } from "./class-members.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { beside } from "./inference.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";

/** Functions that hand on to others. */
const DEEPEST = 4;

/**
 * Whether a constructor calls a function that waits only for work on each of what an object has collected, of which there is nothing yet
 * while it is made: `async setOffline() { await Promise.all([...this.#sessions.values()].map((one) => one.update())); }`. Not modelled:
 * what a constructor is given may have collected something before.
 */
export function isOverNothingYet(
  call: ModuleNode,
  callee: ModuleNode,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = call.module;
  const around = enclosingFunction(tree, call.node);
  if (around === NONE || tree.kindOf(around) !== "method_definition") return false;
  return memberName(tree, around) === "constructor" && worksOnCollected(callee, resolver, DEEPEST);
}

function worksOnCollected(of: ModuleNode, resolver: TypeScriptResolver, left: number): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (left === 0 || body === NONE || tree.kindOf(body) !== "statement_block") return false;
  let waits = 0;
  for (const node of ownNodes(tree, body)) {
    const kind = tree.kindOf(node);
    if (kind === "throw_statement" && !isCaught(tree, node, body)) return false;
    if (kind === "for_in_statement" && hasToken(tree, node, "await")) return false;
    if (kind !== "await_expression") continue;
    const awaited = beside(of, unwrapped(tree, firstNamed(tree, node)));
    if (awaited.node === NONE || tree.kindOf(awaited.node) !== "call_expression") return false;
    const callee = resolver.calleeOf(awaited);
    const isCovered =
      isOverCollection(awaited, resolver) ||
      (callee.kind === "function" && worksOnCollected(callee.function, resolver, left - 1));
    if (!isCovered) return false;
    waits++;
  }
  return waits > 0;
}

/** `Promise.all([...this.#sessions.values()].map(…))`, also by a constant that holds the list. */
function isOverCollection(call: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = call.module;
  if (tree.textOf(tree.childIn(call.node, "function")) !== "Promise.all") return false;
  const [mapped] = argumentsOf(tree, call.node);
  if (mapped === undefined || tree.kindOf(mapped) !== "call_expression") return false;
  const callee = tree.childIn(mapped, "function");
  if (tree.kindOf(callee) !== "member_expression") return false;
  if (tree.textOf(tree.childIn(callee, "property")) !== "map") return false;
  const list = unwrapped(tree, tree.childIn(callee, "object"));
  const source = valueOfConstant(beside(call, list), resolver);
  const field = /^(?:Array\.from\(|\[\.\.\.)?this\.([#\w$]+)\b/.exec(tree.textOf(source))?.[1];
  return field !== undefined && beginsEmpty(tree, call.node, field);
}

function valueOfConstant(at: ModuleNode, resolver: TypeScriptResolver): NodeId {
  const { tree } = at.module;
  const variable = tree.kindOf(at.node) === "identifier" ? resolver.variableAt(at) : undefined;
  if (variable?.kind !== "const" || variable.declaration.module !== at.module) return at.node;
  const value = tree.childIn(tree.parentOf(variable.declaration.node), "value");
  return value === NONE ? at.node : value;
}

/** Whether the class around a node declares a field with an empty map, set or list. */
function beginsEmpty(tree: Tree, node: NodeId, name: string): boolean {
  return initialValues(tree, node, name).some((value) =>
    /^(?:new (?:Map|Set)\b[^(]*(?:<[\s\S]*>)?\(\s*\)|\[\s*\])$/.test(tree.textOf(value)),
  );
}
