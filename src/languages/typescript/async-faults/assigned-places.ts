import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { indexOf } from "../module-index.ts";
import { namedNodes, unwrapped } from "../nodes.ts";
import { ownNodes } from "./own-nodes.ts";

/** A mention of a name or field in a statement behind the one that gave it what a call returns, the first one there is. */
export interface AssignedUse {
  /** The call whose result it has. */
  readonly call: NodeId;
  readonly use: NodeId;
}

/**
 * `this.client = connect(); …; this.client.on(…)`: what is looked at next is what was put there just before. Only along the statements
 * that follow in the same block, and in those around it; a loop or a function ends the way.
 */
export function assignedUses(tree: Tree): AssignedUse[] {
  return indexOf(tree).assignments.flatMap((assignment): AssignedUse[] => {
    if (tree.kindOf(tree.parentOf(assignment)) !== "expression_statement") return [];
    const left = tree.childIn(assignment, "left");
    const call = unwrapped(tree, tree.childIn(assignment, "right"));
    if (!PLACES.has(tree.kindOf(left)) || tree.kindOf(call) !== "call_expression") return [];
    const use = nextMention(tree, assignment, tree.textOf(left), tree.kindOf(left));
    return use === NONE ? [] : [{ call, use }];
  });
}

const PLACES: ReadonlySet<string> = new Set(["identifier", "member_expression"]);

function nextMention(tree: Tree, assignment: NodeId, place: string, kind: string): NodeId {
  let statement = tree.parentOf(assignment);
  for (;;) {
    const block = tree.parentOf(statement);
    if (BLOCKS.has(tree.kindOf(block))) {
      for (const next of namedNodes(tree, block)) {
        if (next <= statement) continue;
        const found = mentionIn(tree, next, place, kind);
        if (found !== undefined) return found;
      }
    } else if (!AROUND.has(tree.kindOf(block))) return NONE;
    statement = block;
  }
}

const BLOCKS: ReadonlySet<string> = new Set(["statement_block", "program"]);

/** What a way leads out of to the statements behind it. */
const AROUND: ReadonlySet<string> = new Set([
  "try_statement",
  "if_statement",
  "else_clause",
  "catch_clause",
]);

/** The first mention in a statement; NONE where something may come before it that is not looked into, undefined where there is none. */
function mentionIn(tree: Tree, statement: NodeId, place: string, kind: string): NodeId | undefined {
  for (const node of ownNodes(tree, statement)) {
    if (tree.kindOf(node) !== kind || tree.textOf(node) !== place) continue;
    return node;
  }
  return tree.textOf(statement).includes(place) ? NONE : undefined;
}
