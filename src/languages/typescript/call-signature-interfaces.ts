import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { namedNodes } from "./nodes.ts";

/** Types whose one member is a call signature: `interface Handler { (event: Event): void }`, `{ (event: Event): void }`. */
export const callSignatureInterfaces = defineAnalysis(
  "call signature interfaces",
  (use): readonly Problem[] =>
    judgedTrees(use, /\binterface\b|\{\s*[(<]/).flatMap((file) => [
      ...nodesOf(file, "interface_declaration").flatMap((node) => ofInterface(file, node) ?? []),
      ...nodesOf(file, "object_type").flatMap((node) => ofObjectType(file, node) ?? []),
    ]),
);

function ofInterface(file: JudgedTree, node: NodeId): Problem | undefined {
  const { tree } = file;
  const body = tree.childIn(node, "body");
  const name = tree.childIn(node, "name");
  if (body === NONE || name === NONE) return undefined;
  const signature = onlyCallSignature(tree, body);
  if (signature === undefined || !extendsFunctionAtMost(tree, node)) return undefined;
  if (isMerged(tree, tree.textOf(name)) || isAmbient(tree, node)) return undefined;
  const text = functionType(tree, signature);
  const isDefault = /^export\s+default\b/.test(tree.textOf(tree.parentOf(node)));
  const parameters = tree.childIn(node, "type_parameters");
  const alias = `type ${tree.textOf(name)}${parameters === NONE ? "" : tree.textOf(parameters)} = ${text};`;
  return {
    at: placeOf(file, name),
    message: `${tree.textOf(name)} is a function type written as an interface`,
    fixes:
      isDefault || text === undefined || tree.namedChildren(body).length > 1
        ? []
        : [
            {
              kind: "safe",
              description: "write it as a function type",
              edits: [{ ...placeOf(file, node), text: alias }],
            },
          ],
  };
}

/** `type Handler = { (event: Event): void }`, and the same in the place of any other type. */
function ofObjectType(file: JudgedTree, node: NodeId): Problem | undefined {
  const { tree } = file;
  const parent = tree.kindOf(tree.parentOf(node));
  // `Server["on"] & { (event: string): void }` adds an overload.
  if (/^(?:interface_declaration|intersection_type)$/.test(parent) || isAmbient(tree, node))
    return undefined;
  const signature = onlyCallSignature(tree, node);
  if (signature === undefined) return undefined;
  const text = functionType(tree, signature);
  const isAlone = parent === "type_alias_declaration" || parent === "type_annotation";
  return {
    at: placeOf(file, signature),
    message: "this object type is a function type in braces",
    fixes:
      text === undefined || tree.namedChildren(node).length > 1
        ? []
        : [
            {
              kind: "safe",
              description: "write it as a function type",
              edits: [{ ...placeOf(file, node), text: isAlone ? text : `(${text})` }],
            },
          ],
  };
}

function onlyCallSignature(tree: Tree, body: NodeId): NodeId | undefined {
  const members = namedNodes(tree, body);
  const [signature] = members;
  return members.length === 1 &&
    signature !== undefined &&
    tree.kindOf(signature) === "call_signature"
    ? signature
    : undefined;
}

/** What an interface extends may have members; every function is a `Function`. */
function extendsFunctionAtMost(tree: Tree, node: NodeId): boolean {
  const clause = tree.childOfKind(node, "extends_type_clause");
  return clause === NONE || /^extends\s+Function$/.test(tree.textOf(clause));
}

/** `(a: A): B` as `(a: A) => B`; undefined without a result, and where `this` would mean something else. */
function functionType(tree: Tree, signature: NodeId): string | undefined {
  const annotation = tree.childIn(signature, "return_type");
  const parameters = tree.childIn(signature, "parameters");
  if (annotation === NONE || parameters === NONE) return undefined;
  const { start } = tree.spanOf(signature);
  const { start: from, end } = tree.spanOf(annotation);
  const head = tree.text.slice(start, from).trimEnd();
  const result = tree.text.slice(from, end).replace(/^:\s*/, "");
  return /\bthis\b/.test(head + result) ? undefined : `${head} => ${result}`;
}

function isMerged(tree: Tree, name: string): boolean {
  const word = `${name.replaceAll("$", "\\$")}(?![\\w$])`;
  const declaring = new RegExp(`\\b(?:interface|class|namespace|function|enum)\\s+${word}`, "g");
  return (tree.text.match(declaring) ?? []).length > 1;
}

function isAmbient(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at))
    if (/^(?:ambient_declaration|internal_module|module)$/.test(tree.kindOf(at))) return true;
  return false;
}
