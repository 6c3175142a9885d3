import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { firstNamed, namedNodes } from "../nodes.ts";

/** A way through a body on which none of some names is mentioned: where it leaves, and whether it comes to the end. */
export interface UnsettledWays {
  /** Returns that are reached so, and `catch` clauses after which nothing follows. */
  readonly exits: readonly NodeId[];
  readonly reachesEnd: boolean;
}

/** Nesting beyond this is not looked into: it counts as settled. */
const DEEPEST = 40;
const SETTLED: UnsettledWays = { exits: [], reachesEnd: false };
const UNSETTLED: UnsettledWays = { exits: [], reachesEnd: true };

/**
 * The ways through the statements of a body that mention none of the names. What is not followed counts as settled: loops and switches
 * that mention one, and anything that hands one on (`handsOn`: to a function inside).
 */
export function unsettledWays(
  tree: Tree,
  body: NodeId,
  mentions: (node: NodeId) => boolean,
  handsOn: (node: NodeId) => boolean,
): UnsettledWays {
  return ofStatements(namedNodes(tree, body), DEEPEST);

  function ofStatements(statements: readonly NodeId[], left: number): UnsettledWays {
    const exits: NodeId[] = [];
    for (const statement of statements) {
      const ways = ofStatement(statement, left);
      exits.push(...ways.exits);
      if (!ways.reachesEnd) return { exits, reachesEnd: false };
    }
    return { exits, reachesEnd: true };
  }

  function ofStatement(statement: NodeId, left: number): UnsettledWays {
    if (left === 0) return SETTLED;
    switch (tree.kindOf(statement)) {
      case "statement_block":
        return ofStatements(namedNodes(tree, statement), left - 1);
      case "else_clause":
        return ofStatement(firstNamed(tree, statement), left - 1);
      case "return_statement":
        return mentions(statement) ? SETTLED : { exits: [statement], reachesEnd: false };
      case "throw_statement":
        return SETTLED;
      case "if_statement":
        return ofIf(statement, left);
      case "try_statement":
        return ofTry(statement, left);
      default:
        return mentions(statement) || leaves(statement) ? SETTLED : UNSETTLED;
    }
  }

  function ofIf(statement: NodeId, left: number): UnsettledWays {
    if (mentions(tree.childIn(statement, "condition"))) return SETTLED;
    const consequence = ofStatement(tree.childIn(statement, "consequence"), left - 1);
    const otherwise = tree.childIn(statement, "alternative");
    // A handler that is attached under a condition: the same condition may be what later returns stand under.
    if (otherwise === NONE && handsOn(tree.childIn(statement, "consequence"))) return SETTLED;
    const alternative = otherwise === NONE ? UNSETTLED : ofStatement(otherwise, left - 1);
    return {
      exits: [...consequence.exits, ...alternative.exits],
      reachesEnd: consequence.reachesEnd || alternative.reachesEnd,
    };
  }

  function ofTry(statement: NodeId, left: number): UnsettledWays {
    const finalizer = tree.childIn(statement, "finalizer");
    if (finalizer !== NONE && mentions(finalizer)) return SETTLED;
    const body = ofStatement(tree.childIn(statement, "body"), left - 1);
    const handler = tree.childIn(statement, "handler");
    // Who was handed one before something threw may still settle it.
    if (handler === NONE || handsOn(tree.childIn(statement, "body"))) return body;
    const caught = ofStatement(tree.childIn(handler, "body"), left - 1);
    return {
      exits: [...body.exits, ...caught.exits],
      reachesEnd: body.reachesEnd || caught.reachesEnd,
    };
  }

  /** Ends the way without coming to the end of the body: `process.exit()`, `break` of a loop that nobody followed. */
  function leaves(statement: NodeId): boolean {
    const kind = tree.kindOf(statement);
    if (kind === "break_statement" || kind === "continue_statement") return true;
    return (
      kind === "expression_statement" && /^process\.(?:exit|abort)\b/.test(tree.textOf(statement))
    );
  }
}
