import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { namedNodes } from "./nodes.ts";

/** The parameters of a function, in order: of an arrow without parentheses the name alone. */
export function parametersOf(tree: Tree, of: NodeId): NodeId[] {
  const single = tree.childIn(of, "parameter");
  if (single !== NONE) return [single];
  const list = tree.childIn(of, "parameters");
  return list === NONE ? [] : namedNodes(tree, list);
}

/** A parameter's name, or its pattern as it is written. */
export function parameterName(tree: Tree, parameter: NodeId): string {
  const pattern = tree.childIn(parameter, "pattern");
  return tree.textOf(pattern === NONE ? parameter : pattern);
}

/** The names of all parameters of a function. */
export function parameterNames(tree: Tree, of: NodeId): string[] {
  return parametersOf(tree, of).map((parameter) => parameterName(tree, parameter));
}
