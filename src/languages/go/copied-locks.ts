import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import { printType } from "./print-type.ts";
import type { GoResolver, GoType } from "./type.ts";

/**
 * Places where a value that holds a lock is copied, so that each copy has a lock of its own:
 *
 *     func (c Counter) Add() { c.mu.Lock() … }     // the receiver is a copy
 *     for _, shard := range shards { … }           // so is each element
 *     snapshot := *store                           // and this
 *
 * Composite literals, zero values and results of calls are new values, not copies. What has no resolved type is left alone.
 */
export interface LockCopy {
  readonly at: Place;
  /** Text of what is copied: an expression, or the name of a parameter or receiver. */
  readonly what: string;
  readonly how:
    | "assigned"
    | "passed"
    | "returned"
    | "ranged over"
    | "a parameter"
    | "a receiver"
    | "stored";
  readonly type: string;
  /** The way to the lock: `mu sync.Mutex`, or `sync.Mutex` for the type itself. */
  readonly lock: string;
}

/** Types whose values must not be copied after first use, by their documentation. */
const LOCKS: Readonly<Record<string, readonly string[]>> = {
  sync: ["Mutex", "RWMutex", "WaitGroup", "Once", "Cond", "Pool", "Map"],
  "sync/atomic": ["Bool", "Int32", "Int64", "Uint32", "Uint64", "Uintptr", "Pointer"],
};
const DEPTH = 8;
const INTEREST = /\bsync\b|\batomic\b/;

export const copiedLocks = defineAnalysis("copied locks", (use): readonly LockCopy[] => {
  const { files, importPath } = use(goPackage);
  if (!files.some(({ text }) => INTEREST.test(text))) return [];
  const finder = new CopyFinder(use(goResolver), variantsOf(files, importPath));
  return files.filter(({ isJudged }) => isJudged).flatMap((file) => finder.inFile(file));
});

/** Types that are declared for each system anew: which of them holds a lock is not known here. */
function variantsOf(files: readonly GoFile[], importPath: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const variants = new Set<string>();
  for (const { declarations, packageName } of files)
    for (const { name } of declarations.types) {
      const key = `${packageName} ${name}`;
      if (seen.has(key)) variants.add(`${importPath}.${name}`);
      seen.add(key);
    }
  return variants;
}

class CopyFinder {
  readonly #resolver: GoResolver;
  readonly #variants: ReadonlySet<string>;
  readonly #locks = new Map<string, string | undefined>();

  constructor(resolver: GoResolver, variants: ReadonlySet<string>) {
    this.#resolver = resolver;
    this.#variants = variants;
  }

  inFile(file: GoFile): LockCopy[] {
    const { tree } = file;
    const found: LockCopy[] = [];
    if (!tree) return found;
    for (let node = 0; node < tree.size; node++) {
      for (const copy of this.#at(file.path, tree, node)) found.push(copy);
    }
    return found;
  }

  #at(file: string, tree: Tree, node: NodeId): readonly LockCopy[] {
    switch (tree.kindOf(node)) {
      case "parameter_declaration":
        return this.#declared(file, tree, node);
      case "short_var_declaration":
      case "assignment_statement":
        return this.#values(
          file,
          tree,
          tree.childIn(node, "right"),
          "assigned",
          leftNames(tree, node),
        );
      case "var_spec":
        return this.#values(file, tree, tree.childIn(node, "value"), "assigned");
      case "return_statement":
        return this.#values(file, tree, tree.firstChild[node] ?? NONE, "returned");
      case "argument_list":
        return this.#isPlainCall(file, tree, tree.parentOf(node))
          ? this.#list(file, tree, node, "passed")
          : [];
      case "literal_element":
        return this.#copy(file, tree, onlyChild(tree, node), "stored");
      case "range_clause":
        return this.#ranged(file, tree, node);
      default:
        return [];
    }
  }

  /** A parameter or receiver that is passed by value. Interface methods and function types declare, they don't copy. */
  #declared(file: string, tree: Tree, node: NodeId): readonly LockCopy[] {
    const list = tree.parentOf(node);
    const owner = tree.parentOf(list);
    const kind = tree.kindOf(owner);
    if (kind !== "function_declaration" && kind !== "method_declaration" && kind !== "func_literal")
      return [];
    if (tree.childIn(owner, "result") === list) return [];
    const typeNode = tree.childIn(node, "type");
    const type = this.#resolver.typeFrom(file, typeNode);
    const lock = this.#lockIn(type);
    if (lock === undefined) return [];
    const how = tree.childIn(owner, "receiver") === list ? "a receiver" : "a parameter";
    const name = tree.childIn(node, "name");
    const what = name === NONE ? printType(type) : tree.textOf(name);
    return [{ at: { file, ...tree.spanOf(typeNode) }, what, how, type: printType(type), lock }];
  }

  #values(
    file: string,
    tree: Tree,
    list: NodeId,
    how: LockCopy["how"],
    names: readonly string[] = [],
  ): readonly LockCopy[] {
    if (list === NONE) return [];
    if (tree.kindOf(list) !== "expression_list") {
      return tree.isNamed(list)
        ? this.#copy(file, tree, list, how)
        : this.#values(file, tree, tree.nextSibling[list] as number, how);
    }
    const values = tree.namedChildren(list);
    return values.flatMap((value, index) =>
      names[index] === "_" ? [] : this.#copy(file, tree, value, how),
    );
  }

  #list(file: string, tree: Tree, list: NodeId, how: LockCopy["how"]): readonly LockCopy[] {
    return tree.namedChildren(list).flatMap((value) => this.#copy(file, tree, value, how));
  }

  #ranged(file: string, tree: Tree, node: NodeId): readonly LockCopy[] {
    const left = tree.childIn(node, "left");
    const value = left === NONE ? undefined : tree.namedChildren(left)[1];
    if (value === undefined || tree.textOf(value) === "_") return [];
    const type = this.#resolver.typeOf(file, value);
    const lock = this.#lockIn(type);
    if (lock === undefined) return [];
    return [
      {
        at: { file, ...tree.spanOf(value) },
        what: tree.textOf(value),
        how: "ranged over",
        type: printType(type),
        lock,
      },
    ];
  }

  /** Only an existing variable can be copied: a name, a field, an element, or what a pointer points to. */
  #copy(file: string, tree: Tree, expression: NodeId, how: LockCopy["how"]): readonly LockCopy[] {
    let value = expression;
    while (value !== NONE && tree.kindOf(value) === "parenthesized_expression")
      value = onlyChild(tree, value);
    if (value === NONE || !isVariable(tree, value)) return [];
    const type = this.#resolver.typeOf(file, value);
    const lock = this.#lockIn(type);
    if (lock === undefined || this.#isType(file, tree, value)) return [];
    return [
      {
        at: { file, ...tree.spanOf(value) },
        what: tree.textOf(value),
        how,
        type: printType(type),
        lock,
      },
    ];
  }

  #isType(file: string, tree: Tree, value: NodeId): boolean {
    return (
      tree.kindOf(value) === "identifier" && this.#resolver.symbolAt(file, value)?.kind === "type"
    );
  }

  /** A call that passes its arguments: not a conversion, not `new`, `len`, `unsafe.Sizeof` and the like. */
  #isPlainCall(file: string, tree: Tree, call: NodeId): boolean {
    if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
    const callee = tree.childIn(call, "function");
    if (tree.kindOf(callee) === "identifier") {
      const symbol = this.#resolver.symbolAt(file, callee);
      return symbol?.kind === "function" || symbol?.kind === "variable";
    }
    return (
      tree.kindOf(callee) === "selector_expression" && !tree.textOf(callee).startsWith("unsafe.")
    );
  }

  /** Where a value of the type holds a lock; undefined where it holds none, or is not known to. */
  #lockIn(type: GoType, depth = DEPTH): string | undefined {
    if (depth === 0) return undefined;
    switch (type.kind) {
      case "named": {
        if (LOCKS[type.package]?.includes(type.name)) return printType(type);
        const name = `${type.package}.${type.name}`;
        if (this.#variants.has(name)) return undefined;
        if (!this.#locks.has(name)) {
          this.#locks.set(name, undefined);
          const underlying = this.#resolver.underlying(type);
          this.#locks.set(
            name,
            underlying.kind === "named" ? undefined : this.#lockIn(underlying, depth - 1),
          );
        }
        return this.#locks.get(name);
      }
      case "array":
        return this.#lockIn(type.element, depth - 1);
      case "struct": {
        for (const field of type.fields) {
          const inner = this.#lockIn(field.type, depth - 1);
          if (inner !== undefined) return `${field.name} ${inner}`;
        }
        return undefined;
      }
      default:
        return undefined;
    }
  }
}

function isVariable(tree: Tree, node: NodeId): boolean {
  switch (tree.kindOf(node)) {
    case "identifier":
    case "selector_expression":
    case "index_expression":
      return true;
    case "unary_expression":
      return (
        tree.textOf(node).startsWith("*") &&
        tree.kindOf(tree.childIn(node, "operand")) !== "call_expression"
      );
    default:
      return false;
  }
}

function onlyChild(tree: Tree, node: NodeId): NodeId {
  return tree.namedChildren(node)[0] ?? NONE;
}

/** `_ = x` copies nothing that anybody sees. */
function leftNames(tree: Tree, node: NodeId): string[] {
  const left = tree.childIn(node, "left");
  return left === NONE ? [] : tree.namedChildren(left).map((name) => tree.textOf(name));
}
