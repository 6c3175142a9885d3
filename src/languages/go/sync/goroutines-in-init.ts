import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { functionAround, nameOfFunction, placeOf } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";

const INTEREST = /\bfunc\s+init\(\)/;

/** Goroutines that `init` starts in a package that others import. */
export const goroutinesInInit = defineAnalysis("goroutines in init", (use): Place[] =>
  use(goPackage).files.flatMap((file) => {
    const { tree, isJudged, path, text } = file;
    if (!isJudged || !tree || !INTEREST.test(text)) return [];
    if (path.endsWith("_test.go") || /^package\s+main\b/m.test(text)) return [];
    const go = tree.grammar.kind("go_statement");
    const found: Place[] = [];
    for (let node = 0; node < tree.size; node++) {
      if (tree.kind[node] !== go) continue;
      const around = functionAround(tree, node);
      if (tree.kindOf(around) === "function_declaration" && nameOfFunction(tree, around) === "init")
        found.push(placeOf(file, tree, node));
    }
    return found;
  }),
);
