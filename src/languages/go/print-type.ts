import type { GoType } from "./type.ts";

const DEPTH = 12;

/** A type as Go writes it, names qualified by import path: `map[string]*net/http.Client`. Unknown parts are `?`. */
export function printType(type: GoType, depth: number = DEPTH): string {
  if (depth === 0) return "?";
  const inner = (of: GoType) => printType(of, depth - 1);
  switch (type.kind) {
    case "basic":
      return type.name;
    case "named": {
      const list = type.arguments.length === 0 ? "" : `[${type.arguments.map(inner).join(",")}]`;
      return `${type.package === "" ? "" : `${type.package}.`}${type.name}${list}`;
    }
    case "pointer":
      return `*${inner(type.to)}`;
    case "slice":
      return `[]${inner(type.element)}`;
    case "array":
      return `[…]${inner(type.element)}`;
    case "map":
      return `map[${inner(type.key)}]${inner(type.value)}`;
    case "channel":
      return `${CHANNELS[type.direction]} ${inner(type.element)}`;
    case "tuple":
      return `(${type.items.map(inner).join(", ")})`;
    case "function":
      return `func${signature(type.parameters, type.isVariadic, type.results, inner)}`;
    case "struct":
      return `struct{${type.fields.map((field) => fieldText(field.name, field.isEmbedded, inner(field.type))).join("; ")}}`;
    case "interface":
      return `interface{${[
        ...type.methods.map((method) => method.name + inner(method.type).replace(/^func/, "")),
        ...type.embedded.map(inner),
      ].join("; ")}}`;
    case "type-parameter":
      return type.name;
    case "nil":
      return "untyped nil";
    case "unknown":
      return "?";
  }
}

const CHANNELS = { both: "chan", send: "chan<-", receive: "<-chan" } as const;

function fieldText(name: string, isEmbedded: boolean, type: string): string {
  return isEmbedded ? type : `${name} ${type}`;
}

function signature(
  parameters: readonly GoType[],
  isVariadic: boolean,
  results: readonly GoType[],
  print: (type: GoType) => string,
): string {
  const written = parameters.map((type, at) =>
    isVariadic && at === parameters.length - 1 && type.kind === "slice"
      ? `...${print(type.element)}`
      : print(type),
  );
  const [only] = results;
  const result =
    only === undefined
      ? ""
      : results.length === 1
        ? ` ${print(only)}`
        : ` (${results.map(print).join(", ")})`;
  return `(${written.join(", ")})${result}`;
}
