import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn, type GoFile } from "./go-file.ts";
import type { Inference } from "./inference.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoType } from "./type.ts";
import { calleeName, inferTypeArguments } from "./type-arguments.ts";
import { basic, defaultType, isUntyped, NOTHING, UNKNOWN } from "./universe.ts";

/** The type of a call: its result, a tuple of several or of none; of a conversion the type converted to. */
export function callType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { field, kind } = syntaxNumbers(tree.grammar);
  const isConversion = tree.kind[node] === kind.type_conversion_expression;
  const callee = childIn(tree, node, isConversion ? field.type : field.function);
  if (callee === NONE) return UNKNOWN;
  const operand = childIn(tree, node, field.operand);
  const list = childIn(tree, node, field.arguments);
  const written = isConversion ? [operand] : list === NONE ? [] : namedIn(tree, list);
  if (tree.kind[callee] === kind.identifier) {
    const symbol = inference.symbolAt(file, callee);
    if (symbol?.kind === "builtin") return builtinType(inference, file, symbol.name, written);
  }
  const converted = isConversion ? undefined : inference.denotedType(file, callee);
  if (converted) return converted;
  const type = calleeType(inference, file, tree, callee);
  if (type.kind !== "function") return UNKNOWN;
  return resultOf(inferTypeArguments(inference, file, tree, node, callee, type, written));
}

/** The function type of a callee, before its type arguments count. */
function calleeType(inference: Inference, file: GoFile, tree: Tree, callee: NodeId): GoType {
  const name = calleeName(tree, callee);
  const called = name === callee ? undefined : inference.functionAt(file, name);
  if (called?.kind === "declared") return called.declaration.type();
  if (called) return inference.exportedType(called.path, called.name);
  return inference.structure(inference.typeOf(file, callee));
}

/** What a call of a function type yields. */
function resultOf(type: GoType): GoType {
  if (type.kind !== "function") return UNKNOWN;
  const [only] = type.results;
  if (only === undefined) return NOTHING;
  return type.results.length === 1 ? only : { kind: "tuple", items: type.results };
}

function namedIn(tree: Tree, list: NodeId): NodeId[] {
  const { comment } = syntaxNumbers(tree.grammar).kind;
  return tree.namedChildren(list).filter((node) => tree.kind[node] !== comment);
}

function builtinType(
  inference: Inference,
  file: GoFile,
  name: string,
  written: readonly NodeId[],
): GoType {
  const [first] = written;
  const argument = () => (first === undefined ? UNKNOWN : inference.typeOf(file, first));
  const denoted = () =>
    first === undefined ? UNKNOWN : (inference.denotedType(file, first) ?? UNKNOWN);
  switch (name) {
    case "make":
      return denoted();
    case "new": {
      const type = denoted();
      const to = type.kind === "unknown" ? defaultType(argument()) : type;
      return to.kind === "unknown" ? UNKNOWN : { kind: "pointer", to };
    }
    case "append":
      return argument();
    case "len":
    case "cap":
    case "copy":
      return basic("int");
    case "recover":
      return basic("any");
    case "min":
    case "max":
      return extremeType(written.map((node) => inference.typeOf(file, node)));
    case "real":
    case "imag":
    case "complex":
      return UNKNOWN;
    default:
      return NOTHING;
  }
}

function extremeType(types: readonly GoType[]): GoType {
  return types.find((type) => !isUntyped(type)) ?? types[0] ?? UNKNOWN;
}
