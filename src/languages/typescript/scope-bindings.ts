import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { Binding, Declaration } from "./binding.ts";
import { FUNCTION_KINDS, indexOf } from "./module-index.ts";
import { patternNames } from "./pattern.ts";
import type { TypeScriptVariable } from "./resolver.ts";

/** The names that one scope declares itself. */
export interface ScopeBindings {
  readonly values: ReadonlyMap<string, Binding>;
  readonly types: ReadonlyMap<string, Binding>;
}

type GrowingBinding = Binding & { readonly declarations: Declaration[] };
type Kind = TypeScriptVariable["kind"];

const TYPE_SCOPES: ReadonlySet<string> = new Set([
  "class_declaration",
  "abstract_class_declaration",
  "class",
  "interface_declaration",
  "type_alias_declaration",
  "method_signature",
  "abstract_method_signature",
  "function_signature",
  "call_signature",
  "construct_signature",
  "function_type",
  "constructor_type",
]);

/** Node kinds that have names of their own. */
export const SCOPE_KINDS: ReadonlySet<string> = new Set([
  ...FUNCTION_KINDS,
  ...TYPE_SCOPES,
  "program",
  "statement_block",
  "switch_body",
  "class_static_block",
  "internal_module",
  "module",
  "for_statement",
  "for_in_statement",
  "catch_clause",
]);

const none: ScopeBindings = { values: new Map(), types: new Map() };

/** What a scope declares; computed anew at each call, see `scopes.ts` for the memory. */
export function scopeBindings(tree: Tree, scope: NodeId): ScopeBindings {
  const collector = new Collector(tree, scope);
  const kind = tree.kindOf(scope);
  if (kind === "program" || kind === "statement_block") collector.statements(scope);
  else if (kind === "switch_body") collector.cases(scope);
  else if (kind === "for_statement") collector.statement(tree.childIn(scope, "initializer"));
  else if (kind === "for_in_statement") collector.forIn(scope);
  else if (kind === "catch_clause")
    collector.pattern(tree.childIn(scope, "parameter"), scope, "catch");
  else if (FUNCTION_KINDS.has(kind)) collector.ofFunction(scope, kind);
  else if (TYPE_SCOPES.has(kind)) collector.ofType(scope, kind);
  for (const hoisted of indexOf(tree).hoisted.get(scope) ?? []) collector.hoisted(hoisted);
  return collector.bindings() ?? none;
}

class Collector {
  readonly #tree: Tree;
  readonly #scope: NodeId;
  readonly #values = new Map<string, GrowingBinding>();
  readonly #types = new Map<string, GrowingBinding>();

  constructor(tree: Tree, scope: NodeId) {
    this.#tree = tree;
    this.#scope = scope;
  }

  bindings(): ScopeBindings | undefined {
    if (this.#values.size === 0 && this.#types.size === 0) return undefined;
    return { values: this.#values, types: this.#types };
  }

  statements(block: NodeId): void {
    const { firstChild, nextSibling } = this.#tree;
    for (
      let child = firstChild[block] ?? NONE;
      child !== NONE;
      child = nextSibling[child] as number
    )
      this.statement(child);
  }

  cases(body: NodeId): void {
    for (const item of this.#tree.namedChildren(body)) this.statements(item);
  }

  /** A statement's own names, behind `export`, `declare` and `label:`. */
  statement(statement: NodeId): void {
    for (let node = statement; node !== NONE; ) {
      const kind = this.#tree.kindOf(node);
      if (kind === "export_statement") node = this.#tree.childIn(node, "declaration");
      else if (kind === "labeled_statement") node = this.#tree.childIn(node, "body");
      else if (kind === "ambient_declaration" || kind === "expression_statement")
        node = this.#firstNamed(node);
      else {
        this.#declaration(node, kind);
        return;
      }
    }
  }

  #declaration(node: NodeId, kind: string): void {
    switch (kind) {
      case "lexical_declaration":
        this.#declarators(node, this.#hasWord(node, "let") ? "let" : "const");
        return;
      case "function_declaration":
      case "generator_function_declaration":
      case "function_signature":
        this.#named(node, "function", this.#values);
        return;
      case "class_declaration":
      case "abstract_class_declaration":
        this.#named(node, "class", this.#values);
        this.#named(node, "class", this.#types);
        return;
      case "enum_declaration":
        this.#named(node, "enum", this.#values);
        this.#named(node, "enum", this.#types);
        return;
      case "interface_declaration":
      case "type_alias_declaration":
        this.#named(node, "type", this.#types);
        return;
      case "internal_module":
      case "module":
        this.#named(node, "namespace", this.#values);
        return;
      case "import_statement":
        this.#imports(node);
        return;
      case "import_alias": {
        const name = this.#firstNamed(node);
        if (name !== NONE) this.#import({ name, node });
      }
    }
  }

  hoisted(declaration: NodeId): void {
    if (this.#tree.kindOf(declaration) === "for_in_statement")
      this.pattern(this.#tree.childIn(declaration, "left"), declaration, "var");
    else this.#declarators(declaration, "var");
  }

  forIn(statement: NodeId): void {
    const kind = this.#tree.childIn(statement, "kind");
    if (kind === NONE || this.#tree.kindOf(kind) === "var") return;
    const word = this.#tree.kindOf(kind) === "let" ? "let" : "const";
    this.pattern(this.#tree.childIn(statement, "left"), statement, word);
  }

  ofFunction(node: NodeId, kind: string): void {
    if (kind === "function_expression" || kind === "generator_function")
      this.#named(node, "function", this.#values);
    const bare = this.#tree.childIn(node, "parameter");
    if (bare !== NONE) this.#add(this.#values, { name: bare, node: bare }, "parameter", 0);
    this.#typeParameters(node);
    const parameters = this.#tree.childIn(node, "parameters");
    if (parameters === NONE) return;
    let index = 0;
    for (const parameter of this.#tree.namedChildren(parameters)) {
      const parameterKind = this.#tree.kindOf(parameter);
      if (parameterKind !== "required_parameter" && parameterKind !== "optional_parameter")
        continue;
      const pattern = this.#tree.childIn(parameter, "pattern");
      if (pattern !== NONE && this.#tree.kindOf(pattern) === "this") continue;
      const name = pattern === NONE ? this.#tree.childIn(parameter, "name") : pattern;
      this.pattern(name, parameter, "parameter", index++);
    }
  }

  ofType(node: NodeId, kind: string): void {
    if (kind === "class") {
      this.#named(node, "class", this.#values);
      this.#named(node, "class", this.#types);
    }
    this.#typeParameters(node);
  }

  pattern(pattern: NodeId, node: NodeId, kind: Kind, index = -1): void {
    if (pattern === NONE) return;
    for (const name of patternNames(this.#tree, pattern))
      this.#add(this.#values, { name, node }, kind, index);
  }

  #declarators(declaration: NodeId, kind: Kind): void {
    for (const declarator of this.#tree.namedChildren(declaration)) {
      if (this.#tree.kindOf(declarator) === "variable_declarator")
        this.pattern(this.#tree.childIn(declarator, "name"), declarator, kind);
    }
  }

  #imports(statement: NodeId): void {
    for (const child of this.#tree.namedChildren(statement)) {
      const kind = this.#tree.kindOf(child);
      if (kind === "import_require_clause")
        this.#import({ name: this.#firstNamed(child), node: child });
      if (kind !== "import_clause") continue;
      for (const part of this.#tree.namedChildren(child)) {
        const partKind = this.#tree.kindOf(part);
        if (partKind === "identifier") this.#import({ name: part, node: child });
        else if (partKind === "namespace_import")
          this.#import({ name: this.#firstNamed(part), node: part });
        else if (partKind === "named_imports") this.#specifiers(part);
      }
    }
  }

  #specifiers(list: NodeId): void {
    for (const specifier of this.#tree.namedChildren(list)) {
      if (this.#tree.kindOf(specifier) !== "import_specifier") continue;
      const alias = this.#tree.childIn(specifier, "alias");
      const name = alias === NONE ? this.#tree.childIn(specifier, "name") : alias;
      this.#import({ name, node: specifier });
    }
  }

  #import(declaration: Declaration): void {
    if (declaration.name === NONE) return;
    this.#add(this.#values, declaration, "import", -1);
    this.#add(this.#types, declaration, "import", -1);
  }

  #typeParameters(node: NodeId): void {
    const list = this.#tree.childIn(node, "type_parameters");
    if (list === NONE) return;
    for (const parameter of this.#tree.namedChildren(list)) {
      if (this.#tree.kindOf(parameter) === "type_parameter")
        this.#named(parameter, "type", this.#types);
    }
  }

  #named(node: NodeId, kind: Kind, into: Map<string, GrowingBinding>): void {
    const name = this.#tree.childIn(node, "name");
    if (name !== NONE) this.#add(into, { name, node }, kind, -1);
  }

  #add(
    into: Map<string, GrowingBinding>,
    declaration: Declaration,
    kind: Kind,
    index: number,
  ): void {
    const name = this.#tree.textOf(declaration.name);
    const earlier = into.get(name);
    if (earlier) earlier.declarations.push(declaration);
    else into.set(name, { name, kind, scope: this.#scope, declarations: [declaration], index });
  }

  #firstNamed(node: NodeId): NodeId {
    const { firstChild, nextSibling } = this.#tree;
    for (
      let child = firstChild[node] ?? NONE;
      child !== NONE;
      child = nextSibling[child] as number
    ) {
      if (this.#tree.isNamed(child) && this.#tree.kindOf(child) !== "comment") return child;
    }
    return NONE;
  }

  #hasWord(declaration: NodeId, word: string): boolean {
    const kind = this.#tree.childIn(declaration, "kind");
    return kind !== NONE && this.#tree.kindOf(kind) === word;
  }
}
