import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn, type GoFile } from "./go-file.ts";
import type { Inference } from "./inference.ts";
import { standardSymbol } from "./standard-library.ts";
import { substitute } from "./substitute.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoType } from "./type.ts";
import { defaultType, isUntyped, UNKNOWN } from "./universe.ts";

/** Parts of a parameter's type looked at for one argument. */
const PARTS = 500;

type FunctionType = Extract<GoType, { kind: "function" }>;

/** A type parameter with the core of its constraint: `S ~[]E` has `[]E`. */
interface Parameter {
  readonly name: string;
  readonly core: GoType | undefined;
}

/** The function type of a call with its type parameters replaced: by written arguments, or by those of the call. */
export function inferTypeArguments(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  call: NodeId,
  callee: NodeId,
  type: FunctionType,
  written: readonly NodeId[],
): GoType {
  const parameters = parametersOf(inference, file, tree, callee);
  if (parameters.length === 0) return type;
  const bound = new Map<string, GoType>();
  for (const [at, argument] of writtenArguments(inference, file, tree, call, callee).entries()) {
    const parameter = parameters[at];
    if (parameter) bound.set(parameter.name, argument);
  }
  const names = new Set(parameters.map(({ name }) => name));
  const free = [...names].filter((name) => !bound.has(name));
  if (free.length > 0) {
    const types = argumentTypes(inference, file, written);
    unifyArguments(inference, type, types, names, bound);
  }
  unifyCores(inference, parameters, names, bound);
  for (const name of names) if (!bound.has(name)) bound.set(name, UNKNOWN);
  return substitute(type, bound);
}

/** The type parameters of what a callee names; empty where it isn't generic. */
function parametersOf(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  callee: NodeId,
): readonly Parameter[] {
  const node = calleeName(tree, callee);
  if (node === NONE) return [];
  const declared = inference.functionAt(file, node);
  if (declared?.kind === "standard")
    return standardSymbol(declared.path, declared.name)?.parameters ?? [];
  if (!declared) return [];
  const of = inference.fileOf(declared.declaration);
  if (!of) return [];
  return inference
    .typeParametersOf(of, declared.declaration.node)
    .map((parameter) => ({ name: parameter.name, core: parameter.core() }));
}

/** The name in a callee, without written type arguments and parentheses. */
export function calleeName(tree: Tree, callee: NodeId): NodeId {
  const { kind, field } = syntaxNumbers(tree.grammar);
  let node = callee;
  while (node !== NONE) {
    const nodeKind = tree.kind[node];
    if (nodeKind === kind.index_expression) node = childIn(tree, node, field.operand);
    else if (nodeKind === kind.generic_type || nodeKind === kind.type_instantiation_expression)
      node = childIn(tree, node, field.type);
    else if (nodeKind === kind.parenthesized_expression) node = tree.namedChildren(node)[0] ?? NONE;
    else break;
  }
  return node;
}

function writtenArguments(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  call: NodeId,
  callee: NodeId,
): readonly GoType[] {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const list = childIn(tree, call, field.type_arguments);
  if (list !== NONE) return tree.namedChildren(list).map((node) => inference.typeFrom(file, node));
  if (tree.kind[callee] === kind.index_expression) {
    const index = childIn(tree, callee, field.index);
    return index === NONE ? [] : [inference.denotedType(file, index) ?? UNKNOWN];
  }
  if (tree.kind[callee] === kind.generic_type) {
    const types = childIn(tree, callee, field.type_arguments);
    return types === NONE
      ? []
      : tree.namedChildren(types).map((node) => inference.typeFrom(file, node));
  }
  if (tree.kind[callee] !== kind.type_instantiation_expression) return [];
  const base = childIn(tree, callee, field.type);
  return tree
    .namedChildren(callee)
    .filter((node) => node !== base)
    .map((node) => inference.typeFrom(file, node));
}

function argumentTypes(inference: Inference, file: GoFile, written: readonly NodeId[]): GoType[] {
  const types = written.map((node) => inference.typeOf(file, node));
  const [only] = types;
  return types.length === 1 && only?.kind === "tuple" ? [...only.items] : types;
}

function unifyArguments(
  inference: Inference,
  type: FunctionType,
  types: readonly GoType[],
  names: ReadonlySet<string>,
  bound: Map<string, GoType>,
): void {
  const pairs = types.map((argument, at) => ({ argument, parameter: parameterAt(type, at) }));
  for (const { argument, parameter } of pairs)
    if (!isUntyped(argument)) unify(inference, parameter, argument, names, bound, { left: PARTS });
  for (const { argument, parameter } of pairs)
    if (isUntyped(argument) && parameter.kind === "type-parameter" && !bound.has(parameter.name))
      bound.set(parameter.name, defaultType(argument));
}

function parameterAt(type: FunctionType, at: number): GoType {
  const last = type.parameters.length - 1;
  if (!type.isVariadic || at < last) return type.parameters[at] ?? UNKNOWN;
  const rest = type.parameters[last];
  return rest?.kind === "slice" ? rest.element : UNKNOWN;
}

/** Constraints with a core type bind in both directions: `S ~[]E` gives E from S. */
function unifyCores(
  inference: Inference,
  parameters: readonly Parameter[],
  names: ReadonlySet<string>,
  bound: Map<string, GoType>,
): void {
  for (let round = 0; round < 2; round++)
    for (const { name, core } of parameters) {
      if (!core) continue;
      const known = bound.get(name);
      if (known) unify(inference, core, inference.structure(known), names, bound, { left: PARTS });
      else if (isComplete(core, bound)) bound.set(name, substitute(core, bound));
    }
}

function isComplete(core: GoType, bound: ReadonlyMap<string, GoType>): boolean {
  if (core.kind === "pointer") return isComplete(core.to, bound);
  if (core.kind === "slice") return isComplete(core.element, bound);
  return core.kind === "type-parameter" && bound.has(core.name);
}

/** Binds the type parameters in `pattern` so that it becomes `type`. The first binding counts. */
function unify(
  inference: Inference,
  pattern: GoType,
  type: GoType,
  names: ReadonlySet<string>,
  bound: Map<string, GoType>,
  parts: { left: number },
): void {
  if (--parts.left < 0 || type.kind === "unknown") return;
  const inner = (left: GoType, right: GoType) => unify(inference, left, right, names, bound, parts);
  if (pattern.kind === "type-parameter") {
    if (names.has(pattern.name) && !bound.has(pattern.name) && !isUntyped(type))
      bound.set(pattern.name, type);
    return;
  }
  const other =
    pattern.kind === "named" || type.kind !== "named" ? type : inference.structure(type);
  switch (pattern.kind) {
    case "named":
      if (
        other.kind === "named" &&
        other.name === pattern.name &&
        other.package === pattern.package
      )
        for (const [at, argument] of pattern.arguments.entries())
          inner(argument, other.arguments[at] ?? UNKNOWN);
      else if (pattern.arguments.length > 0 && other.kind !== "named")
        inner(inference.structure(pattern), other);
      return;
    case "pointer":
      if (other.kind === "pointer") inner(pattern.to, other.to);
      return;
    case "slice":
    case "array":
      if (other.kind === "slice" || other.kind === "array") inner(pattern.element, other.element);
      return;
    case "channel":
      if (other.kind === "channel") inner(pattern.element, other.element);
      return;
    case "map":
      if (other.kind !== "map") return;
      inner(pattern.key, other.key);
      inner(pattern.value, other.value);
      return;
    case "function":
      if (other.kind !== "function") return;
      for (const [at, parameter] of pattern.parameters.entries())
        inner(parameter, other.parameters[at] ?? UNKNOWN);
      for (const [at, result] of pattern.results.entries())
        inner(result, other.results[at] ?? UNKNOWN);
      return;
    default:
      return;
  }
}
