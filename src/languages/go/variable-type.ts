import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn, type DeclaredValue, type GoFile } from "./go-file.ts";
import type { Inference } from "./inference.ts";
import type { LocalVariable, Origin } from "./scope.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoType } from "./type.ts";
import { basic, defaultType, UNKNOWN } from "./universe.ts";

/** The type of a local variable, parameter or result, from what declares it. */
export function localVariableType(
  inference: Inference,
  file: GoFile,
  { origin }: LocalVariable,
): GoType {
  const tree = file.tree;
  if (!tree) return UNKNOWN;
  return inference.deeper(() => typeFromOrigin(inference, file, tree, origin));
}

function typeFromOrigin(inference: Inference, file: GoFile, tree: Tree, origin: Origin): GoType {
  switch (origin.kind) {
    case "typed": {
      const type = origin.type === NONE ? UNKNOWN : inference.typeFrom(file, origin.type);
      return origin.isVariadic ? { kind: "slice", element: type } : type;
    }
    case "values":
      return valueType(inference, file, tree, origin.values, origin.index, origin.count);
    case "range":
      return rangeType(inference, file, tree, origin.clause, origin.index);
    case "receive": {
      if (origin.index === 1) return basic("bool");
      const { field } = syntaxNumbers(tree.grammar);
      const right = childIn(tree, origin.statement, field.right);
      return right === NONE ? UNKNOWN : defaultType(inference.typeOf(file, right));
    }
    case "type-switch":
      return switchedType(inference, file, tree, origin.clause, origin.value);
  }
}

/** The type of a package-level variable, from its own spec. */
export function packageValueType(inference: Inference, file: GoFile, value: DeclaredValue): GoType {
  const tree = file.tree;
  if (!tree) return UNKNOWN;
  const { field } = syntaxNumbers(tree.grammar);
  const { spec, index } = value;
  if (value.kind === "constant") return constantType(inference, file, spec, index);
  const type = childIn(tree, spec, field.type);
  if (type !== NONE) return inference.typeFrom(file, type);
  const values = childIn(tree, spec, field.value);
  const count = tree.childrenIn(spec, "name").filter((name) => tree.isNamed(name)).length;
  return inference.deeper(() => valueType(inference, file, tree, values, index, count));
}

/** The type of the `index`-th name of a const spec; without a value it repeats the spec before it. */
export function constantType(
  inference: Inference,
  file: GoFile,
  spec: NodeId,
  index: number,
): GoType {
  const tree = file.tree;
  if (!tree) return UNKNOWN;
  const { field, kind } = syntaxNumbers(tree.grammar);
  const parent = tree.parent[spec] ?? NONE;
  let written = spec;
  if (childIn(tree, spec, field.value) === NONE && parent !== NONE) {
    for (
      let at = tree.firstChild[parent] ?? NONE;
      at !== NONE && at !== spec;
      at = tree.nextSibling[at] ?? NONE
    )
      if (tree.kind[at] === kind.const_spec && childIn(tree, at, field.value) !== NONE)
        written = at;
  }
  const type = childIn(tree, written, field.type);
  if (type !== NONE) return inference.typeFrom(file, type);
  const value = listItem(tree, childIn(tree, written, field.value), index);
  if (value === NONE) return UNKNOWN;
  return inference.deeper(() => inference.typeOf(file, value));
}

function valueType(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  values: NodeId,
  index: number,
  count: number,
): GoType {
  if (values === NONE) return UNKNOWN;
  const single = count > 1 && listItem(tree, values, 1) === NONE;
  const value = listItem(tree, values, single ? 0 : index);
  if (value === NONE) return UNKNOWN;
  if (!single) return defaultType(one(inference.typeOf(file, value)));
  const type = inference.typeOf(file, value);
  if (type.kind === "tuple") return type.items[index] ?? UNKNOWN;
  if (isCall(tree, value)) return UNKNOWN;
  return index === 0 ? type : basic("bool");
}

/** A call with one result is that result. */
function one(type: GoType): GoType {
  return type.kind === "tuple" ? UNKNOWN : type;
}

function isCall(tree: Tree, node: NodeId): boolean {
  return tree.kind[node] === syntaxNumbers(tree.grammar).kind.call_expression;
}

/** The `index`-th expression of a list; NONE beyond its end. */
export function listItem(tree: Tree, list: NodeId, index: number): NodeId {
  if (list === NONE) return NONE;
  const { comment } = syntaxNumbers(tree.grammar).kind;
  let at = 0;
  for (
    let node = tree.firstChild[list] ?? NONE;
    node !== NONE;
    node = tree.nextSibling[node] ?? NONE
  ) {
    if (!tree.isNamed(node) || tree.kind[node] === comment) continue;
    if (at++ === index) return node;
  }
  return NONE;
}

function rangeType(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  clause: NodeId,
  index: number,
): GoType {
  const right = childIn(tree, clause, syntaxNumbers(tree.grammar).field.right);
  if (right === NONE) return UNKNOWN;
  const type = inference.typeOf(file, right);
  return rangedType(inference, type, index);
}

/** What a range over a type gives as key (0) and value (1). */
export function rangedType(inference: Inference, type: GoType, index: number): GoType {
  const structure = inference.structure(type);
  switch (structure.kind) {
    case "slice":
    case "array":
      return index === 0 ? basic("int") : structure.element;
    case "pointer": {
      const inner = inference.structure(structure.to);
      if (inner.kind !== "array") return UNKNOWN;
      return index === 0 ? basic("int") : inner.element;
    }
    case "map":
      return index === 0 ? structure.key : structure.value;
    case "channel":
      return index === 0 ? structure.element : UNKNOWN;
    case "function": {
      const [yielded] = structure.parameters;
      const body = yielded ? inference.structure(yielded) : UNKNOWN;
      return body.kind === "function" ? (body.parameters[index] ?? UNKNOWN) : UNKNOWN;
    }
    case "basic":
      if (/string$/.test(structure.name)) return basic(index === 0 ? "int" : "rune");
      return index === 0 ? defaultType(type) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** In a clause with one type the symbol has it, otherwise it has the type of the value. */
function switchedType(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  clause: NodeId,
  value: NodeId,
): GoType {
  const { field, kind } = syntaxNumbers(tree.grammar);
  const whole = () => (value === NONE ? UNKNOWN : inference.typeOf(file, value));
  if (clause === NONE || tree.kind[clause] !== kind.type_case) return whole();
  const types = tree.childrenIn(clause, "type").filter((type) => tree.isNamed(type));
  const [only] = types;
  if (types.length !== 1 || only === undefined) return whole();
  if (tree.textOf(only) === "nil" || tree.field[only] !== field.type) return whole();
  return inference.typeFrom(file, only);
}
