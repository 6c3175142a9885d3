import {
  type InterfaceFact,
  type MemberFact,
  type Mention,
  type ProjectFacts,
  saysDefault,
  saysForOthers,
  type TypeFact,
} from "../../../core/project-facts.ts";
import type { Unit, Workspace } from "../../language.ts";
import { type ModuleResolution, resolutionOf } from "../module-resolution.ts";
import { type DeclaredName, declaredNames, namesBehind } from "./declarations.ts";
import { interfaceMembers } from "./interface-members.ts";
import { mentionsOf, type TypeScriptMention } from "./mentions.ts";
import { type ProjectText, projectRoot, projectTexts } from "./project-texts.ts";
import { publicFiles } from "./public-files.ts";
import { usedNames } from "./used-names.ts";

type WorkspaceFacts = Omit<ProjectFacts, "judged" | "language" | "stubsOf">;

const known = new WeakMap<Workspace, Map<string, WorkspaceFacts>>();

/** The facts of the workspace that a package belongs to; everything is computed when first asked for, and once a run. */
export function typescriptProjectFacts(
  unit: Unit,
  workspace: Workspace,
): ProjectFacts & { wasAsked(): boolean } {
  let wasAsked = false;
  const facts = () => {
    wasAsked = true;
    const root = projectRoot(unit.directory, workspace.snapshot);
    const all = known.get(workspace) ?? new Map<string, WorkspaceFacts>();
    known.set(workspace, all);
    let found = all.get(root);
    if (!found) {
      found = new TypeScriptProject(projectTexts(root, workspace.snapshot), workspace);
      all.set(root, found);
    }
    return found;
  };
  const files = new Set(unit.files);
  return {
    language: "typescript",
    wasAsked: () => wasAsked,
    get judged() {
      return facts().interfaces.filter(({ at }) => files.has(at.file));
    },
    get interfaces() {
      return facts().interfaces;
    },
    implementationsOf: (of) => facts().implementationsOf(of),
    stubsOf: () => [],
    mentionsOf: (of) => facts().mentionsOf(of),
    isPublicFile: (path) => facts().isPublicFile(path),
    isSelected: (member) => facts().isSelected(member),
  };
}

/** Classes by the names behind `implements` and `extends`. */
interface Heritage {
  readonly implementing: ReadonlyMap<string, readonly DeclaredName[]>;
  readonly extending: ReadonlyMap<string, readonly DeclaredName[]>;
}

/** Inheritance deeper than anybody writes. */
const DEPTH = 8;

/**
 * Types are known by their names: an interface whose name is declared twice in the workspace is left out, so that a name
 * always means one of them.
 */
class TypeScriptProject implements WorkspaceFacts {
  readonly #texts: readonly ProjectText[];
  readonly #workspace: Workspace;
  readonly #resolution: ModuleResolution;
  readonly #declared = new Map<string, DeclaredName>();
  readonly #classes: readonly DeclaredName[];
  readonly #classNames: ReadonlySet<string>;
  readonly #facts = new Map<InterfaceFact, DeclaredName>();
  readonly #members = new Map<DeclaredName, readonly MemberFact[]>();
  #mentions: ReadonlyMap<string, readonly TypeScriptMention[]> | undefined;
  #listed: readonly InterfaceFact[] | undefined;
  #used: ReadonlySet<string> | undefined;
  #isPublic: ((path: string) => boolean) | undefined;
  #bases: Heritage | undefined;

  constructor(texts: readonly ProjectText[], workspace: Workspace) {
    this.#texts = texts;
    this.#workspace = workspace;
    this.#resolution = resolutionOf(workspace.snapshot);
    const all = texts.flatMap((each) => declaredNames(each));
    const counts = new Map<string, number>();
    for (const { name } of all) counts.set(name, (counts.get(name) ?? 0) + 1);
    this.#classes = all.filter(({ kind }) => kind === "class");
    this.#classNames = new Set(this.#classes.map((each) => each.name));
    for (const each of all) {
      if (each.kind !== "interface" || counts.get(each.name) !== 1 || each.isAmbient) continue;
      if (each.from.isContext) continue;
      this.#declared.set(each.name, each);
      this.#facts.set(this.#factOf(each), each);
    }
  }

  get interfaces(): readonly InterfaceFact[] {
    this.#listed ??= [...this.#facts.keys()];
    return this.#listed;
  }

  mentionsOf({ name }: InterfaceFact): readonly Mention[] {
    return this.#mentionsOf(name);
  }

  isPublicFile(path: string): boolean {
    this.#isPublic ??= publicFiles(this.#texts, this.#resolution);
    return this.#isPublic(path);
  }

  isSelected(member: string): boolean {
    this.#used ??= usedNames(this.#texts);
    return this.#used.has(member);
  }

  /** Classes that say so and their subclasses, and places that make a value for it. */
  implementationsOf({ name }: InterfaceFact): readonly TypeFact[] {
    const { implementing, extending } = this.#heritage();
    const found = new Set<DeclaredName>(implementing.get(name));
    // Those that are found meanwhile are walked as well, each once.
    for (const each of found) for (const below of extending.get(each.name) ?? []) found.add(below);
    const made = this.#mentionsOf(name).filter(({ makesValue }) => makesValue);
    return [
      ...[...found].map((each) =>
        classFact(
          each,
          this.#resolution.packageDirectory(each.from.path),
          namesBehind("extends", each.head).some((base) => !this.#classNames.has(base)),
        ),
      ),
      ...made.map(valueFact),
    ];
  }

  #heritage(): Heritage {
    if (this.#bases) return this.#bases;
    const implementing = new Map<string, DeclaredName[]>();
    const extending = new Map<string, DeclaredName[]>();
    const add = (to: Map<string, DeclaredName[]>, base: string, each: DeclaredName) => {
      const list = to.get(base);
      if (list) list.push(each);
      else to.set(base, [each]);
    };
    for (const each of this.#classes) {
      for (const base of namesBehind("implements", each.head)) add(implementing, base, each);
      for (const base of namesBehind("extends", each.head)) add(extending, base, each);
    }
    this.#bases = { implementing, extending };
    return this.#bases;
  }

  #mentionsOf(name: string): readonly TypeScriptMention[] {
    this.#mentions ??= mentionsOf(this.#texts, this.#declared, (path) =>
      this.#resolution.packageDirectory(path),
    );
    return this.#mentions.get(name) ?? [];
  }

  #factOf(declared: DeclaredName): InterfaceFact {
    const { name, from, nameStart, head, isExported } = declared;
    const at = { file: from.path, start: nameStart, end: nameStart + name.length };
    const project = this;
    return {
      name,
      at,
      removal: removalOf(declared),
      home: this.#resolution.packageDirectory(from.path),
      isExported,
      get isPublic() {
        return isExported && project.#isPublicName(declared);
      },
      isTest: from.isTest,
      isGenerated: from.isContext,
      isConstraint: false,
      isGeneric: /^\s*</.test(head),
      isSealed: false,
      get members() {
        return project.#membersOf(declared, DEPTH);
      },
      get isComplete() {
        return namesBehind("extends", head).every((base) => project.#declared.has(base));
      },
      isForForeigners: false,
      get isMeantForOthers() {
        return saysForOthers(commentAbove(declared)) || isToken(declared);
      },
      isGivenByStandard: () => false,
    };
  }

  /** In a public file, or named in one, whose signatures it may be part of. */
  #isPublicName({ name, from }: DeclaredName): boolean {
    return (
      this.isPublicFile(from.path) ||
      this.#mentionsOf(name).some(({ at }) => this.isPublicFile(at.file))
    );
  }

  #membersOf(declared: DeclaredName, left: number): readonly MemberFact[] {
    let own = this.#members.get(declared);
    if (!own) {
      own = interfaceMembers(declared, this.#workspace);
      this.#members.set(declared, own);
    }
    const inherited = namesBehind("extends", declared.head).flatMap((base) => {
      const of = this.#declared.get(base);
      return of && left > 0 ? this.#membersOf(of, left - 1) : [];
    });
    const names = new Set(own.map(({ name }) => name));
    return [
      ...own,
      ...inherited
        .filter(({ name }) => !names.has(name))
        .map((member) => ({ ...member, isOwn: false })),
    ];
  }
}

function classFact(declared: DeclaredName, home: string, inheritsUnseen: boolean): TypeFact {
  const { name, nameStart, from, isExported, head } = declared;
  return {
    name,
    at: { file: from.path, start: nameStart, end: nameStart + name.length },
    home,
    isTest: from.isTest,
    saysSo: true,
    isDouble:
      from.isTest || /^(?:mock|fake|stub|dummy|noop|inmemory)|(?:mock|fake|stub|spy)$/i.test(name),
    isGenerated: from.isContext,
    isExported,
    isVariant: false,
    isOpen: /^\s*</.test(head),
    impliesOthersOf: (of) => saysDefault(commentAbove(declared)) || hasField(declared, of.name),
    inheritsUnseen,
    doesInputOutput: OUTSIDE.test(from.text),
  };
}

/** A field or a parameter property of the type: a wrapper of what implements the interface. */
function hasField({ from: { text }, start, end }: DeclaredName, type: string): boolean {
  const name = type.replaceAll("$", "\\$");
  return new RegExp(
    String.raw`\b(?:private|protected|public|readonly)\s+[\w$]+[?!]?\s*:\s*${name}(?![\w$])|^\s*#[\w$]+\s*:\s*${name}(?![\w$])`,
    "m",
  ).test(text.slice(start, end));
}

/** Modules by which code reaches the outside, and packages of others that mostly do. */
const OUTSIDE =
  /\bfetch\s*\(|from\s+["'](?:node:)?(?:fs|net|http|https|http2|dns|child_process|os|tls|dgram|cluster)(?:\/[^"']*)?["']|from\s+["'](?![./#~]|@\/|node:)[^"']+["']/;

function valueFact({ at, home, isTest }: TypeScriptMention): TypeFact {
  return {
    name: "an object",
    at,
    home,
    isTest,
    saysSo: true,
    isDouble: isTest,
    isGenerated: false,
    isExported: false,
    isVariant: false,
    isOpen: true,
    impliesOthersOf: () => false,
    inheritsUnseen: false,
    doesInputOutput: false,
  };
}

/** The lines of a declaration, with the comment above it. */
function removalOf(declared: DeclaredName): InterfaceFact["removal"] {
  const {
    from: { path, text },
    start,
    end,
  } = declared;
  const rest = /^[ \t;]*(?:\r?\n|$)/.exec(text.slice(end));
  if (!rest || text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() !== "")
    return undefined;
  return { file: path, start: start - commentAbove(declared).length, end: end + rest[0].length };
}

function commentAbove({ from: { text }, start }: DeclaredName): string {
  const above =
    /(?:^|\n)(?:[ \t]*\/\*\*(?:[^*]|\*(?!\/))*\*\/[ \t]*\r?\n|(?:[ \t]*\/\/[^\n]*\n)+)$/.exec(
      text.slice(Math.max(0, start - 4_000), start),
    );
  return above ? above[0].replace(/^\n/, "") : "";
}

/** `export const IStore = Symbol("IStore")` beside `interface IStore`: by that name an implementation is asked for and put in. */
function isToken({ name, from }: DeclaredName): boolean {
  const made = String.raw`(?:Symbol(?:\.for)?|new InjectionToken|(?:\w+\.)?create\w*)\s*[(<]`;
  return new RegExp(
    String.raw`\bconst\s+${name.replaceAll("$", "\\$")}\s*(?::[^=]+)?=\s*${made}`,
  ).test(from.text);
}
