import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { projectFacts } from "../core/project-facts.ts";
import { isOwnMatter, mayHaveForeigners, placesOf, realOnes } from "./evidence.ts";

/** Interfaces with one implementation beside them, one use, and nobody else in sight: what a change that adds one is asked about. */
export const introducedInterfaces = defineAnalysis(
  "introduced interfaces",
  (use): readonly Problem[] => {
    const facts = use(projectFacts);
    return facts.judged.flatMap((each): Problem[] => {
      if (!isOwnMatter(each) || each.isGeneric || mayHaveForeigners(facts, each)) return [];
      if (each.isForForeigners || each.isMeantForOthers || each.isGivenByStandard()) return [];
      if (!each.members.some(({ isMethod }) => isMethod)) return [];
      const types = facts.implementationsOf(each);
      const [implementation] = realOnes(types);
      if (!implementation || types.length > 1 || implementation.isVariant || implementation.isOpen)
        return [];
      if (implementation.home !== each.home || implementation.impliesOthersOf(each)) return [];
      const mentions = facts.mentionsOf(each);
      if (
        mentions.some(({ role }) => role !== "type" && role !== "compliance" && role !== "carried")
      )
        return [];
      const uses = mentions.filter(({ role, isTest }) => role === "type" && !isTest);
      if (uses.length !== 1) return [];
      return [
        {
          at: each.at,
          message: `${each.name} is new, with one implementation, ${implementation.name}, and one use: will there be another one?`,
          related: placesOf([implementation], uses),
        },
      ];
    });
  },
);
