import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import { callsOf, type GoCall, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { printType } from "../print-type.ts";
import type { GoResolver, GoType } from "../type.ts";

/** A call of context.WithValue. */
export interface ContextValue {
  readonly key: Place;
  readonly keyText: string;
  /** `string`, or `struct{}`: a type that other packages have as well; undefined where it is one's own or unknown. */
  readonly commonKeyType: string | undefined;
  readonly value: Place;
  /** What kind of thing is put in, where it is one that a function depends on: `database/sql.DB`. */
  readonly dependency: string | undefined;
  readonly isTest: boolean;
}

const DEPENDENCY = /(?:DB|Database|Repository|Repo|Service|Store|Storage|Pool|Client)$/;

export const contextValues = defineAnalysis("context values", (use): ContextValue[] => {
  const resolver = use(goResolver);
  return callsOf(use(goPackage).files, resolver, new Set(["WithValue"])).flatMap((call) => {
    const [, key, value] = call.arguments;
    if (call.name !== "context.WithValue" || key === undefined || value === undefined) return [];
    const { file, tree } = call;
    return [
      {
        key: placeOf(file, tree, key),
        keyText: tree.textOf(key),
        commonKeyType: commonKeyType(call, key, resolver),
        value: placeOf(file, tree, value),
        dependency: isForeign(call, key, resolver)
          ? undefined
          : dependencyIn(resolver.typeOf(file.path, value), resolver),
        isTest: file.isTest,
      },
    ];
  });
});

function commonKeyType(
  { file, tree }: GoCall,
  key: NodeId,
  resolver: GoResolver,
): string | undefined {
  const type = resolver.typeOf(file.path, key);
  if (type.kind === "basic" && type.name !== "any" && type.name !== "error")
    return type.name.replace(/^untyped /, "");
  if (type.kind === "struct" && type.fields.length === 0 && tree.kindOf(key) !== "identifier")
    return "struct{}";
  return undefined;
}

/** `oauth2.HTTPClient`: a key by which another package asks to be given it so. */
function isForeign({ file, tree }: GoCall, key: NodeId, resolver: GoResolver): boolean {
  if (tree.kindOf(key) !== "selector_expression") return false;
  return resolver.symbolAt(file.path, tree.childIn(key, "operand"))?.kind === "package";
}

/** What is given as an interface may be a sink or a view made for the request: only what is named outright counts. */
function dependencyIn(type: GoType, resolver: GoResolver): string | undefined {
  const name = typeName(type);
  if (name === undefined || !DEPENDENCY.test(name)) return undefined;
  return resolver.underlying(type).kind === "interface" ? undefined : printType(type);
}
