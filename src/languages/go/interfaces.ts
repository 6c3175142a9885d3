import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { standardMethods, standardSymbol } from "./standard-library.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoResolver, GoType, TypeDeclaration } from "./type.ts";
import { typeDeclarationPlace } from "./type-declaration-place.ts";

/** An interface that another one embeds, as written there. */
export interface EmbeddedInterface {
  readonly text: string;
  readonly at: Place;
  /** Names of its methods as far as they are known. */
  readonly methods: ReadonlySet<string>;
}

/** A named interface type declared at package level. */
export interface GoInterface {
  readonly name: string;
  /** The name in its declaration. */
  readonly at: Place;
  readonly directory: string;
  /** Restricts type arguments (`~int | ~string`, `comparable`), so that no value has it as its type. */
  readonly isConstraint: boolean;
  /** Names of the methods written in it. */
  readonly own: readonly string[];
  readonly embedded: readonly EmbeddedInterface[];
  /** Names of all methods known, embedded ones included. */
  readonly methods: ReadonlySet<string>;
  /** Whether all embedded interfaces are known, so that there are no further methods. */
  readonly isComplete: boolean;
}

/** The interfaces declared in the judged files of the package. */
export const goInterfaces = defineAnalysis("go-interfaces", (use) => {
  const resolver = use(goResolver);
  return use(goPackage)
    .files.filter((file) => file.isJudged && DECLARES.test(file.text))
    .flatMap((file) =>
      file.declarations.types.flatMap((type) => interfaceOf(resolver, file, type) ?? []),
    );
});

/** An interface with something in it. */
const DECLARES = /\binterface\s*\{\s*[^\s}]/;
const DEPTH = 12;

function interfaceOf(
  resolver: GoResolver,
  file: GoFile,
  declaration: TypeDeclaration,
): GoInterface | undefined {
  const { tree, node } = declaration;
  const { kind, field } = syntaxNumbers(tree.grammar);
  const written = childIn(tree, node, field.type);
  if (written === NONE || tree.kind[written] !== kind.interface_type) return undefined;
  const type = resolver.typeFrom(file.path, written);
  if (type.kind !== "interface") return undefined;
  const own = type.methods.map(({ name }) => name);
  const methods = new Set(own);
  let isComplete = true;
  const embedded = tree
    .namedChildren(written)
    .filter((element) => tree.kind[element] === kind.type_elem)
    .map((element): EmbeddedInterface => {
      const of = methodSet(resolver, resolver.typeFrom(file.path, element));
      isComplete &&= of.isComplete;
      for (const name of of.methods) methods.add(name);
      const at = { file: file.path, ...tree.spanOf(element) };
      return { text: tree.textOf(element), at, methods: of.methods };
    });
  return {
    name: declaration.name,
    at: typeDeclarationPlace(declaration),
    directory: file.directory,
    isConstraint: type.isConstraint,
    own,
    embedded,
    methods,
    isComplete,
  };
}

interface MethodSet {
  readonly methods: Set<string>;
  readonly isComplete: boolean;
}

/** All methods of an interface type, through what it embeds. */
function methodSet(resolver: GoResolver, type: GoType): MethodSet {
  const methods = new Set<string>();
  const seen = new Set<unknown>();
  let isComplete = true;
  let level: readonly GoType[] = [type];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === DEPTH) return { methods, isComplete: false };
    const next: GoType[] = [];
    for (const each of level) {
      const identity = each.kind === "named" ? (each.declaration ?? each.name) : each;
      if (seen.has(identity)) continue;
      seen.add(identity);
      const structure = resolver.underlying(each);
      if (structure.kind === "interface") {
        for (const { name } of structure.methods) methods.add(name);
        next.push(...structure.embedded);
        continue;
      }
      const known = standardInterface(structure);
      if (known) for (const name of known) methods.add(name);
      else isComplete = false;
    }
    level = next;
  }
  return { methods, isComplete };
}

/** Method names of `error`, `any`, `comparable` and the interfaces of the tables. */
function standardInterface(type: GoType): readonly string[] | undefined {
  if (type.kind === "basic") return type.name === "error" ? ["Error"] : [];
  if (type.kind !== "named") return undefined;
  const known = standardSymbol(type.package, type.name);
  if (known?.kind !== "type" || !known.isInterface) return undefined;
  return standardMethods(type.package, type.name);
}
