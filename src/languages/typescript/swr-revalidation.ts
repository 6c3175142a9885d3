import { NONE } from "../../syntax/tree.ts";
import { argumentsOf } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";

/**
 * `mutate()` of `const { mutate } = useSWR(key, load)`, and `mutate(key)` of `swr`: without data they load again, and SWR keeps what goes
 * wrong with the data instead of rejecting.
 */
export function isRevalidation(call: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = call.module;
  const callee = tree.childIn(call.node, "function");
  if (callee === NONE || tree.kindOf(callee) !== "identifier") return false;
  const given = argumentsOf(tree, call.node).length;
  const called = resolver.calleeOf(call);
  if (called.kind === "external" && called.name === "swr:mutate") return given < 2;
  const variable = resolver.variableAt({ module: call.module, node: callee });
  if (variable?.kind !== "const" || given > 0) return false;
  const { module, node } = variable.declaration;
  let owner = module.tree.parentOf(node);
  while (/pattern/.test(module.tree.kindOf(owner))) owner = module.tree.parentOf(owner);
  if (module.tree.kindOf(owner) !== "variable_declarator") return false;
  return /^(?:await\s+)?use\w*SWR\w*\s*[<(]/.test(
    module.tree.textOf(module.tree.childIn(owner, "value")),
  );
}
