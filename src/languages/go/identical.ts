import { NONE, type NodeId } from "../../syntax/tree.ts";
import type { GoType, TypeDeclaration } from "./type.ts";

/** Pairs of types compared at most; beyond it two types are not surely the same. */
const PAIRS = 5_000;
const ALIASES: Readonly<Record<string, string>> = { byte: "uint8", rune: "int32" };

/** Whether two types are surely the same; false where either is not wholly known. */
export function identical(a: GoType, b: GoType): boolean {
  return compare(a, b, { left: PAIRS });
}

function compare(a: GoType, b: GoType, pairs: { left: number }): boolean {
  if (a === b) return a.kind !== "unknown";
  if (--pairs.left < 0) return false;
  const same = (left: GoType, right: GoType) => compare(left, right, pairs);
  const all = (left: readonly GoType[], right: readonly GoType[]) =>
    left.length === right.length && left.every((type, at) => same(type, right[at] ?? type));
  switch (a.kind) {
    case "basic":
      return b.kind === "basic" && (ALIASES[a.name] ?? a.name) === (ALIASES[b.name] ?? b.name);
    case "named":
      return (
        b.kind === "named" &&
        a.package === b.package &&
        a.name === b.name &&
        localSpec(a.declaration) === localSpec(b.declaration) &&
        all(a.arguments, b.arguments)
      );
    case "pointer":
      return b.kind === "pointer" && same(a.to, b.to);
    case "slice":
    case "array":
      return (
        (b.kind === "slice" || b.kind === "array") &&
        a.kind === b.kind &&
        same(a.element, b.element)
      );
    case "map":
      return b.kind === "map" && same(a.key, b.key) && same(a.value, b.value);
    case "channel":
      return b.kind === "channel" && a.direction === b.direction && same(a.element, b.element);
    case "tuple":
      return b.kind === "tuple" && all(a.items, b.items);
    case "function":
      return (
        b.kind === "function" &&
        a.isVariadic === b.isVariadic &&
        all(a.parameters, b.parameters) &&
        all(a.results, b.results)
      );
    case "struct":
      return (
        b.kind === "struct" &&
        a.fields.length === b.fields.length &&
        a.fields.every((field, at) => {
          const other = b.fields[at];
          return (
            other !== undefined &&
            field.name === other.name &&
            field.isEmbedded === other.isEmbedded &&
            same(field.type, other.type)
          );
        })
      );
    case "interface":
      return (
        b.kind === "interface" &&
        a.methods.length === b.methods.length &&
        a.embedded.length === b.embedded.length &&
        a.methods.every((method, at) => {
          const other = b.methods[at];
          return other !== undefined && method.name === other.name && same(method.type, other.type);
        }) &&
        all(a.embedded, b.embedded)
      );
    case "type-parameter":
      return b.kind === "type-parameter" && a.name === b.name;
    case "nil":
      return b.kind === "nil";
    case "unknown":
      return false;
  }
}

/** What tells types of one name in different functions apart; NONE for package-level types and those without source. */
function localSpec(declaration: TypeDeclaration | undefined): NodeId {
  if (!declaration) return NONE;
  const { tree, node } = declaration;
  const group = tree.parent[node] as number;
  return tree.parent[group] === 0 ? NONE : node;
}
