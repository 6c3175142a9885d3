import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { callsOf, functionAround, placeOf } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";

/**
 * `time.After` in a select that a loop comes back to by another case: each pass leaves a timer behind.
 *
 *     for {
 *         select {
 *         case event := <-events: handle(event)
 *         case <-time.After(time.Hour): return
 *         }
 *     }
 */
export interface TimeAfterInLoop {
  readonly at: Place;
  /** The case that comes round before the timer has fired. */
  readonly otherCase: Place;
}

export const timeAfterLoops = defineAnalysis("time.After in loops", (use): TimeAfterInLoop[] => {
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  return callsOf(files, use(goResolver), new Set(["After"])).flatMap(
    ({ file, tree, node, name, arguments: [duration] }) => {
      if (name !== "time.After" || duration === undefined) return [];
      // What is over in an instant piles up to nothing.
      if (/\b(?:Milli|Micro|Nano)second\b/.test(tree.textOf(duration))) return [];
      const clause = communicationAround(tree, node);
      const other = clause === undefined ? undefined : returningCase(tree, clause);
      return other === undefined
        ? []
        : [{ at: placeOf(file, tree, node), otherCase: placeOf(file, tree, other) }];
    },
  );
});

/** The select case whose communication holds the node, in a loop of the same function. */
function communicationAround(tree: Tree, node: NodeId): NodeId | undefined {
  const owner = functionAround(tree, node);
  let clause: NodeId | undefined;
  for (let at = tree.parentOf(node); at !== NONE && at !== owner; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (clause === undefined && kind === "statement_list") return undefined;
    if (clause === undefined && kind === "communication_case") clause = at;
    if (kind === "for_statement") return clause;
  }
  return undefined;
}

const ENDING = /done|stop|quit|clos|shut|exit|cancel/i;

/** Another case of the select that does not leave the loop. */
function returningCase(tree: Tree, clause: NodeId): NodeId | undefined {
  const select = tree.parentOf(clause);
  return tree.namedChildren(select).find((other) => {
    if (other === clause || tree.kindOf(other) !== "communication_case") return false;
    // What ends the wait ends the loop as a rule.
    if (ENDING.test(tree.textOf(tree.childIn(other, "communication")))) return false;
    const body = tree.childOfKind(other, "statement_list");
    const last = body === NONE ? undefined : tree.namedChildren(body).at(-1);
    return last === undefined || !/^(?:return|break|goto)_statement$/.test(tree.kindOf(last));
  });
}
