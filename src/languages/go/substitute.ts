import type { GoType } from "./type.ts";

const DEPTH = 24;

/** Replaces type parameters by name. What nests deeper than any written type becomes unknown. */
export function substitute(type: GoType, by: ReadonlyMap<string, GoType>): GoType {
  return by.size === 0 ? type : new Substitution(by).apply(type, DEPTH);
}

/** Types share parts; each part is replaced once, so that work is linear in what was written. */
class Substitution {
  readonly #by: ReadonlyMap<string, GoType>;
  readonly #done = new Map<GoType, GoType>();

  constructor(by: ReadonlyMap<string, GoType>) {
    this.#by = by;
  }

  apply(type: GoType, depth: number): GoType {
    if (type.kind === "basic" || type.kind === "nil" || type.kind === "unknown") return type;
    if (type.kind === "type-parameter") return this.#by.get(type.name) ?? type;
    if (depth === 0) return { kind: "unknown" };
    const known = this.#done.get(type);
    if (known) return known;
    const replaced = this.#inside(type, depth - 1);
    this.#done.set(type, replaced);
    return replaced;
  }

  #inside(type: GoType, depth: number): GoType {
    const inner = (of: GoType) => this.apply(of, depth);
    const all = (types: readonly GoType[]) => types.map(inner);
    switch (type.kind) {
      case "named":
        return type.arguments.length === 0 ? type : { ...type, arguments: all(type.arguments) };
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
        return { kind: "tuple", items: all(type.items) };
      case "function":
        return { ...type, parameters: all(type.parameters), results: all(type.results) };
      case "struct":
        return {
          kind: "struct",
          fields: type.fields.map((field) => ({ ...field, type: inner(field.type) })),
        };
      case "interface":
        return {
          ...type,
          methods: type.methods.map((method) => ({ ...method, type: inner(method.type) })),
          embedded: all(type.embedded),
        };
      default:
        return type;
    }
  }
}
