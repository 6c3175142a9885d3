import { NONE } from "../../syntax/tree.ts";
import { beside } from "./inference.ts";
import { unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";

/** Names that lead to names that are followed. */
const DEEPEST = 8;

/** What a number is that is written as one, as a calculation, or as a constant of the module: `2 * DAY`. */
export function numericValue(
  at: ModuleNode,
  resolver: TypeScriptResolver,
  left: number = DEEPEST,
): number | undefined {
  const { tree } = at.module;
  const node = unwrapped(tree, at.node);
  if (node === NONE || left === 0) return undefined;
  switch (tree.kindOf(node)) {
    case "number":
      return Number(tree.textOf(node).replaceAll("_", ""));
    case "identifier": {
      const variable = resolver.variableAt(beside(at, node));
      if (variable?.kind !== "const") return undefined;
      const { module, node: name } = variable.declaration;
      const declarator = module.tree.parentOf(name);
      if (module.tree.kindOf(declarator) !== "variable_declarator") return undefined;
      const value = module.tree.childIn(declarator, "value");
      return numericValue({ module, node: value }, resolver, left - 1);
    }
    case "binary_expression": {
      const side = (field: "left" | "right") =>
        numericValue(beside(at, tree.childIn(node, field)), resolver, left - 1);
      const [one, other] = [side("left"), side("right")];
      if (one === undefined || other === undefined) return undefined;
      return CALCULATIONS[tree.kindOf(tree.childIn(node, "operator"))]?.(one, other);
    }
    default:
      return undefined;
  }
}

const CALCULATIONS: Readonly<Record<string, ((one: number, other: number) => number) | undefined>> =
  {
    "*": (one, other) => one * other,
    "**": (one, other) => one ** other,
    "/": (one, other) => one / other,
    "+": (one, other) => one + other,
    "-": (one, other) => one - other,
  };
