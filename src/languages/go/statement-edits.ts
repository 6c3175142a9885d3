import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage } from "./go-analyses.ts";

/** Edits that put whole statements into a file, for the fixes of rules. */
export interface StatementEdits {
  /**
   * A line of its own after the statement that holds the place, as `defer cancel()`. Undefined where there is no room for one (the
   * head of an `if`), and inside a loop, where a deferred call would wait for the end of the function.
   */
  deferAfter(place: Place, statement: string): Edit | undefined;
}

export const statementEdits = defineAnalysis("statement edits", (use): StatementEdits => {
  const pkg = use(goPackage);
  return {
    deferAfter(place, statement) {
      const tree = pkg.file(place.file)?.tree;
      const after = tree && statementInBlock(tree, place.start);
      if (!tree || after === undefined || isInLoop(tree, after)) return undefined;
      const { start, end } = tree.spanOf(after);
      const indent = indentAt(tree.text, start);
      return indent === undefined
        ? undefined
        : { file: place.file, start: end, end, text: `\n${indent}${statement}` };
    },
  };
});

const STATEMENTS: ReadonlySet<string> = new Set([
  "short_var_declaration",
  "assignment_statement",
  "var_declaration",
  "expression_statement",
]);

/** The statement around an offset that stands in a list of statements. */
function statementInBlock(tree: Tree, offset: number): NodeId | undefined {
  for (let node = tree.nodeAt(offset); node !== NONE; node = tree.parentOf(node)) {
    if (!STATEMENTS.has(tree.kindOf(node))) continue;
    const parent = tree.parentOf(node);
    return parent !== NONE && tree.kindOf(parent) === "statement_list" ? node : undefined;
  }
  return undefined;
}

function isInLoop(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "for_statement") return true;
    if (kind === "func_literal" || kind.endsWith("_declaration")) return false;
  }
  return false;
}

/** The white space before an offset, where nothing else stands on its line. */
function indentAt(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^\s*$/.test(line) ? line : undefined;
}
