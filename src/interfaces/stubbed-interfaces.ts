import { defineAnalysis } from "../core/analysis.ts";
import { projectFacts, type StubFact } from "../core/project-facts.ts";

/**
 * Interfaces with test doubles, written by hand, that leave most of it out, by `file:offset` of their names: somebody has borne
 * methods that he did not need. What a generator writes costs nothing.
 */
export const stubbedInterfaces = defineAnalysis(
  "stubbed interfaces",
  (use): ReadonlyMap<string, readonly StubFact[]> => {
    const facts = use(projectFacts);
    return new Map(
      facts.judged.flatMap((each) => {
        const stubs = facts.stubsOf(each);
        return stubs.length > 0 ? [[`${each.at.file}:${each.at.start}`, stubs] as const] : [];
      }),
    );
  },
);
