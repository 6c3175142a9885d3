import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage } from "./go-analyses.ts";

/** Whether a local is declared with a value made for it: a literal, `new`, a constructor. */
export const freshLocals = defineAnalysis("fresh locals", (use): ((declared: Place) => boolean) => {
  const pkg = use(goPackage);
  return ({ file, start, end }) => {
    const tree = pkg.file(file)?.tree;
    if (!tree) return false;
    for (let at = tree.nodeAt(start, end); at !== NONE; at = tree.parentOf(at)) {
      const kind = tree.kindOf(at);
      if (kind === "var_spec") return tree.childIn(at, "value") === NONE;
      if (kind !== "short_var_declaration") continue;
      return /^&|^[\w.]+\{|^new\(|^(?:\w+\.)?[nN]ew\w*\(/.test(
        tree.textOf(tree.childIn(at, "right")),
      );
    }
    return false;
  };
});

/**
 * Whether a stretch of a file names a variable by itself, other than as a result: in `append(all, c)`, `&wrapper{c}`, `use(c)`. Not in
 * `c.field`, `c.method()` and `return c`. The model leaves such mentions out where the value holds no object of its own.
 */
export const bareMentions = defineAnalysis(
  "bare mentions",
  (use): ((within: Place, name: string) => boolean) => {
    const pkg = use(goPackage);
    return ({ file, start, end }, name) => {
      const tree = pkg.file(file)?.tree;
      if (!tree) return true;
      for (let node = 0; node < tree.size; node++) {
        const at = tree.start[node] ?? 0;
        if (at < start || at >= end || tree.kindOf(node) !== "identifier") continue;
        if (tree.textOf(node) !== name) continue;
        const parent = tree.parentOf(node);
        const isOperand =
          tree.kindOf(parent) === "selector_expression" && tree.childIn(parent, "operand") === node;
        const list = tree.kindOf(parent) === "expression_list" ? tree.parentOf(parent) : NONE;
        const isReturned = list !== NONE && tree.kindOf(list) === "return_statement";
        if (!isOperand && !isReturned) return true;
      }
      return false;
    };
  },
);

/**
 * Whether a stretch of a file says that it drops a variable: `_ = cancel`, not inside of an `if` or a loop there, which says it of
 * some ways alone.
 */
export const openDiscards = defineAnalysis(
  "open discards",
  (use): ((within: Place, name: string) => boolean) => {
    const pkg = use(goPackage);
    return ({ file, start, end }, name) => {
      const tree = pkg.file(file)?.tree;
      if (!tree) return false;
      const made = enclosingList(tree, tree.nodeAt(start - 1, start));
      for (let node = 0; node < tree.size; node++) {
        const at = tree.start[node] ?? 0;
        if (at < start || at >= end || tree.kindOf(node) !== "assignment_statement") continue;
        if (tree.textOf(node) === `_ = ${name}` && enclosingList(tree, node) === made) return true;
      }
      return false;
    };
  },
);

function enclosingList(tree: Tree, node: NodeId): NodeId {
  let at = node;
  while (at !== NONE && tree.kindOf(at) !== "statement_list") at = tree.parentOf(at);
  return at;
}
