import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, nameOfFunction } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import type { GoResolver } from "../type.ts";
import { type LockCall, lockCalls, statementOf } from "./lock-calls.ts";

/** A test without the lock, and the same test again under it. */
export interface DoubleCheck {
  readonly at: Place;
  /** What is tested: `c.client`. */
  readonly subject: string;
  readonly subjectAt: Place;
  readonly lock: string;
  readonly lockedAt: Place;
  readonly setAt: Place;
}

/**
 *     if c.client == nil {            // read without the lock
 *         c.mu.Lock()
 *         if c.client == nil { c.client = dial() }
 *         c.mu.Unlock()
 *     }
 *
 * and the same with early returns. A first test through an atomic or under a read lock is as it should be, also under one that the caller has taken.
 */
export const doubleChecks = defineAnalysis("double checks", (use): DoubleCheck[] => {
  const resolver = use(goResolver);
  const calls = use(lockCalls);
  return calls.flatMap((call) => {
    const found = call.method === "Lock" ? doubleCheckAt(call, resolver) : undefined;
    return found && !isLockedBefore(calls, call, found) ? [found] : [];
  });
});

/** `x == nil`, `!s.ready`, `s.conn != nil`. */
const TEST =
  /^!?(?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*(?:\s*[!=]=\s*(?:nil|true|false|0|""))?$/u;
const SUBJECT = /[\p{L}_][\p{L}\p{N}_.]*/u;

function doubleCheckAt(call: LockCall, resolver: GoResolver): DoubleCheck | undefined {
  const { tree, file } = call;
  const statement = statementOf(call);
  if (statement === NONE) return undefined;
  const list = tree.namedChildren(tree.parentOf(statement));
  const index = list.indexOf(statement);
  const after = list.slice(index + 1);
  const first = outerTest(tree, statement) ?? earlyReturn(tree, list.slice(0, index));
  if (first === undefined) return undefined;
  const condition = tree.childIn(first, "condition");
  const text = tree.textOf(condition);
  if (!TEST.test(text)) return undefined;
  const subject = SUBJECT.exec(text)?.[0] ?? "";
  const at = after.findIndex(
    (one) =>
      tree.kindOf(one) === "if_statement" && tree.textOf(tree.childIn(one, "condition")) === text,
  );
  const set = after.slice(Math.max(at, 0)).find((one) => sets(tree, one, subject) !== NONE);
  if (at === -1 || set === undefined) return undefined;
  const subjectNode = subjectOf(tree, condition);
  if (!isShared(file.path, tree, subjectNode, resolver)) return undefined;
  const place = (node: NodeId): Place => ({ file: file.path, ...tree.spanOf(node) });
  return {
    at: place(condition),
    subject,
    subjectAt: place(subjectNode),
    lock: call.text,
    lockedAt: place(call.node),
    setAt: place(sets(tree, set, subject)),
  };
}

/** The `if` whose body a statement stands in. */
function outerTest(tree: Tree, statement: NodeId): NodeId | undefined {
  let block = tree.parentOf(statement);
  if (tree.kindOf(block) === "statement_list") block = tree.parentOf(block);
  const test = tree.parentOf(block);
  const isBody =
    tree.kindOf(test) === "if_statement" && tree.childIn(test, "consequence") === block;
  return isBody ? test : undefined;
}

/** `if c.client != nil { return c.client }` before a statement. */
function earlyReturn(tree: Tree, before: readonly NodeId[]): NodeId | undefined {
  return before.findLast((one) => {
    if (tree.kindOf(one) !== "if_statement" || tree.childIn(one, "alternative") !== NONE)
      return false;
    const list = tree.childOfKind(tree.childIn(one, "consequence"), "statement_list");
    const last = list === NONE ? undefined : tree.namedChildren(list).at(-1);
    return last !== undefined && tree.kindOf(last) === "return_statement";
  });
}

/** The assignment that sets a subject, in a statement; NONE where there is none. */
function sets(tree: Tree, within: NodeId, subject: string): NodeId {
  const end = tree.afterSubtree(within);
  for (let node = within; node < end; node++) {
    if (tree.kindOf(node) !== "assignment_statement") continue;
    const left = tree.childIn(node, "left");
    if (tree.namedChildren(left).some((one) => tree.textOf(one) === subject)) return node;
  }
  return NONE;
}

/** The name or selector that a test is about. */
function subjectOf(tree: Tree, condition: NodeId): NodeId {
  let at = condition;
  while (tree.kindOf(at) === "unary_expression") at = tree.childIn(at, "operand");
  return tree.kindOf(at) === "binary_expression" ? tree.childIn(at, "left") : at;
}

/** A variable of the package, or a field of what the function was given. */
function isShared(file: string, tree: Tree, subject: NodeId, resolver: GoResolver): boolean {
  let root = subject;
  while (tree.kindOf(root) === "selector_expression") root = tree.childIn(root, "operand");
  const symbol = tree.kindOf(root) === "identifier" ? resolver.symbolAt(file, root) : undefined;
  if (symbol?.kind !== "variable") return false;
  const { role } = symbol.variable;
  return role === "global" || (root !== subject && (role === "receiver" || role === "parameter"));
}

/** Somebody locks in the function before the first test, or its name says that the caller has, or it lets go of what it did not take. */
function isLockedBefore(calls: readonly LockCall[], call: LockCall, { at }: DoubleCheck): boolean {
  const { tree, file, node } = call;
  const around = functionAround(tree, node);
  if (/locked$/i.test(nameOfFunction(tree, around))) return true;
  const startOf = (one: LockCall): number => tree.start[one.node] ?? 0;
  return calls.some(
    (other) =>
      other.file === file &&
      functionAround(tree, other.node) === around &&
      (startOf(other) < at.start ||
        (/Unlock$/.test(other.method) &&
          other.text === call.text &&
          startOf(other) < startOf(call))),
  );
}
