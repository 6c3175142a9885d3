import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { placeOf } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { isHelperPath } from "../project/roles.ts";
import { statementsOf } from "../statements.ts";

/** A select whose cases for the cancelled context and for the timer do the same. */
export interface ConflatedEnd {
  readonly at: Place;
  readonly context: string;
  readonly timer: string;
  readonly timerAt: Place;
}

const INTEREST = /\.Done\(\)/;
const TIMER = /<-\s*(time\.After\([^\n]*\)|\w*[tT]ime\w*\.C|\w*[dD]eadline\w*\.C)$/;

export const conflatedEnds = defineAnalysis("conflated ends", (use): ConflatedEnd[] =>
  use(goPackage).files.flatMap((file) => {
    const tree =
      file.isJudged && !file.isTest && !isHelperPath(file.path) && INTEREST.test(file.text)
        ? file.tree
        : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "select_statement").flatMap((node): ConflatedEnd[] => {
      const cases = tree
        .namedChildren(node)
        .filter((one) => tree.kindOf(one) === "communication_case");
      const ended = cases.find((one) => /<-\s*[\w.]+\.Done\(\)$/.test(headOf(tree, one)));
      const late = cases.find((one) => TIMER.test(headOf(tree, one)));
      if (ended === undefined || late === undefined) return [];
      const [first, second] = [bodyOf(tree, ended), bodyOf(tree, late)];
      // Nothing to be done for either: a sleep that the context may end.
      if (first === "" || first !== second || /\.Err\(\)|context\.Cause\(/.test(first)) return [];
      return [
        {
          at: placeOf(file, tree, tree.childIn(ended, "communication")),
          context: headOf(tree, ended).replace(/^.*<-\s*/, ""),
          timer: TIMER.exec(headOf(tree, late))?.[1] ?? "",
          timerAt: placeOf(file, tree, tree.childIn(late, "communication")),
        },
      ];
    });
  }),
);

function headOf(tree: Tree, clause: NodeId): string {
  const communication = tree.childIn(clause, "communication");
  return communication === NONE ? "" : tree.textOf(communication);
}

function bodyOf(tree: Tree, clause: NodeId): string {
  return statementsOf(tree, clause)
    .map((one) => tree.textOf(one))
    .join("\n");
}
