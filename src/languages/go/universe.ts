import type { GoSymbol, GoType } from "./type.ts";

export const UNKNOWN: GoType = { kind: "unknown" };
export const NIL: GoType = { kind: "nil" };
export const NOTHING: GoType = { kind: "tuple", items: [] };

const BASIC_TYPES =
  "any bool byte comparable complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint16 uint32 uint64 uint8 uintptr";
const BUILTINS =
  "append cap clear close complex copy delete imag len make max min new panic print println real recover";

const basics = new Map<string, GoType>();

/** A basic type by name, one object each; `untyped int` and so on for constants without a type. */
export function basic(name: string): GoType {
  const known = basics.get(name);
  if (known) return known;
  const type: GoType = { kind: "basic", name };
  basics.set(name, type);
  return type;
}

/** What Go declares outside every package: `int`, `error`, `len`, … */
export const universe: ReadonlyMap<string, GoSymbol> = new Map([
  ...BASIC_TYPES.split(" ").map((name): [string, GoSymbol] => [
    name,
    { kind: "type", type: basic(name) },
  ]),
  ...BUILTINS.split(" ").map((name): [string, GoSymbol] => [name, { kind: "builtin", name }]),
]);

/** The type that a variable takes from a value: `untyped int` becomes `int`. */
export function defaultType(type: GoType): GoType {
  if (type.kind === "nil") return UNKNOWN;
  if (type.kind !== "basic" || !type.name.startsWith("untyped ")) return type;
  return basic(DEFAULTS[type.name.slice(8)] ?? "int");
}

const DEFAULTS: Readonly<Record<string, string>> = {
  int: "int",
  rune: "rune",
  float: "float64",
  complex: "complex128",
  string: "string",
  bool: "bool",
};

export function isUntyped(type: GoType): boolean {
  return type.kind === "nil" || (type.kind === "basic" && type.name.startsWith("untyped "));
}
