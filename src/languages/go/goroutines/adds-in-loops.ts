import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { statementsOf } from "../statements.ts";

/** `group.Add(1)` in each pass of a loop over something that has a length, and that starts a goroutine in each pass. */
export interface AddInLoop {
  readonly at: Place;
  readonly group: string;
  /** What is ranged over: `group.Add(len(jobs))`. */
  readonly over: string;
  readonly edits: readonly Edit[];
}

export const addsInLoops = defineAnalysis("adds in loops", (use): AddInLoop[] => {
  const resolver = use(goResolver);
  const calls = callsOf(use(goPackage).files, resolver, new Set(["Add"]));
  return calls.flatMap(({ file, tree, node, callee, name }): AddInLoop[] => {
    if (name !== "sync.WaitGroup.Add" || file.isTest || !tree.textOf(node).endsWith("(1)"))
      return [];
    const statement = tree.parentOf(node);
    const block = tree.parentOf(tree.parentOf(statement));
    const loop = block === NONE ? NONE : tree.parentOf(block);
    if (loop === NONE || tree.kindOf(loop) !== "for_statement" || leavesPass(tree, block))
      return [];
    const head = tree.namedChildren(loop)[0] ?? NONE;
    const subject =
      head !== NONE && tree.kindOf(head) === "range_clause" ? tree.childIn(head, "right") : NONE;
    if (subject === NONE || !/^[\w.]+$/.test(tree.textOf(subject))) return [];
    const type = resolver.underlying(resolver.typeOf(file.path, subject));
    if (type.kind !== "slice" && type.kind !== "map" && type.kind !== "array") return [];
    const group = tree.textOf(tree.childIn(callee, "operand"));
    const over = tree.textOf(subject);
    const [at, around] = [tree.spanOf(statement), tree.spanOf(loop)];
    const lineStart = tree.text.lastIndexOf("\n", at.start) + 1;
    const indent = /[ \t]*$/.exec(tree.text.slice(0, around.start))?.[0] ?? "";
    return [
      {
        at: { file: file.path, ...tree.spanOf(node) },
        group,
        over,
        edits: [
          {
            file: file.path,
            start: around.start,
            end: around.start,
            text: `${group}.Add(len(${over}))\n${indent}`,
          },
          { file: file.path, start: lineStart, end: tree.text.indexOf("\n", at.end) + 1, text: "" },
        ],
      },
    ];
  });
});

/** Some passes start nothing. */
function leavesPass(tree: Tree, block: NodeId): boolean {
  const starts = statementsOf(tree, block).filter((one) => tree.kindOf(one) === "go_statement");
  if (starts.length !== 1) return true;
  return ["continue_statement", "break_statement", "return_statement", "goto_statement"].some(
    (kind) => nodesOfKind(tree, kind, block).some((one) => !isInside(tree, one, starts[0] ?? NONE)),
  );
}

function isInside(tree: Tree, node: NodeId, around: NodeId): boolean {
  return node >= around && node < tree.afterSubtree(around);
}
