import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { FUNCTION_KINDS } from "./module-index.ts";
import { argumentsOf } from "./nodes.ts";
import { parameterName, parametersOf } from "./parameter-names.ts";
import type { ModuleNode } from "./resolver.ts";

const CALLBACK = /^(?:callback|cb|done)$/;
const ERROR = /^_?(?:e|err|error)$/;

/**
 * Whether a call is answered by a callback, so that its promise says nothing new: `redis.quit((error) => …)`, `store.close(done)`, or a
 * function in the place of an optional parameter that is called `callback`.
 */
export function isAnsweredByCallback(
  { module: { tree }, node: call }: ModuleNode,
  callee: ModuleNode | undefined,
): boolean {
  const given = argumentsOf(tree, call);
  const last = given.at(-1);
  if (last === undefined || isChained(tree, call)) return false;
  if (given.some((one) => takesError(tree, one))) return true;
  if (tree.kindOf(last) === "identifier") return CALLBACK.test(tree.textOf(last));
  if (!FUNCTION_KINDS.has(tree.kindOf(last))) return false;
  return callee !== undefined && isOptionalCallback(callee, given.length - 1);
}

/** `(error, value) => …`, also before options. */
function takesError(tree: Tree, given: NodeId): boolean {
  const [first] = FUNCTION_KINDS.has(tree.kindOf(given)) ? parametersOf(tree, given) : [];
  return first !== undefined && ERROR.test(parameterName(tree, first));
}

/** `.then(done)`: what a chain is given is its own affair. */
function isChained(tree: Tree, call: NodeId): boolean {
  return /\.(?:then|catch|finally)$/.test(tree.textOf(tree.childIn(call, "function")));
}

/** Where nothing is typed, every parameter may be left out. */
function isOptionalCallback({ module: { tree }, node }: ModuleNode, index: number): boolean {
  const parameter = parametersOf(tree, node)[index];
  if (parameter === undefined || !CALLBACK.test(parameterName(tree, parameter))) return false;
  return (
    tree.kindOf(parameter) === "optional_parameter" ||
    tree.childIn(parameter, "value") !== NONE ||
    tree.childIn(parameter, "type") === NONE
  );
}
