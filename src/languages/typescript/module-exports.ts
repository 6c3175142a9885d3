import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { indexOf } from "./module-index.ts";
import { patternNames } from "./pattern.ts";

/** What stands behind an exported name, inside its own module. */
export type ExportTarget =
  /** A name of the module's scope. */
  | { readonly kind: "local"; readonly name: string }
  /** A name of another module, or (`*`) all of it. */
  | { readonly kind: "from"; readonly specifier: string; readonly name: string }
  /** An expression: `export default f()`, `exports.f = () => 1`. */
  | { readonly kind: "expression"; readonly node: NodeId };

export interface ModuleExports {
  readonly names: ReadonlyMap<string, ExportTarget>;
  /** Modules whose names are exported whole. */
  readonly stars: readonly string[];
  /** `export =` and `module.exports =`: the module itself. */
  readonly whole: ExportTarget | undefined;
}

const known = new WeakMap<Tree, Map<NodeId, ModuleExports>>();

/** What a module exports, from the statements of its body; a file without `import` and `export` is read as CommonJS. */
export function exportsOf(tree: Tree, body: NodeId = 0): ModuleExports {
  let bodies = known.get(tree);
  if (!bodies) {
    bodies = new Map();
    known.set(tree, bodies);
  }
  let found = bodies.get(body);
  if (!found) {
    found = new ExportReader(tree, body).read();
    bodies.set(body, found);
  }
  return found;
}

class ExportReader {
  readonly #tree: Tree;
  readonly #body: NodeId;
  readonly #names = new Map<string, ExportTarget>();
  readonly #stars: string[] = [];
  #whole: ExportTarget | undefined;

  constructor(tree: Tree, body: NodeId) {
    this.#tree = tree;
    this.#body = body;
  }

  read(): ModuleExports {
    const { imports, exports, assignments } = indexOf(this.#tree);
    for (const statement of exports) {
      if (this.#tree.parentOf(statement) === this.#body) this.#statement(statement);
    }
    if (exports.length === 0 && imports.length === 0)
      for (const assignment of assignments) this.#assignment(assignment);
    return { names: this.#names, stars: this.#stars, whole: this.#whole };
  }

  #statement(statement: NodeId): void {
    const tree = this.#tree;
    const source = tree.childIn(statement, "source");
    const specifier = source === NONE ? undefined : stringValue(tree, source);
    const isDefault = this.#hasToken(statement, "default");
    const declaration = tree.childIn(statement, "declaration");
    if (declaration !== NONE) this.#declaration(declaration, isDefault);
    const value = tree.childIn(statement, "value");
    if (value !== NONE && isDefault) this.#names.set("default", this.#expression(value));
    for (const child of tree.namedChildren(statement)) {
      const kind = tree.kindOf(child);
      if (kind === "export_clause") this.#clause(child, specifier);
      else if (kind === "namespace_export" && specifier !== undefined)
        this.#set(tree.namedChildren(child)[0], { kind: "from", specifier, name: "*" });
    }
    if (specifier !== undefined && this.#hasToken(statement, "*")) this.#stars.push(specifier);
    if (this.#hasToken(statement, "=")) {
      const whole = tree.namedChildren(statement).find((node) => tree.kindOf(node) !== "comment");
      if (whole !== undefined) this.#whole = this.#expression(whole);
    }
  }

  #declaration(node: NodeId, isDefault: boolean): void {
    const tree = this.#tree;
    const kind = tree.kindOf(node);
    if (kind === "lexical_declaration" || kind === "variable_declaration") {
      for (const declarator of tree.namedChildren(node)) {
        if (tree.kindOf(declarator) !== "variable_declarator") continue;
        for (const name of patternNames(tree, tree.childIn(declarator, "name"))) this.#local(name);
      }
    } else if (kind === "ambient_declaration") {
      for (const inner of tree.namedChildren(node)) this.#declaration(inner, false);
    } else {
      const inner = kind === "expression_statement" ? (tree.namedChildren(node)[0] ?? node) : node;
      const name = tree.kindOf(inner) === "statement_block" ? NONE : nameOf(tree, inner);
      if (name === NONE) return;
      if (isDefault) this.#names.set("default", { kind: "local", name: tree.textOf(name) });
      else this.#local(name);
    }
  }

  #local(name: NodeId): void {
    const text = this.#tree.textOf(name);
    this.#names.set(text, { kind: "local", name: text });
  }

  #clause(clause: NodeId, specifier: string | undefined): void {
    const tree = this.#tree;
    for (const item of tree.namedChildren(clause)) {
      if (tree.kindOf(item) !== "export_specifier") continue;
      const nameNode = tree.childIn(item, "name");
      if (nameNode === NONE) continue;
      const alias = tree.childIn(item, "alias");
      const name = plainText(tree, nameNode);
      this.#set(
        alias === NONE ? nameNode : alias,
        specifier === undefined ? { kind: "local", name } : { kind: "from", specifier, name },
      );
    }
  }

  #set(name: NodeId | undefined, target: ExportTarget): void {
    if (name !== undefined) this.#names.set(plainText(this.#tree, name), target);
  }

  #expression(node: NodeId): ExportTarget {
    return this.#tree.kindOf(node) === "identifier"
      ? { kind: "local", name: this.#tree.textOf(node) }
      : { kind: "expression", node };
  }

  /** `module.exports = x`, `exports.name = x`, `module.exports.name = x`. */
  #assignment(assignment: NodeId): void {
    const tree = this.#tree;
    const left = tree.childIn(assignment, "left");
    const right = tree.childIn(assignment, "right");
    if (left === NONE || right === NONE || tree.kindOf(left) !== "member_expression") return;
    const target = /^(?:module\.exports|exports)(?:\.([\w$]+))?$/.exec(tree.textOf(left));
    if (!target || tree.textOf(left) === "exports") return;
    if (target[1] === undefined) this.#whole = this.#expression(right);
    else this.#names.set(target[1], this.#expression(right));
  }

  #hasToken(statement: NodeId, token: string): boolean {
    const tree = this.#tree;
    const { firstChild, nextSibling } = tree;
    for (
      let child = firstChild[statement] ?? NONE;
      child !== NONE;
      child = nextSibling[child] as number
    ) {
      if (!tree.isNamed(child) && tree.kindOf(child) === token) return true;
    }
    return false;
  }
}

const NAMELESS: ReadonlySet<string> = new Set(["program", "statement_block", "string"]);

function nameOf(tree: Tree, node: NodeId): NodeId {
  if (NAMELESS.has(tree.kindOf(node))) return NONE;
  const name = tree.childIn(node, "name");
  return name !== NONE && tree.kindOf(name) === "string" ? NONE : name;
}

function plainText(tree: Tree, node: NodeId): string {
  return tree.kindOf(node) === "string" ? stringValue(tree, node) : tree.textOf(node);
}

/** What a string literal without escapes says. */
export function stringValue(tree: Tree, node: NodeId): string {
  return tree.textOf(node).slice(1, -1);
}
