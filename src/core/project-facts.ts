import { defineInput } from "./analysis.ts";
import type { Place } from "./position.ts";
import type { LanguageName } from "./rule.ts";

/**
 * What is known of the interfaces of a whole project (a Go module, a TypeScript workspace) from its declarations and its
 * names, in any language. A fact that isn't sure is left out or says so: whoever judges is then silent.
 */
export interface ProjectFacts {
  readonly language: LanguageName;
  /** Declared in the files to judge. */
  readonly judged: readonly InterfaceFact[];
  /** All of the project. */
  readonly interfaces: readonly InterfaceFact[];
  /** Types that implement it, test doubles included; the interface's own embedders are none. */
  implementationsOf(of: InterfaceFact): readonly TypeFact[];
  /** Its test doubles, written by hand, that give at most half of its members in earnest. */
  stubsOf(of: InterfaceFact): readonly StubFact[];
  /** Where its name is used outside of its own declaration, comments left out, in order of file and place. */
  mentionsOf(of: InterfaceFact): readonly Mention[];
  /** Whether code outside of the project can use what a file exports. */
  isPublicFile(path: string): boolean;
  /** Whether anything in the project selects a member of that name: `x.Name`. */
  isSelected(member: string): boolean;
}

/** The facts of the project that a unit belongs to. */
export const projectFacts = defineInput<ProjectFacts>("project facts");

export interface MemberFact {
  readonly name: string;
  /** The member as written, whole. */
  readonly at: Place;
  readonly isMethod: boolean;
  /** Written in the interface, not inherited from another one. */
  readonly isOwn: boolean;
  /** Equal texts mean one type; undefined where the type isn't wholly known. */
  signature(): string | undefined;
}

export interface InterfaceFact {
  readonly name: string;
  /** The name in its declaration. */
  readonly at: Place;
  /** What goes when it is taken away, its comment included; undefined where that cannot be cut out. */
  readonly removal: Place | undefined;
  /** The package that declares it. */
  readonly home: string;
  readonly isExported: boolean;
  /** Code outside of the project can use it. */
  readonly isPublic: boolean;
  readonly isTest: boolean;
  readonly isGenerated: boolean;
  /** No value has it as its type: it restricts type arguments. */
  readonly isConstraint: boolean;
  readonly isGeneric: boolean;
  /** Asks for something that only its own package can give. */
  readonly isSealed: boolean;
  /** All members, inherited ones included. */
  readonly members: readonly MemberFact[];
  /** Whether there are no further members. */
  readonly isComplete: boolean;
  /** Types of other projects stand in it, whose code may call it. */
  readonly isForForeigners: boolean;
  /** Its comment says that it is there for others: further implementations, tests, packages that may not import each other. */
  readonly isMeantForOthers: boolean;
  /** Whether a type of the standard library has all its members. */
  isGivenByStandard(): boolean;
}

export interface TypeFact {
  readonly name: string;
  readonly at: Place;
  readonly home: string;
  readonly isTest: boolean;
  /** It names the interface that it implements, as TypeScript's classes do. */
  readonly saysSo: boolean;
  /** A mock, fake or stub, as its name, its file or what it embeds says. */
  readonly isDouble: boolean;
  readonly isGenerated: boolean;
  readonly isExported: boolean;
  /** Declared several times, kept apart by build tags, or in a file that one keeps out. */
  readonly isVariant: boolean;
  /** A function with a name, so that any function may implement the interface; or a generic type, so that many types do. */
  readonly isOpen: boolean;
  /** It hands on to another value of the interface, or its comment calls it the default: there is another one, or is to be. */
  impliesOthersOf(of: InterfaceFact): boolean;
  /** It extends a class that the project does not declare, and may have any member from there. */
  readonly inheritsUnseen: boolean;
  /** Its package talks to the outside: network, files, databases, other modules. */
  readonly doesInputOutput: boolean;
}

/** A test double most of whose members do nothing: whoever wrote it needed few of them. */
export interface StubFact {
  readonly name: string;
  readonly at: Place;
  /** How many members do something. */
  readonly inEarnest: number;
}

/** How a name is used, as its surroundings tell. */
export type MentionRole =
  | "type"
  | "constraint"
  | "embedding"
  | "assertion"
  | "compliance"
  /** Carried from one file to another by an import or an export. */
  | "carried"
  /** In the head of an exported function or method. */
  | "signature"
  /** The elements of a list or map that the whole package shares, to which more can be added. */
  | "registry";

export interface Mention {
  readonly at: Place;
  readonly home: string;
  readonly isTest: boolean;
  readonly role: MentionRole;
}

/** Words by which a comment says that an interface is there for others. */
const FOR_OTHERS =
  /\bcommon interface\b|\b(?:interchang|exchangeab|swap|replaceab|plug|alternativ|implementations|back-?ends|mock|fake|stub|tests?\b|testing|testab|decoupl|(?:import|dependency) cycles?|circular|cyclic)|\b(?:different|other|several|various|multiple|custom) (?:\w+ )?(?:kinds?|types|transports|strategies|stores|sources|providers|versions|platforms|systems|ways)\b/i;

/** Whether a comment calls an implementation one among others, which may come from elsewhere. */
export function saysDefault(comment: string): boolean {
  return /\b(?:default|reference) implementation\b/i.test(comment);
}

/** Whether a comment says that an interface is there for further implementations, for tests, or to keep packages apart. */
export function saysForOthers(comment: string): boolean {
  return FOR_OTHERS.test(comment);
}
