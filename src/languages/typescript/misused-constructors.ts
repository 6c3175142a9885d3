import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { annotationIn } from "./nodes.ts";

/** `new(): I` and `constructor()` in an interface I, `constructor()` in an object type, `new(): C` in a class C: none of them says what its writer means. */
export const misusedConstructors = defineAnalysis(
  "misused constructors",
  (use): readonly Problem[] =>
    judgedTrees(use, /\bnew\s*[(<]|\bconstructor\s*\(/).flatMap((file) => [
      ...(isFlow(file) ? [] : nodesOf(file, "interface_declaration")).flatMap((node) =>
        inInterface(file, node),
      ),
      ...(isFlow(file) ? [] : nodesOf(file, "object_type")).flatMap((node) =>
        inObjectType(file, node),
      ),
      ...nodesOf(file, "class_declaration", "abstract_class_declaration").flatMap((node) =>
        inClass(file, node),
      ),
    ]),
);

/** A file of Flow, whose interfaces say with `constructor()` how a class that fits is created. */
function isFlow({ tree }: JudgedTree): boolean {
  const [comments = ""] = LEADING_COMMENTS.exec(tree.text) ?? [];
  return /@flow\b/.test(comments);
}

const LEADING_COMMENTS = /^(?:\s+|#!.*|\/\/.*|\/\*[\s\S]*?\*\/)*/;

function inInterface(file: JudgedTree, node: NodeId): Problem[] {
  const { tree } = file;
  const name = nameOf(tree, node);
  return membersOf(tree, node).flatMap((member): Problem[] => {
    const kind = tree.kindOf(member);
    if (kind === "construct_signature" && resultName(tree, member) === name)
      return [
        {
          at: placeOf(file, member),
          message: `a ${name} is not what creates a ${name}: new belongs to the type of its class`,
        },
      ];
    const isConstructor = kind === "method_signature" && nameOf(tree, member) === "constructor";
    return isConstructor
      ? [
          {
            at: placeOf(file, member),
            message: `constructor in ${name} is a method of that name: interfaces don't describe how they are created`,
          },
        ]
      : [];
  });
}

function inObjectType(file: JudgedTree, node: NodeId): Problem[] {
  const { tree } = file;
  if (tree.kindOf(tree.parentOf(node)) === "interface_declaration") return [];
  return tree
    .namedChildren(node)
    .filter(
      (member) =>
        tree.kindOf(member) === "method_signature" && nameOf(tree, member) === "constructor",
    )
    .map((member) => ({
      at: placeOf(file, member),
      message:
        "constructor in an object type is a method of that name: types of objects don't describe how they are created",
    }));
}

function inClass(file: JudgedTree, node: NodeId): Problem[] {
  const { tree } = file;
  const name = nameOf(tree, node);
  return membersOf(tree, node)
    .filter(
      (member) =>
        /^(?:method_signature|abstract_method_signature|method_definition)$/.test(
          tree.kindOf(member),
        ) &&
        nameOf(tree, member) === "new" &&
        tree.childIn(member, "body") === NONE &&
        resultName(tree, member) === name,
    )
    .map((member) => ({
      at: placeOf(file, member),
      message: `new in ${name} is a method of that name: a class is created by its constructor`,
    }));
}

function membersOf(tree: Tree, node: NodeId): NodeId[] {
  const body = tree.childIn(node, "body");
  return body === NONE ? [] : tree.namedChildren(body);
}

function nameOf(tree: Tree, node: NodeId): string {
  const name = tree.childIn(node, "name");
  return name === NONE ? "" : tree.textOf(name);
}

/** The name of the type that a signature gives, its arguments left out. */
function resultName(tree: Tree, signature: NodeId): string | undefined {
  const field = tree.kindOf(signature) === "construct_signature" ? "type" : "return_type";
  const type = annotationIn(tree, signature, field);
  return type === NONE
    ? undefined
    : tree
        .textOf(type)
        .replace(/<[\s\S]*$/, "")
        .trim();
}
