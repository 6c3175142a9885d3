import type { Span } from "../../../core/position.ts";
import { lineAt, lineStarts } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { memberName } from "../class-members.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { enclosingFunctionNode } from "./function-nodes.ts";

/** What a reader calls a function, and where the name stands. */
export interface FunctionName {
  readonly text: string;
  readonly at: Span;
}

/** `Cache.get`, `getClient`, `function at line 12 of getClient`, `cache.ts` for the module. */
export function functionName(module: TypeScriptModule, node: NodeId): FunctionName {
  const { tree, path } = module;
  if (node === 0) {
    const text = path.slice(path.lastIndexOf("/") + 1);
    return { text, at: { start: 0, end: 0 } };
  }
  return ownName(tree, node) ?? givenName(tree, node) ?? anonymous(module, node);
}

function ownName(tree: Tree, node: NodeId): FunctionName | undefined {
  const kind = tree.kindOf(node);
  if (kind === "class_static_block") {
    const owner = className(tree, tree.parentOf(node));
    return { text: `static block of ${owner}`, at: startOf(tree, node) };
  }
  if (kind === "method_definition" || kind === "public_field_definition")
    return memberOf(tree, node);
  const name = tree.childIn(node, "name");
  return name === NONE ? undefined : { text: tree.textOf(name), at: tree.spanOf(name) };
}

/** The name of what a function is assigned to. */
function givenName(tree: Tree, node: NodeId): FunctionName | undefined {
  const parent = tree.parentOf(node);
  switch (tree.kindOf(parent)) {
    case "variable_declarator": {
      const name = tree.childIn(parent, "name");
      if (name === NONE || tree.kindOf(name) !== "identifier") return undefined;
      return { text: tree.textOf(name), at: tree.spanOf(name) };
    }
    case "public_field_definition":
      return memberOf(tree, parent);
    case "pair": {
      const key = tree.childIn(parent, "key");
      const text = memberName(tree, parent);
      return text === undefined || key === NONE ? undefined : { text, at: tree.spanOf(key) };
    }
    case "assignment_expression": {
      const left = tree.childIn(parent, "left");
      if (left === NONE || tree.kindOf(left) !== "member_expression") return undefined;
      const property = tree.childIn(left, "property");
      return property === NONE
        ? undefined
        : { text: tree.textOf(property), at: tree.spanOf(property) };
    }
    default:
      return undefined;
  }
}

function memberOf(tree: Tree, member: NodeId): FunctionName {
  const name = tree.childIn(member, "name");
  const text = memberName(tree, member) ?? "[computed]";
  const body = tree.parentOf(member);
  const at = name === NONE ? startOf(tree, member) : tree.spanOf(name);
  if (tree.kindOf(body) !== "class_body") return { text, at };
  return { text: `${className(tree, body)}.${text}`, at };
}

function className(tree: Tree, body: NodeId): string {
  const declaration = tree.parentOf(body);
  const name = tree.childIn(declaration, "name");
  if (name !== NONE) return tree.textOf(name);
  const parent = tree.parentOf(declaration);
  const given = tree.kindOf(parent) === "variable_declarator" ? tree.childIn(parent, "name") : NONE;
  return given === NONE ? "class" : tree.textOf(given);
}

function anonymous(module: TypeScriptModule, node: NodeId): FunctionName {
  const { tree } = module;
  const line = lineAt(linesOf(tree), tree.start[node] ?? 0);
  const outer = nameAround(tree, node);
  const text = `function at line ${line}${outer === undefined ? "" : ` of ${outer}`}`;
  return { text, at: startOf(tree, node) };
}

/** The name of the nearest function around that has one. */
function nameAround(tree: Tree, node: NodeId): string | undefined {
  let around = enclosingFunctionNode(tree, node);
  while (around !== NONE && around !== 0) {
    const name = ownName(tree, around) ?? givenName(tree, around);
    if (name) return name.text;
    around = enclosingFunctionNode(tree, around);
  }
  return undefined;
}

function startOf(tree: Tree, node: NodeId): Span {
  const { start } = tree.spanOf(node);
  return { start, end: start };
}

const lines = new WeakMap<Tree, Uint32Array>();

function linesOf(tree: Tree): Uint32Array {
  let starts = lines.get(tree);
  if (!starts) {
    starts = lineStarts(tree.text);
    lines.set(tree, starts);
  }
  return starts;
}
