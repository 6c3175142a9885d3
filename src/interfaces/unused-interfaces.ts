import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { projectFacts } from "../core/project-facts.ts";

/** Interfaces that the whole project never uses as a type. */
export const unusedInterfaces = defineAnalysis("unused interfaces", (use): readonly Problem[] => {
  const facts = use(projectFacts);
  return facts.judged.flatMap((each): Problem[] => {
    // The compiler and every linter see one that its own TypeScript file doesn't use.
    if (facts.language === "typescript" && (!each.isExported || each.isTest)) return [];
    if (each.isPublic || each.isGenerated || each.name === "_") return [];
    // Contracts of errors and the like are asserted without their names: `err.(interface{ NotFound() })`.
    if (each.members.length > 0 && each.members.every((member) => member.signature() === "func()"))
      return [];
    if (facts.mentionsOf(each).length > 0) return [];
    return [
      {
        at: each.at,
        message: `nothing uses ${each.name}`,
        fixes: each.removal
          ? [
              {
                kind: "suggestion",
                description: `delete ${each.name}`,
                edits: [{ ...each.removal, text: "" }],
              },
            ]
          : [],
      },
    ];
  });
});
