import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { argumentsOf, hasCommentAbove, placeOf, typeName } from "../calls.ts";
import { parametersIn } from "../contracts/parameters.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { FunctionDeclaration, GoResolver } from "../type.ts";

/** `nil` passed where the callee takes a context first, outside tests, which do so on purpose. */
export interface NilContext {
  readonly at: Place;
  readonly callee: string;
  /** Whether the file can name the package. */
  readonly importsContext: boolean;
}

const INTEREST = /\(\s*nil\b/;

export const nilContexts = defineAnalysis("nil contexts", (use): NilContext[] => {
  const resolver = use(goResolver);
  return use(goPackage).files.flatMap((file) => {
    const tree = file.isJudged && !file.isTest && INTEREST.test(file.text) ? file.tree : undefined;
    if (!tree) return [];
    const call = tree.grammar.kind("call_expression");
    const found: NilContext[] = [];
    for (let node = 0; node < tree.size; node++) {
      if (tree.kind[node] !== call) continue;
      const [first] = argumentsOf(tree, node);
      const callee = tree.childIn(node, "function");
      if (first === undefined || callee === NONE || tree.kindOf(first) !== "nil") continue;
      const type = resolver.typeOf(file.path, callee);
      const [parameter] = type.kind === "function" ? type.parameters : [];
      if (!parameter || typeName(parameter) !== "context.Context" || parameter.kind === "pointer")
        continue;
      if (hasCommentAbove(tree, tree.spanOf(first))) continue;
      if (isIgnored(file.path, tree, callee, resolver)) continue;
      const importsContext = file.declarations.imports.some(
        ({ path, alias }) => path === "context" && alias === undefined,
      );
      found.push({ at: placeOf(file, tree, first), callee: tree.textOf(callee), importsContext });
    }
    return found;
  });
});

/** The function does not look at its context, which has no name: `func NewHook(_ context.Context, …)`. */
function isIgnored(file: string, tree: Tree, callee: NodeId, resolver: GoResolver): boolean {
  const declaration = declarationOf(file, tree, callee, resolver);
  if (!declaration) return false;
  const list = declaration.tree.childIn(declaration.node, "parameters");
  const [first] = parametersIn(declaration.tree, list);
  return (
    first !== undefined && (first.name === NONE || declaration.tree.textOf(first.name) === "_")
  );
}

function declarationOf(
  file: string,
  tree: Tree,
  callee: NodeId,
  resolver: GoResolver,
): FunctionDeclaration | undefined {
  if (tree.kindOf(callee) === "identifier") {
    const symbol = resolver.symbolAt(file, callee);
    return symbol?.kind === "function" ? symbol.declaration : undefined;
  }
  if (tree.kindOf(callee) !== "selector_expression") return undefined;
  const operand = tree.childIn(callee, "operand");
  const symbol =
    tree.kindOf(operand) === "identifier" ? resolver.symbolAt(file, operand) : undefined;
  if (symbol?.kind === "package")
    return resolver.exportedFunction(symbol.path, tree.textOf(tree.childIn(callee, "field")));
  const target = resolver.selectionAt(file, callee)?.target;
  return target?.kind === "method" ? target.declaration : undefined;
}
