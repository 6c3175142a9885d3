import {
  type InterfaceFact,
  type MemberFact,
  type Mention,
  type ProjectFacts,
  type StubFact,
  saysDefault,
  saysForOthers,
  type TypeFact,
} from "../../../core/project-facts.ts";
import { NONE } from "../../../syntax/tree.ts";
import type { Unit, Workspace } from "../../language.ts";
import { behindPointer } from "../behind-pointer.ts";
import { childIn, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { STANDARD } from "../packages.ts";
import { isStandardKnown, standardMember, standardTypes } from "../standard-library.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { TypeDeclaration } from "../type.ts";
import { typeDeclarationPlace } from "../type-declaration-place.ts";
import { commentAbove, declarationRemoval } from "./declaration-removal.ts";
import { type RequiredMethods, requiredMethods, signatureOf } from "./interface-methods.ts";
import { type NameUses, nameUses, packageKey, type ReadText, textsOf } from "./mentions.ts";
import { type DeclaredType, MethodSets } from "./method-sets.ts";
import { type ProjectPackages, projectPackages } from "./project-packages.ts";
import { homeOf, isDouble, isHelperPath, isPublicHome, talksToOutside } from "./roles.ts";
import { stubsAmong } from "./stubs.ts";

interface KnownInterface {
  readonly fact: InterfaceFact;
  readonly key: string;
  readonly declaration: TypeDeclaration;
  readonly required: RequiredMethods;
}

type ModuleFacts = Omit<ProjectFacts, "judged" | "language">;

const known = new WeakMap<ProjectPackages, ModuleFacts>();

/** The facts of a unit's module; everything is computed when first asked for, and once a workspace. */
export function goProjectFacts(unit: Unit, workspace: Workspace): ProjectFacts {
  const facts = () => {
    const project = projectPackages(unit, workspace);
    let found = known.get(project);
    if (!found) {
      found = new GoProject(project, workspace);
      known.set(project, found);
    }
    return found;
  };
  const files = new Set(unit.files);
  return {
    language: "go",
    get judged() {
      return facts().interfaces.filter(({ at }) => files.has(at.file));
    },
    get interfaces() {
      return facts().interfaces;
    },
    implementationsOf: (of) => facts().implementationsOf(of),
    stubsOf: (of) => facts().stubsOf(of),
    mentionsOf: (of) => facts().mentionsOf(of),
    isPublicFile: (path) => facts().isPublicFile(path),
    isSelected: (member) => facts().isSelected(member),
  };
}

class GoProject implements ModuleFacts {
  readonly #project: ProjectPackages;
  readonly #workspace: Workspace;
  readonly #interfaces: ReadonlyMap<InterfaceFact, KnownInterface>;
  readonly #types: readonly DeclaredType[];
  readonly #implementers = new Map<InterfaceFact, readonly DeclaredType[]>();
  readonly #typeFacts = new Map<DeclaredType, TypeFact>();
  #methodSets: MethodSets | undefined;
  #doubles: readonly DeclaredType[] | undefined;
  #uses: NameUses | undefined;
  #listed: readonly InterfaceFact[] | undefined;

  constructor(project: ProjectPackages, workspace: Workspace) {
    this.#project = project;
    this.#workspace = workspace;
    const interfaces = new Map<InterfaceFact, KnownInterface>();
    const types: DeclaredType[] = [];
    for (const of of project.packages)
      for (const file of of.files) {
        if (!/\btype\b/.test(file.text)) continue;
        for (const declaration of file.declarations.types) {
          const written = this.#interface(declaration, file, of);
          if (written) interfaces.set(written.fact, written);
          else if (!declaration.isAlias) types.push(declaredType(declaration, file, of));
        }
      }
    this.#interfaces = interfaces;
    this.#types = types;
  }

  get interfaces(): readonly InterfaceFact[] {
    this.#listed ??= [...this.#interfaces.keys()];
    return this.#listed;
  }

  implementationsOf(of: InterfaceFact): readonly TypeFact[] {
    return this.#implementersOf(of).map((type) => this.#typeFact(type));
  }

  stubsOf(of: InterfaceFact): readonly StubFact[] {
    const declaration = this.#interfaces.get(of)?.declaration;
    if (!declaration) return [];
    this.#doubles ??= this.#types.filter(
      ({ declaration: each, file }) =>
        !file.isGenerated && (file.isTest || isHelperPath(file.path) || isDouble(each)),
    );
    const methods = new Set(of.members.map(({ name }) => name));
    const implementers = new Set(this.#implementersOf(of));
    return stubsAmong(this.#doubles, implementers, { declaration, methods });
  }

  #implementersOf(of: InterfaceFact): readonly DeclaredType[] {
    let found = this.#implementers.get(of);
    if (found) return found;
    const known = this.#interfaces.get(of);
    this.#methodSets ??= new MethodSets(this.#project.resolver, this.#types);
    const wanted = known && {
      ...known.required,
      package: known.declaration.package,
      isGeneric: of.isGeneric,
    };
    found = wanted ? this.#methodSets.implementers(wanted) : [];
    this.#implementers.set(of, found);
    return found;
  }

  mentionsOf(of: InterfaceFact): readonly Mention[] {
    return this.#nameUses().mentions.get(this.#interfaces.get(of)?.key ?? "") ?? [];
  }

  isPublicFile(path: string): boolean {
    for (const of of this.#project.packages) {
      const file = of.file(path);
      if (file) return isPublicHome(file, of, this.#project.isApplication);
    }
    return false;
  }

  isSelected(member: string): boolean {
    const { selected, hasTemplates } = this.#nameUses();
    return selected.has(member) || (hasTemplates && /^\p{Lu}/u.test(member));
  }

  #nameUses(): NameUses {
    if (this.#uses) return this.#uses;
    const interfaces = [...this.#interfaces.values()].map(({ key, declaration }) => ({
      key,
      name: declaration.name,
      file: declaration.file,
      ...declaration.tree.spanOf(declaration.node),
    }));
    const methods = new Set(
      [...this.#interfaces.values()].flatMap(({ required }) => [...required.methods.keys()]),
    );
    const { packages, foreigners } = this.#project;
    const foreign = foreigners.flatMap((path): ReadText[] => {
      const text = this.#workspace.snapshot.read(path);
      return text === undefined ? [] : [{ path, text, home: path, isTest: true }];
    });
    this.#uses = nameUses([...textsOf(packages), ...foreign], interfaces, methods);
    return this.#uses;
  }

  #interface(
    declaration: TypeDeclaration,
    file: GoFile,
    of: GoPackage,
  ): KnownInterface | undefined {
    const { tree, node, name } = declaration;
    const { kind, field } = syntaxNumbers(tree.grammar);
    const written = childIn(tree, node, field.type);
    if (written === NONE || tree.kind[written] !== kind.interface_type) return undefined;
    const { resolver } = this.#project;
    const type = resolver.typeFrom(file.path, written);
    if (type.kind !== "interface") return undefined;
    const required = requiredMethods(resolver, type);
    const fact: InterfaceFact = {
      name,
      at: typeDeclarationPlace(declaration),
      removal: declarationRemoval(declaration),
      home: homeOf(file),
      isExported: /^\p{Lu}/u.test(name),
      isPublic: /^\p{Lu}/u.test(name) && isPublicHome(file, of, this.#project.isApplication),
      isTest: file.isTest || isHelperPath(file.path),
      isGenerated: file.isGenerated,
      isConstraint: type.isConstraint,
      isGeneric: childIn(tree, node, field.type_parameters) !== NONE,
      isSealed: [...required.methods.keys()].some((method) => !/^\p{Lu}/u.test(method)),
      members: this.#members(required),
      isComplete: required.isComplete,
      isForForeigners: [...required.methods.values()].some((method) =>
        namesForeigners(signatureOf(method.type), this.#project.module?.path),
      ),
      isMeantForOthers: saysForOthers(commentAbove(declaration)),
      isGivenByStandard: () => isGivenByStandard(required),
    };
    return { fact, key: `${packageKey(file)}.${name}`, declaration, required };
  }

  #members({ methods }: RequiredMethods): readonly MemberFact[] {
    return [...methods.values()].flatMap(({ name, type, at, depth }): MemberFact[] => {
      const tree = at && this.#treeOf(at.file);
      const span = at && tree ? tree.spanOf(tree.parentOf(at.node)) : { start: 0, end: 0 };
      return [
        {
          name,
          at: { file: at?.file ?? "", ...span },
          isMethod: true,
          isOwn: depth === 0 && at !== undefined,
          signature: () => signatureOf(type),
        },
      ];
    });
  }

  #treeOf(path: string) {
    for (const of of this.#project.packages) {
      const file = of.file(path);
      if (file) return file.tree;
    }
    return undefined;
  }

  #typeFact(type: DeclaredType): TypeFact {
    let fact = this.#typeFacts.get(type);
    if (!fact) {
      const { declaration, file, isVariant } = type;
      fact = {
        name: declaration.name,
        at: typeDeclarationPlace(declaration),
        home: homeOf(file),
        isTest: file.isTest || isHelperPath(file.path),
        saysSo: false,
        isDouble: isDouble(declaration),
        isGenerated: file.isGenerated,
        isExported: /^\p{Lu}/u.test(declaration.name),
        isVariant: isVariant || /^\/\/go:build\b/m.test(file.text.slice(0, 2_000)),
        isOpen: type.isGeneric || isFunction(declaration),
        impliesOthersOf: (of) =>
          saysDefault(commentAbove(declaration)) ||
          hasField(declaration, this.#interfaces.get(of)?.declaration),
        inheritsUnseen: false,
        doesInputOutput: talksToOutside(type.of, this.#project.module?.path ?? ""),
      };
      this.#typeFacts.set(type, fact);
    }
    return fact;
  }
}

/** Whether a type of the tables that isn't an interface has the methods. */
function isGivenByStandard({ methods }: RequiredMethods): boolean {
  return standardTypes().some(
    ({ path, name, isInterface, methods: given }) =>
      !isInterface &&
      [...methods.values()].every((method) => {
        const type = given.includes(method.name)
          ? standardMember(path, name, method.name)?.type
          : undefined;
        return type !== undefined && signatureOf(type) === signatureOf(method.type);
      }),
  );
}

/** A struct with a field of the interface: a wrapper of what implements it. */
function hasField(declaration: TypeDeclaration, of: TypeDeclaration | undefined): boolean {
  const structure = declaration.underlying();
  if (structure.kind !== "struct" || !of) return false;
  return structure.fields.some(({ type }) => {
    const base = behindPointer(type);
    return base.kind === "named" && base.package === of.package && base.name === of.name;
  });
}

function isFunction({ tree, node }: TypeDeclaration): boolean {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const written = childIn(tree, node, field.type);
  return written !== NONE && tree.kind[written] === kind.function_type;
}

/**
 * Whether a type names a package outside of the module and of what we know of the standard library, whose types may have the
 * methods; so may one that isn't known.
 */
function namesForeigners(type: string | undefined, modulePath: string | undefined): boolean {
  if (type === undefined) return true;
  return [...type.matchAll(/([\w./-]+)\.\w+/g)].some(([, path = ""]) => {
    if (modulePath !== undefined && path.startsWith(modulePath)) return false;
    return path.includes("/") && !(modulePath === STANDARD || isStandardKnown(path));
  });
}

function declaredType(declaration: TypeDeclaration, file: GoFile, of: GoPackage): DeclaredType {
  const { tree, node, name } = declaration;
  const { field } = syntaxNumbers(tree.grammar);
  return {
    declaration,
    file,
    of,
    isGeneric: childIn(tree, node, field.type_parameters) !== NONE,
    isVariant: of.lookup(name, file.packageName).length > 1,
  };
}
