import type { BlockId, Condition } from "../../../model/function.ts";
import { pathKey } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { lengthOf } from "./bounds.ts";
import type { Lowering } from "./lowering.ts";
import { prepareCall } from "./prepare-call.ts";

/**
 * Lowers a condition into branches: `a && b || !c` becomes a branch for each of a, b and c, in order of evaluation. The
 * operations that its parts do stand before their branch.
 */
export function jumpIf(lowering: Lowering, node: NodeId, then: BlockId, otherwise: BlockId): void {
  const condition = lowering.bare(node);
  const kind = lowering.kind(condition);
  if (kind === "unary_expression" && operatorOf(lowering, condition) === "!") {
    jumpIf(lowering, lowering.child(condition, "operand"), otherwise, then);
    return;
  }
  const operator = kind === "binary_expression" ? operatorOf(lowering, condition) : "";
  if (operator === "&&" || operator === "||") {
    jumpIfChain(lowering, chainOf(lowering, condition, operator), operator, then, otherwise);
    return;
  }
  const simple = conditionOf(lowering, condition);
  // What a simple condition does is nothing, unless it tries a lock.
  if (!simple || (lowering.notesAccesses && !simple.acquires)) lowering.evaluate(condition);
  lowering.builder.branch(simple, then, otherwise);
}

function jumpIfChain(
  lowering: Lowering,
  parts: readonly NodeId[],
  operator: "&&" | "||",
  then: BlockId,
  otherwise: BlockId,
): void {
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      jumpIf(lowering, part, then, otherwise);
      return;
    }
    const next = lowering.builder.newBlock(operator === "&&" ? "and" : "or");
    if (operator === "&&") jumpIf(lowering, part, next, otherwise);
    else jumpIf(lowering, part, then, next);
    lowering.builder.begin(next);
  }
}

/** The operands of `a && b && c`, which the grammar nests to the left. */
export function chainOf(lowering: Lowering, node: NodeId, operator: string): NodeId[] {
  const parts: NodeId[] = [];
  let at = node;
  while (lowering.kind(at) === "binary_expression" && operatorOf(lowering, at) === operator) {
    parts.push(lowering.child(at, "right"));
    at = lowering.child(at, "left");
  }
  parts.push(at);
  return parts.reverse().filter((part) => part >= 0);
}

export function operatorOf(lowering: Lowering, node: NodeId): string {
  return lowering.kind(lowering.child(node, "operator"));
}

/** Something that a simple condition compares. */
interface Operand {
  readonly key: string;
  readonly reads: readonly string[];
  readonly isConstant: boolean;
}

function conditionOf(lowering: Lowering, node: NodeId): Condition | undefined {
  const at = lowering.span(node);
  switch (lowering.kind(node)) {
    case "true":
    case "false": {
      const key = lowering.text(node);
      return { key, negated: false, reads: [], at, constant: key === "true" };
    }
    case "identifier":
    case "selector_expression":
    case "index_expression": {
      const operand = operandOf(lowering, node);
      if (!operand) return undefined;
      const attempt = lowering.attempts.get(operand.key);
      lowering.attempts.delete(operand.key);
      const tested = { key: operand.key, negated: false, reads: operand.reads, at };
      return attempt ? { ...tested, acquires: attempt } : tested;
    }
    case "binary_expression":
      return comparison(lowering, node);
    case "call_expression":
      return tryLock(lowering, node);
    default:
      return undefined;
  }
}

/** `a == b`, `a < b` and their turned and negated forms, each in one canonical form. */
function comparison(lowering: Lowering, node: NodeId): Condition | undefined {
  const operator = operatorOf(lowering, node);
  if (!COMPARISONS.has(operator)) return undefined;
  const left = operandOf(lowering, lowering.child(node, "left"));
  const right = left && operandOf(lowering, lowering.child(node, "right"));
  if (!left || !right) return undefined;
  const { key, negated } = canonical(left, operator, right);
  const at = lowering.span(node);
  const tested = { key, negated, reads: [...left.reads, ...right.reads], at };
  return key.endsWith("==nil") && ERROR.test(lowering.text(node))
    ? { ...tested, isErrorTest: true }
    : tested;
}

/** `err`, `closeErr`, `r.err`, `errSend`: told by the name, since to ask for the type costs more than it tells. */
const ERROR = /\berr\w*\s*[!=]=|Err(or)?\s*[!=]=/;

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">="]);

function canonical(
  left: Operand,
  operator: string,
  right: Operand,
): { readonly key: string; readonly negated: boolean } {
  const empty = emptiness(left, operator, right);
  if (empty) return empty;
  switch (operator) {
    case "==":
    case "!=": {
      const isTurned =
        left.isConstant !== right.isConstant ? left.isConstant : left.key > right.key;
      const [first, second] = isTurned ? [right, left] : [left, right];
      return { key: `${first.key}==${second.key}`, negated: operator === "!=" };
    }
    case "<":
      return { key: `${left.key}<${right.key}`, negated: false };
    case ">":
      return { key: `${right.key}<${left.key}`, negated: false };
    case ">=":
      return { key: `${left.key}<${right.key}`, negated: true };
    default:
      return { key: `${right.key}<${left.key}`, negated: true };
  }
}

/** A length is never negative: `len(x) > 0`, `len(x) >= 1` and `len(x) != 0` are one test. */
function emptiness(
  left: Operand,
  operator: string,
  right: Operand,
): { readonly key: string; readonly negated: boolean } | undefined {
  if (right.key.startsWith("len(") && left.isConstant)
    return emptiness(right, TURNED[operator] ?? operator, left);
  if (!left.key.startsWith("len(")) return undefined;
  const key = `${left.key}==0`;
  const test = `${operator}${right.key}`;
  if (test === "==0" || test === "<1" || test === "<=0") return { key, negated: false };
  return test === "!=0" || test === ">0" || test === ">=1" ? { key, negated: true } : undefined;
}

const TURNED: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function operandOf(lowering: Lowering, node: NodeId): Operand | undefined {
  const expression = lowering.bare(node);
  switch (lowering.kind(expression)) {
    case "nil":
    case "true":
    case "false":
    case "int_literal":
    case "float_literal":
    case "rune_literal":
    case "interpreted_string_literal":
    case "raw_string_literal":
      return { key: lowering.text(expression), reads: [], isConstant: true };
    case "identifier":
    case "selector_expression":
    case "index_expression": {
      if (lowering.kind(expression) !== "identifier" && hasCall(lowering, expression))
        return undefined;
      const value = lowering.peek(expression);
      if (value.kind === "constant") return { key: value.text, reads: [], isConstant: true };
      const key = value.kind === "path" ? pathKey(value.path) : undefined;
      return key === undefined ? undefined : { key, reads: [key], isConstant: false };
    }
    case "call_expression": {
      const length = lengthOf(lowering, expression);
      return length && { ...length, isConstant: false };
    }
    default:
      return undefined;
  }
}

function hasCall(lowering: Lowering, node: NodeId): boolean {
  const after = lowering.tree.afterSubtree(node);
  for (let at = node; at < after; at++) {
    const kind = lowering.kind(at);
    if (kind === "call_expression" || kind === "<-") return true;
  }
  return false;
}

/** `if mu.TryLock()`: each try is a test of its own, so the outcome of the last one is forgotten first. */
function tryLock(lowering: Lowering, node: NodeId): Condition | undefined {
  if (lowering.kind(lowering.child(node, "function")) !== "selector_expression") return undefined;
  const method = lowering.child(lowering.child(node, "function"), "field");
  if (method === NONE || !/^Try(R?Lock|Acquire)$/.test(lowering.text(method))) return undefined;
  const call = prepareCall(lowering, node);
  if (call.kind !== "api" || call.api.kind !== "try-acquire") return undefined;
  const at = lowering.span(node);
  const outcome = { kind: "site" as const, at: { file: lowering.file, ...at } };
  const target = { root: outcome, steps: [], text: lowering.text(node), slot: undefined };
  lowering.emit({ kind: "assign", target, value: { kind: "unknown" }, at });
  const key = pathKey(target) ?? "";
  const { mode, object } = call.api;
  return { key, negated: false, reads: [key], at, acquires: { lock: call.receiver, mode, object } };
}
