import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import { SCOPE_KINDS, type ScopeBindings, scopeBindings } from "./scope-bindings.ts";

/** How far up a name is looked for: beyond any real nesting, so that hostile depth costs a bounded amount. */
const HIGHEST = 3_000;

/** The names of one module, scope by scope, each computed when first asked for. */
export class Scopes {
  readonly #tree: Tree;
  readonly #bindings = new Map<NodeId, ScopeBindings>();
  #enclosing: Int32Array | undefined;
  #references: ReadonlyMap<string, readonly NodeId[]> | undefined;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** What a name means at a node: the innermost scope that declares it. */
  lookup(at: NodeId, name: string, space: "values" | "types"): Binding | undefined {
    if (at === NONE) return undefined;
    this.#enclosing ??= enclosingScopes(this.#tree);
    let scope = this.#enclosing[at] ?? NONE;
    for (let steps = 0; scope !== NONE && steps < HIGHEST; steps++) {
      const binding = this.of(scope)[space].get(name);
      if (binding) return binding;
      const around = this.#tree.parent[scope] as number;
      scope = around === NONE ? NONE : (this.#enclosing[around] ?? NONE);
    }
    return undefined;
  }

  /** What an identifier means where it stands; for a declaring identifier what it declares. */
  bindingAt(identifier: NodeId): Binding | undefined {
    const kind = this.#tree.kindOf(identifier);
    const isType = kind === "type_identifier";
    if (!isType && !VALUE_NAMES.has(kind)) return undefined;
    const name = this.#tree.textOf(identifier);
    const parent = this.#tree.parentOf(identifier);
    if (parent !== NONE && this.#isForeignName(identifier, parent)) return undefined;
    const from = this.#declaresOutside(identifier, parent)
      ? this.#tree.parentOf(parent)
      : identifier;
    return (
      this.lookup(from, name, isType ? "types" : "values") ??
      (kind === "identifier" && TYPE_CONTEXTS.has(this.#tree.kindOf(parent))
        ? this.lookup(from, name, "types")
        : undefined)
    );
  }

  /** The names that one scope declares. */
  of(scope: NodeId): ScopeBindings {
    let bindings = this.#bindings.get(scope);
    if (!bindings) {
      bindings = scopeBindings(this.#tree, scope);
      this.#bindings.set(scope, bindings);
    }
    return bindings;
  }

  /** Every identifier that means the binding, declarations excluded, in order. */
  references(binding: Binding): readonly NodeId[] {
    const declared = new Set(binding.declarations.map(({ name }) => name));
    const inside: NodeId[] = [];
    const end = this.#tree.afterSubtree(binding.scope);
    for (const node of this.#named(binding.name)) {
      if (node < binding.scope || node >= end || declared.has(node)) continue;
      const meant = this.bindingAt(node);
      if (meant && meant.declarations[0]?.name === binding.declarations[0]?.name) inside.push(node);
    }
    return inside;
  }

  /** All identifiers of a name; the table is made at the first question. */
  #named(name: string): readonly NodeId[] {
    this.#references ??= identifiersByName(this.#tree);
    return this.#references.get(name) ?? [];
  }

  /** Names of another module's or of nobody's: `a` in `export { a } from`, `import { a as b }`, an export's alias. */
  #isForeignName(identifier: NodeId, parent: NodeId): boolean {
    const kind = this.#tree.kindOf(parent);
    if (kind === "import_specifier") {
      const alias = this.#tree.childIn(parent, "alias");
      return alias !== NONE && alias !== identifier;
    }
    if (kind !== "export_specifier") return false;
    if (this.#tree.childIn(parent, "alias") === identifier) return true;
    const statement = this.#tree.parentOf(this.#tree.parentOf(parent));
    return this.#tree.childIn(statement, "source") !== NONE;
  }

  /** A declared function's or class's own name belongs to the scope around it. */
  #declaresOutside(identifier: NodeId, parent: NodeId): boolean {
    if (parent === NONE || !OUTSIDE.has(this.#tree.kindOf(parent))) return false;
    return this.#tree.childIn(parent, "name") === identifier;
  }
}

/** By node, the innermost scope that holds it or that it is. Parents come before their children. */
function enclosingScopes({ grammar, kind, parent, size }: Tree): Int32Array {
  const isScope = new Map<number, boolean>();
  const enclosing = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    const number = kind[node] as number;
    let opens = isScope.get(number);
    if (opens === undefined) {
      opens = SCOPE_KINDS.has(grammar.kindName(number));
      isScope.set(number, opens);
    }
    const around = parent[node] as number;
    enclosing[node] = opens ? node : around === NONE ? NONE : (enclosing[around] as number);
  }
  return enclosing;
}

const VALUE_NAMES: ReadonlySet<string> = new Set([
  "identifier",
  "shorthand_property_identifier",
  "shorthand_property_identifier_pattern",
  "undefined",
]);

const OUTSIDE: ReadonlySet<string> = new Set([
  "function_declaration",
  "generator_function_declaration",
  "function_signature",
  "class_declaration",
  "abstract_class_declaration",
  "interface_declaration",
  "type_alias_declaration",
]);

const TYPE_CONTEXTS: ReadonlySet<string> = new Set([
  "export_specifier",
  "nested_type_identifier",
  "nested_identifier",
]);

function identifiersByName(tree: Tree): Map<string, NodeId[]> {
  const found = new Map<string, NodeId[]>();
  const wanted = new Map<number, boolean>();
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.kind[node] as number;
    let isName = wanted.get(kind);
    if (isName === undefined) {
      const name = tree.grammar.kindName(kind);
      isName = tree.grammar.isNamed(kind) && (VALUE_NAMES.has(name) || name === "type_identifier");
      wanted.set(kind, isName);
    }
    if (!isName) continue;
    const name = tree.textOf(node);
    const list = found.get(name);
    if (list) list.push(node);
    else found.set(name, [node]);
  }
  return found;
}

const known = new WeakMap<Tree, Scopes>();

/** The scopes of a tree. */
export function scopesOf(tree: Tree): Scopes {
  let scopes = known.get(tree);
  if (!scopes) {
    scopes = new Scopes(tree);
    known.set(tree, scopes);
  }
  return scopes;
}
