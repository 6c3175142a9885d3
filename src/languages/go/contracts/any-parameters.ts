import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem, Related } from "../../../core/finding.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { argumentsOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { identical } from "../identical.ts";
import type { GoPackage } from "../package.ts";
import { printType } from "../print-type.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver, GoType } from "../type.ts";
import { isOnlyCalled, parametersIn } from "./parameters.ts";

const FEWEST_CALLERS = 2;
/** Functions that take whatever comes, by their nature. */
const GENERAL =
  /print|log|format|encode|decode|marshal|scan|json|yaml|reflect|equal|assert|expect|require|must|dump|convert|clone|copy|hash|cast|debug|trace|warn|error|fatal|f$/i;

/** `any` parameters of unexported functions whose callers all pass one and the same type. */
export const anyParameters = defineAnalysis("any parameters", (use): readonly Problem[] => {
  const of = use(goPackage);
  const resolver = use(goResolver);
  return of.files
    .filter((file) => file.isJudged && !file.isTest && /\bany\b|\binterface\{\}/.test(file.text))
    .flatMap((file) =>
      file.declarations.functions.flatMap((declaration) => {
        const { tree, node, name } = declaration;
        if (/^\p{Lu}/u.test(name) || GENERAL.test(name)) return [];
        const { field } = syntaxNumbers(tree.grammar);
        if (childIn(tree, node, field.type_parameters) !== NONE) return [];
        const entries = parametersIn(tree, childIn(tree, node, field.parameters));
        if (of.lookup(name, file.packageName).length !== 1) return [];
        return entries.flatMap((entry, index): Problem[] => {
          const isAny = /^(?:any|interface\s*\{\s*\})$/.test(tree.textOf(entry.type));
          if (!isAny || entry.isVariadic || entry.name === NONE) return [];
          // What is handed on, to an encoder say, may be anything; what is asserted has a type.
          if (!new RegExp(`\\b${tree.textOf(entry.name)}\\.\\(`).test(tree.textOf(node))) return [];
          const passed = passedAs(
            of,
            file,
            declaration,
            { index, count: entries.length },
            resolver,
          );
          if (!passed) return [];
          return [
            {
              at: { file: file.path, ...tree.spanOf(entry.type) },
              message: `${name} takes ${tree.textOf(entry.type)} for ${tree.textOf(entry.name)}, and its ${passed.places.length} callers pass ${shortType(passed.type)}`,
              related: passed.places.slice(0, 5),
            },
          ];
        });
      }),
    );
});

interface Passed {
  readonly type: GoType;
  readonly places: readonly Related[];
}

/** The one type that all callers pass; undefined where there is none, or one that isn't known. */
function passedAs(
  of: GoPackage,
  declaring: GoFile,
  { name }: FunctionDeclaration,
  { index, count }: { readonly index: number; readonly count: number },
  resolver: GoResolver,
): Passed | undefined {
  const files = of.files.filter(({ packageName }) => packageName === declaring.packageName);
  if (
    !isOnlyCalled(
      files.map(({ text }) => text),
      name,
    )
  )
    return undefined;
  let type: GoType | undefined;
  const places: Related[] = [];
  for (const file of files) {
    if (!new RegExp(`\\b${name}\\(`).test(file.text)) continue;
    for (const argument of argumentsTo(file, name, index, count)) {
      if (argument === NONE) return undefined;
      const given = resolver.typeOf(file.path, argument);
      if (!isConcrete(given, resolver) || (type && !identical(type, given))) return undefined;
      type = given;
      if (file.tree)
        places.push({
          at: { file: file.path, ...file.tree.spanOf(argument) },
          note: "passed here",
        });
    }
  }
  return type && places.length >= FEWEST_CALLERS ? { type, places } : undefined;
}

/** The argument at a place of each call; NONE for a call that spreads. */
function* argumentsTo(file: GoFile, name: string, index: number, count: number): Generator<NodeId> {
  const { tree } = file;
  if (!tree) return;
  const { kind, field } = syntaxNumbers(tree.grammar);
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind.call_expression) continue;
    const callee = childIn(tree, node, field.function);
    if (tree.kind[callee] !== kind.identifier || tree.textOf(callee) !== name) continue;
    const given = argumentsOf(tree, node);
    yield given.length === count ? (given[index] ?? NONE) : NONE;
  }
}

function isConcrete(type: GoType, resolver: GoResolver): boolean {
  if (type.kind === "unknown" || type.kind === "nil" || type.kind === "type-parameter")
    return false;
  if (type.kind === "basic") return !/^(?:any|error|untyped .*)$/.test(type.name);
  if (type.kind === "named" && !type.declaration) return false;
  return resolver.underlying(type).kind !== "interface" && !printType(type).includes("?");
}

/** As a reader says it: the last part of each import path. */
function shortType(type: GoType): string {
  return printType(type).replace(/(?:[\w.~-]+\/)+/g, "");
}
