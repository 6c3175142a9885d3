import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { unwrapped } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { callAt } from "./syntax.ts";

/** `setUser` of `const [user, setUser] = useState(…)`. */
export function isStateSetter(
  module: TypeScriptModule,
  nameAt: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  return stateOf(module, nameAt, resolver) !== undefined;
}

/** The name of the state that a setter sets, empty where it has none; undefined for what is no setter. */
export function stateOf(
  module: TypeScriptModule,
  nameAt: NodeId,
  resolver: TypeScriptResolver,
): string | undefined {
  const variable = resolver.variableAt({ module, node: nameAt });
  if (!variable || variable.declaration.module !== module || variable.declaration.node === NONE)
    return undefined;
  const { tree } = module;
  const pattern = tree.parentOf(variable.declaration.node);
  if (tree.kindOf(pattern) !== "array_pattern") return undefined;
  const declarator = tree.parentOf(pattern);
  if (tree.kindOf(declarator) !== "variable_declarator") return undefined;
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  const made =
    value !== NONE && tree.kindOf(value) === "call_expression" ? callAt(tree, value) : undefined;
  if (made?.name !== "useState") return undefined;
  // `const [, setUser] = useState()` leaves the state without a name.
  const names = patternNames(tree, pattern);
  if (names.at(-1) !== variable.declaration.node) return undefined;
  const [state] = names.length > 1 ? names : [];
  return state === undefined ? "" : tree.textOf(state);
}
