import { defineAnalysis } from "../../core/analysis.ts";
import { goPackage } from "./go-analyses.ts";

/**
 * At least as many as the longest interface of the judged files has methods of its own, by lines and semicolons; 0 where there is
 * none. Nothing is parsed for it: most packages have no interface that is worth a look.
 */
export const longestInterface = defineAnalysis("longest interface", (use): number =>
  use(goPackage)
    .files.filter(({ isJudged }) => isJudged)
    .reduce((longest, { text }) => Math.max(longest, longestIn(text)), 0),
);

/** gofmt puts the brace that ends a declaration at the margin; what stands before it counts, whatever it is. */
function longestIn(text: string): number {
  const begins = /\binterface\s*\{/g;
  let longest = 0;
  for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
    const brace = text.indexOf("\n}", begin.index);
    const end = brace === -1 ? text.length : brace;
    longest = Math.max(longest, text.slice(begin.index, end).split(/[\n;]/).length);
    begins.lastIndex = end;
  }
  return longest;
}
