import { defineAnalysis } from "../core/analysis.ts";
import { projectFacts } from "../core/project-facts.ts";
import { realOnes } from "./evidence.ts";

/**
 * Interfaces that the project implements in earnest and for which no test has a double written by hand, by `file:offset` of their names: nobody has been seen to write out
 * methods that he does not need. What a generator writes costs nothing, and a mock that is published is a product of its own.
 */
export const undoubledInterfaces = defineAnalysis(
  "undoubled interfaces",
  (use): ReadonlySet<string> => {
    const facts = use(projectFacts);
    return new Set(
      facts.judged.flatMap((each) => {
        const types = facts.implementationsOf(each);
        const isDoubled = types.some((one) => one.isTest && !one.isGenerated);
        return !isDoubled && realOnes(types).length > 0 ? [`${each.at.file}:${each.at.start}`] : [];
      }),
    );
  },
);
