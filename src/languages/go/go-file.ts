import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { FileOutline } from "./file-outline.ts";
import { type SyntaxNumbers, syntaxNumbers } from "./syntax-numbers.ts";
import type { FunctionDeclaration, GoType, TypeDeclaration } from "./type.ts";

export interface GoImport {
  /** The name written before the path: an alias, `.` or `_`; undefined where the package's own name counts. */
  readonly alias: string | undefined;
  readonly path: string;
  /** The `import_spec`. */
  readonly node: NodeId;
}

/** A name of a package-level `var` or `const`. */
export interface DeclaredValue {
  readonly kind: "variable" | "constant";
  readonly name: string;
  /** The declaring identifier. */
  readonly node: NodeId;
  /** The `var_spec` or `const_spec`. */
  readonly spec: NodeId;
  /** Position among the names of the spec. */
  readonly index: number;
}

/** What a file declares at package level, in order. */
export interface FileDeclarations {
  readonly functions: readonly FunctionDeclaration[];
  readonly methods: readonly FunctionDeclaration[];
  readonly types: readonly TypeDeclaration[];
  readonly values: readonly DeclaredValue[];
  readonly imports: readonly GoImport[];
}

/** Types of declarations, computed elsewhere and on demand. */
export interface DeclarationTypes {
  functionType(file: GoFile, node: NodeId): GoType;
  /** The type on the right of a `type_spec` or `type_alias`. */
  declaredType(file: GoFile, spec: NodeId): GoType;
  methodsOf(file: GoFile, typeName: string): ReadonlyMap<string, FunctionDeclaration>;
}

/** The directory that holds a file; `""` is the root. */
export function directoryOfFile(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A Go file of a unit or of a package that it imports; parsed when somebody asks for more than its outline. */
export class GoFile {
  readonly path: string;
  readonly directory: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly #importPath: string;
  readonly #isAsked: () => boolean;
  readonly #scan: () => FileOutline;
  readonly #parse: () => Tree | undefined;
  readonly #types: DeclarationTypes;
  #outline: FileOutline | undefined;
  #tree: Tree | undefined;
  #isParsed = false;
  #declarations: FileDeclarations | undefined;
  #rootChildren: Int32Array | undefined;

  constructor(of: {
    readonly path: string;
    readonly text: string;
    /** Of the directory. */
    readonly importPath: string;
    /** Whether the unit asks to judge the file. */
    readonly isAsked: () => boolean;
    readonly scan: () => FileOutline;
    readonly parse: () => Tree | undefined;
    readonly types: DeclarationTypes;
  }) {
    this.path = of.path;
    this.directory = directoryOfFile(of.path);
    this.text = of.text;
    this.isTest = of.path.endsWith("_test.go");
    this.#importPath = of.importPath;
    this.#isAsked = of.isAsked;
    this.#scan = of.scan;
    this.#parse = of.parse;
    this.#types = of.types;
  }

  /** What a scan of the text tells; computed on the first call. */
  get outline(): FileOutline {
    this.#outline ??= this.#scan();
    return this.#outline;
  }

  /** The name in the package clause. */
  get packageName(): string {
    return this.outline.packageName;
  }

  get isGenerated(): boolean {
    return this.outline.isGenerated;
  }

  /** To be judged, not only read as context: generated files are context. */
  get isJudged(): boolean {
    return this.#isAsked() && !this.isGenerated;
  }

  /** A test outside the package that it tests (`package x_test`) has a path of its own, ending in `_test`. */
  get importPath(): string {
    const isOutside = this.isTest && this.packageName.endsWith("_test");
    return isOutside ? `${this.#importPath}_test` : this.#importPath;
  }

  /** The file's tree, parsed on the first call; undefined where it cannot be parsed. */
  get tree(): Tree | undefined {
    if (!this.#isParsed) {
      this.#isParsed = true;
      this.#tree = this.#parse();
    }
    return this.#tree;
  }

  /** The package-level declarations; empty where the file cannot be parsed. */
  get declarations(): FileDeclarations {
    this.#declarations ??= this.tree ? readDeclarations(this, this.tree, this.#types) : NOTHING;
    return this.#declarations;
  }

  /** The top-level node that holds a node (or is it); NONE for the root. */
  topLevelOf(node: NodeId): NodeId {
    const tree = this.tree;
    if (!tree || node <= 0) return NONE;
    this.#rootChildren ??= childrenOfRoot(tree);
    const children = this.#rootChildren;
    let low = 0;
    let high = children.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((children[middle] as number) <= node) low = middle;
      else high = middle - 1;
    }
    return children[low] ?? NONE;
  }
}

const NOTHING: FileDeclarations = {
  functions: [],
  methods: [],
  types: [],
  values: [],
  imports: [],
};

function childrenOfRoot(tree: Tree): Int32Array {
  const children: number[] = [];
  for (
    let child = tree.firstChild[0] ?? NONE;
    child !== NONE;
    child = tree.nextSibling[child] ?? NONE
  )
    children.push(child);
  return Int32Array.from(children);
}

/** Collects what the root's children declare: a loop, not a walk. */
function readDeclarations(file: GoFile, tree: Tree, types: DeclarationTypes): FileDeclarations {
  const { kind } = syntaxNumbers(tree.grammar);
  const reader = new DeclarationReader(file, tree, types);
  for (
    let node = tree.firstChild[0] ?? NONE;
    node !== NONE;
    node = tree.nextSibling[node] ?? NONE
  ) {
    const nodeKind = tree.kind[node];
    if (nodeKind === kind.function_declaration) reader.readFunction(node);
    else if (nodeKind === kind.method_declaration) reader.readMethod(node);
    else if (nodeKind === kind.type_declaration) reader.readTypes(node);
    else if (nodeKind === kind.var_declaration || nodeKind === kind.const_declaration)
      reader.readValues(node);
    else if (nodeKind === kind.import_declaration) reader.readImports(node);
  }
  return reader;
}

class DeclarationReader implements FileDeclarations {
  readonly functions: FunctionDeclaration[] = [];
  readonly methods: FunctionDeclaration[] = [];
  readonly types: TypeDeclaration[] = [];
  readonly values: DeclaredValue[] = [];
  readonly imports: GoImport[] = [];
  readonly #file: GoFile;
  readonly #tree: Tree;
  readonly #types: DeclarationTypes;
  readonly #numbers: SyntaxNumbers;

  constructor(file: GoFile, tree: Tree, types: DeclarationTypes) {
    this.#file = file;
    this.#tree = tree;
    this.#types = types;
    this.#numbers = syntaxNumbers(tree.grammar);
  }

  readFunction(node: NodeId): void {
    this.functions.push(this.#declare(node, undefined, false));
  }

  readMethod(node: NodeId): void {
    const { field, kind } = this.#numbers;
    const tree = this.#tree;
    const receiver = childIn(tree, node, field.receiver);
    const after = receiver === NONE ? node : tree.afterSubtree(receiver);
    let base = "";
    let isPointer = false;
    for (let at = receiver; at < after && at !== NONE; at++) {
      const atKind = tree.kind[at];
      if (atKind === kind.pointer_type) isPointer = true;
      else if (atKind === kind.type_identifier) {
        base = tree.textOf(at);
        break;
      }
    }
    this.methods.push(this.#declare(node, base, isPointer));
  }

  readTypes(declaration: NodeId): void {
    const { kind } = this.#numbers;
    const tree = this.#tree;
    for (
      let at = tree.firstChild[declaration] ?? NONE;
      at !== NONE;
      at = tree.nextSibling[at] ?? NONE
    ) {
      if (tree.kind[at] !== kind.type_spec && tree.kind[at] !== kind.type_alias) continue;
      this.types.push(typeDeclaration(this.#file, tree, at, this.#types, this.#file.importPath));
    }
  }

  readValues(declaration: NodeId): void {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const after = tree.afterSubtree(declaration);
    for (let spec = declaration + 1; spec < after; ) {
      const specKind = tree.kind[spec];
      if (specKind !== kind.var_spec && specKind !== kind.const_spec) {
        spec = specKind === kind.var_spec_list ? spec + 1 : tree.afterSubtree(spec);
        continue;
      }
      const role = specKind === kind.var_spec ? "variable" : "constant";
      let index = 0;
      for (let at = tree.firstChild[spec] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
        if (tree.field[at] !== field.name || tree.kind[at] !== kind.identifier) continue;
        this.values.push({ kind: role, name: tree.textOf(at), node: at, spec, index: index++ });
      }
      spec = tree.afterSubtree(spec);
    }
  }

  readImports(declaration: NodeId): void {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const after = tree.afterSubtree(declaration);
    for (let spec = declaration + 1; spec < after; spec++) {
      if (tree.kind[spec] !== kind.import_spec) continue;
      const name = childIn(tree, spec, field.name);
      const path = childIn(tree, spec, field.path);
      if (path === NONE) continue;
      const alias = name === NONE ? undefined : tree.textOf(name);
      this.imports.push({ alias, path: tree.textOf(path).slice(1, -1), node: spec });
    }
  }

  #declare(node: NodeId, receiver: string | undefined, isPointer: boolean): FunctionDeclaration {
    const name = childIn(this.#tree, node, this.#numbers.field.name);
    return new DeclaredFunction(
      this.#file,
      this.#tree,
      node,
      name,
      receiver,
      isPointer,
      this.#types,
    );
  }
}

class DeclaredFunction implements FunctionDeclaration {
  readonly name: string;
  readonly file: string;
  readonly tree: Tree;
  readonly node: NodeId;
  readonly receiver: string | undefined;
  readonly hasPointerReceiver: boolean;
  readonly #of: GoFile;
  readonly #types: DeclarationTypes;

  constructor(
    of: GoFile,
    tree: Tree,
    node: NodeId,
    name: NodeId,
    receiver: string | undefined,
    isPointer: boolean,
    types: DeclarationTypes,
  ) {
    this.name = name === NONE ? "" : tree.textOf(name);
    this.file = of.path;
    this.tree = tree;
    this.node = node;
    this.receiver = receiver;
    this.hasPointerReceiver = isPointer;
    this.#of = of;
    this.#types = types;
  }

  type(): GoType {
    return this.#types.functionType(this.#of, this.node);
  }
}

const NO_METHODS: ReadonlyMap<string, FunctionDeclaration> = new Map();

/** The declaration of a `type_spec` or `type_alias`. `package` is `""` for a type declared in a function. */
export function typeDeclaration(
  file: GoFile,
  tree: Tree,
  spec: NodeId,
  types: DeclarationTypes,
  importPath: string,
  isLocal = false,
): TypeDeclaration {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const nameNode = childIn(tree, spec, field.name);
  const name = nameNode === NONE ? "" : tree.textOf(nameNode);
  return {
    package: importPath,
    name,
    file: file.path,
    tree,
    node: spec,
    isAlias: tree.kind[spec] === kind.type_alias,
    underlying: () => types.declaredType(file, spec),
    methods: () => (isLocal ? NO_METHODS : types.methodsOf(file, name)),
  };
}

/** The first child in a field, by the field's number; NONE where there is none. */
export function childIn(tree: Tree, node: NodeId, field: number): NodeId {
  for (
    let child = tree.firstChild[node] ?? NONE;
    child !== NONE;
    child = tree.nextSibling[child] as number
  )
    if (tree.field[child] === field) return child;
  return NONE;
}
