import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage } from "./go-analyses.ts";
import { statementsOf } from "./statements.ts";

/** A loop that goes on receiving from a channel after it has heard that it is closed. */
export interface ClosedReceive {
  /** The receive. */
  readonly at: Place;
  /** Where it is heard, and the next pass begun. */
  readonly heardAt: Place;
  readonly channel: string;
}

const INTEREST = /, *\w+ *:?= *<-/;

/**
 * `case v, ok := <-in: if !ok { …; continue }` in a loop that never gives `in` another channel: a closed channel is ready at once,
 * every time. Only where what is done on hearing it is plain: assignments of what the loop's head does not read, counts, logs.
 */
export const closedReceives = defineAnalysis("closed receives", (use): readonly ClosedReceive[] =>
  use(goPackage).files.flatMap(({ path, tree, text, isJudged }) => {
    if (!isJudged || !tree || !INTEREST.test(text)) return [];
    const found: ClosedReceive[] = [];
    for (let node = 0; node < tree.size; node++) {
      if (tree.kindOf(node) !== "for_statement") continue;
      for (const { receive, test, channel } of hearingsIn(tree, node))
        if (isHeardInVain(tree, node, test, channel))
          found.push({
            at: { file: path, ...tree.spanOf(receive) },
            heardAt: { file: path, ...tree.spanOf(test) },
            channel,
          });
    }
    return found;
  }),
);

interface Hearing {
  readonly receive: NodeId;
  /** `if !ok {…}`, the first statement behind it. */
  readonly test: NodeId;
  readonly channel: string;
}

/** The receives of a loop's body, of its selects too, that ask whether the channel is closed. */
function hearingsIn(tree: Tree, loop: NodeId): Hearing[] {
  const body = statementsOf(tree, tree.childIn(loop, "body"));
  return body.flatMap((statement, index) => {
    if (tree.kindOf(statement) !== "select_statement")
      return hearingAt(tree, statement, body[index + 1]) ?? [];
    return tree.namedChildren(statement).flatMap((clause) => {
      if (tree.kindOf(clause) !== "communication_case") return [];
      const [first] = statementsOf(tree, clause);
      return hearingAt(tree, tree.childIn(clause, "communication"), first) ?? [];
    });
  });
}

function hearingAt(tree: Tree, receive: NodeId, next: NodeId | undefined): Hearing | undefined {
  if (receive === NONE || next === undefined || tree.kindOf(next) !== "if_statement")
    return undefined;
  const [, ok, channel] = /^\w+, *(\w+) *:?= *<-([\w.]+)$/.exec(tree.textOf(receive)) ?? [];
  const condition = tree.textOf(tree.childIn(next, "condition"));
  const isPlain = tree.childIn(next, "alternative") === NONE;
  if (ok === undefined || channel === undefined || condition !== `!${ok}` || !isPlain)
    return undefined;
  return { receive, test: next, channel };
}

function isHeardInVain(tree: Tree, loop: NodeId, test: NodeId, channel: string): boolean {
  const body = tree.childIn(loop, "body");
  // What goes through something, or counts, ends.
  if (tree.namedChildren(loop).some((child) => /_clause$/.test(tree.kindOf(child)))) return false;
  const head = tree.text.slice(tree.start[loop], tree.start[body]);
  const done = statementsOf(tree, tree.childIn(test, "consequence"));
  if (tree.kindOf(done.at(-1) ?? NONE) !== "continue_statement") return false;
  if (tree.textOf(done.at(-1) ?? NONE) !== "continue") return false;
  const name = channel.replaceAll(".", "\\.");
  if (new RegExp(`(?<![\\w.])${name} *(?:,[^=\\n]*)?=(?!=)|&${name}\\b`).test(tree.textOf(body)))
    return false;
  return done.slice(0, -1).every((statement) => isWithoutEffect(tree, statement, head));
}

/** It decides nothing about the loop, and does not wait. */
function isWithoutEffect(tree: Tree, statement: NodeId, head: string): boolean {
  const text = tree.textOf(statement);
  switch (tree.kindOf(statement)) {
    case "inc_statement":
    case "assignment_statement":
    case "short_var_declaration": {
      const [assigned = ""] = /^[\w.]+/.exec(text) ?? [];
      return !/[([]|<-/.test(text) && !new RegExp(`\\b${assigned}\\b`).test(head);
    }
    case "expression_statement":
      return /^(?:[\w.]+\.)?(?:log|Log|Print|Debug|Info|Warn|Error|print)\w*\([^()]*\)$/.test(text);
    default:
      return false;
  }
}
