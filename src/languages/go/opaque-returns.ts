import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { behindPointer } from "./behind-pointer.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { identical } from "./identical.ts";
import type { GoPackage } from "./package.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver, GoType } from "./type.ts";

type NamedType = Extract<GoType, { kind: "named" }>;

/** A result that is declared as an interface, and is the same concrete type at every return. */
export interface OpaqueReturn {
  /** The function's name: `open`, `(*Pool).conn`. */
  readonly function: string;
  /** The interface in the result list. */
  readonly at: Place;
  /** As written there: `storage.Driver`. */
  readonly interface: string;
  /** As it would be written there: `*disk`; undefined where the file has no name for it. */
  readonly concrete: string | undefined;
  readonly concreteName: string;
  readonly returns: readonly Place[];
  readonly isExported: boolean;
  /** The concrete type has a name that other packages can write. */
  readonly isConcreteExported: boolean;
  /** Other modules can call the function: neither `internal` nor `main`, and the module has a name. */
  readonly isPublic: boolean;
}

/**
 * Looks at functions, and at methods that are not exported: an exported method may have to have its result type for the
 * sake of an interface that is not in sight.
 */
export const opaqueReturns = defineAnalysis("opaque-returns", (use): readonly OpaqueReturn[] => {
  const of = use(goPackage);
  const resolver = use(goResolver);
  return of.files
    .filter((file) => file.isJudged && !file.isTest)
    .flatMap((file) =>
      [...file.declarations.functions, ...file.declarations.methods].flatMap((declaration) =>
        new FunctionReader(of, resolver, file, declaration).opaqueResults(),
      ),
    );
});

interface ResultType {
  readonly index: number;
  readonly node: NodeId;
  /** The declaring name; NONE for a result without. */
  readonly name: NodeId;
  readonly type: NamedType;
}

class FunctionReader {
  readonly #package: GoPackage;
  readonly #resolver: GoResolver;
  readonly #file: GoFile;
  readonly #tree: Tree;
  readonly #declaration: FunctionDeclaration;

  constructor(of: GoPackage, resolver: GoResolver, file: GoFile, declaration: FunctionDeclaration) {
    this.#package = of;
    this.#resolver = resolver;
    this.#file = file;
    this.#tree = declaration.tree;
    this.#declaration = declaration;
  }

  opaqueResults(): OpaqueReturn[] {
    const results = this.#interfaces();
    if (results.length === 0 || !this.#mayChange()) return [];
    const lists = this.#returnLists();
    if (!lists || lists.length === 0) return [];
    const found = results.flatMap((result) => this.#opaque(result, lists) ?? []);
    return found.length > 0 && !this.#isUsedAsValue() ? found : [];
  }

  /** Whether the result type is this function's own affair: no variant behind a build tag, no interface asks for it. */
  #mayChange(): boolean {
    const { name, receiver, node } = this.#declaration;
    const { field } = syntaxNumbers(this.#tree.grammar);
    if (childIn(this.#tree, node, field.type_parameters) !== NONE) return false;
    if (receiver === undefined)
      return this.#package.lookup(name, this.#file.packageName).length === 1;
    if (isExportedName(name)) return false;
    const sameName = this.#package.files.some((file) =>
      new RegExp(`^[ \\t]+${name}\\(`, "m").test(file.text),
    );
    return (
      !sameName &&
      this.#package
        .methodsOf(receiver, this.#file.packageName)
        .filter((method) => method.name === name).length === 1
    );
  }

  /** The results whose type is a named interface with methods, of this package. */
  #interfaces(): ResultType[] {
    const { kind, field } = syntaxNumbers(this.#tree.grammar);
    const written = childIn(this.#tree, this.#declaration.node, field.result);
    if (written === NONE) return [];
    const found: ResultType[] = [];
    let index = 0;
    const consider = (node: NodeId, name: NodeId) => {
      const type = node === NONE ? undefined : this.#projectInterface(node);
      if (type) found.push({ index, node, name, type });
      index++;
    };
    if (this.#tree.kind[written] !== kind.parameter_list) consider(written, NONE);
    else
      for (const parameter of this.#tree.namedChildren(written)) {
        if (this.#tree.kind[parameter] !== kind.parameter_declaration) continue;
        const type = childIn(this.#tree, parameter, field.type);
        const names = this.#tree.childrenIn(parameter, "name");
        if (names.length > 1) index += names.length;
        else consider(type, names[0] ?? NONE);
      }
    return found;
  }

  #projectInterface(node: NodeId): NamedType | undefined {
    const { kind } = syntaxNumbers(this.#tree.grammar);
    const written = this.#tree.kind[node];
    if (written !== kind.type_identifier && written !== kind.qualified_type) return undefined;
    const type = this.#resolver.typeFrom(this.#file.path, node);
    if (type.kind !== "named" || type.package !== this.#file.importPath) return undefined;
    const structure = this.#resolver.underlying(type);
    const hasMethods =
      structure.kind === "interface" && structure.methods.length + structure.embedded.length > 0;
    return hasMethods && !structure.isConstraint ? type : undefined;
  }

  /** The expressions of each return; undefined where a bare return gives what a variable holds. */
  #returnLists(): NodeId[][] | undefined {
    const tree = this.#tree;
    const { kind, field } = syntaxNumbers(tree.grammar);
    const body = childIn(tree, this.#declaration.node, field.body);
    if (body === NONE) return undefined;
    const end = tree.afterSubtree(body);
    const lists: NodeId[][] = [];
    for (let node = body + 1; node < end; ) {
      const at = tree.kind[node];
      if (at === kind.func_literal) {
        node = tree.afterSubtree(node);
        continue;
      }
      if (at === kind.return_statement) {
        const list = tree.namedChildren(node).find((child) => tree.kind[child] !== kind.comment);
        if (list === undefined) return undefined;
        lists.push(tree.namedChildren(list).filter((child) => tree.kind[child] !== kind.comment));
      }
      node++;
    }
    return lists;
  }

  #opaque(
    { index, node, name, type }: ResultType,
    lists: readonly NodeId[][],
  ): OpaqueReturn | undefined {
    if (name !== NONE && this.#isAssigned(name)) return undefined;
    const returns: Place[] = [];
    let concrete: GoType | undefined;
    let returnsNil = false;
    for (const list of lists) {
      const expression = list[index];
      const given = this.#givenType(list, index);
      if (given.kind === "nil") {
        returnsNil = true;
        continue;
      }
      if (!isConcrete(given, this.#resolver) || (concrete && !identical(concrete, given)))
        return undefined;
      concrete = given;
      returns.push(this.#place(expression ?? list[0] ?? node));
    }
    // A nil pointer in an interface is not nil: whoever returns nothing else beside it relies on that.
    if (!concrete || (returnsNil && lists.every((list) => list.length === 1))) return undefined;
    const base = behindPointer(concrete);
    if (base.kind !== "named" || DOUBLE.test(base.name) || this.#hasOthers(type, base))
      return undefined;
    // `func WithLimit(n int) Option { return optionFunc(…) }`: a function that is to be an Option.
    if (this.#resolver.underlying(base).kind === "function") return undefined;
    const { name: own, receiver, hasPointerReceiver } = this.#declaration;
    const star = concrete.kind === "pointer" ? "*" : "";
    return {
      function:
        receiver === undefined ? own : `(${hasPointerReceiver ? "*" : ""}${receiver}).${own}`,
      at: this.#place(node),
      interface: this.#tree.textOf(node),
      concrete: this.#written(base, star),
      concreteName: `${star}${base.name}`,
      returns,
      isExported: isExportedName(own),
      isConcreteExported: isExportedName(base.name),
      isPublic: isExportedName(own) && isPublicPackage(this.#package),
    };
  }

  /** Whether another type of the package implements the interface, so that there is something to abstract from. */
  #hasOthers(type: NamedType, concrete: NamedType): boolean {
    const structure = this.#resolver.underlying(type);
    if (structure.kind !== "interface") return true;
    const [first] = structure.methods;
    if (!first) return true;
    return this.#package.files
      .filter((file) => !file.isTest && file.text.includes(`) ${first.name}(`))
      .flatMap((file) => file.declarations.methods)
      .some(
        ({ name, receiver }) =>
          name === first.name && receiver !== undefined && receiver !== concrete.name,
      );
  }

  /** The type of the index-th value of a return; of `return f()` that of f's result. */
  #givenType(list: readonly NodeId[], index: number): GoType {
    const [only] = list;
    const expression = list[index];
    const type =
      only === undefined ? undefined : this.#resolver.typeOf(this.#file.path, expression ?? only);
    if (list.length === 1 && type?.kind === "tuple") return type.items[index] ?? UNKNOWN;
    return expression === undefined ? UNKNOWN : (type ?? UNKNOWN);
  }

  #isAssigned(name: NodeId): boolean {
    const symbol = this.#resolver.symbolAt(this.#file.path, name);
    return symbol?.kind === "variable" && symbol.variable.isReassigned();
  }

  /** How the file would write a named type; undefined where it doesn't import its package. */
  #written(type: NamedType, star: string): string | undefined {
    if (type.arguments.length > 0) return undefined;
    if (type.package === this.#file.importPath) return `${star}${type.name}`;
    const imported = this.#file.declarations.imports.find(({ path }) => path === type.package);
    if (!imported || imported.alias === "." || imported.alias === "_") return undefined;
    const qualifier = imported.alias ?? imported.path.split("/").at(-1) ?? "";
    return /^[a-z]\w*$/.test(qualifier) ? `${star}${qualifier}.${type.name}` : undefined;
  }

  /** Handed on, in its package or (as `pkg.Name`) in the files at hand: a function type may ask for the result as it is. */
  #isUsedAsValue(): boolean {
    const { name } = this.#declaration;
    const mention = new RegExp(`\\b${name}\\b(?!\\s*[(\\[])`);
    return this.#package.files.some((file) => {
      if (!mention.test(file.text) || !file.tree) return false;
      return namesIn(file.tree, name).some((node) => isHandedOn(file.tree as Tree, node));
    });
  }

  #place(node: NodeId): Place {
    return { file: this.#file.path, ...this.#tree.spanOf(node) };
  }
}

const UNKNOWN: GoType = { kind: "unknown" };
/** Stands in for a real one, which there is then as well. */
const DOUBLE = /^(?:[Mm]ock|[Ff]ake|[Ss]tub|[Dd]ummy|[Nn]o[Oo]?p|[Nn]ull)(?=\p{Lu}|$)/u;

function isPublicPackage({ importPath, name }: GoPackage): boolean {
  return importPath !== "" && name !== "main" && !/(^|\/)internal(\/|$)/.test(importPath);
}

function isExportedName(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** A named type with a structure of its own, or a pointer to one. */
function isConcrete(type: GoType, resolver: GoResolver): boolean {
  const base = behindPointer(type);
  if (base.kind !== "named") return false;
  const structure = resolver.underlying(base);
  return (
    structure.kind !== "interface" && structure.kind !== "unknown" && structure.kind !== "named"
  );
}

function namesIn(tree: Tree, name: string): NodeId[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) {
    const at = tree.kind[node];
    if ((at === kind.identifier || at === kind.field_identifier) && tree.textOf(node) === name)
      found.push(node);
  }
  return found;
}

/** Neither called nor declared where it stands. */
function isHandedOn(tree: Tree, node: NodeId): boolean {
  const { kind, field } = syntaxNumbers(tree.grammar);
  let callee = node;
  let parent = tree.parentOf(node);
  if (tree.kind[parent] === kind.selector_expression && tree.field[node] === field.field) {
    callee = parent;
    parent = tree.parentOf(parent);
  }
  if (tree.kind[parent] === kind.call_expression) return tree.field[callee] !== field.function;
  const isDeclared =
    tree.kind[parent] === kind.function_declaration ||
    tree.kind[parent] === kind.method_declaration;
  return !isDeclared;
}
