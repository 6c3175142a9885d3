import type { BlockId, SelectCase } from "../../../model/function.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoType } from "../type.ts";
import { noteNewVariables } from "./accesses.ts";
import { assignElement, assignUnknown } from "./assignments.ts";
import { boundOf, lengthBound } from "./bounds.ts";
import { jumpIf, operatorOf } from "./conditions.ts";
import { drainOf } from "./drains.ts";
import { expressionsIn, initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf, shortText } from "./paths.ts";

/** All forms of `for`. The body of a range over a function is treated as the body of a loop. */
export function lowerFor(lowering: Lowering, node: NodeId, label: string | undefined): void {
  const body = lowering.child(node, "body");
  const head = lowering.children(node).find((child) => child !== body) ?? NONE;
  switch (lowering.kind(head)) {
    case "range_clause":
      lowerRange(lowering, head, body, label);
      return;
    case "for_clause":
      lowerClause(lowering, head, body, label);
      return;
    default: {
      const drain = drainOf(lowering, head, body);
      if (drain) lowerDrain(lowering, node, drain);
      else lowerWhile(lowering, head, body, label, NONE, {});
    }
  }
}

function lowerDrain(lowering: Lowering, node: NodeId, operation: SelectCase["operation"]): void {
  const { builder } = lowering;
  const head = builder.newBlock("for-head");
  const done = builder.newBlock("for-done");
  builder.begin(head);
  const cases = [{ operation, to: head }];
  builder.end({ kind: "select", cases, otherwise: done, at: lowering.span(node) });
  builder.begin(done);
}

function lowerClause(
  lowering: Lowering,
  clause: NodeId,
  body: NodeId,
  label: string | undefined,
): void {
  const initializer = lowering.child(clause, "initializer");
  if (initializer !== NONE) lowering.statement(initializer);
  const condition = lowering.child(clause, "condition");
  const update = lowering.child(clause, "update");
  lowerWhile(lowering, condition, body, label, update, countOf(lowering, clause));
}

/** `for condition {…}`; a count stands for the condition of a loop that counts. */
function lowerWhile(
  lowering: Lowering,
  condition: NodeId,
  body: NodeId,
  label: string | undefined,
  update: NodeId,
  count: Count,
): void {
  const { builder } = lowering;
  const head = builder.newBlock("for-head");
  const inside = builder.newBlock("for-body");
  const done = builder.newBlock("for-done");
  const post = update === NONE ? head : builder.newBlock("for-post");
  const isEndless = condition === NONE;
  if (isEndless && isEmptyBlock(lowering, body) && update === NONE) {
    builder.end({ kind: "stuck", at: lowering.span(lowering.tree.parentOf(body)) });
    return;
  }
  builder.begin(head);
  if (count.bound !== undefined || count.subject)
    builder.end({ kind: "loop", body: inside, exit: done, ...count });
  else if (!isEndless) jumpIf(lowering, condition, inside, done);
  builder.begin(inside);
  lowerBody(lowering, body, label, done, post);
  if (update !== NONE && (builder.isOpen || builder.isTarget(post))) {
    builder.begin(post);
    noteNewVariables(lowering, lowering.tree.parentOf(update));
    lowering.statement(update);
  }
  if (builder.isOpen) builder.end({ kind: "goto", to: head });
  if (builder.isTarget(done)) builder.begin(done);
}

function lowerBody(
  lowering: Lowering,
  body: NodeId,
  label: string | undefined,
  breakTo: BlockId,
  continueTo: BlockId,
): void {
  lowering.targets.push({ label, breakTo, continueTo });
  if (body !== NONE) lowering.statement(body);
  lowering.targets.pop();
}

function isEmptyBlock(lowering: Lowering, body: NodeId): boolean {
  return body !== NONE && lowering.children(body).length === 0;
}

/** How often a loop runs: a number that stays the same, or what a local has been counted up to by then, as in `for range n`. */
interface Count {
  readonly bound?: string;
  readonly subject?: AccessPath;
}

function countOf(lowering: Lowering, clause: NodeId): Count {
  const limit = limitOf(lowering, clause);
  if (limit === undefined) return {};
  const bound = boundOf(lowering, limit);
  if (bound !== undefined) return { bound };
  const name = lowering.bare(limit);
  const isName = lowering.kind(name) === "identifier";
  const loop = lowering.tree.parentOf(clause);
  if (!isName || isAssignedInside(lowering, loop, lowering.text(name), NONE)) return {};
  const counted = lowering.peek(name);
  return counted.kind === "path" && isOwnCount(counted.path) ? { subject: counted.path } : {};
}

/** A local that is counted up; what was once and for all computed says nothing of the loop. */
function isOwnCount({ root, steps }: AccessPath): boolean {
  if (root.kind !== "variable" || steps.length > 0) return false;
  return root.variable.role === "local" && root.variable.isReassigned;
}

/**
 * The n of `for i := 0; i < n; i++`, `for i := 1; i <= n; i++` and `for i := n; i > 0; i--` where nothing else assigns i. `!=` in
 * place of `<` and `>` is the same.
 */
function limitOf(lowering: Lowering, clause: NodeId): NodeId | undefined {
  const condition = lowering.child(clause, "condition");
  const update = lowering.child(clause, "update");
  const initializer = lowering.child(clause, "initializer");
  if (lowering.kind(initializer) !== "short_var_declaration") return undefined;
  if (lowering.kind(condition) !== "binary_expression") return undefined;
  const isUpwards = lowering.kind(update) === "inc_statement";
  if (!isUpwards && lowering.kind(update) !== "dec_statement") return undefined;
  const operator = operatorOf(lowering, condition);
  const isFromOne = operator === (isUpwards ? "<=" : ">=");
  if (!isFromOne && operator !== "!=" && operator !== (isUpwards ? "<" : ">")) return undefined;
  const [name] = expressionsIn(lowering.tree, lowering.child(initializer, "left"));
  const initial = name === undefined ? undefined : initializerOf(lowering.tree, name);
  if (name === undefined || !initial || initial.isShared) return undefined;
  const limit = lowering.child(condition, "right");
  const [first, bound] = isUpwards ? [initial.value, limit] : [limit, initial.value];
  if (lowering.text(first) !== (isFromOne ? "1" : "0")) return undefined;
  const counter = lowering.text(name);
  const [stepped] = lowering.children(update);
  const isCounter =
    stepped !== undefined &&
    lowering.text(stepped) === counter &&
    lowering.text(lowering.child(condition, "left")) === counter;
  if (!isCounter || isAssignedInside(lowering, lowering.tree.parentOf(clause), counter, update))
    return undefined;
  return bound;
}

/** Whether the loop assigns a name elsewhere than in its update. Shadowing counts as assigning, which errs on the silent side. */
function isAssignedInside(lowering: Lowering, loop: NodeId, name: string, update: NodeId): boolean {
  const { tree } = lowering;
  const body = tree.childIn(loop, "body");
  if (body === NONE) return false;
  const after = tree.afterSubtree(body);
  for (let node = body; node < after; node++) {
    if (tree.kindOf(node) !== "identifier" || tree.textOf(node) !== name) continue;
    const parent = tree.parentOf(node);
    const kind = tree.kindOf(parent);
    if (parent === update) continue;
    if (kind === "inc_statement" || kind === "dec_statement") return true;
    if (kind === "unary_expression" && operatorOf(lowering, parent) === "&") return true;
    if (kind === "expression_list" && tree.field[parent] === tree.grammar.field("left"))
      return true;
  }
  return false;
}

function lowerRange(
  lowering: Lowering,
  clause: NodeId,
  body: NodeId,
  label: string | undefined,
): void {
  const { builder } = lowering;
  const at = lowering.span(clause);
  const right = lowering.child(clause, "right");
  const left = expressionsIn(lowering.tree, lowering.child(clause, "left"));
  const subject = pathOf(
    lowering.evaluate(right),
    right === NONE ? "" : shortText(lowering, right),
  );
  const type = rangedType(lowering, right);
  const head = builder.newBlock("range-head");
  const inside = builder.newBlock("range-body");
  const done = builder.newBlock("range-done");
  if (type.kind === "function") {
    const name = right === NONE ? "" : shortText(lowering, right);
    lowering.emit({
      kind: "call",
      callee: { kind: "unknown", name },
      arguments: [],
      results: [],
      at,
    });
  }
  builder.begin(head);
  if (type.kind === "channel")
    lowering.emit({ kind: "receive", channel: subject, isRange: true, at });
  const bound = rangeBound(lowering, right, type);
  builder.end({
    kind: "loop",
    body: inside,
    exit: done,
    ...(subject.root.kind === "unknown" ? {} : { subject }),
    ...(bound === undefined ? {} : { bound }),
  });
  builder.begin(inside);
  assignRanged(lowering, left, subject, type, clause);
  lowerBody(lowering, body, label, done, head);
  if (builder.isOpen) builder.end({ kind: "goto", to: head });
  builder.begin(done);
}

function rangedType({ unit, file }: Lowering, right: NodeId): GoType {
  if (right === NONE) return { kind: "unknown" };
  const type = unit.resolver.underlying(unit.resolver.typeOf(file, right));
  return type.kind === "pointer" ? unit.resolver.underlying(type.to) : type;
}

/** How often the loop runs, where that cannot change: not for channels and functions. */
function rangeBound(lowering: Lowering, right: NodeId, type: GoType): string | undefined {
  if (right === NONE) return undefined;
  switch (type.kind) {
    case "slice":
    case "array":
    case "map":
      return lengthBound(lowering, right);
    case "basic":
      return type.name === "string" || type.name === "untyped string"
        ? lengthBound(lowering, right)
        : boundOf(lowering, right);
    default:
      return undefined;
  }
}

function assignRanged(
  lowering: Lowering,
  left: readonly NodeId[],
  subject: AccessPath,
  type: GoType,
  clause: NodeId,
): void {
  const at = lowering.span(clause);
  const [key, value] = left;
  if (key !== undefined) {
    const isChannel = type.kind === "map" && lowering.unit.objectOf(type.key) === "channel";
    if (isChannel) assignElement(lowering, key, subject, at);
    else assignUnknown(lowering, [key], at);
  }
  if (value === undefined) return;
  if (type.kind === "slice" || type.kind === "array" || type.kind === "map")
    assignElement(lowering, value, subject, at);
  else assignUnknown(lowering, [value], at);
}
