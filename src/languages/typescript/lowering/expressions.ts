import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { lowerAssignment, lowerCompound, lowerDelete, lowerUpdate } from "./assignments.ts";
import { lowerCall, lowerNew } from "./calls.ts";
import { lowerClass } from "./classes.ts";
import { branchOnNil } from "./conditions.ts";
import { functionValue } from "./function-values.ts";
import { type Lowering, NIL_VALUE, UNKNOWN_VALUE } from "./lowering.ts";
import { extended, pathOf } from "./paths.ts";
import { emitRead } from "./shared.ts";
import { functionId } from "./unit-context.ts";
import { compositeOf, eitherOf } from "./values.ts";

/** Emits what evaluating an expression does, in the order in which it happens, and says what its value is. */
export function lowerExpression(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const kind = tree.kindOf(node);
  switch (kind) {
    case "parenthesized_expression":
    case "non_null_expression":
    case "as_expression":
    case "satisfies_expression":
    case "instantiation_expression":
    case "spread_element":
    case "jsx_expression":
    case "template_substitution":
      return inner(lowering, node);
    case "type_assertion":
      return lastNamed(lowering, node);
    case "identifier":
    case "shorthand_property_identifier":
    case "this":
      return lowerName(lowering, node);
    case "null":
    case "undefined":
      return NIL_VALUE;
    case "string":
    case "number":
    case "true":
    case "false":
    case "regex":
      return { kind: "constant", text: lowering.shortText(node) };
    case "member_expression":
    case "subscript_expression":
    case "call_expression":
      return lowerChain(lowering, node, kind);
    case "new_expression":
      return lowerNew(lowering, node);
    case "await_expression":
      return lowerAwait(lowering, node);
    case "yield_expression":
      return lowerYield(lowering, node);
    case "assignment_expression":
      return lowerAssignment(lowering, node);
    case "augmented_assignment_expression":
      return lowerCompound(lowering, node);
    case "update_expression":
      return lowerUpdate(lowering, node);
    case "binary_expression":
      return lowerBinary(lowering, node);
    case "ternary_expression":
      return lowerTernary(lowering, node);
    case "unary_expression":
      return lowerUnary(lowering, node);
    case "sequence_expression":
      return (
        namedNodes(tree, node)
          .map((part) => lowering.expression(part))
          .at(-1) ?? UNKNOWN_VALUE
      );
    case "arrow_function":
    case "function_expression":
    case "generator_function":
      return { kind: "function", function: functionId(lowering.module, node) };
    case "class":
      return lowerClass(lowering, node);
    case "array":
    case "object":
    case "pair":
    case "computed_property_name":
    case "template_string":
    case "jsx_element":
    case "jsx_self_closing_element":
    case "jsx_opening_element":
    case "jsx_attribute":
      return compositeOf(
        lowering,
        node,
        namedNodes(tree, node).map((part) => lowerPart(lowering, part)),
      );
    default:
      return UNKNOWN_VALUE;
  }
}

/** The parts of literals and JSX; what is only a name of a property is none. */
function lowerPart(lowering: Lowering, part: NodeId): Value {
  if (lowering.tree.kindOf(part) !== "method_definition") return lowering.expression(part);
  const name = lowering.tree.childIn(part, "name");
  if (lowering.tree.kindOf(name) === "computed_property_name") lowering.expression(name);
  return { kind: "function", function: functionId(lowering.module, part) };
}

function inner(lowering: Lowering, node: NodeId): Value {
  const expression = firstNamed(lowering.tree, node);
  return expression === NONE ? UNKNOWN_VALUE : lowering.expression(expression);
}

function lastNamed(lowering: Lowering, node: NodeId): Value {
  const expression = namedNodes(lowering.tree, node).at(-1);
  return expression === undefined ? UNKNOWN_VALUE : lowering.expression(expression);
}

function lowerName(lowering: Lowering, node: NodeId): Value {
  const named = pathOf(lowering, node);
  if (!named) return UNKNOWN_VALUE;
  emitRead(lowering, node, named);
  return functionValue(lowering, named) ?? { kind: "path", path: named.path };
}

/** A member, element or call, perhaps with `?.` somewhere on its way: then all of it is skipped where an object is missing. */
function lowerChain(lowering: Lowering, node: NodeId, kind: string): Value {
  const outer = lowering.chainExit;
  const isStart = outer === undefined || !isInsideChain(lowering, node);
  if (!isStart) return lowerLink(lowering, node, kind);
  const exit = hasOptionalLink(lowering, node) ? lowering.blocks.newBlock("body") : undefined;
  lowering.chainExit = exit;
  const value = lowerLink(lowering, node, kind);
  lowering.chainExit = outer;
  if (exit !== undefined) lowering.blocks.begin(exit);
  return value;
}

function lowerLink(lowering: Lowering, node: NodeId, kind: string): Value {
  return kind === "call_expression" ? lowerCall(lowering, node) : lowerMember(lowering, node, kind);
}

/** Whether the node is the object or callee of a chain's next link. */
function isInsideChain({ tree }: Lowering, node: NodeId): boolean {
  const parent = tree.parentOf(node);
  if (!LINKS.has(tree.kindOf(parent))) return false;
  return firstNamed(tree, parent) === node;
}

const LINKS: ReadonlySet<string> = new Set([
  "member_expression",
  "subscript_expression",
  "call_expression",
  "non_null_expression",
]);

/** Whether a call or element inside the chain stands behind `?.`; mere members need no branch. */
function hasOptionalLink({ tree }: Lowering, node: NodeId): boolean {
  let hasCall = false;
  for (let at = node; at !== NONE && LINKS.has(tree.kindOf(at)); at = firstNamed(tree, at)) {
    hasCall ||= tree.kindOf(at) === "call_expression";
    if (hasCall && (tree.childIn(at, "optional_chain") !== NONE || hasToken(tree, at, "?.")))
      return true;
  }
  return false;
}

function lowerMember(lowering: Lowering, node: NodeId, kind: string): Value {
  const { tree } = lowering;
  const index = kind === "subscript_expression" ? tree.childIn(node, "index") : NONE;
  const named = pathOf(lowering, node);
  if (named) {
    if (index !== NONE) lowering.expression(index);
    emitRead(lowering, node, named);
    return functionValue(lowering, named) ?? { kind: "path", path: named.path };
  }
  const object = tree.childIn(node, "object");
  const base = object === NONE ? UNKNOWN_VALUE : lowering.expression(object);
  if (index !== NONE) lowering.expression(index);
  if (base.kind !== "path") return UNKNOWN_VALUE;
  const name = tree.childIn(node, "property");
  const step =
    name === NONE
      ? ({ kind: "element", key: undefined } as const)
      : ({ kind: "field", name: tree.textOf(name) } as const);
  return { kind: "path", path: extended(base.path, [step]) };
}

function lowerAwait(lowering: Lowering, node: NodeId): Value {
  const expression = firstNamed(lowering.tree, node);
  const value = expression === NONE ? UNKNOWN_VALUE : lowering.expression(expression);
  const { resolver } = lowering.unit;
  const { module } = lowering;
  lowering.emit({
    kind: "await",
    value,
    at: lowering.spanOf(node),
    get isPromise() {
      return resolver.isPromise({ module, node: expression }) !== "no";
    },
  });
  lowering.mayThrow();
  return { kind: "path", path: lowering.site(node) };
}

/** The function stops until somebody asks for the next value. */
function lowerYield(lowering: Lowering, node: NodeId): Value {
  const value = inner(lowering, node);
  lowering.emit({
    kind: "await",
    value,
    isPromise: false,
    isDelegate: true,
    at: lowering.spanOf(node),
  });
  lowering.mayThrow();
  return { kind: "path", path: lowering.site(node) };
}

/** Operators; a chain of them, however long, is read from the left without recursion. */
function lowerBinary(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  if (isLogical(lowering, node)) return lowerLogical(lowering, node);
  const rights: NodeId[] = [];
  let left = node;
  while (tree.kindOf(left) === "binary_expression" && !isLogical(lowering, left)) {
    const right = tree.childIn(left, "right");
    if (right !== NONE) rights.push(right);
    left = tree.childIn(left, "left");
    if (left === NONE) return UNKNOWN_VALUE;
  }
  const parts = [lowering.expression(left)];
  for (const right of rights.reverse()) parts.push(lowering.expression(right));
  return compositeOf(lowering, node, parts);
}

function isLogical({ tree }: Lowering, node: NodeId): boolean {
  const operator = tree.childIn(node, "operator");
  const word = operator === NONE ? "" : tree.kindOf(operator);
  return word === "&&" || word === "||" || word === "??";
}

/** `a && b`, `a || b`, `a ?? b`: the right side is evaluated on one way only. Long chains go from the left. */
function lowerLogical(lowering: Lowering, node: NodeId): Value {
  const { tree, blocks } = lowering;
  const spine: NodeId[] = [];
  let first = node;
  while (
    first !== NONE &&
    tree.kindOf(first) === "binary_expression" &&
    isLogical(lowering, first)
  ) {
    spine.push(first);
    first = tree.childIn(first, "left");
  }
  if (first === NONE) return UNKNOWN_VALUE;
  const values: Value[] = [];
  let left = first;
  for (const part of spine.reverse()) {
    const right = tree.childIn(part, "right");
    if (right === NONE) continue;
    const after = blocks.newBlock("body");
    const evaluate = blocks.newBlock("if-then");
    const isAnd = tree.kindOf(tree.childIn(part, "operator")) === "&&";
    // The test of the first operand is read with it; later ones test what came before, which has no name.
    if (left === first) {
      values.push(valueWithoutEffects(lowering, first));
      if (tree.kindOf(tree.childIn(part, "operator")) === "??")
        branchOnNil(lowering, first, evaluate, after);
      else lowering.branch(first, isAnd ? evaluate : after, isAnd ? after : evaluate);
    } else blocks.branch(undefined, evaluate, after);
    blocks.begin(evaluate);
    values.push(lowering.expression(right));
    blocks.goTo(after);
    blocks.begin(after);
    left = part;
  }
  return eitherOf(lowering, node, values);
}

/** The value of something that is evaluated elsewhere. */
function valueWithoutEffects(lowering: Lowering, expression: NodeId): Value {
  const node = unwrapped(lowering.tree, expression);
  const named = pathOf(lowering, node);
  if (named) return functionValue(lowering, named) ?? { kind: "path", path: named.path };
  return { kind: "path", path: lowering.site(node) };
}

function lowerTernary(lowering: Lowering, node: NodeId): Value {
  const { tree, blocks } = lowering;
  const values: Value[] = [];
  const after = blocks.newBlock("body");
  let at = node;
  // `a ? b : c ? d : …` goes on without recursion.
  while (at !== NONE && tree.kindOf(at) === "ternary_expression") {
    const condition = tree.childIn(at, "condition");
    const consequence = tree.childIn(at, "consequence");
    if (condition === NONE || consequence === NONE) break;
    const then = blocks.newBlock("if-then");
    const otherwise = blocks.newBlock("if-else");
    lowering.branch(condition, then, otherwise);
    blocks.begin(then);
    values.push(lowering.expression(consequence));
    blocks.goTo(after);
    blocks.begin(otherwise);
    at = tree.childIn(at, "alternative");
  }
  if (at !== NONE) values.push(lowering.expression(at));
  blocks.begin(after);
  return eitherOf(lowering, node, values);
}

function lowerUnary(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const operand = tree.childIn(node, "argument");
  if (operand === NONE) return UNKNOWN_VALUE;
  const operator = tree.kindOf(tree.childIn(node, "operator"));
  if (operator === "delete") return lowerDelete(lowering, node, operand);
  const value = lowering.expression(operand);
  return operator === "void" ? NIL_VALUE : compositeOf(lowering, node, [value]);
}
