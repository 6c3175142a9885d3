import { printType } from "../print-type.ts";
import { standardMember, standardMethods, standardSymbol } from "../standard-library.ts";
import type { GoResolver, GoType } from "../type.ts";
import { basic } from "../universe.ts";

/** A method that an interface asks for. */
export interface RequiredMethod {
  readonly name: string;
  readonly type: GoType;
  /** Its element in the interface that writes it; undefined for one of the tables. */
  readonly at: { readonly file: string; readonly node: number } | undefined;
  /** Through how many embedded interfaces it comes. */
  readonly depth: number;
}

export interface RequiredMethods {
  readonly methods: ReadonlyMap<string, RequiredMethod>;
  readonly isComplete: boolean;
}

const DEPTH = 12;

/** All methods of an interface type, through what it embeds, level by level. */
export function requiredMethods(resolver: GoResolver, type: GoType): RequiredMethods {
  const methods = new Map<string, RequiredMethod>();
  const seen = new Set<unknown>();
  let isComplete = true;
  let level: readonly GoType[] = [type];
  const add = (method: RequiredMethod) => {
    if (!methods.has(method.name)) methods.set(method.name, method);
  };
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === DEPTH) return { methods, isComplete: false };
    const next: GoType[] = [];
    for (const each of level) {
      const identity = each.kind === "named" ? (each.declaration ?? each.name) : each;
      if (seen.has(identity)) continue;
      seen.add(identity);
      const structure = resolver.underlying(each);
      if (structure.kind === "interface") {
        for (const { name, type: of, file, node } of structure.methods)
          add({ name, type: of, at: { file, node }, depth });
        next.push(...structure.embedded);
        continue;
      }
      const known = standardRequired(structure);
      if (!known) isComplete = false;
      else for (const [name, of] of known) add({ name, type: of, at: undefined, depth });
    }
    level = next;
  }
  return { methods, isComplete };
}

function standardRequired(type: GoType): readonly (readonly [string, GoType])[] | undefined {
  if (type.kind === "basic") return type.name === "error" ? [["Error", ERROR]] : [];
  if (type.kind !== "named") return undefined;
  const known = standardSymbol(type.package, type.name);
  if (known?.kind !== "type" || !known.isInterface) return undefined;
  return (standardMethods(type.package, type.name) ?? []).map((name) => [
    name,
    standardMember(type.package, type.name, name)?.type ?? { kind: "unknown" },
  ]);
}

const ERROR: GoType = {
  kind: "function",
  parameters: [],
  results: [basic("string")],
  isVariadic: false,
};

/** A type as a text that is equal for equal types; undefined where something in it isn't known. */
export function signatureOf(type: GoType): string | undefined {
  const text = printType(type)
    .replaceAll("interface{}", "any")
    .replace(/\bbyte\b/g, "uint8")
    .replace(/\brune\b/g, "int32");
  return text.includes("?") ? undefined : text;
}
