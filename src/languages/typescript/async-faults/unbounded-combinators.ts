import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, unwrapped } from "../nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { methodCall, promiseStatics } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

/** `Promise.all(list.map(…))` where the list is as long as somebody's data, and each element opens a file or a connection. */
export const unboundedCombinators = defineAnalysis("unbounded combinators", (use) => {
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\bPromise\s*\.all/, (module) =>
    isTestPath(module.path) || OF_PAGE.test(module.path) ? [] : unboundedIn(module, resolver),
  );
});

/** In a page the browser keeps the number of connections small. */
const OF_PAGE = /\.[jt]sx$/;

function* unboundedIn(
  module: TypeScriptModule,
  resolver: TypeScriptResolver,
): Generator<AsyncFault<"all">> {
  const { tree, path } = module;
  for (const { call, method } of promiseStatics(tree)) {
    if (!/^all(?:Settled)?$/.test(method) || isDamaged(tree, call)) continue;
    const [list] = argumentsOf(tree, call);
    const map = list === undefined ? undefined : methodCall(tree, unwrapped(tree, list));
    if (map?.method !== "map") continue;
    const [callback] = argumentsOf(tree, map.call);
    const opened = callback === undefined ? undefined : openedBy(module, callback, resolver);
    if (opened === undefined || !isData({ module, node: map.object }, resolver)) continue;
    yield fault({ file: path, ...tree.spanOf(map.call) }, "all", expressionName(tree, map.object), {
      related: [{ file: path, ...tree.spanOf(opened) }],
    });
  }
}

const OPENING =
  /^(?:global:fetch|node:fs\/promises:(?:readFile|writeFile|open|copyFile|cp|appendFile)|node:fs:promises\.(?:readFile|writeFile|open|copyFile|cp|appendFile))$/;

/** The call in a callback that opens a file or a connection. */
function openedBy(
  module: TypeScriptModule,
  callback: NodeId,
  resolver: TypeScriptResolver,
): NodeId | undefined {
  const { tree } = module;
  if (!FUNCTION_KINDS.has(tree.kindOf(callback))) return undefined;
  const end = tree.afterSubtree(callback);
  return indexOf(tree).calls.find((node) => {
    if (node < callback || node >= end) return false;
    const callee = resolver.calleeOf({ module, node });
    return callee.kind === "external" && OPENING.test(callee.name);
  });
}

const BOUNDED = /chunk|batch|slice|page|top|first|config|known|default/i;

/** A parameter, or what was awaited: nobody here knows how long it is. */
function isData(list: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = list.module;
  const node = unwrapped(tree, list.node);
  if (node === NONE || BOUNDED.test(tree.textOf(node))) return false;
  if (tree.kindOf(node) === "await_expression") return true;
  if (tree.kindOf(node) !== "identifier") return false;
  const variable = resolver.variableAt({ module: list.module, node });
  if (!variable) return false;
  if (variable.kind === "parameter") return true;
  const declarator = variable.declaration.module.tree.parentOf(variable.declaration.node);
  return variable.kind === "const" && isAwaited(variable.declaration.module.tree, declarator);
}

function isAwaited(tree: Tree, declarator: NodeId): boolean {
  if (tree.kindOf(declarator) !== "variable_declarator") return false;
  const value = tree.childIn(declarator, "value");
  if (value === NONE || tree.kindOf(value) !== "await_expression") return false;
  return tree.kindOf(firstNamed(tree, value)) === "call_expression";
}
