import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn, type GoFile } from "./go-file.ts";
import type { Inference } from "./inference.ts";
import { substitute } from "./substitute.ts";
import { type SyntaxNumbers, syntaxNumbers } from "./syntax-numbers.ts";
import type { GoField, GoMethod, GoType } from "./type.ts";
import { basic, UNKNOWN } from "./universe.ts";

/** The type that a type expression denotes: `*Hub`, `map[string]chan<- int`, `struct { … }`. */
export function typeFromNode(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  return new TypeExpression(inference, file, tree).read(node);
}

class TypeExpression {
  readonly #inference: Inference;
  readonly #file: GoFile;
  readonly #tree: Tree;
  readonly #numbers: SyntaxNumbers;

  constructor(inference: Inference, file: GoFile, tree: Tree) {
    this.#inference = inference;
    this.#file = file;
    this.#tree = tree;
    this.#numbers = syntaxNumbers(tree.grammar);
  }

  read(node: NodeId): GoType {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    switch (tree.kind[node]) {
      case kind.type_identifier:
      case kind.identifier:
        return this.#named(node);
      case kind.qualified_type:
        return this.#qualified(node);
      case kind.generic_type:
        return this.#generic(node);
      case kind.pointer_type:
        return { kind: "pointer", to: this.#only(node) };
      case kind.parenthesized_type:
      case kind.negated_type:
      case kind.type_elem:
      case kind.type_constraint:
        return this.#only(node);
      case kind.slice_type:
        return { kind: "slice", element: this.#child(node, field.element) };
      case kind.array_type:
      case kind.implicit_length_array_type:
        return { kind: "array", element: this.#child(node, field.element) };
      case kind.map_type:
        return {
          kind: "map",
          key: this.#child(node, field.key),
          value: this.#child(node, field.value),
        };
      case kind.channel_type:
        return {
          kind: "channel",
          element: this.#child(node, field.value),
          direction: this.#direction(node),
        };
      case kind.function_type:
      case kind.function_declaration:
      case kind.method_declaration:
      case kind.func_literal:
        return this.signature(node);
      case kind.struct_type:
        return this.#struct(node);
      case kind.interface_type:
        return this.#interface(node);
      default:
        return UNKNOWN;
    }
  }

  signature(node: NodeId): GoType {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const list = childIn(tree, node, field.parameters);
    const result = childIn(tree, node, field.result);
    const parameters = list === NONE ? [] : this.#list(list);
    const results =
      result === NONE
        ? []
        : tree.kind[result] === kind.parameter_list
          ? this.#list(result)
          : [this.#ask(result)];
    return { kind: "function", parameters, results, isVariadic: this.#isVariadic(list) };
  }

  #ask(node: NodeId): GoType {
    return node === NONE ? UNKNOWN : this.#inference.typeFrom(this.#file, node);
  }

  #child(node: NodeId, field: number): GoType {
    return this.#ask(childIn(this.#tree, node, field));
  }

  /** The only named child; a union of several types is unknown. */
  #only(node: NodeId): GoType {
    const types = this.#tree
      .namedChildren(node)
      .filter((child) => this.#tree.kind[child] !== this.#numbers.kind.comment);
    return types.length === 1 ? this.#ask(types[0] ?? NONE) : UNKNOWN;
  }

  #named(node: NodeId): GoType {
    const symbol = this.#inference.symbolAt(this.#file, node);
    if (symbol?.kind === "type") return this.#resolved(symbol.type);
    return UNKNOWN;
  }

  /** An alias without parameters is the type that it stands for. */
  #resolved(type: GoType): GoType {
    if (type.kind !== "named" || !type.declaration?.isAlias) return type;
    const { declaration } = type;
    return this.#inference.deeper(() => declaration.underlying());
  }

  #qualified(node: NodeId): GoType {
    const { field } = this.#numbers;
    const tree = this.#tree;
    const packageNode = childIn(tree, node, field.package);
    const nameNode = childIn(tree, node, field.name);
    if (packageNode === NONE || nameNode === NONE) return UNKNOWN;
    const symbol = this.#inference.symbolAt(this.#file, packageNode);
    if (symbol?.kind !== "package") return UNKNOWN;
    return this.#resolved(this.#inference.qualifiedType(symbol.path, tree.textOf(nameNode)));
  }

  #generic(node: NodeId): GoType {
    const { field, kind } = this.#numbers;
    const tree = this.#tree;
    const base = childIn(tree, node, field.type);
    const list = childIn(tree, node, field.type_arguments);
    if (base === NONE || list === NONE) return UNKNOWN;
    const types = tree
      .namedChildren(list)
      .filter((child) => tree.kind[child] !== kind.comment)
      .map((child) => this.#ask(child));
    return instantiate(this.#inference, this.#baseOf(base), types);
  }

  /** A generic type before its arguments: aliases are not followed yet. */
  #baseOf(node: NodeId): GoType {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    if (tree.kind[node] !== kind.qualified_type) {
      const symbol = this.#inference.symbolAt(this.#file, node);
      return symbol?.kind === "type" ? symbol.type : UNKNOWN;
    }
    const packageNode = childIn(tree, node, field.package);
    const nameNode = childIn(tree, node, field.name);
    const symbol =
      packageNode === NONE ? undefined : this.#inference.symbolAt(this.#file, packageNode);
    if (symbol?.kind !== "package" || nameNode === NONE) return UNKNOWN;
    return this.#inference.qualifiedType(symbol.path, tree.textOf(nameNode));
  }

  #direction(node: NodeId): "both" | "send" | "receive" {
    const tree = this.#tree;
    const first = tree.firstChild[node] ?? NONE;
    if (tree.kind[first] === this.#numbers.token.arrow) return "receive";
    const second = tree.nextSibling[first] ?? NONE;
    return second !== NONE && tree.kind[second] === this.#numbers.token.arrow ? "send" : "both";
  }

  #list(list: NodeId): GoType[] {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const types: GoType[] = [];
    for (let at = tree.firstChild[list] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
      const isVariadic = tree.kind[at] === kind.variadic_parameter_declaration;
      if (!isVariadic && tree.kind[at] !== kind.parameter_declaration) continue;
      const element = this.#child(at, field.type);
      const type: GoType = isVariadic ? { kind: "slice", element } : element;
      for (let names = Math.max(1, this.#names(at).length); names > 0; names--) types.push(type);
    }
    return types;
  }

  #names(node: NodeId): NodeId[] {
    const tree = this.#tree;
    return tree.childrenIn(node, "name").filter((name) => tree.isNamed(name));
  }

  #isVariadic(list: NodeId): boolean {
    const tree = this.#tree;
    for (
      let at = list === NONE ? NONE : (tree.firstChild[list] ?? NONE);
      at !== NONE;
      at = tree.nextSibling[at] ?? NONE
    )
      if (tree.kind[at] === this.#numbers.kind.variadic_parameter_declaration) return true;
    return false;
  }

  #struct(node: NodeId): GoType {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const list = tree.childOfKind(node, "field_declaration_list");
    const fields: GoField[] = [];
    for (
      let at = list === NONE ? NONE : (tree.firstChild[list] ?? NONE);
      at !== NONE;
      at = tree.nextSibling[at] ?? NONE
    ) {
      if (tree.kind[at] !== kind.field_declaration) continue;
      const typeNode = childIn(tree, at, field.type);
      const type = this.#ask(typeNode);
      const names = this.#names(at);
      for (const name of names)
        fields.push({
          name: tree.textOf(name),
          type,
          isEmbedded: false,
          file: this.#file.path,
          node: name,
        });
      if (names.length > 0 || typeNode === NONE) continue;
      const isPointer = tree.kind[tree.firstChild[at] ?? NONE] === this.#numbers.token.star;
      fields.push({
        name: this.#embeddedName(typeNode),
        type: isPointer ? { kind: "pointer", to: type } : type,
        isEmbedded: true,
        file: this.#file.path,
        node: typeNode,
      });
    }
    return { kind: "struct", fields };
  }

  #embeddedName(typeNode: NodeId): string {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    let node = typeNode;
    if (tree.kind[node] === kind.generic_type) node = childIn(tree, node, field.type);
    if (node !== NONE && tree.kind[node] === kind.qualified_type)
      node = childIn(tree, node, field.name);
    return node === NONE ? "" : tree.textOf(node);
  }

  #interface(node: NodeId): GoType {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const methods: GoMethod[] = [];
    const embedded: GoType[] = [];
    let isConstraint = false;
    for (let at = tree.firstChild[node] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
      if (tree.kind[at] === kind.method_elem) {
        const name = childIn(tree, at, field.name);
        if (name === NONE) continue;
        const type = this.signature(at);
        methods.push({ name: tree.textOf(name), type, file: this.#file.path, node: name });
      } else if (tree.kind[at] === kind.type_elem) {
        const parts = tree.namedChildren(at);
        const isUnion = parts.length > 1 || tree.kind[parts[0] ?? at] === kind.negated_type;
        const type = this.#ask(at);
        isConstraint ||= isUnion || isPlainType(this.#inference, type);
        embedded.push(type);
      }
    }
    return { kind: "interface", methods, embedded, isConstraint };
  }
}

/** An embedded type that is no interface makes a constraint of the interface, as does `comparable`. */
function isPlainType(inference: Inference, type: GoType): boolean {
  if (type.kind === "basic") return type.name !== "error" && type.name !== "any";
  if (type.kind !== "named") return type.kind !== "unknown" && type.kind !== "interface";
  const structure = type.declaration ? inference.structure(type) : UNKNOWN;
  if (structure.kind === "interface") return structure.isConstraint;
  return structure.kind !== "unknown" && structure.kind !== "named";
}

/** A generic type with its arguments; an alias becomes what it stands for. */
export function instantiate(inference: Inference, base: GoType, types: readonly GoType[]): GoType {
  if (base.kind !== "named") return UNKNOWN;
  const { declaration } = base;
  if (!declaration?.isAlias) return { ...base, arguments: types };
  const file = inference.packages.file(declaration.file);
  if (!file) return UNKNOWN;
  const names = inference.typeParametersOf(file, declaration.node);
  const by = new Map(names.map(({ name }, at) => [name, types[at] ?? UNKNOWN]));
  return substitute(
    inference.deeper(() => declaration.underlying()),
    by,
  );
}

/** What an anonymous or untyped constant is: `untyped int` for `1`. */
export function literalType(kindName: string): GoType {
  switch (kindName) {
    case "int_literal":
    case "iota":
      return basic("untyped int");
    case "float_literal":
      return basic("untyped float");
    case "imaginary_literal":
      return basic("untyped complex");
    case "rune_literal":
      return basic("untyped rune");
    case "interpreted_string_literal":
    case "raw_string_literal":
      return basic("untyped string");
    default:
      return basic("untyped bool");
  }
}
