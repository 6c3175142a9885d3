import type { Place, Span } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { behindPointer } from "./behind-pointer.ts";
import type { GoFile } from "./go-file.ts";
import type { GoResolver, GoType, GoVariable } from "./type.ts";

/** A call in a judged file, seen as syntax. */
export interface GoCall {
  readonly file: GoFile;
  readonly tree: Tree;
  readonly node: NodeId;
  readonly callee: NodeId;
  readonly arguments: readonly NodeId[];
  /** As documentation names it: `context.WithValue`, `net/http.Client.Get`; of the unit's own functions the name alone. */
  readonly name: string;
}

/** The calls of functions that another package or type has, by their last names. Only those that may be meant are resolved. */
export function callsOf(
  files: readonly GoFile[],
  resolver: GoResolver,
  lastNames: ReadonlySet<string>,
): GoCall[] {
  const interest = new RegExp(`\\b(?:${[...lastNames].join("|")})\\(`);
  return files.flatMap((file) => {
    const tree = file.isJudged && interest.test(file.text) ? file.tree : undefined;
    return tree ? callsIn(file, tree, resolver, lastNames) : [];
  });
}

function callsIn(
  file: GoFile,
  tree: Tree,
  resolver: GoResolver,
  lastNames: ReadonlySet<string>,
): GoCall[] {
  const found: GoCall[] = [];
  const call = tree.grammar.kind("call_expression");
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== call) continue;
    const callee = tree.childIn(node, "function");
    if (callee === NONE || !lastNames.has(lastNameOf(tree, callee))) continue;
    const name = qualifiedCallee(file.path, tree, callee, resolver);
    if (name !== undefined)
      found.push({ file, tree, node, callee, arguments: argumentsOf(tree, node), name });
  }
  return found;
}

function lastNameOf(tree: Tree, callee: NodeId): string {
  const name =
    tree.kindOf(callee) === "selector_expression" ? tree.childIn(callee, "field") : callee;
  return name === NONE ? "" : tree.textOf(name);
}

/** The arguments of a call, comments left out. */
export function argumentsOf(tree: Tree, call: NodeId): NodeId[] {
  const list = tree.childIn(call, "arguments");
  return list === NONE
    ? []
    : tree.namedChildren(list).filter((node) => tree.kindOf(node) !== "comment");
}

/** `path.Name` for a function of another package, `path.Type.Method` for a method, the name alone for one's own. */
export function qualifiedCallee(
  file: string,
  tree: Tree,
  callee: NodeId,
  resolver: GoResolver,
): string | undefined {
  if (tree.kindOf(callee) === "identifier") return tree.textOf(callee);
  if (tree.kindOf(callee) !== "selector_expression") return undefined;
  const operand = tree.childIn(callee, "operand");
  const field = tree.childIn(callee, "field");
  if (operand === NONE || field === NONE) return undefined;
  if (tree.kindOf(operand) === "identifier") {
    const symbol = resolver.symbolAt(file, operand);
    if (symbol?.kind === "package") return `${symbol.path}.${tree.textOf(field)}`;
  }
  const owner = resolver.selectionAt(file, callee)?.target;
  if (!owner || owner.kind === "field") return undefined;
  const name = typeName(owner.owner);
  return name === undefined ? undefined : `${name}.${tree.textOf(field)}`;
}

/** `path.Type`, pointers seen through. */
export function typeName(type: GoType): string | undefined {
  const pointed = behindPointer(type);
  return pointed.kind === "named" ? `${pointed.package}.${pointed.name}` : undefined;
}

export function placeOf(file: GoFile, tree: Tree, node: NodeId): Place {
  return { file: file.path, ...tree.spanOf(node) };
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  "func_literal",
  "function_declaration",
  "method_declaration",
]);

/** The function or function literal around a node; NONE at the top level. */
export function functionAround(tree: Tree, node: NodeId): NodeId {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at))
    if (FUNCTIONS.has(tree.kindOf(at))) return at;
  return NONE;
}

/** The innermost `for` around a node in the same function; NONE where there is none. */
export function loopAround(tree: Tree, node: NodeId): NodeId {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "for_statement") return at;
    if (FUNCTIONS.has(kind)) return NONE;
  }
  return NONE;
}

/** The name of a declared function or method; empty for a literal. */
export function nameOfFunction(tree: Tree, node: NodeId): string {
  const name =
    node === NONE || tree.kindOf(node) === "func_literal" ? NONE : tree.childIn(node, "name");
  return name === NONE ? "" : tree.textOf(name);
}

/** A named parameter with its type. */
export interface GoParameter {
  readonly name: NodeId;
  readonly type: GoType;
}

/** The named parameters of a function, `_` left out. */
export function parametersOf(
  file: string,
  tree: Tree,
  declared: NodeId,
  resolver: GoResolver,
): GoParameter[] {
  const list = tree.childIn(declared, "parameters");
  if (list === NONE) return [];
  return tree.namedChildren(list).flatMap((parameter) => {
    const type = tree.childIn(parameter, "type");
    if (type === NONE) return [];
    const names = tree.childrenIn(parameter, "name").filter((name) => tree.textOf(name) !== "_");
    return names.map((name) => ({ name, type: resolver.typeFrom(file, type) }));
  });
}

/** Whether the line above a node is a comment: somebody has said why. */
export function hasCommentAbove({ text }: Tree, { start }: Span): boolean {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(text.lastIndexOf("\n", line - 2) + 1, line);
  return /^\s*(?:\/\/|\*\/|\*)/.test(before);
}

/** Whether a function is given a test: it is part of one, wherever it stands. */
export function takesTest(tree: Tree, owner: NodeId): boolean {
  const parameters = owner === NONE ? NONE : tree.childIn(owner, "parameters");
  return parameters !== NONE && /\btesting\.(?:T|B|F|M|TB|PB)\b/.test(tree.textOf(parameters));
}

/** Whether a function that a node stands in is given a test. */
export function isPartOfTest(tree: Tree, node: NodeId): boolean {
  for (let at = functionAround(tree, node); at !== NONE; at = functionAround(tree, at))
    if (takesTest(tree, at)) return true;
  return false;
}

/** Where a node names a variable, its declaration left out. */
export function mentionsIn(
  file: string,
  tree: Tree,
  within: NodeId,
  variable: GoVariable,
  resolver: GoResolver,
): NodeId[] {
  const identifier = tree.grammar.kind("identifier");
  const found: NodeId[] = [];
  const end = tree.afterSubtree(within);
  for (let node = within; node < end; node++) {
    if (tree.kind[node] !== identifier || node === variable.node) continue;
    if (tree.textOf(node) !== variable.name) continue;
    const symbol = resolver.symbolAt(file, node);
    if (symbol?.kind === "variable" && symbol.variable === variable) found.push(node);
  }
  return found;
}
