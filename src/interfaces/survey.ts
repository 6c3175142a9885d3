import { defineAnalysis } from "../core/analysis.ts";
import type { Place } from "../core/position.ts";
import { projectFacts, type TypeFact } from "../core/project-facts.ts";
import { doubles, realOnes } from "./evidence.ts";

/** What is to be told of one interface. */
export interface SurveyedInterface {
  readonly name: string;
  readonly at: Place;
  readonly home: string;
  readonly isPublic: boolean;
  readonly members: number;
  readonly implementations: readonly TypeFact[];
  readonly doubles: readonly TypeFact[];
  /** Uses as a type; compliance assertions, imports and exports aside. */
  readonly uses: readonly Place[];
  /** Packages that use it, with how often. */
  readonly users: readonly { readonly home: string; readonly count: number }[];
}

/** The interfaces of the files to judge, without type constraints and those of tests. */
export const interfaceSurvey = defineAnalysis(
  "interface survey",
  (use): readonly SurveyedInterface[] => {
    const facts = use(projectFacts);
    return facts.judged
      .filter(({ isTest, isConstraint }) => !isTest && !isConstraint)
      .map((each): SurveyedInterface => {
        const types = facts.implementationsOf(each);
        const uses = facts
          .mentionsOf(each)
          .filter(({ role }) => role !== "compliance" && role !== "carried");
        const counts = new Map<string, number>();
        for (const { home } of uses) counts.set(home, (counts.get(home) ?? 0) + 1);
        return {
          name: each.name,
          at: each.at,
          home: each.home,
          isPublic: each.isPublic,
          members: each.members.length,
          implementations: realOnes(types),
          doubles: doubles(types),
          uses: uses.map(({ at }) => at),
          users: [...counts].map(([home, count]) => ({ home, count })),
        };
      });
  },
);
