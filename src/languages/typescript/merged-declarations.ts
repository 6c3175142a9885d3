import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { EMITTER_METHOD } from "./emitter-methods.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { annotationIn, hasToken, namedNodes } from "./nodes.ts";

/** A class and an interface of one name in one scope: the compiler believes the interface, and nobody initialises it. */
export const mergedDeclarations = defineAnalysis("merged declarations", (use): readonly Problem[] =>
  judgedTrees(use, /\binterface\b[\s\S]*\bclass\b|\bclass\b[\s\S]*\binterface\b/).flatMap(
    problemsIn,
  ),
);

function problemsIn(file: JudgedTree): Problem[] {
  const { tree } = file;
  const classes = new Map<string, NodeId>();
  for (const node of nodesOf(file, "class_declaration", "abstract_class_declaration"))
    classes.set(keyOf(tree, node), node);
  return nodesOf(file, "interface_declaration").flatMap((node): Problem[] => {
    const merged = classes.get(keyOf(tree, node));
    const name = tree.childIn(node, "name");
    const body = tree.childIn(node, "body");
    if (merged === undefined || name === NONE || body === NONE) return [];
    // A mixin: the class is given the members at run time; `declare` promises nothing of its own.
    if (isAmbient(tree, node) || isAmbient(tree, merged) || isMixed(tree, merged)) return [];
    const adds = namedNodes(tree, body).some(
      (member) =>
        !typesEmitter(tree, member) && !isForTypes(tree, member) && !mayBeAbsent(tree, member),
    );
    if (!adds) return [];
    return [
      {
        at: placeOf(file, name),
        message: `${tree.textOf(name)} is an interface and a class: nothing checks that the class initialises what the interface adds`,
        related: [{ at: placeOf(file, tree.childIn(merged, "name")), note: "the class" }],
      },
    ];
  });
}

/** `on(event: "open", …): this`: the emitter that the class is has the method already. */
function typesEmitter(tree: Tree, member: NodeId): boolean {
  const name = tree.kindOf(member) === "method_signature" ? tree.childIn(member, "name") : NONE;
  return name !== NONE && EMITTER_METHOD.test(tree.textOf(name));
}

/** `readonly _: { table: T }`: carries types alone, and nobody reads it. */
function isForTypes(tree: Tree, member: NodeId): boolean {
  const name = tree.kindOf(member) === "property_signature" ? tree.childIn(member, "name") : NONE;
  return name !== NONE && /^["']?(?:_$|__|~)/.test(tree.textOf(name));
}

/** `name?: string`, `name: string | undefined`: what nobody initialises is what the type says. */
function mayBeAbsent(tree: Tree, member: NodeId): boolean {
  if (tree.kindOf(member) !== "property_signature") return false;
  if (hasToken(tree, member, "?")) return true;
  const type = annotationIn(tree, member, "type");
  return type !== NONE && /(?:^|\|)\s*undefined\s*(?:$|\|)/.test(tree.textOf(type));
}

/** Name and scope. */
function keyOf(tree: Tree, node: NodeId): string {
  const name = tree.childIn(node, "name");
  let scope = tree.parentOf(node);
  if (tree.kindOf(scope) === "export_statement") scope = tree.parentOf(scope);
  return `${scope} ${name === NONE ? "" : tree.textOf(name)}`;
}

/** `class Client extends mix(Base).with(Users, Posts)`: the members come from what the call makes. */
function isMixed(tree: Tree, node: NodeId): boolean {
  const heritage = tree.childOfKind(node, "class_heritage");
  const clause = heritage === NONE ? NONE : tree.childOfKind(heritage, "extends_clause");
  const base = clause === NONE ? NONE : tree.childIn(clause, "value");
  return base !== NONE && tree.kindOf(base) === "call_expression";
}

function isAmbient(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at))
    if (tree.kindOf(at) === "ambient_declaration") return true;
  return false;
}
