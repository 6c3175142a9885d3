import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, hasCommentAbove, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

/** A test that gives a goroutine some time in place of waiting for it. */
export interface SleepForGoroutine {
  readonly at: Place;
  readonly startedAt: Place;
}

/** `time.Sleep` as the statement after a `go`, in tests that have a real clock. */
export const sleepsForGoroutines = defineAnalysis(
  "sleeps for goroutines",
  (use): SleepForGoroutine[] => {
    const files = use(goPackage).files.filter(
      ({ isTest, text }) => isTest && /\bgo\s/.test(text) && !text.includes("testing/synctest"),
    );
    return callsOf(files, use(goResolver), new Set(["Sleep"])).flatMap(
      ({ file, tree, node, name }) => {
        if (name !== "time.Sleep" || hasCommentAbove(tree, tree.spanOf(node))) return [];
        const started = startedBefore(tree, tree.parentOf(node));
        if (started === NONE || isLast(tree, tree.parentOf(node))) return [];
        const start = tree.start[started] ?? 0;
        return [
          {
            at: placeOf(file, tree, node),
            startedAt: { file: file.path, start, end: start + 2 },
          },
        ];
      },
    );
  },
);

/** The `go` statement right before a statement, in the body of a function; NONE where there is none. */
function startedBefore(tree: Tree, statement: NodeId): NodeId {
  const list = tree.parentOf(statement);
  if (tree.kindOf(list) !== "statement_list") return NONE;
  if (tree.parentOf(tree.parentOf(list)) !== functionAround(tree, statement)) return NONE;
  const all = tree.namedChildren(list).filter((one) => tree.kindOf(one) !== "comment");
  const before = all[all.indexOf(statement) - 1] ?? NONE;
  return before !== NONE && tree.kindOf(before) === "go_statement" ? before : NONE;
}

function isLast(tree: Tree, statement: NodeId): boolean {
  return tree.namedChildren(tree.parentOf(statement)).at(-1) === statement;
}
