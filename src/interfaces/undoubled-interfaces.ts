import { defineAnalysis } from "../core/analysis.ts";
import { projectFacts } from "../core/project-facts.ts";
import { doubles, realOnes } from "./evidence.ts";

/**
 * Interfaces that the project implements in earnest and that no test stands in for, by `file:offset` of their names: nobody has been
 * seen to write out methods that he does not need.
 */
export const undoubledInterfaces = defineAnalysis(
  "undoubled interfaces",
  (use): ReadonlySet<string> => {
    const facts = use(projectFacts);
    return new Set(
      facts.judged.flatMap((each) => {
        const types = facts.implementationsOf(each);
        const isUndoubled = realOnes(types).length > 0 && doubles(types).length === 0;
        return isUndoubled ? [`${each.at.file}:${each.at.start}`] : [];
      }),
    );
  },
);
