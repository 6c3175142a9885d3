import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { Unit, Workspace } from "../language.ts";
import { denotedType, expressionType } from "./expression-type.ts";
import { childIn, type DeclarationTypes, type GoFile } from "./go-file.ts";
import { findModule } from "./go-module.ts";
import type { Inference, PackageFunction, TypeParameter } from "./inference.ts";
import type { GoPackage } from "./package.ts";
import { createPackages, type GoPackages, type OpenablePackages } from "./packages.ts";
import { select } from "./select.ts";
import { standardMember, standardSymbol } from "./standard-library.ts";
import { substitute } from "./substitute.ts";
import { mergedFunctions, Symbols } from "./symbols.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver, GoSymbol, GoType, Selection } from "./type.ts";
import { typeFromNode } from "./type-expression.ts";
import { UNKNOWN } from "./universe.ts";

/** Nesting of answers: types in types, initialisers of initialisers. Beyond it the answer is unknown. */
const DEPTH = 150;
/** Steps from a named type to its structure. */
const STEPS = 64;

/** A unit's package, the packages that it can see, and the resolver over them. */
export interface OpenedPackages {
  readonly own: GoPackage;
  readonly packages: GoPackages;
  readonly resolver: GoResolver;
}

/** Opens a unit. Units of one module share what was found out about its packages, while the workspace keeps their trees. */
export function openPackages(unit: Unit, workspace: Workspace): OpenedPackages {
  const inference = sharedInference(unit, workspace);
  const own = inference.packages.open(unit);
  inference.forgetOthers(own);
  return { own, packages: inference.packages, resolver: resolverOver(inference) };
}

const shared = new WeakMap<Workspace, Map<string, { generation: number; of: PackageInference }>>();

function sharedInference({ directory }: Unit, workspace: Workspace): PackageInference {
  const module = findModule(directory, workspace.snapshot);
  // Without a module packages have no paths to tell them by.
  if (!module) return new PackageInference(directory, workspace);
  const inferences = shared.get(workspace) ?? new Map();
  shared.set(workspace, inferences);
  const known = inferences.get(module.directory);
  const { generation } = workspace;
  if (known?.generation === generation) return known.of;
  const of = new PackageInference(module.directory, workspace);
  inferences.set(module.directory, { generation, of });
  return of;
}

function resolverOver(inference: PackageInference): GoResolver {
  const fileAt = (path: string) => inference.packages.file(path);
  const onFile = <T>(path: string, otherwise: T, compute: (file: GoFile) => T): T => {
    const file = fileAt(path);
    return file ? compute(file) : otherwise;
  };
  return {
    symbolAt: (path, node) => onFile(path, undefined, (file) => inference.symbolAt(file, node)),
    typeOf: (path, node) => onFile(path, UNKNOWN, (file) => inference.typeOf(file, node)),
    typeFrom: (path, node) => onFile(path, UNKNOWN, (file) => inference.typeFrom(file, node)),
    underlying: (type) => inference.underlying(type),
    select: (type, name) => inference.select(type, name),
    exportedFunction: (path, name) => inference.exportedFunction(path, name),
    selectionAt: (path, node) =>
      onFile(path, undefined, (file) => inference.selectionAt(file, node)),
  };
}

class PackageInference implements Inference, DeclarationTypes {
  readonly packages: OpenablePackages;
  readonly #symbols: Symbols;
  readonly #expressions = new Map<GoFile, Map<NodeId, GoType>>();
  readonly #written = new Map<GoFile, Map<NodeId, GoType>>();
  readonly #selections = new Map<GoFile, Map<NodeId, Selection | undefined>>();
  readonly #methods = new Map<string, ReadonlyMap<string, FunctionDeclaration>>();
  #depth = 0;

  constructor(home: string, workspace: Workspace) {
    this.packages = createPackages(home, workspace, () => this);
    this.#symbols = new Symbols(this, this);
  }

  /** Lets go of what only the functions of a package ask for; what it declares stays for those that import it. */
  forgetOthers({ files }: GoPackage): void {
    const kept = new Set(files);
    for (const memo of [this.#expressions, this.#selections])
      for (const file of memo.keys()) if (!kept.has(file)) memo.delete(file);
    this.#symbols.forgetOthers(kept);
  }

  symbolAt(file: GoFile, node: NodeId): GoSymbol | undefined {
    return this.#symbols.symbolAt(file, node);
  }

  typeOf(file: GoFile, expression: NodeId): GoType {
    const { tree } = file;
    if (!tree) return UNKNOWN;
    const known = memoFor(this.#expressions, file);
    const found = known.get(expression);
    if (found) return found;
    const spine = [expression];
    for (
      let at = operandOf(tree, expression);
      at !== NONE && !known.has(at);
      at = operandOf(tree, at)
    )
      spine.push(at);
    for (let at = spine.pop(); at !== undefined; at = spine.pop()) {
      const node = at;
      known.set(node, UNKNOWN);
      known.set(
        node,
        this.deeper(() => expressionType(this, file, tree, node)),
      );
    }
    return known.get(expression) ?? UNKNOWN;
  }

  typeFrom(file: GoFile, typeNode: NodeId): GoType {
    const { tree } = file;
    if (!tree) return UNKNOWN;
    const known = memoFor(this.#written, file);
    const found = known.get(typeNode);
    if (found) return found;
    known.set(typeNode, UNKNOWN);
    const type = this.deeper(() => typeFromNode(this, file, tree, typeNode));
    known.set(typeNode, type);
    return type;
  }

  denotedType(file: GoFile, expression: NodeId): GoType | undefined {
    const { tree } = file;
    if (!tree) return undefined;
    let denotes = false;
    const type = this.deeper(() => {
      const denoted = denotedType(this, file, tree, expression);
      denotes = denoted !== undefined;
      return denoted ?? UNKNOWN;
    });
    return denotes ? type : undefined;
  }

  underlying(type: GoType): GoType {
    if (type.kind === "named" && !type.declaration) return type;
    return this.structure(type);
  }

  structure(type: GoType): GoType {
    let at = type;
    for (let step = 0; step < STEPS; step++) {
      const next = this.#oneStep(at);
      if (next === at) return at;
      at = next;
    }
    return UNKNOWN;
  }

  #oneStep(type: GoType): GoType {
    if (type.kind === "type-parameter") return this.#coreOf(type);
    if (type.kind !== "named") return type;
    const { declaration } = type;
    if (declaration) {
      const structure = this.deeper(() => declaration.underlying());
      if (type.arguments.length === 0) return structure;
      const file = this.packages.file(declaration.file);
      const names = file ? this.typeParametersOf(file, declaration.node) : [];
      return substitute(structure, bind(names, type.arguments));
    }
    const known = standardSymbol(type.package, type.name);
    if (known?.kind !== "type" || !known.structure) return type;
    return substitute(known.structure, bind(known.parameters, type.arguments));
  }

  /** The type that a constraint allows, where it is one; otherwise the interface with its methods. */
  #coreOf(type: Extract<GoType, { kind: "type-parameter" }>): GoType {
    const { constraint } = type;
    if (!constraint || constraint.kind === "basic" || constraint.kind === "type-parameter")
      return type;
    const structure = constraint.kind === "named" ? this.#oneStep(constraint) : constraint;
    const [only] = structure.kind === "interface" ? structure.embedded : [];
    if (structure.kind !== "interface" || !structure.isConstraint || !only) return structure;
    return structure.embedded.length === 1 && structure.methods.length === 0 ? only : UNKNOWN;
  }

  select(type: GoType, name: string): Selection | undefined {
    return select(this, type, name);
  }

  selectionAt(file: GoFile, selector: NodeId): Selection | undefined {
    const { tree } = file;
    if (!tree) return undefined;
    const { kind, field } = syntaxNumbers(tree.grammar);
    if (tree.kind[selector] !== kind.selector_expression) return undefined;
    const known = memoFor(this.#selections, file);
    if (known.has(selector)) return known.get(selector);
    const operand = childIn(tree, selector, field.operand);
    const name = childIn(tree, selector, field.field);
    known.set(selector, undefined);
    if (operand === NONE || name === NONE) return undefined;
    if (tree.kind[operand] === kind.identifier && this.symbolAt(file, operand)?.kind === "package")
      return undefined;
    const type = this.denotedType(file, operand) ?? this.typeOf(file, operand);
    const selection = type.kind === "unknown" ? undefined : this.select(type, tree.textOf(name));
    known.set(selector, selection);
    return selection;
  }

  selectedType({ target }: Selection): GoType {
    switch (target.kind) {
      case "field":
      case "interface-method":
        return target.type;
      case "method": {
        const type = target.declaration.type();
        if (target.owner.kind !== "named" || target.owner.arguments.length === 0) return type;
        const file = this.fileOf(target.declaration);
        const names = file ? this.typeParametersOf(file, target.declaration.node) : [];
        return substitute(type, bind(names, target.owner.arguments));
      }
      case "external": {
        if (target.owner.kind !== "named") return UNKNOWN;
        const { package: path, name, arguments: types } = target.owner;
        const known = standardSymbol(path, name);
        const type = standardMember(path, name, target.name)?.type ?? UNKNOWN;
        return known ? substitute(type, bind(known.parameters, types)) : type;
      }
    }
  }

  constantType(symbol: Extract<GoSymbol, { kind: "constant" }>): GoType {
    return this.#symbols.constantType(symbol);
  }

  exportedType(path: string, name: string): GoType {
    const of = this.packages.byImportPath(path);
    if (!of) {
      const known = standardSymbol(path, name);
      return known && known.kind !== "type" && known.kind !== "alias" ? known.type : UNKNOWN;
    }
    const symbol = this.#symbols.exported(path, name);
    if (symbol?.kind === "variable") return symbol.variable.type();
    if (symbol?.kind === "function") return symbol.declaration.type();
    if (symbol?.kind !== "constant") return UNKNOWN;
    return this.constantType(symbol);
  }

  exportedFunction(path: string, name: string): FunctionDeclaration | undefined {
    const symbol = this.#symbols.exported(path, name);
    return symbol?.kind === "function" ? symbol.declaration : undefined;
  }

  exportedTypeName(path: string, name: string): GoType | undefined {
    const symbol = this.#symbols.exported(path, name);
    if (symbol?.kind !== "type") return undefined;
    const declaration = symbol.type.kind === "named" ? symbol.type.declaration : undefined;
    return declaration?.isAlias ? this.deeper(() => declaration.underlying()) : symbol.type;
  }

  qualifiedType(path: string, name: string): GoType {
    const symbol = this.#symbols.exported(path, name);
    if (symbol?.kind === "type") return symbol.type;
    if (this.packages.byImportPath(path)) return UNKNOWN;
    return { kind: "named", package: path, name, arguments: [] };
  }

  typeParametersOf(file: GoFile, node: NodeId): readonly TypeParameter[] {
    const { tree } = file;
    if (!tree) return [];
    const { kind, field } = syntaxNumbers(tree.grammar);
    const receiver = childIn(tree, node, field.receiver);
    if (receiver !== NONE) return receiverParameters(tree, receiver);
    const list = childIn(tree, node, field.type_parameters);
    if (list === NONE) return [];
    return tree.namedChildren(list).flatMap((declaration) => {
      if (tree.kind[declaration] !== kind.type_parameter_declaration) return [];
      const constraint = childIn(tree, declaration, field.type);
      const core = () => {
        const type = constraint === NONE ? UNKNOWN : this.typeFrom(file, constraint);
        return this.#constraintCore(type);
      };
      return tree
        .childrenIn(declaration, "name")
        .filter((name) => tree.kind[name] === kind.identifier)
        .map((name) => ({ name: tree.textOf(name), core }));
    });
  }

  #constraintCore(constraint: GoType): GoType | undefined {
    const type = this.#coreOf({ kind: "type-parameter", name: "", constraint });
    return /^(slice|array|map|channel|function|pointer)$/.test(type.kind) ? type : undefined;
  }

  functionAt(file: GoFile, callee: NodeId): PackageFunction | undefined {
    const { tree } = file;
    if (!tree) return undefined;
    const { kind, field } = syntaxNumbers(tree.grammar);
    const calleeKind = tree.kind[callee];
    if (calleeKind === kind.identifier || calleeKind === kind.type_identifier) {
      const symbol = this.symbolAt(file, callee);
      return symbol?.kind === "function"
        ? { kind: "declared", declaration: symbol.declaration }
        : undefined;
    }
    const isType = calleeKind === kind.qualified_type;
    if (!isType && calleeKind !== kind.selector_expression) return undefined;
    const packageNode = childIn(tree, callee, isType ? field.package : field.operand);
    const name = childIn(tree, callee, isType ? field.name : field.field);
    if (packageNode === NONE || name === NONE) return undefined;
    const symbol = this.symbolAt(file, packageNode);
    if (symbol?.kind !== "package") return undefined;
    return this.#packageFunction(symbol.path, tree.textOf(name));
  }

  #packageFunction(path: string, name: string): PackageFunction | undefined {
    const exported = this.#symbols.exported(path, name);
    if (exported?.kind === "function")
      return { kind: "declared", declaration: exported.declaration };
    if (this.packages.byImportPath(path)) return undefined;
    const known = standardSymbol(path, name);
    return known?.kind === "function" ? { kind: "standard", path, name } : undefined;
  }

  fileOf(declaration: FunctionDeclaration): GoFile | undefined {
    return this.packages.file(declaration.file);
  }

  deeper(compute: () => GoType): GoType {
    if (this.#depth >= DEPTH) return UNKNOWN;
    this.#depth++;
    try {
      return compute();
    } finally {
      this.#depth--;
    }
  }

  functionType(file: GoFile, node: NodeId): GoType {
    return this.typeFrom(file, node);
  }

  declaredType(file: GoFile, spec: NodeId): GoType {
    const { tree } = file;
    const type = tree ? childIn(tree, spec, syntaxNumbers(tree.grammar).field.type) : NONE;
    return type === NONE ? UNKNOWN : this.typeFrom(file, type);
  }

  methodsOf(file: GoFile, typeName: string): ReadonlyMap<string, FunctionDeclaration> {
    const key = `${file.directory}:${file.packageName}.${typeName}`;
    let methods = this.#methods.get(key);
    if (!methods) {
      const declared = this.packages.packageOf(file).methodsOf(typeName, file.packageName);
      methods = byName(declared);
      this.#methods.set(key, methods);
    }
    return methods;
  }
}

/** The sub-expression whose type is asked for first, so that long chains are no recursion; NONE at a leaf. */
function operandOf(tree: Tree, node: NodeId): NodeId {
  const { kind, field } = syntaxNumbers(tree.grammar);
  switch (tree.kind[node]) {
    case kind.selector_expression:
    case kind.index_expression:
    case kind.slice_expression:
    case kind.unary_expression:
      return childIn(tree, node, field.operand);
    case kind.call_expression:
      return childIn(tree, node, field.function);
    case kind.binary_expression:
      return childIn(tree, node, field.left);
    case kind.parenthesized_expression:
      return tree.nextSibling[tree.firstChild[node] ?? NONE] ?? NONE;
    default:
      return NONE;
  }
}

function memoFor<V>(memo: Map<GoFile, Map<NodeId, V>>, file: GoFile): Map<NodeId, V> {
  let known = memo.get(file);
  if (!known) {
    known = new Map();
    memo.set(file, known);
  }
  return known;
}

function bind(
  parameters: readonly { readonly name: string }[],
  types: readonly GoType[],
): ReadonlyMap<string, GoType> {
  return new Map(parameters.map(({ name }, at) => [name, types[at] ?? UNKNOWN]));
}

function byName(
  declared: readonly FunctionDeclaration[],
): ReadonlyMap<string, FunctionDeclaration> {
  const groups = new Map<string, FunctionDeclaration[]>();
  for (const declaration of declared) {
    const group = groups.get(declaration.name);
    if (group) group.push(declaration);
    else groups.set(declaration.name, [declaration]);
  }
  return new Map([...groups].map(([name, group]) => [name, mergedFunctions(group)]));
}

/** `*Set[K, V]` names the parameters K and V. */
function receiverParameters(tree: Tree, receiver: NodeId): readonly TypeParameter[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const end = tree.afterSubtree(receiver);
  const found: TypeParameter[] = [];
  for (let node = receiver; node < end; node++)
    if (tree.kind[node] === kind.type_elem)
      found.push({ name: tree.textOf(node), core: () => undefined });
  return found;
}
