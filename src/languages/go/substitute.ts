import type { GoType } from "./type.ts";

const DEPTH = 24;

/** Replaces type parameters by name. What nests deeper than any written type becomes unknown. */
export function substitute(
  type: GoType,
  by: ReadonlyMap<string, GoType>,
  depth: number = DEPTH,
): GoType {
  if (by.size === 0) return type;
  if (depth === 0) return { kind: "unknown" };
  const inner = (of: GoType) => substitute(of, by, depth - 1);
  switch (type.kind) {
    case "type-parameter":
      return by.get(type.name) ?? type;
    case "named":
      return type.arguments.length === 0 ? type : { ...type, arguments: type.arguments.map(inner) };
    case "pointer":
      return { kind: "pointer", to: inner(type.to) };
    case "slice":
    case "array":
      return { kind: type.kind, element: inner(type.element) };
    case "map":
      return { kind: "map", key: inner(type.key), value: inner(type.value) };
    case "channel":
      return { ...type, element: inner(type.element) };
    case "tuple":
      return { kind: "tuple", items: type.items.map(inner) };
    case "function":
      return {
        kind: "function",
        parameters: type.parameters.map(inner),
        results: type.results.map(inner),
        isVariadic: type.isVariadic,
      };
    case "struct":
      return {
        kind: "struct",
        fields: type.fields.map((field) => ({ ...field, type: inner(field.type) })),
      };
    case "interface":
      return {
        ...type,
        methods: type.methods.map((method) => ({ ...method, type: inner(method.type) })),
        embedded: type.embedded.map(inner),
      };
    case "basic":
    case "nil":
    case "unknown":
      return type;
  }
}
