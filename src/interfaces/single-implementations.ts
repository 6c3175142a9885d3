import { type Analysis, defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import {
  type InterfaceFact,
  type Mention,
  type MentionRole,
  type ProjectFacts,
  projectFacts,
  type TypeFact,
} from "../core/project-facts.ts";
import {
  counted,
  doubles,
  isOwnMatter,
  listed,
  mayHaveForeigners,
  placesOf,
  realOnes,
} from "./evidence.ts";

/** An interface with one implementation in earnest, declared in the same package. */
interface Sole {
  readonly of: InterfaceFact;
  readonly implementation: TypeFact;
  readonly doubles: readonly TypeFact[];
  /** Uses as a type; compliance assertions aside. */
  readonly uses: readonly Mention[];
  /** Packages that use it, its own aside. */
  readonly users: readonly string[];
}

const soles = defineAnalysis("sole implementations", (use): readonly Sole[] => {
  const facts = use(projectFacts);
  return facts.judged.flatMap((each) => soleOf(facts, each) ?? []);
});

/** One method is what a consumer asks for where it can take anything that has it. */
const FEWEST = 2;

/**
 * Embedded in a struct it is a decorator's or a partial double's, in an interface a part of a larger contract; asserted it
 * is a capability that a value may have; a constraint is not there for its implementations, and a registry waits for more.
 */
const ABSTRACTS: ReadonlySet<MentionRole> = new Set([
  "embedding",
  "assertion",
  "constraint",
  "registry",
]);

function soleOf(facts: ProjectFacts, each: InterfaceFact): Sole | undefined {
  if (!isOwnMatter(each) || each.isGeneric || each.members.length < FEWEST) return undefined;
  if (mayHaveForeigners(facts, each)) return undefined;
  // Of properties alone it is a view of data.
  if (!each.members.some(({ isMethod }) => isMethod)) return undefined;
  if (each.isForForeigners || each.isMeantForOthers || each.isGivenByStandard()) return undefined;
  const types = facts.implementationsOf(each);
  const [implementation, other] = realOnes(types);
  // Generated types may come from elsewhere; variants are what the interface abstracts from.
  if (!implementation || other || implementation.isVariant || implementation.isOpen)
    return undefined;
  if (implementation.impliesOthersOf(each)) return undefined;
  if (types.some((type) => type.isGenerated && !type.isDouble && !type.isTest)) return undefined;
  // A consumer of another package may ask for what it needs of a type that it doesn't know.
  if (implementation.home !== each.home && !implementation.saysSo) return undefined;
  const mentions = facts.mentionsOf(each);
  if (mentions.some(({ role }) => ABSTRACTS.has(role))) return undefined;
  const uses = mentions.filter(
    ({ role, isTest }) => role !== "compliance" && role !== "carried" && !isTest,
  );
  if (uses.length === 0) return undefined;
  const users = [...new Set(uses.map(({ home }) => home))].filter((home) => home !== each.home);
  return { of: each, implementation, doubles: doubles(types), uses, users };
}

function fromSoles(
  name: string,
  judge: (sole: Sole) => string | undefined,
): Analysis<readonly Problem[]> {
  return defineAnalysis(name, (use) =>
    use(soles).flatMap((sole): Problem[] => {
      const message = judge(sole);
      const related = placesOf([sole.implementation, ...sole.doubles], sole.uses);
      return message === undefined ? [] : [{ at: sole.of.at, message, related }];
    }),
  );
}

/** One implementation, no test double, no other package that uses it. */
export const singleImplementations = fromSoles(
  "single implementations",
  ({ of, implementation, doubles: inTests, uses, users }) =>
    inTests.length > 0 || users.length > 0
      ? undefined
      : `${of.name} has one implementation, ${implementation.name}, and no test double; its ${counted(uses.length, "use")} could take ${implementation.name}`,
);

/** An interface and its only implementation in one file, their names a pair: `IStore` and `Store`, `Store` and `StoreImpl`. */
export const interfacesBesideImplementations = fromSoles(
  "interfaces beside their implementations",
  ({ of, implementation, doubles: inTests }) =>
    inTests.length > 0 ||
    implementation.at.file !== of.at.file ||
    !isPair(of.name, implementation.name)
      ? undefined
      : `${of.name} repeats ${implementation.name}, its only implementation, in the same file`,
);

function isPair(contract: string, implementation: string): boolean {
  const bare = (name: string) =>
    name.replace(/^I(?=[A-Z][a-z])|(?:Interface|Impl|Implementation)$/g, "");
  return bare(contract) === bare(implementation) || implementation === `Default${contract}`;
}

/** Besides one real type only test doubles implement it, and the real type reaches nothing outside. */
export const mockOnlyInterfaces = fromSoles(
  "mock-only interfaces",
  ({ of, implementation, doubles: inTests }) =>
    inTests.length === 0 || implementation.doesInputOutput
      ? undefined
      : `${of.name} has one implementation, ${implementation.name}; the others are test doubles: ${listed(inTests.map(({ name }) => name))}`,
);

/** Declared beside its only implementation, and used elsewhere. */
export const producerSideInterfaces = fromSoles(
  "producer-side interfaces",
  ({ of, implementation, doubles: inTests, uses, users }) => {
    const inside = uses.filter(({ home }) => home === of.home).length;
    if (users.length === 0 || inTests.length > 0 || inside > 1) return undefined;
    const names = users.map((home) => home.slice(home.lastIndexOf("/") + 1));
    return `${of.name} is declared beside its only implementation, ${implementation.name}, and used in ${listed(names)}`;
  },
);
