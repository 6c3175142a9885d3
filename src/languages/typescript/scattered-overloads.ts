import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { EMITTER_METHOD } from "./emitter-methods.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { hasToken, namedNodes } from "./nodes.ts";

/** Overloads of one name that other members or statements stand between. */
export const scatteredOverloads = defineAnalysis("scattered overloads", (use): readonly Problem[] =>
  judgedTrees(use, /\)\s*(?::[^;{}=]+)?(?:;|\n)/).flatMap((file) =>
    nodesOf(
      file,
      "interface_body",
      "object_type",
      "class_body",
      "program",
      "statement_block",
    ).flatMap((list) => problemsIn(file, list)),
  ),
);

function problemsIn(file: JudgedTree, list: NodeId): Problem[] {
  const { tree } = file;
  const last = new Map<
    string,
    { readonly index: number; readonly node: NodeId; isOverload: boolean }
  >();
  const problems: Problem[] = [];
  for (const [index, child] of namedNodes(tree, list).entries()) {
    const declared = signatureAt(tree, child);
    // Those of an emitter stand together by event: `on("close", …)` beside `once("close", …)`.
    if (!declared || EMITTER_METHOD.test(declared.key)) continue;
    const known = last.get(declared.key);
    if (known && known.index < index - 1 && (known.isOverload || declared.isOverload))
      problems.push({
        at: placeOf(file, declared.name),
        message: `the overloads of ${tree.textOf(declared.name)} stand apart`,
        related: [{ at: placeOf(file, known.node), note: "the one before" }],
      });
    last.set(declared.key, { index, node: declared.name, isOverload: declared.isOverload });
  }
  return problems;
}

interface Signature {
  readonly name: NodeId;
  readonly key: string;
  /** Without a body. */
  readonly isOverload: boolean;
}

function signatureAt(tree: Tree, child: NodeId): Signature | undefined {
  let node = child;
  for (let steps = 0; steps < 3; steps++) {
    const kind = tree.kindOf(node);
    if (kind !== "export_statement" && kind !== "ambient_declaration") break;
    const inner = namedNodes(tree, node).at(0);
    if (inner === undefined) return undefined;
    node = inner;
  }
  const kind = tree.kindOf(node);
  if (!KINDS.has(kind)) return undefined;
  if (hasToken(tree, node, "get") || hasToken(tree, node, "set")) return undefined;
  const name = tree.childIn(node, "name");
  if (name === NONE || tree.kindOf(name) === "computed_property_name") return undefined;
  const isStatic = hasToken(tree, node, "static") ? "static " : "";
  return {
    name,
    key: `${isStatic}${tree.textOf(name)}`,
    isOverload: tree.childIn(node, "body") === NONE,
  };
}

const KINDS: ReadonlySet<string> = new Set([
  "method_signature",
  "abstract_method_signature",
  "method_definition",
  "function_signature",
  "function_declaration",
]);
