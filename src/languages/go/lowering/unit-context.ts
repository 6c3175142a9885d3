import { lineAt, lineStarts } from "../../../core/position.ts";
import type { ObjectKind } from "../../../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { bodyQuestion, naming } from "../body-questions.ts";
import { directoryOfFile, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import type {
  FunctionDeclaration,
  GoResolver,
  GoType,
  GoVariable,
  TypeDeclaration,
} from "../type.ts";
import { isInlinedDefer } from "./inlined-defer.ts";
import {
  isHolderType,
  isRelevantType,
  isTrackedType,
  mayHideHolder,
  objectOfType,
} from "./object-type.ts";
import { type Region, readRegion } from "./region.ts";
import type { Sibling } from "./sibling.ts";

/** What a file says that gives a condition variable its lock. */
export const SETS_CONDITION_LOCK = /\bNewCond\(|\.L\s*=/;

/** What all functions of a unit share while they are lowered: names for variables and functions, and memory. */
export class UnitContext {
  readonly pkg: GoPackage;
  readonly resolver: GoResolver;
  /** Nothing but test files: what they test stands in them. */
  readonly isTestsAlone: boolean;
  readonly #variables = new Map<GoVariable, Variable>();
  readonly #variablesById = new Map<string, Variable>();
  readonly #regions = new Map<string, Region>();
  readonly #methods = new Map<string, readonly FunctionDeclaration[]>();
  readonly #implementers = new Map<TypeDeclaration, Map<string, readonly FunctionDeclaration[]>>();
  readonly #lineStarts = new Map<string, Uint32Array>();
  #methodFiles: ReadonlyMap<string, readonly GoFile[]> | undefined;
  #conditionLocks: ReadonlyMap<string, Sibling> | undefined;
  readonly #getters = new Map<FunctionId, AccessPath | undefined>();
  readonly #aliases = new Map<GoVariable, AccessPath | undefined>();
  readonly #relevant = new Map<GoVariable, { isRelevant: boolean; isTracked: boolean }>();
  readonly #bodies = new Set<string>();
  readonly #questions = new Set<string>();

  constructor(pkg: GoPackage, resolver: GoResolver) {
    this.pkg = pkg;
    this.resolver = resolver;
    this.isTestsAlone = pkg.files.every(({ isTest }) => isTest);
  }

  /** Files of the package whose bodies were looked into without a function of theirs being lowered. */
  get bodies(): Iterable<string> {
    return this.#bodies;
  }

  /** What was asked about all bodies of the package. */
  get questions(): Iterable<string> {
    return this.#questions;
  }

  /** Whether a variable is assigned after its declaration. For one of a package that depends on whoever mentions its name. */
  isReassigned(variable: GoVariable): boolean {
    if (variable.role === "global")
      this.#questions.add(bodyQuestion(directoryOfFile(variable.file), naming(variable.name)));
    return variable.isReassigned();
  }

  /** The model's variable for a declared name: always the same object. */
  variable(of: GoVariable): Variable {
    const known = this.#variables.get(of);
    if (known) return known;
    const made = new LoweredVariable(this, of);
    const variable = this.#variablesById.get(made.id) ?? made;
    this.#variablesById.set(variable.id, variable);
    this.#variables.set(of, variable);
    return variable;
  }

  /** A variable of another package: `os.Args`. */
  foreignVariable(packagePath: string, name: string, file: string): Variable {
    const id = `${packagePath}.${name}`;
    const known = this.#variablesById.get(id);
    if (known) return known;
    const at = { file, start: 0, end: 0 };
    const variable: Variable = {
      id,
      name,
      role: "global",
      index: -1,
      declaredIn: undefined,
      isReassigned: true,
      at,
    };
    this.#variablesById.set(id, variable);
    return variable;
  }

  treeOf(file: string): Tree | undefined {
    return this.pkg.file(file)?.tree;
  }

  /** The line, counted from 1, of an offset of a file. */
  lineAt(file: string, offset: number): number {
    let starts = this.#lineStarts.get(file);
    if (!starts) {
      starts = lineStarts(this.pkg.file(file)?.text ?? "");
      this.#lineStarts.set(file, starts);
    }
    return lineAt(starts, offset);
  }

  /** The id of a function that stands in a file of the unit; undefined for one of another package. */
  declarationId({ file, tree, node }: FunctionDeclaration): FunctionId | undefined {
    return this.pkg.file(file) ? functionIdAt(file, tree, node) : undefined;
  }

  /** Facts about the top-level declaration that holds a node. */
  regionOf(file: string, tree: Tree, node: NodeId): Region {
    let top = node;
    for (let at = node; at > 0; at = tree.parent[at] as number) top = at;
    const key = `${file}:${top}`;
    let region = this.#regions.get(key);
    if (!region) {
      region = readRegion(tree, top);
      this.#regions.set(key, region);
    }
    return region;
  }

  /** Methods of the unit with that name, whatever their receiver. Parses only files whose text declares one. */
  methodsNamed(name: string): readonly FunctionDeclaration[] {
    let found = this.#methods.get(name);
    if (!found) {
      this.#methodFiles ??= filesByMethod(this.pkg);
      found = (this.#methodFiles.get(name) ?? []).flatMap((file) =>
        file.declarations.methods.filter((method) => method.name === name),
      );
      this.#methods.set(name, found);
    }
    return found;
  }

  /** Remembers who implements a method of an interface; `find` is asked once. */
  implementersOf(
    of: TypeDeclaration,
    method: string,
    find: () => readonly FunctionDeclaration[],
  ): readonly FunctionDeclaration[] {
    let known = this.#implementers.get(of);
    if (!known) {
      known = new Map();
      this.#implementers.set(of, known);
    }
    let found = known.get(method);
    if (!found) {
      found = find();
      known.set(method, found);
    }
    return found;
  }

  /** Remembers the locks of condition fields; `read` is asked once. */
  conditionLocks(read: () => ReadonlyMap<string, Sibling>): ReadonlyMap<string, Sibling> {
    this.#questions.add(bodyQuestion(this.pkg.directory, SETS_CONDITION_LOCK));
    this.#conditionLocks ??= read();
    return this.#conditionLocks;
  }

  /** Remembers what a function returns that only returns; `read` is asked once, and answers a question about itself with no. */
  getterOf(
    declaration: FunctionDeclaration,
    read: () => AccessPath | undefined,
  ): AccessPath | undefined {
    const key = functionIdAt(declaration.file, declaration.tree, declaration.node);
    if (this.#getters.has(key)) return this.#getters.get(key);
    this.#getters.set(key, undefined);
    const isOwn = this.pkg.file(declaration.file) !== undefined;
    if (isOwn) this.#bodies.add(declaration.file);
    const path = isOwn ? read() : undefined;
    this.#getters.set(key, path);
    return path;
  }

  /** Remembers what a local variable is another name for; `read` is asked once. */
  aliasOf(variable: GoVariable, read: () => AccessPath | undefined): AccessPath | undefined {
    if (this.#aliases.has(variable)) return this.#aliases.get(variable);
    this.#aliases.set(variable, undefined);
    const path = read();
    this.#aliases.set(variable, path);
    return path;
  }

  /** Whether an expression yields a channel, lock, group or function, or a struct that holds one. */
  isTrackedExpression(file: string, node: NodeId): boolean {
    return isKept(this.resolver, this.resolver.typeOf(file, node));
  }

  /** Whether an expression yields something that concurrency is about. */
  isRelevantExpression(file: string, node: NodeId): boolean {
    return isRelevantType(this.resolver, this.resolver.typeOf(file, node));
  }

  /** Whether a variable holds something that concurrency is about. */
  isRelevant(variable: GoVariable): boolean {
    return this.#relevanceOf(variable).isRelevant;
  }

  /** Whether a variable holds a channel, lock, group or function, or a struct that holds one. */
  isTracked(variable: GoVariable): boolean {
    return this.#relevanceOf(variable).isTracked;
  }

  objectOf(type: GoType): ObjectKind | undefined {
    return objectOfType(this.resolver, type);
  }

  #relevanceOf(variable: GoVariable): { isRelevant: boolean; isTracked: boolean } {
    let known = this.#relevant.get(variable);
    if (!known) {
      const type = variable.type();
      known = {
        isRelevant: isRelevantType(this.resolver, type),
        isTracked: isKept(this.resolver, type),
      };
      this.#relevant.set(variable, known);
    }
    return known;
  }
}

/** What may not be lost sight of. */
function isKept(resolver: GoResolver, type: GoType): boolean {
  return (
    isTrackedType(resolver, type) || isHolderType(resolver, type) || mayHideHolder(resolver, type)
  );
}

/** Which files declare a method of a name, as their texts tell. */
function filesByMethod(pkg: GoPackage): ReadonlyMap<string, readonly GoFile[]> {
  const files = new Map<string, GoFile[]>();
  for (const file of pkg.files) {
    const names = [...file.text.matchAll(METHOD)].map(([, name]) => name ?? "");
    for (const name of new Set(names)) {
      const others = files.get(name);
      if (others) others.push(file);
      else files.set(name, [file]);
    }
  }
  return files;
}

const METHOD = /^func\s*\([^)]*\)\s*([\p{L}_][\p{L}\p{N}_]*)/gmu;

export function functionIdAt(file: string, tree: Tree, node: NodeId): FunctionId {
  return `${file}:${tree.start[node]}`;
}

class LoweredVariable implements Variable {
  readonly id: string;
  readonly name: string;
  readonly role: Variable["role"];
  readonly index: number;
  readonly declaredIn: FunctionId | undefined;
  readonly at: Variable["at"];
  readonly #unit: UnitContext;
  readonly #of: GoVariable;

  constructor(unit: UnitContext, of: GoVariable) {
    this.#unit = unit;
    const tree = unit.treeOf(of.file);
    const anchor = of.node === NONE ? of.function : of.node;
    const start = (anchor === NONE ? 0 : tree?.start[anchor]) ?? 0;
    const end = of.node === NONE ? start : (tree?.end[of.node] ?? start);
    this.id =
      of.node === NONE ? `${of.file}:${start}#${of.role}${of.index}` : `${of.file}:${start}`;
    this.name = of.name;
    this.role = of.role;
    this.index = of.index;
    this.declaredIn = tree && declaringFunction(of.file, tree, of.function);
    this.at = { file: of.file, start, end };
    this.#of = of;
  }

  get isReassigned(): boolean {
    return this.#unit.isReassigned(this.#of);
  }

  get isAddressed(): boolean {
    return this.#of.isAddressed();
  }

  get isStruct(): boolean {
    const type = this.#unit.resolver.underlying(this.#of.type());
    return type.kind === "struct" || (type.kind === "named" && isOfModule(type.package));
  }

  get isVariadic(): boolean {
    const { file, node } = this.#of;
    const tree = node === NONE ? undefined : this.#unit.treeOf(file);
    return tree?.kindOf(tree.parent[node] as number) === "variadic_parameter_declaration";
  }

  get isRanged(): boolean {
    const { file, node } = this.#of;
    const tree = node === NONE ? undefined : this.#unit.treeOf(file);
    if (!tree) return false;
    let at = tree.parent[node] as number;
    if (tree.kindOf(at) === "expression_list") at = tree.parent[at] as number;
    return tree.kindOf(at) === "range_clause";
  }
}

/** A type of some module that is not here, and not of the standard library: as a rule a struct. */
function isOfModule(path: string): boolean {
  return /^[^/]*\./.test(path);
}

/** The function that owns a variable; an inlined deferred literal's belong to the function around it. */
function declaringFunction(file: string, tree: Tree, node: NodeId): FunctionId | undefined {
  let at = node;
  while (at > 0 && (!isFunctionNode(tree, at) || isInlinedDefer(tree, at)))
    at = tree.parent[at] as number;
  return at > 0 ? functionIdAt(file, tree, at) : undefined;
}

function isFunctionNode(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  return (
    kind === "func_literal" || kind === "function_declaration" || kind === "method_declaration"
  );
}
