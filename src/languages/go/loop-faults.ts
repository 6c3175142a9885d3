import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage } from "./go-analyses.ts";
import { statementsOf } from "./statements.ts";

/**
 * Loops and selects whose form alone is a fault:
 *
 *     for { select { case m := <-in: use(m); default: } }     // spins
 *     for !ready { }                                          // spins on a plain variable
 *     for { select { case <-done: break; … } }                // leaves the select, not the loop
 *     for { defer f.Close() }                                 // never runs
 */
export interface LoopFaults {
  readonly busySelects: readonly LoopFault[];
  readonly spins: readonly (LoopFault & { readonly isEndless: boolean })[];
  readonly ineffectiveBreaks: readonly LoopFault[];
  readonly endlessDefers: readonly LoopFault[];
  readonly singleCases: readonly LoopFault[];
}

export interface LoopFault {
  readonly at: Place;
  /** The loop, select or condition as far as a message names it. */
  readonly text: string;
}

const INTEREST = /\b(for|select)\b/;

export const loopFaults = defineAnalysis("loop faults", (use): LoopFaults => {
  const found = {
    busySelects: [] as LoopFault[],
    spins: [] as (LoopFault & { isEndless: boolean })[],
    ineffectiveBreaks: [] as LoopFault[],
    endlessDefers: [] as LoopFault[],
    singleCases: [] as LoopFault[],
  };
  for (const { path, tree, text, isJudged } of use(goPackage).files) {
    if (!isJudged || !INTEREST.test(text) || !tree) continue;
    const fault = (node: NodeId, named = node): LoopFault => ({
      at: { file: path, ...tree.spanOf(node) },
      text: tree.textOf(named),
    });
    for (let node = 0; node < tree.size; node++) {
      const kind = tree.kindOf(node);
      if (kind === "select_statement" && isSingleCase(tree, node))
        found.singleCases.push(fault(clausesOf(tree, node)[0] ?? node));
      if (kind !== "for_statement") continue;
      const loop = readLoop(tree, node);
      const empty = emptyDefault(tree, loop);
      if (empty !== NONE) found.busySelects.push(fault(empty));
      const spin = spinOf(tree, loop);
      if (spin !== NONE) found.spins.push({ ...fault(node, spin), isEndless: loop.head === NONE });
      if (loop.head !== NONE || hasExit(tree, node)) continue;
      for (const at of breaksOfSelects(tree, loop)) found.ineffectiveBreaks.push(fault(at));
      if (hasBreak(tree, loop)) continue;
      for (const at of defersIn(tree, node)) found.endlessDefers.push(fault(at));
    }
  }
  return found;
});

interface Loop {
  readonly node: NodeId;
  /** The condition or clause; NONE for `for {…}` and `for true {…}`. */
  readonly head: NodeId;
  readonly body: readonly NodeId[];
}

function readLoop(tree: Tree, node: NodeId): Loop {
  const block = tree.childIn(node, "body");
  const written = named(tree, node).find((child) => child !== block) ?? NONE;
  const head = tree.kindOf(written) === "true" ? NONE : written;
  return { node, head, body: statementsOf(tree, block) };
}

function named(tree: Tree, node: NodeId): NodeId[] {
  return tree.namedChildren(node).filter((child) => tree.kindOf(child) !== "comment");
}

function clausesOf(tree: Tree, select: NodeId): NodeId[] {
  return named(tree, select).filter((child) => {
    const kind = tree.kindOf(child);
    return kind === "communication_case" || kind === "default_case";
  });
}

function isSingleCase(tree: Tree, select: NodeId): boolean {
  const [only, ...more] = clausesOf(tree, select);
  return only !== undefined && more.length === 0 && tree.kindOf(only) === "communication_case";
}

/** The empty default of a select that is all there is in an endless loop. */
function emptyDefault(tree: Tree, { head, body }: Loop): NodeId {
  const [only, ...more] = body;
  if (head !== NONE || only === undefined || more.length > 0) return NONE;
  if (tree.kindOf(only) !== "select_statement") return NONE;
  const otherwise = clausesOf(tree, only).find((one) => tree.kindOf(one) === "default_case");
  return otherwise !== undefined && statementsOf(tree, otherwise).length === 0 ? otherwise : NONE;
}

const PLAIN: ReadonlySet<string> = new Set([
  "identifier",
  "selector_expression",
  "unary_expression",
  "binary_expression",
  "parenthesized_expression",
]);

/** An empty loop that does nothing but look at a plain variable, or nothing at all. */
function spinOf(tree: Tree, { node, head, body }: Loop): NodeId {
  if (body.length > 0 || tree.childIn(node, "body") === NONE) return NONE;
  if (head === NONE) return node;
  if (!PLAIN.has(tree.kindOf(head))) return NONE;
  const after = tree.afterSubtree(head);
  for (let at = head; at < after; at++) {
    const kind = tree.kindOf(at);
    if (kind === "call_expression" || kind === "<-") return NONE;
  }
  return head;
}

/** Every descendant of a loop's body that belongs to the loop's function. */
function* inside(tree: Tree, loop: NodeId): Generator<NodeId> {
  const body = tree.childIn(loop, "body");
  if (body === NONE) return;
  const after = tree.afterSubtree(body);
  for (let at = body; at < after; at++) {
    if (tree.kindOf(at) === "func_literal") at = tree.afterSubtree(at) - 1;
    else yield at;
  }
}

const ENDS =
  /^(panic|os\.Exit|runtime\.Goexit|log\.(Fatal|Panic)\w*|\w+\.(Fatal\w*|FailNow|Skip\w*))$/;

/** A way out of the loop that is not its own `break`: a return, a jump to a label, the end of the thread. */
function hasExit(tree: Tree, loop: NodeId): boolean {
  for (const at of inside(tree, loop)) {
    const kind = tree.kindOf(at);
    if (kind === "return_statement" || kind === "goto_statement") return true;
    if (kind === "break_statement" && named(tree, at).length > 0) return true;
    if (kind === "continue_statement" && named(tree, at).length > 0) return true;
    if (kind === "call_expression" && ENDS.test(tree.textOf(tree.childIn(at, "function"))))
      return true;
  }
  return false;
}

const BREAKABLE: ReadonlySet<string> = new Set([
  "for_statement",
  "select_statement",
  "expression_switch_statement",
  "type_switch_statement",
]);

/** A `break` of the loop itself. */
function hasBreak(tree: Tree, { node }: Loop): boolean {
  for (const at of inside(tree, node)) {
    if (tree.kindOf(at) !== "break_statement") continue;
    let up = tree.parentOf(at);
    while (!BREAKABLE.has(tree.kindOf(up))) up = tree.parentOf(up);
    if (up === node) return true;
  }
  return false;
}

/** The last statement of a select's clause is a `break` that was meant for the loop, which has no other way out. */
function breaksOfSelects(tree: Tree, loop: Loop): NodeId[] {
  if (hasBreak(tree, loop)) return [];
  return loop.body
    .filter((statement) => tree.kindOf(statement) === "select_statement")
    .flatMap((select) => clausesOf(tree, select))
    .flatMap((clause) => statementsOf(tree, clause).slice(-1))
    .filter((last) => tree.kindOf(last) === "break_statement");
}

function defersIn(tree: Tree, loop: NodeId): NodeId[] {
  return [...inside(tree, loop)].filter((at) => tree.kindOf(at) === "defer_statement");
}
