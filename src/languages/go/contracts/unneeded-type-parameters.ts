import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { selectionsElsewhere } from "../project/selections-elsewhere.ts";
import { standardSymbol } from "../standard-library.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver } from "../type.ts";
import { parametersIn } from "./parameters.ts";

/** Type parameters of functions that are the type of one parameter and nothing else: their constraint could be. */
export const unneededTypeParameters = defineAnalysis(
  "unneeded type parameters",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    const elsewhere = use(selectionsElsewhere);
    const { files } = use(goPackage);
    const generic = new Set(
      files.flatMap(({ text }) =>
        [...text.matchAll(/^func (\w+)\[/gm)].map(([, name = ""]) => name),
      ),
    );
    return files
      .filter((file) => file.isJudged && !file.isTest && /^func \w+\[/m.test(file.text))
      .flatMap((file) =>
        file.declarations.functions.flatMap((declaration) => {
          const problems = problemsIn(file, declaration, resolver, generic);
          if (problems.length === 0) return [];
          const isHandedOn =
            isInstantiated(declaration, files) ||
            (/^\p{Lu}/u.test(declaration.name) &&
              elsewhere.isHandedOn(file.importPath, declaration.name));
          return isHandedOn ? [] : problems;
        }),
      );
  },
);

/** Named with type arguments, and not to be called: as a value whose type says them. */
function isInstantiated({ name }: FunctionDeclaration, files: readonly GoFile[]): boolean {
  const mention = new RegExp(`(?<!func )\\b${name}\\[[^\\]\\n]*\\](?!\\()`);
  return files.some(({ text }) => mention.test(text));
}

/**
 * Whether a parameter goes on to a function that has type parameters itself, as an argument of its own: what that makes of it
 * is compiled for the type.
 */
function isSpecialising(
  tree: Tree,
  body: NodeId,
  parameter: string,
  generic: ReadonlySet<string>,
): boolean {
  const { kind, field } = syntaxNumbers(tree.grammar);
  for (let node = body; node < tree.afterSubtree(body); node++) {
    if (tree.kind[node] !== kind.call_expression) continue;
    const [called = ""] = tree.textOf(childIn(tree, node, field.function)).split("[");
    const given = tree.namedChildren(childIn(tree, node, field.arguments));
    if (generic.has(called) && given.some((each) => tree.textOf(each) === parameter)) return true;
  }
  return false;
}

function problemsIn(
  file: GoFile,
  { tree, node }: FunctionDeclaration,
  resolver: GoResolver,
  generic: ReadonlySet<string>,
): Problem[] {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const list = childIn(tree, node, field.type_parameters);
  const body = childIn(tree, node, field.body);
  if (list === NONE || body === NONE) return [];
  const parameters = parametersIn(tree, childIn(tree, node, field.parameters));
  return tree.namedChildren(list).flatMap((declared): Problem[] => {
    const name = childIn(tree, declared, field.name);
    const constraint = childIn(tree, declared, field.type);
    if (tree.kind[declared] !== kind.type_parameter_declaration || name === NONE) return [];
    if (constraint === NONE || !isPlain(file, tree, constraint, resolver)) return [];
    const uses = usesOf(tree, tree.textOf(name), name, node);
    const [only] = uses;
    const parameter = parameters.find(({ type, isVariadic }) => type === only && !isVariadic);
    if (uses.length !== 1 || !parameter || parameter.name === NONE) return [];
    if (parameters.filter(({ type }) => type === only).length > 1) return [];
    if (isSpecialising(tree, body, tree.textOf(parameter.name), generic)) return [];
    return [
      {
        at: { file: file.path, ...tree.spanOf(name) },
        message: `${tree.textOf(name)} is the type of ${tree.textOf(parameter.name)} alone, which could be of type ${tree.textOf(constraint)}`,
      },
    ];
  });
}

/** An interface that a parameter may have as its type: no type set, not `comparable`. */
function isPlain(file: GoFile, tree: Tree, constraint: NodeId, resolver: GoResolver): boolean {
  const [written, other] = tree.namedChildren(constraint);
  if (written === undefined || other !== undefined) return false;
  if (tree.textOf(written) === "any") return true;
  const type = resolver.underlying(resolver.typeFrom(file.path, written));
  if (type.kind === "named" && !type.declaration) {
    const known = standardSymbol(type.package, type.name);
    return known?.kind === "type" && known.isInterface && !isSetOfTypes(type.name);
  }
  return type.kind === "interface" && !type.isConstraint && type.methods.length > 0;
}

/** `cmp.Ordered`, the one constraint among the interfaces of the standard library. */
function isSetOfTypes(name: string): boolean {
  return name === "Ordered";
}

function usesOf(tree: Tree, text: string, declared: NodeId, of: NodeId): NodeId[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const end = tree.afterSubtree(of);
  const found: NodeId[] = [];
  for (let node = of; node < end; node++) {
    const isName = tree.kind[node] === kind.type_identifier || tree.kind[node] === kind.identifier;
    if (isName && node !== declared && tree.textOf(node) === text) found.push(node);
  }
  return found;
}
