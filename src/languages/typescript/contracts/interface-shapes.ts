import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf } from "../judged-trees.ts";
import { namedNodes } from "../nodes.ts";
import { isTestPath } from "../test-path.ts";

/** An interface as it is written: its own members, not those that it inherits. */
export interface InterfaceShape {
  readonly file: JudgedTree;
  readonly tree: Tree;
  readonly node: NodeId;
  readonly name: string;
  readonly nameNode: NodeId;
  readonly members: readonly MemberShape[];
  readonly isExported: boolean;
}

export interface MemberShape {
  readonly node: NodeId;
  /** `""` for signatures without a name. */
  readonly name: string;
  readonly isMethod: boolean;
  readonly isOptional: boolean;
  /** The type of a property, without the colon; NONE for a method. */
  readonly type: NodeId;
}

/** The interfaces in the judged files that are no tests; ambient ones are left out. */
export const interfaceShapes = defineAnalysis(
  "interface shapes",
  (use): readonly InterfaceShape[] =>
    judgedTrees(use, /\binterface\s+[A-Za-z_$]/)
      .filter(({ path }) => !isTestPath(path))
      .flatMap((file) =>
        nodesOf(file, "interface_declaration").flatMap((node) => shapeOf(file, node) ?? []),
      ),
);

function shapeOf(file: JudgedTree, node: NodeId): InterfaceShape | undefined {
  const { tree } = file;
  const body = tree.childIn(node, "body");
  const nameNode = tree.childIn(node, "name");
  if (body === NONE || nameNode === NONE || isAmbient(tree, node)) return undefined;
  return {
    file,
    tree,
    node,
    name: tree.textOf(nameNode),
    nameNode,
    members: namedNodes(tree, body).map((member) => memberOf(tree, member)),
    isExported: tree.kindOf(tree.parentOf(node)) === "export_statement",
  };
}

function memberOf(tree: Tree, node: NodeId): MemberShape {
  const name = tree.childIn(node, "name");
  const annotation = tree.childIn(node, "type");
  const [type = NONE] = annotation === NONE ? [] : tree.namedChildren(annotation);
  const isProperty = tree.kindOf(node) === "property_signature";
  return {
    node,
    name: name === NONE ? "" : tree.textOf(name),
    isMethod:
      tree.kindOf(node) === "method_signature" ||
      (isProperty && type !== NONE && tree.kindOf(type) === "function_type"),
    isOptional: /^(?:readonly\s+)?[\w$"'[\].]+\?/.test(tree.textOf(node)),
    type: isProperty ? type : NONE,
  };
}

/** In `declare module`, `declare global` or a namespace. */
function isAmbient(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at))
    if (/^(?:ambient_declaration|internal_module|module)$/.test(tree.kindOf(at))) return true;
  return false;
}
