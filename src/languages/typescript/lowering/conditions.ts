import type { BlockId, Condition } from "../../../model/function.ts";
import { type AccessPath, pathKey } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { argumentsOf, firstNamed, unwrapped } from "../nodes.ts";
import { givenFor, returnedFor } from "./helpers.ts";
import type { Lowering } from "./lowering.ts";
import { extended, mapAccess, pathOf } from "./paths.ts";

/*
 * The normal form of a test. K is the key of a path; each test is written so that it holds where the path is unset, if it
 * is about that at all, and `negated` says that the branch is taken when it does not:
 *
 *     !x  Boolean(x)                                    !K
 *     x == null                                         K==null
 *     x === undefined  typeof x === "undefined"
 *     m.has(k)  m.get(k) === undefined                  K===undefined
 *     x === null                                        K===null
 *     x === 1  x === "a"  x === true                    K===1 …
 *     x === y                                           K===K′, in the order of their texts
 *     x instanceof C                                    K instanceof C
 *     x < y  y > x  !(x >= y)                           K<K′
 *
 * The first four tell an unset path (`isNil`); they are different tests, since 0, null and undefined are different values.
 */

/** Evaluates a test and ends the block with the ways on. */
export function lowerBranch(
  lowering: Lowering,
  expression: NodeId,
  then: BlockId,
  otherwise: BlockId,
): void {
  const { tree, blocks } = lowering;
  let node = unwrapped(tree, expression);
  let isNegated = false;
  while (node !== NONE && operatorOf(lowering, node) === "!") {
    isNegated = !isNegated;
    node = unwrapped(tree, tree.childIn(node, "argument"));
  }
  if (node === NONE) {
    blocks.branch(undefined, then, otherwise);
    return;
  }
  if (isNegated) [then, otherwise] = [otherwise, then];
  const operator = operatorOf(lowering, node);
  const test = operator === "" ? returnedFor(lowering, node) : undefined;
  const known = givenTruth(lowering, node);
  if (known !== undefined) blocks.goTo(known ? then : otherwise);
  else if (operator === "&&" || operator === "||")
    lowerJunction(lowering, node, operator, then, otherwise);
  else if (test) {
    lowering.expression(node);
    lowerBranch(test.lowering, test.expression, then, otherwise);
  } else {
    evaluateOperands(lowering, node);
    const condition = conditionOf(lowering, node);
    blocks.branch(condition, then, otherwise);
  }
}

/** Whether a parameter of a helper is known to be true or false where it is called: `this.load(id, true)`. */
function givenTruth(lowering: Lowering, node: NodeId): boolean | undefined {
  const { tree, unit, module } = lowering;
  if (tree.kindOf(node) !== "identifier") return undefined;
  const declared = unit.variableAt(module, node);
  const given = declared && givenFor(lowering, declared);
  const kind = given && given.caller.tree.kindOf(unwrapped(given.caller.tree, given.node));
  return kind === "true" || kind === "false" ? kind === "true" : undefined;
}

/** Evaluates what a test is about; the outcome itself has no name. */
function evaluateOperands(lowering: Lowering, node: NodeId): void {
  const { tree } = lowering;
  const operator = operatorOf(lowering, node);
  const isPlain = operator !== "" && operator !== "??" && operator !== "delete";
  if (!isPlain) {
    lowering.expression(node);
    return;
  }
  for (const field of tree.kindOf(node) === "unary_expression" ? ["argument"] : ["left", "right"]) {
    const operand = unwrapped(tree, tree.childIn(node, field));
    if (operand === NONE) continue;
    const subject =
      operatorOf(lowering, operand) === "typeof" ? argumentOf(tree, operand) : operand;
    if (subject !== NONE) lowering.expression(subject);
  }
}

function argumentOf(tree: Tree, unary: NodeId): NodeId {
  return tree.childIn(unary, "argument");
}

/** Goes on in `whenNil` where the value is null or undefined. */
export function branchOnNil(
  lowering: Lowering,
  expression: NodeId,
  whenNil: BlockId,
  otherwise: BlockId,
): void {
  lowering.expression(expression);
  const path = pathOf(lowering, expression)?.path;
  const condition = path && nilTest(lowering, path, "==null", false, expression);
  lowering.blocks.branch(condition, whenNil, otherwise);
}

/** `a && b && c` from the left, without recursion on the left. */
function lowerJunction(
  lowering: Lowering,
  node: NodeId,
  operator: "&&" | "||",
  then: BlockId,
  otherwise: BlockId,
): void {
  const { tree, blocks } = lowering;
  const operands: NodeId[] = [];
  let first = node;
  while (first !== NONE && operatorOf(lowering, first) === operator) {
    operands.push(tree.childIn(first, "right"));
    first = unwrapped(tree, tree.childIn(first, "left"));
  }
  operands.push(first);
  operands.reverse();
  const last = operands.pop() ?? NONE;
  for (const operand of operands) {
    const next = blocks.newBlock("body");
    if (operator === "&&") lowering.branch(operand, next, otherwise);
    else lowering.branch(operand, then, next);
    blocks.begin(next);
  }
  lowering.branch(last, then, otherwise);
}

function operatorOf({ tree }: Lowering, node: NodeId): string {
  const kind = tree.kindOf(node);
  if (kind !== "binary_expression" && kind !== "unary_expression") return "";
  const operator = tree.childIn(node, "operator");
  return operator === NONE ? "" : tree.kindOf(operator);
}

/** What a test tests, as far as it is simple. */
function conditionOf(lowering: Lowering, node: NodeId): Condition | undefined {
  const { tree } = lowering;
  const at = lowering.spanOf(node);
  const kind = tree.kindOf(node);
  if (kind === "true" || kind === "false")
    return { key: kind, negated: false, reads: [], at, constant: kind === "true" };
  if (kind === "binary_expression") return comparison(lowering, node);
  if (kind === "call_expression") return callTest(lowering, node);
  const tested = kind === "assignment_expression" ? tree.childIn(node, "left") : node;
  const path = pathOf(lowering, tested)?.path;
  return path && nilTest(lowering, path, "!", true, node);
}

/** `Boolean(x)`, `map.has(key)`, and the element of `map.get(key)`. */
function callTest(lowering: Lowering, call: NodeId): Condition | undefined {
  const { tree } = lowering;
  const [argument] = argumentsOf(tree, call);
  const callee = tree.childIn(call, "function");
  if (tree.kindOf(callee) === "identifier" && tree.textOf(callee) === "Boolean") {
    const path = argument === undefined ? undefined : pathOf(lowering, argument)?.path;
    return path && nilTest(lowering, path, "!", true, call);
  }
  const access = mapAccess(lowering, call);
  if (access?.method === "has") {
    const object = pathOf(lowering, access.object)?.path;
    const path = object && extended(object, [access.step]);
    return path && nilTest(lowering, path, "===undefined", true, call);
  }
  const path = pathOf(lowering, call)?.path;
  return path && nilTest(lowering, path, "!", true, call);
}

/** The test of a path; undefined where the path cannot be compared. */
export function nilTest(
  lowering: Lowering,
  path: AccessPath,
  test: "!" | "==null" | "===undefined" | "===null",
  negated: boolean,
  node: NodeId,
): Condition | undefined {
  const key = pathKey(path);
  if (key === undefined) return undefined;
  const at = lowering.spanOf(node);
  const text = test === "!" ? `!${key}` : key + test;
  return { key: text, negated, reads: readsOf(path, key), at, isNil: path };
}

/** What must stay as it is for a test to come out the same: the variable at the root, and the path. */
function readsOf({ root, steps }: AccessPath, key: string): readonly string[] {
  if (root.kind !== "variable" || steps.length === 0) return [key];
  return [root.variable.id, key];
}

function comparison(lowering: Lowering, node: NodeId): Condition | undefined {
  const { tree } = lowering;
  const operator = operatorOf(lowering, node);
  const left = unwrapped(tree, tree.childIn(node, "left"));
  const right = unwrapped(tree, tree.childIn(node, "right"));
  if (left === NONE || right === NONE) return undefined;
  const isEquality = /^[!=]==?$/.test(operator);
  if (RELATIONS.has(operator)) return relation(lowering, node, operator, left, right);
  if (!isEquality && operator !== "instanceof") return undefined;
  const negated = operator.startsWith("!");
  const at = lowering.spanOf(node);
  if (operator === "instanceof") {
    const path = pathOf(lowering, left)?.path;
    const key = path && pathKey(path);
    if (!path || key === undefined) return undefined;
    return {
      key: `${key} instanceof ${lowering.shortText(right)}`,
      negated,
      reads: readsOf(path, key),
      at,
    };
  }
  return (
    nilComparison(lowering, node, operator, left, right) ??
    nilComparison(lowering, node, operator, right, left) ??
    plainComparison(lowering, node, negated, left, right)
  );
}

const RELATIONS: ReadonlySet<string> = new Set(["<", ">", "<=", ">="]);

/** Written as `left < right`, taken or not; numbers that compare with nothing (NaN) are left aside. */
function relation(
  lowering: Lowering,
  node: NodeId,
  operator: string,
  left: NodeId,
  right: NodeId,
): Condition | undefined {
  const one = operandOf(lowering, left);
  const other = operandOf(lowering, right);
  if (!one || !other || (one.isConstant && other.isConstant)) return undefined;
  const isTurned = operator === ">" || operator === "<=";
  const [less, more] = isTurned ? [other, one] : [one, other];
  return {
    key: `${less.text}<${more.text}`,
    negated: operator.length === 2,
    ...aboutBoth(one, other),
    at: lowering.spanOf(node),
  };
}

/** What a comparison reads, and the paths it is about. */
function aboutBoth(one: Operand, other: Operand): Pick<Condition, "reads" | "subjects"> {
  return {
    reads: [...one.reads, ...other.reads],
    subjects: [...one.paths, ...other.paths],
  };
}

/** The test of a `case`: whether the subject of the switch is the value. */
export function caseTest(
  lowering: Lowering,
  subject: NodeId,
  value: NodeId,
): Condition | undefined {
  const { tree } = lowering;
  const left = unwrapped(tree, subject);
  const right = unwrapped(tree, value);
  return (
    nilComparison(lowering, value, "===", left, right) ??
    plainComparison(lowering, value, false, left, right)
  );
}

/** `x == null`, `x === undefined`, `typeof x === "undefined"`. */
function nilComparison(
  lowering: Lowering,
  node: NodeId,
  operator: string,
  subject: NodeId,
  other: NodeId,
): Condition | undefined {
  const { tree } = lowering;
  const negated = operator.startsWith("!");
  const typeOf = operatorOf(lowering, subject) === "typeof";
  if (typeOf) {
    if (!/^["']undefined["']$/.test(tree.textOf(other))) return undefined;
    const path = pathOf(lowering, tree.childIn(subject, "argument"))?.path;
    return path && nilTest(lowering, path, "===undefined", negated, node);
  }
  const nil = nilText(lowering, other);
  if (nil === undefined) return undefined;
  const path = pathOf(lowering, subject)?.path;
  const test = operator.length === 2 ? "==null" : (`===${nil}` as const);
  return path && nilTest(lowering, path, test, negated, node);
}

function nilText({ tree }: Lowering, node: NodeId): "null" | "undefined" | undefined {
  const kind = tree.kindOf(node);
  if (kind === "null" || kind === "undefined") return kind;
  if (kind === "unary_expression" && tree.kindOf(tree.childIn(node, "operator")) === "void")
    return "undefined";
  return kind === "identifier" && tree.textOf(node) === "undefined" ? "undefined" : undefined;
}

function plainComparison(
  lowering: Lowering,
  node: NodeId,
  negated: boolean,
  left: NodeId,
  right: NodeId,
): Condition | undefined {
  const one = operandOf(lowering, left);
  const other = operandOf(lowering, right);
  if (!one || !other || (one.isConstant && other.isConstant)) return undefined;
  const isInOrder = other.isConstant || (!one.isConstant && one.text <= other.text);
  return {
    key: isInOrder ? `${one.text}===${other.text}` : `${other.text}===${one.text}`,
    negated,
    ...aboutBoth(one, other),
    at: lowering.spanOf(node),
  };
}

interface Operand {
  readonly text: string;
  readonly reads: readonly string[];
  readonly isConstant: boolean;
  readonly paths: readonly AccessPath[];
}

const CONSTANTS: ReadonlySet<string> = new Set(["number", "string", "true", "false"]);

/** Operators that give a number or text. */
const ARITHMETIC = /^[-+*/%]$/;

function operandOf(lowering: Lowering, node: NodeId): Operand | undefined {
  const { tree } = lowering;
  const operator = operatorOf(lowering, node);
  if (ARITHMETIC.test(operator) && tree.kindOf(node) === "binary_expression")
    return computedOperand(lowering, node, operator);
  const returned = returnedFor(lowering, node);
  if (returned) return operandOf(returned.lowering, returned.expression);
  if (CONSTANTS.has(tree.kindOf(node))) {
    const text = tree.textOf(node).replace(/^'(.*)'$/s, '"$1"');
    return { text, reads: [], paths: [], isConstant: true };
  }
  const path = pathOf(lowering, node)?.path;
  const key = path && pathKey(path);
  return path && key !== undefined
    ? { text: key, reads: readsOf(path, key), isConstant: false, paths: [path] }
    : undefined;
}

/** `this.used + cost`: as known as its parts are. */
function computedOperand(lowering: Lowering, node: NodeId, operator: string): Operand | undefined {
  const { tree } = lowering;
  const left = operandOf(lowering, unwrapped(tree, tree.childIn(node, "left")));
  const right = left && operandOf(lowering, unwrapped(tree, tree.childIn(node, "right")));
  if (!left || !right) return undefined;
  return {
    text: `(${left.text}${operator}${right.text})`,
    reads: [...left.reads, ...right.reads],
    paths: [...left.paths, ...right.paths],
    isConstant: left.isConstant && right.isConstant,
  };
}

/** The expression inside a parenthesised head, as `if` and `while` have it. */
export function headOf({ tree }: Lowering, statement: NodeId, field: string): NodeId {
  const head = tree.childIn(statement, field);
  if (head === NONE) return NONE;
  return tree.kindOf(head) === "parenthesized_expression" ? firstNamed(tree, head) : head;
}
