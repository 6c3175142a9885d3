import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { DeclarationTypes } from "./go-file.ts";
import { childIn, type DeclaredValue, type GoFile, typeDeclaration } from "./go-file.ts";
import { identical } from "./identical.ts";
import type { Inference } from "./inference.ts";
import type { PackageDeclaration } from "./package.ts";
import {
  bindRegion,
  isAssigned,
  type LocalSymbol,
  type LocalVariable,
  type RegionScope,
} from "./scope.ts";
import { isStandardKnown, standardSymbol } from "./standard-library.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type {
  FunctionDeclaration,
  GoField,
  GoSymbol,
  GoType,
  GoVariable,
  TypeDeclaration,
} from "./type.ts";
import { UNKNOWN, universe } from "./universe.ts";
import { constantType, localVariableType, packageValueType } from "./variable-type.ts";

/** What is remembered of a file's names. */
interface FileNames {
  /** By top-level node. */
  readonly regions: Map<NodeId, RegionScope>;
  /** Names that no local scope declares. */
  readonly outside: Map<string, GoSymbol | undefined>;
  /** Import paths by alias, or by the name that the path suggests. */
  readonly imports: ReadonlyMap<string, string>;
}

interface ValueInFile {
  readonly file: GoFile;
  readonly value: DeclaredValue;
}

/** What names mean: local scopes, then the package, then the file's imports, then the universe. */
export class Symbols {
  readonly #inference: Inference;
  readonly #types: DeclarationTypes;
  readonly #files = new Map<GoFile, FileNames>();
  readonly #locals = new WeakMap<LocalSymbol, GoSymbol>();
  readonly #values = new Map<DeclaredValue, GoSymbol>();
  /** Constants that build tags give several values. */
  readonly #variants = new Map<string, readonly ValueInFile[]>();
  readonly #assigned = new Map<string, ReadonlyMap<string, readonly NodeId[]>>();

  constructor(inference: Inference, types: DeclarationTypes) {
    this.#inference = inference;
    this.#types = types;
  }

  symbolAt(file: GoFile, node: NodeId): GoSymbol | undefined {
    const tree = file.tree;
    if (!tree) return undefined;
    const { kind, field } = syntaxNumbers(tree.grammar);
    const nodeKind = tree.kind[node];
    if (nodeKind === kind.label_name) return { kind: "label", name: tree.textOf(node) };
    if (nodeKind === kind.field_identifier) return this.#declaredMethod(file, tree, node);
    if (
      nodeKind !== kind.identifier &&
      nodeKind !== kind.type_identifier &&
      nodeKind !== kind.package_identifier
    )
      return undefined;
    if (nodeKind === kind.identifier && this.#isFieldKey(file, tree, node)) return undefined;
    const region = file.topLevelOf(node);
    if (region !== NONE && tree.parent[node] === region && tree.field[node] === field.name) {
      const declared = file.declarations.functions.find((each) => each.node === region);
      if (declared) return { kind: "function", declaration: declared };
    }
    const local = region === NONE ? undefined : this.regionOf(file, tree, region).symbolOf(node);
    if (local) return this.localSymbol(file, local);
    const name = tree.textOf(node);
    return name === "_" ? undefined : this.outside(file, name);
  }

  /** The scope of a top-level declaration. */
  regionOf(file: GoFile, tree: Tree, region: NodeId): RegionScope {
    const { regions } = this.#namesOf(file);
    let scope = regions.get(region);
    if (!scope) {
      scope = bindRegion(tree, region);
      regions.set(region, scope);
    }
    return scope;
  }

  /** Lets go of the local scopes of other files. */
  forgetOthers(kept: ReadonlySet<GoFile>): void {
    for (const [file, { regions }] of this.#files) if (!kept.has(file)) regions.clear();
  }

  #namesOf(file: GoFile): FileNames {
    let names = this.#files.get(file);
    if (!names) {
      names = { regions: new Map(), outside: new Map(), imports: importsByName(file) };
      this.#files.set(file, names);
    }
    return names;
  }

  localSymbol(file: GoFile, local: LocalSymbol): GoSymbol {
    let symbol = this.#locals.get(local);
    if (!symbol) {
      symbol = this.#convert(file, local);
      this.#locals.set(local, symbol);
    }
    return symbol;
  }

  /** What a name means that no local scope declares. */
  outside(file: GoFile, name: string): GoSymbol | undefined {
    const { outside } = this.#namesOf(file);
    const known = outside.get(name);
    if (known || outside.has(name)) return known;
    const symbol =
      this.inPackage(file, name) ??
      this.#imported(file, name) ??
      universe.get(name) ??
      this.#dotImported(file, name) ??
      this.#importedByLikeness(file, name);
    outside.set(name, symbol);
    return symbol;
  }

  /** A package-level name, as a file of the package sees it. */
  inPackage(file: GoFile, name: string): GoSymbol | undefined {
    const of = this.#inference.packages.packageOf(file);
    const found = of.lookup(name, file.packageName);
    // A type of a variant gets out of its file by the functions around it, so types are always merged.
    const here = found.filter((each) => each.file === file && each.kind !== "type");
    return this.#fromDeclarations(here.length > 0 ? here : found);
  }

  #fromDeclarations(found: readonly PackageDeclaration[]): GoSymbol | undefined {
    const [first] = found;
    if (!first) return undefined;
    if (first.kind === "type") {
      const types = found.flatMap((each) => (each.kind === "type" ? [each.declaration] : []));
      const declaration = types.length === 1 ? first.declaration : mergedTypes(types);
      const { package: path, name } = declaration;
      return {
        kind: "type",
        type: { kind: "named", package: path, name, arguments: [], declaration },
      };
    }
    if (first.kind === "function") {
      const functions = found.flatMap((each) =>
        each.kind === "function" ? [each.declaration] : [],
      );
      return { kind: "function", declaration: mergedFunctions(functions) };
    }
    const values = found.flatMap((each) => (each.kind === "value" ? [each] : []));
    return this.#value(values);
  }

  #value(found: readonly ValueInFile[]): GoSymbol | undefined {
    const [first] = found;
    if (!first) return undefined;
    const { file, value } = first;
    let symbol = this.#values.get(value);
    if (symbol) return symbol;
    if (value.kind === "constant" && found.length > 1)
      this.#variants.set(`${value.node}:${file.path}`, found);
    symbol =
      value.kind === "constant"
        ? { kind: "constant", name: value.name, file: file.path, node: value.node }
        : { kind: "variable", variable: this.#globalVariable(found, file, value) };
    this.#values.set(value, symbol);
    return symbol;
  }

  #globalVariable(found: readonly ValueInFile[], file: GoFile, value: DeclaredValue): GoVariable {
    let type: GoType | undefined;
    let isReassigned: boolean | undefined;
    return {
      name: value.name,
      role: "global",
      index: -1,
      file: file.path,
      node: value.node,
      function: NONE,
      isReassigned: () => {
        isReassigned ??= this.#isGlobalReassigned(file, value);
        return isReassigned;
      },
      isAddressed: () => true,
      type: () => {
        type ??= agreed(
          found.map((each) => packageValueType(this.#inference, each.file, each.value)),
        );
        return type;
      },
    };
  }

  /** Looks at the assignments to the name in the files of the package (tests outside the package are not looked at). */
  #isGlobalReassigned(file: GoFile, value: DeclaredValue): boolean {
    const of = this.#inference.packages.packageOf(file);
    return of.files
      .filter((each) => each.packageName === file.packageName && each.text.includes(value.name))
      .some((each) =>
        (this.#assignedIn(each).get(value.name) ?? []).some((node) => {
          const symbol = this.symbolAt(each, node);
          return symbol?.kind === "variable" && symbol.variable.role === "global";
        }),
      );
  }

  /** Identifiers of a file that are assigned, by name. */
  #assignedIn(file: GoFile): ReadonlyMap<string, readonly NodeId[]> {
    const known = this.#assigned.get(file.path);
    if (known) return known;
    const found = new Map<string, NodeId[]>();
    const tree = file.tree;
    if (tree) {
      const { identifier } = syntaxNumbers(tree.grammar).kind;
      for (let node = 0; node < tree.size; node++) {
        if (tree.kind[node] !== identifier || !isAssigned(tree, node)) continue;
        const name = tree.textOf(node);
        const nodes = found.get(name);
        if (nodes) nodes.push(node);
        else found.set(name, [node]);
      }
    }
    this.#assigned.set(file.path, found);
    return found;
  }

  #convert(file: GoFile, local: LocalSymbol): GoSymbol {
    switch (local.kind) {
      case "variable":
        return { kind: "variable", variable: this.#localVariable(file, local) };
      case "constant":
        return { kind: "constant", name: local.name, file: file.path, node: local.node };
      case "type-parameter":
        return { kind: "type", type: this.#typeParameter(file, local.name, local.declaration) };
      case "type": {
        const tree = file.tree;
        if (!tree) return { kind: "type", type: UNKNOWN };
        const declaration = typeDeclaration(
          file,
          tree,
          local.spec,
          this.#types,
          file.importPath,
          true,
        );
        return {
          kind: "type",
          type: {
            kind: "named",
            package: file.importPath,
            name: local.name,
            arguments: [],
            declaration,
          },
        };
      }
    }
  }

  #localVariable(file: GoFile, local: LocalVariable): GoVariable {
    let type: GoType | undefined;
    return {
      name: local.name,
      role: local.role,
      index: local.index,
      file: file.path,
      node: local.node,
      function: local.function,
      isReassigned: () => local.isReassigned,
      isAddressed: () => local.isAddressed,
      type: () => {
        type ??= localVariableType(this.#inference, file, local);
        return type;
      },
    };
  }

  #typeParameter(file: GoFile, name: string, declaration: NodeId): GoType {
    const inference = this.#inference;
    const tree = file.tree;
    const constraint =
      !tree || declaration === NONE
        ? NONE
        : childIn(tree, declaration, syntaxNumbers(tree.grammar).field.type);
    return {
      kind: "type-parameter",
      name,
      get constraint() {
        return constraint === NONE ? undefined : inference.typeFrom(file, constraint);
      },
    };
  }

  #declaredMethod(file: GoFile, tree: Tree, node: NodeId): GoSymbol | undefined {
    const parent = tree.parent[node] ?? NONE;
    const declaration = file.declarations.methods.find((method) => method.node === parent);
    return declaration ? { kind: "function", declaration } : undefined;
  }

  /** `T{name: value}`: the name of a field where T is a struct. */
  #isFieldKey(file: GoFile, tree: Tree, node: NodeId): boolean {
    const { kind, field } = syntaxNumbers(tree.grammar);
    const element = tree.parent[node] ?? NONE;
    if (element === NONE || tree.kind[element] !== kind.literal_element) return false;
    if (tree.field[element] !== field.key) return false;
    const keyed = tree.parent[element] ?? NONE;
    const literal = keyed === NONE ? NONE : (tree.parent[keyed] ?? NONE);
    if (literal === NONE) return false;
    const structure = this.#inference.structure(this.#inference.typeOf(file, literal));
    if (structure.kind === "struct" || structure.kind === "named") return true;
    if (structure.kind === "pointer") return true;
    return structure.kind === "unknown" && this.#isUnbound(file, tree, node);
  }

  #isUnbound(file: GoFile, tree: Tree, node: NodeId): boolean {
    const region = file.topLevelOf(node);
    return region !== NONE && this.regionOf(file, tree, region).symbolOf(node) === undefined;
  }

  #imported(file: GoFile, name: string): GoSymbol | undefined {
    const path = this.#namesOf(file).imports.get(name);
    return path === undefined ? undefined : { kind: "package", path };
  }

  #dotImported(file: GoFile, name: string): GoSymbol | undefined {
    for (const { alias, path } of file.declarations.imports) {
      if (alias !== ".") continue;
      const symbol = this.exported(path, name);
      if (symbol) return symbol;
    }
    return undefined;
  }

  /** The package's own name where the source is there; otherwise names that paths like it commonly have. */
  #importedByLikeness(file: GoFile, name: string): GoSymbol | undefined {
    const unnamed = file.declarations.imports.filter(({ alias }) => alias === undefined);
    for (const { path } of unnamed)
      if (this.#inference.packages.byImportPath(path)?.name === name)
        return { kind: "package", path };
    for (const { path } of unnamed)
      if (!isStandardKnown(path) && likelyNames(path).includes(name))
        return { kind: "package", path };
    return undefined;
  }

  /** The type of a constant that `symbolAt` or `exported` answered. */
  constantType({ file: path, node }: Extract<GoSymbol, { kind: "constant" }>): GoType {
    const variants = this.#variants.get(`${node}:${path}`);
    if (variants)
      return agreed(
        variants.map((each) => packageValueType(this.#inference, each.file, each.value)),
      );
    const file = this.#inference.packages.file(path);
    const tree = file?.tree;
    if (!file || !tree) return UNKNOWN;
    const { kind } = syntaxNumbers(tree.grammar);
    const spec = tree.parent[node] ?? NONE;
    if (spec === NONE || tree.kind[spec] !== kind.const_spec) return UNKNOWN;
    const names = tree.childrenIn(spec, "name").filter((at) => tree.kind[at] === kind.identifier);
    return constantType(this.#inference, file, spec, names.indexOf(node));
  }

  /** An exported name of a package whose source is in the snapshot, or that the tables know. */
  exported(path: string, name: string): GoSymbol | undefined {
    const of = this.#inference.packages.byImportPath(path);
    if (of) return this.#fromDeclarations(of.lookup(name, of.name));
    const known = standardSymbol(path, name);
    if (known?.kind !== "type" && known?.kind !== "alias") return undefined;
    const type: GoType =
      known.kind === "alias" ? known.type : { kind: "named", package: path, name, arguments: [] };
    return { kind: "type", type };
  }
}

/** Several declarations of one type, kept apart by build tags: fields that disagree are unknown. */
function mergedTypes(declarations: readonly TypeDeclaration[]): TypeDeclaration {
  const [first] = declarations;
  if (!first) throw new Error("a merged type has declarations");
  let merged: GoType | undefined;
  return {
    ...first,
    underlying: () => {
      merged ??= mergeStructures(declarations.map((declaration) => declaration.underlying()));
      return merged;
    },
  };
}

function mergeStructures(types: readonly GoType[]): GoType {
  const structs = types.flatMap((type) => (type.kind === "struct" ? [type] : []));
  if (structs.length < types.length) return agreed(types);
  const fields = new Map<string, GoField>();
  for (const field of structs.flatMap((struct) => struct.fields)) {
    const known = fields.get(field.name);
    const isSame =
      !known || (identical(known.type, field.type) && known.isEmbedded === field.isEmbedded);
    fields.set(field.name, isSame ? (known ?? field) : { ...known, type: UNKNOWN });
  }
  return { kind: "struct", fields: [...fields.values()] };
}

/** Several declarations of one function: the first one, whose type is unknown where they disagree. */
export function mergedFunctions(declarations: readonly FunctionDeclaration[]): FunctionDeclaration {
  const [first] = declarations;
  if (!first) throw new Error("a merged function has declarations");
  if (declarations.length === 1) return first;
  const { name, file, tree, node, receiver, hasPointerReceiver } = first;
  return {
    name,
    file,
    tree,
    node,
    receiver,
    hasPointerReceiver,
    alternatives: declarations.slice(1),
    type: () => agreed(declarations.map((declaration) => declaration.type())),
  };
}

/** The type that all agree on, or unknown. */
function agreed(types: readonly GoType[]): GoType {
  const [first = UNKNOWN, ...others] = types;
  return others.every((other) => identical(first, other)) ? first : UNKNOWN;
}

function importsByName(file: GoFile): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { alias, path } of file.declarations.imports)
    if (alias !== "." && alias !== "_") paths.set(alias ?? importName(path), path);
  return paths;
}

/** The package name that an import path suggests: its last part, without a major version. */
export function importName(path: string): string {
  const parts = path.split("/");
  const last = parts.at(-1) ?? "";
  const name = /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last;
  return name.replace(/\.v\d+$/, "");
}

/** Further names that packages at such paths have: `go-redis` is `redis`, `redigo-go` `redigo`, `a-b` `ab` or `b`. */
function likelyNames(path: string): string[] {
  const name = importName(path);
  const bare = name.replace(/^go[-.]?|[-.]?go$/g, "");
  return [
    bare,
    name.replace(/[-.]/g, "_"),
    name.replace(/[-.]/g, ""),
    bare.replace(/[-.]/g, ""),
    name.split(/[-.]/).at(-1) ?? "",
    name.split(/[-.]/)[0] ?? "",
  ];
}
