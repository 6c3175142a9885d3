import type { FunctionHeader, FunctionRole } from "../../../model/function.ts";
import type { FunctionId, Variable } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { takesTest } from "../calls.ts";
import type { GoFile } from "../go-file.ts";
import { isInlinedDefer } from "./inlined-defer.ts";
import { functionIdAt, type UnitContext } from "./unit-context.ts";

/** A function of a file with its node. The header's parts are computed when asked for. */
export interface FunctionEntry {
  readonly header: FunctionHeader;
  readonly tree: Tree;
  readonly node: NodeId;
}

/** All functions of a file in order: declarations, initialisers of package variables, and the literals inside them. */
export function functionsOf(unit: UnitContext, file: GoFile): FunctionEntry[] {
  const { tree } = file;
  if (!tree) return [];
  const entries: FunctionEntry[] = [];
  for (let top = tree.firstChild[0] ?? NONE; top !== NONE; top = tree.nextSibling[top] as number) {
    const kind = tree.kindOf(top);
    if (kind === "function_declaration" || kind === "method_declaration") {
      if (tree.childIn(top, "body") === NONE) continue;
      const role = kind === "function_declaration" ? "function" : "method";
      addWithClosures(unit, file, tree, top, role, entries);
    } else if (kind === "var_declaration") {
      for (const spec of variableSpecs(tree, top))
        addWithClosures(unit, file, tree, spec, "initializer", entries);
    }
  }
  return entries;
}

/** Specs that have values. */
function variableSpecs(tree: Tree, declaration: NodeId): NodeId[] {
  const parts = tree
    .namedChildren(declaration)
    .flatMap((part) => (tree.kindOf(part) === "var_spec_list" ? tree.namedChildren(part) : [part]));
  return parts.filter(
    (part) => tree.kindOf(part) === "var_spec" && tree.childIn(part, "value") !== NONE,
  );
}

function addWithClosures(
  unit: UnitContext,
  file: GoFile,
  tree: Tree,
  node: NodeId,
  role: FunctionRole,
  entries: FunctionEntry[],
): void {
  const outer = new Header(unit, file, tree, node, role, undefined);
  entries.push({ header: outer, tree, node });
  const open: { readonly end: NodeId; readonly header: Header }[] = [];
  const literal = tree.grammar.kind("func_literal");
  const after = tree.afterSubtree(node);
  for (let at = node; at < after; at++) {
    if (tree.kind[at] !== literal || isInlinedDefer(tree, at)) continue;
    while ((open.at(-1)?.end ?? after) <= at) open.pop();
    const enclosing = open.at(-1)?.header ?? outer;
    const header = new Header(unit, file, tree, at, "closure", enclosing);
    entries.push({ header, tree, node: at });
    open.push({ end: tree.afterSubtree(at), header });
  }
}

/** What stands in a package of tests alone beside its tests, their preparations and helpers: it is what they try. */
function isTested({ isTestsAlone }: UnitContext, tree: Tree, node: NodeId): boolean {
  if (!isTestsAlone || tree.childIn(node, "parameters") === NONE) return false;
  const name = tree.textOf(tree.childIn(node, "name"));
  if (/^(?:Test|Benchmark|Example|Fuzz|SetUp|Setup|TearDown|Before|After)/.test(name)) return false;
  return !/\btesting\.\w/.test(tree.textOf(tree.childIn(node, "parameters")));
}

class Header implements FunctionHeader {
  readonly id: FunctionId;
  readonly file: string;
  readonly at: FunctionHeader["at"];
  readonly role: FunctionRole;
  readonly enclosing: FunctionId | undefined;
  readonly isTest: boolean;
  readonly isAsync = false;
  readonly isGenerator = false;
  readonly #unit: UnitContext;
  readonly #tree: Tree;
  readonly #node: NodeId;
  readonly #outer: Header | undefined;
  #parameters: readonly Variable[] | undefined;
  #results: readonly Variable[] | undefined;

  constructor(
    unit: UnitContext,
    file: GoFile,
    tree: Tree,
    node: NodeId,
    role: FunctionRole,
    outer: Header | undefined,
  ) {
    this.id = functionIdAt(file.path, tree, node);
    this.file = file.path;
    this.at = tree.spanOf(node);
    this.role = role;
    this.enclosing = outer?.id;
    this.isTest = outer
      ? outer.isTest
      : file.isTest
        ? !isTested(unit, tree, node)
        : takesTest(tree, node);
    this.#unit = unit;
    this.#tree = tree;
    this.#node = node;
    this.#outer = outer;
  }

  get name(): string {
    const tree = this.#tree;
    const outer = this.#outer;
    if (outer)
      return `function at line ${this.#unit.lineAt(this.file, this.at.start)} of ${outer.outermost}`;
    const name = tree.textOf(this.#nameNode());
    if (this.role === "initializer") return `initializer of ${name}`;
    if (this.role === "function") return name;
    const { base, isPointer } = this.#receiverType();
    return isPointer ? `(*${base}).${name}` : `${base}.${name}`;
  }

  /** The name of the declared function that a closure stands in. */
  get outermost(): string {
    let at: Header = this;
    // By a loop: closures may be nested 100,000 deep.
    while (at.#outer) at = at.#outer;
    return at.name;
  }

  get nameAt(): FunctionHeader["nameAt"] {
    const { start } = this.at;
    return this.#outer ? { start, end: start + 4 } : this.#tree.spanOf(this.#nameNode());
  }

  get receiver(): Variable | undefined {
    return this.role === "method" ? this.#variables("receiver")[0] : undefined;
  }

  get parameters(): readonly Variable[] {
    this.#parameters ??= this.#variables("parameters");
    return this.#parameters;
  }

  get results(): readonly Variable[] {
    this.#results ??= this.#variables("result");
    return this.#results;
  }

  get isExported(): boolean {
    if (this.#outer) return false;
    const names = [this.#tree.textOf(this.#nameNode())];
    if (this.role === "method") names.push(this.#receiverType().base);
    return names.every((name) => /^\p{Lu}/u.test(name));
  }

  get comment(): string {
    if (this.#outer) return "";
    const { text } = this.#tree;
    const body = this.#tree.childIn(this.#node, "body");
    const inside = body === NONE ? "" : commentAtTop(text, this.#tree.spanOf(body).start + 1);
    const above = commentAbove(text, this.at.start);
    return NO_LOCK.test(inside) ? `${above}\n${inside}` : above;
  }

  #nameNode(): NodeId {
    const name = this.#tree.childIn(this.#node, "name");
    return name === NONE ? this.#node : name;
  }

  #receiverType(): { readonly base: string; readonly isPointer: boolean } {
    const tree = this.#tree;
    const receiver = tree.childIn(this.#node, "receiver");
    let isPointer = false;
    const after = receiver === NONE ? NONE : tree.afterSubtree(receiver);
    for (let node = receiver; node < after; node++) {
      const kind = tree.kindOf(node);
      if (kind === "pointer_type") isPointer = true;
      if (kind === "type_identifier") return { base: tree.textOf(node), isPointer };
    }
    return { base: "", isPointer };
  }

  #variables(field: "receiver" | "parameters" | "result"): Variable[] {
    const tree = this.#tree;
    const list = this.role === "initializer" ? NONE : tree.childIn(this.#node, field);
    if (list === NONE) return [];
    const role = field === "parameters" ? "parameter" : field;
    if (tree.kindOf(list) !== "parameter_list") return [this.#unnamed(role, 0, list)];
    const found: Variable[] = [];
    for (const declaration of tree.namedChildren(list)) {
      const kind = tree.kindOf(declaration);
      if (kind !== "parameter_declaration" && kind !== "variadic_parameter_declaration") continue;
      const names = tree
        .childrenIn(declaration, "name")
        .filter((name) => tree.kindOf(name) === "identifier");
      for (const name of names) found.push(this.#named(role, found.length, name));
      if (names.length === 0) found.push(this.#unnamed(role, found.length, declaration));
    }
    return found;
  }

  #named(role: Variable["role"], index: number, name: NodeId): Variable {
    const symbol = this.#unit.resolver.symbolAt(this.file, name);
    return symbol?.kind === "variable"
      ? this.#unit.variable(symbol.variable)
      : this.#unnamed(role, index, name);
  }

  #unnamed(role: Variable["role"], index: number, node: NodeId): Variable {
    const { start } = this.#tree.spanOf(node);
    return {
      id: `${this.file}:${start}#${role}${index}`,
      name: "",
      role,
      index,
      declaredIn: this.id,
      isReassigned: false,
      at: { file: this.file, start, end: start },
    };
  }
}

/** The comment lines that end directly above an offset at the beginning of its line, without their marks. */
function commentAbove(text: string, offset: number): string {
  const lines: string[] = [];
  let end = text.lastIndexOf("\n", offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const match = /^\s*\/\/ ?(.*?)\r?$/.exec(text.slice(start, end));
    if (!match) break;
    lines.push(match[1] ?? "");
    end = start - 1;
  }
  return lines.reverse().join("\n");
}

/** What a comment at the top of a body says as one above the function might: that no lock is needed, or that there is one caller at a time. */
const NO_LOCK =
  /\b(?:no|not|without)\b.*\block|\babsence of\b.*\block|\block.*\bnot\b|n['’]t .*\block|not .*concurren|\bsingle[- ]thread/i;
/** `c.mu.RLock()`, `defer c.mu.RUnlock()`, and the line between these and what follows. */
const LOCKING = /^\s*(?:(?:defer )?[\w.]+\.R?(?:Unl|L)ock\(\))?\r?$/;

/** The comment lines directly behind the brace of a body, or behind the lock that it takes there, without their marks. */
function commentAtTop(text: string, offset: number): string {
  const lines: string[] = [];
  const first = text.indexOf("\n", offset);
  if (first === -1 || text.slice(offset, first).trim() !== "") return "";
  for (let start = first + 1; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? undefined : end);
    const match = /^\s*\/\/ ?(.*?)\r?$/.exec(line);
    const isLocking = lines.length === 0 && LOCKING.test(line);
    if (end === -1 || !(match || isLocking)) break;
    if (match) lines.push(match[1] ?? "");
    start = end + 1;
  }
  return lines.join("\n");
}
