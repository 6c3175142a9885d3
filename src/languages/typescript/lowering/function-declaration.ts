import type { FunctionHeader, FunctionRole } from "../../../model/function.ts";
import type { FunctionId, Variable } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { hasToken, namedNodes } from "../nodes.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { commentAbove } from "./comment-above.ts";
import { isExportedFunction } from "./exported.ts";
import { type FunctionName, functionName } from "./function-name.ts";
import { enclosingFunctionNode } from "./function-nodes.ts";
import { functionId, type UnitContext } from "./unit-context.ts";

/** A function of a unit before anybody looks at it; its header is made when it is asked for. */
export class FunctionDeclaration {
  readonly module: TypeScriptModule;
  readonly node: NodeId;
  readonly id: FunctionId;
  readonly #unit: UnitContext;
  #header: FunctionHeader | undefined;

  constructor(module: TypeScriptModule, node: NodeId, unit: UnitContext) {
    this.module = module;
    this.node = node;
    this.id = functionId(module, node);
    this.#unit = unit;
  }

  header(): FunctionHeader {
    this.#header ??= this.#makeHeader();
    return this.#header;
  }

  #makeHeader(): FunctionHeader {
    const { module, node } = this;
    const { tree, path } = module;
    const name: FunctionName = functionName(module, node);
    const around = enclosingFunctionNode(tree, node);
    const kind = tree.kindOf(node);
    const isArrow = kind === "arrow_function";
    return {
      id: this.id,
      name: name.text,
      file: path,
      at: tree.spanOf(node),
      nameAt: name.at,
      role: roleOf(tree, node, around),
      enclosing: around === NONE || around === 0 ? undefined : functionId(module, around),
      receiver: isArrow ? undefined : this.#unit.receiver(module, node)?.variable,
      parameters: parametersOf(module, node, this.#unit),
      results: [],
      isExported: isExportedFunction(tree, node),
      isTest: isTestFile(path),
      isAsync: hasToken(tree, node, "async"),
      isGenerator: kind.startsWith("generator_function") || hasToken(tree, node, "*"),
      runsOnce: (around === NONE || around === 0) && isCalledInPlace(tree, node),
      comment: commentAbove(tree, node),
    };
  }
}

function isCalledInPlace(tree: Tree, node: NodeId): boolean {
  let at = node;
  while (tree.kindOf(tree.parentOf(at)) === "parenthesized_expression") at = tree.parentOf(at);
  const call = tree.parentOf(at);
  return (
    call !== NONE &&
    tree.kindOf(call) === "call_expression" &&
    tree.childIn(call, "function") === at
  );
}

function roleOf(tree: Tree, node: NodeId, around: NodeId): FunctionRole {
  switch (tree.kindOf(node)) {
    case "program":
      return "module";
    case "public_field_definition":
    case "class_static_block":
      return "initializer";
    case "method_definition":
      return "method";
    default: {
      if (tree.kindOf(tree.parentOf(node)) === "public_field_definition") return "method";
      return around === NONE || around === 0 ? "function" : "closure";
    }
  }
}

function parametersOf(module: TypeScriptModule, node: NodeId, unit: UnitContext): Variable[] {
  const { tree } = module;
  const found: Variable[] = [];
  const add = (name: NodeId) => {
    const declared = unit.variableAt(module, name);
    if (declared) found.push(unit.variable(declared));
  };
  const bare = tree.childIn(node, "parameter");
  if (bare !== NONE) add(bare);
  const list = tree.childIn(node, "parameters");
  for (const parameter of list === NONE ? [] : namedNodes(tree, list)) {
    const pattern = tree.childIn(parameter, "pattern");
    const name = pattern === NONE ? tree.childIn(parameter, "name") : pattern;
    if (name !== NONE && tree.kindOf(name) === "identifier") add(name);
  }
  return found;
}

/** Files that a test runner runs, by the usual names. */
function isTestFile(path: string): boolean {
  return /(?:[._-](?:test|spec|e2e|bench)\.[cm]?[jt]sx?$)|(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|spec|playground)\//.test(
    path,
  );
}
