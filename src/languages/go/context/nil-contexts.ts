import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { argumentsOf, hasCommentAbove, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

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
      const importsContext = file.declarations.imports.some(
        ({ path, alias }) => path === "context" && alias === undefined,
      );
      found.push({ at: placeOf(file, tree, first), callee: tree.textOf(callee), importsContext });
    }
    return found;
  });
});
