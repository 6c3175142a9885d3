import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { hasToken } from "../nodes.ts";
import { headOf } from "./conditions.ts";
import { type Lowering, UNKNOWN_VALUE } from "./lowering.ts";
import { extended } from "./paths.ts";
import { bindPattern } from "./patterns.ts";
import { lowerUsing, usingWord } from "./try.ts";

export function lowerWhile(lowering: Lowering, node: NodeId): void {
  const { blocks } = lowering;
  const labels = lowering.jumps.takeLabels();
  const head = blocks.newBlock("for-head");
  const body = blocks.newBlock("for-body");
  const after = blocks.newBlock("body");
  blocks.begin(head);
  test(lowering, headOf(lowering, node, "condition"), body, after);
  blocks.begin(body);
  lowering.jumps.within({ labels, breakTo: after, continueTo: head, isPlain: true }, () =>
    lowerBody(lowering, node),
  );
  blocks.goTo(head);
  blocks.begin(after);
}

export function lowerDo(lowering: Lowering, node: NodeId): void {
  const { blocks } = lowering;
  const labels = lowering.jumps.takeLabels();
  const body = blocks.newBlock("for-body");
  const head = blocks.newBlock("for-head");
  const after = blocks.newBlock("body");
  blocks.begin(body);
  lowering.jumps.within({ labels, breakTo: after, continueTo: head, isPlain: true }, () =>
    lowerBody(lowering, node),
  );
  blocks.begin(head);
  test(lowering, headOf(lowering, node, "condition"), body, after);
  blocks.begin(after);
}

export function lowerFor(lowering: Lowering, node: NodeId): void {
  const { tree, blocks } = lowering;
  const labels = lowering.jumps.takeLabels();
  const initializer = tree.childIn(node, "initializer");
  if (initializer !== NONE) lowerInitializer(lowering, initializer);
  const head = blocks.newBlock("for-head");
  const body = blocks.newBlock("for-body");
  const step = blocks.newBlock("for-post");
  const after = blocks.newBlock("body");
  blocks.begin(head);
  const condition = tree.childIn(node, "condition");
  const isEndless = condition === NONE || !tree.isNamed(condition) || isEmpty(lowering, condition);
  if (isEndless) blocks.goTo(body);
  else lowering.branch(condition, body, after);
  blocks.begin(body);
  lowering.jumps.within({ labels, breakTo: after, continueTo: step, isPlain: true }, () =>
    lowerBody(lowering, node),
  );
  blocks.begin(step);
  const increment = tree.childIn(node, "increment");
  if (increment !== NONE) lowering.expression(increment);
  blocks.goTo(head);
  blocks.begin(after);
}

/** `for (const x of xs)`, `for (const key in object)`, `for await (const x of xs)`. */
export function lowerForIn(lowering: Lowering, node: NodeId): void {
  const { tree, blocks } = lowering;
  const labels = lowering.jumps.takeLabels();
  const right = tree.childIn(node, "right");
  const value = right === NONE ? UNKNOWN_VALUE : lowering.expression(right);
  const subject = value.kind === "path" ? value.path : undefined;
  const head = blocks.newBlock("for-head");
  const body = blocks.newBlock("for-body");
  const after = blocks.newBlock("body");
  blocks.begin(head);
  if (hasToken(tree, node, "await")) {
    lowering.emit({
      kind: "await",
      value,
      isPromise: true,
      isDelegate: true,
      at: headSpan(lowering, node),
    });
    lowering.mayThrow();
  }
  blocks.end({ kind: "loop", body, exit: after, ...(subject && { subject }) });
  blocks.begin(body);
  bindElement(lowering, node, elementOf(subject));
  const lowerPass = () =>
    lowering.jumps.within({ labels, breakTo: after, continueTo: head, isPlain: true }, () =>
      lowerBody(lowering, node),
    );
  const using = usingWord(lowering, node);
  if (using) lowerUsing(lowering, node, using, lowerPass);
  else lowerPass();
  blocks.goTo(head);
  blocks.begin(after);
}

/** From `for` to the bracket before the body. */
function headSpan({ tree }: Lowering, node: NodeId): { start: number; end: number } {
  const { start, end } = tree.spanOf(node);
  const right = tree.childIn(node, "right");
  return { start, end: right === NONE ? end : tree.spanOf(right).end };
}

function elementOf(subject: AccessPath | undefined): Value {
  if (!subject) return UNKNOWN_VALUE;
  return { kind: "path", path: extended(subject, [{ kind: "element", key: undefined }]) };
}

function bindElement(lowering: Lowering, node: NodeId, value: Value): void {
  const { tree } = lowering;
  const left = tree.childIn(node, "left");
  if (left === NONE) return;
  bindPattern(lowering, left, value, left, tree.childIn(node, "kind") !== NONE);
}

function lowerInitializer(lowering: Lowering, node: NodeId): void {
  const kind = lowering.tree.kindOf(node);
  if (kind === "lexical_declaration" || kind === "variable_declaration") lowering.statement(node);
  else if (!isEmpty(lowering, node)) lowering.expression(node);
}

function isEmpty({ tree }: Lowering, node: NodeId): boolean {
  return tree.kindOf(node) === "empty_statement";
}

function test(lowering: Lowering, condition: NodeId, body: number, after: number): void {
  if (condition !== NONE) lowering.branch(condition, body, after);
  else lowering.blocks.branch(undefined, body, after);
}

function lowerBody(lowering: Lowering, node: NodeId): void {
  const body = lowering.tree.childIn(node, "body");
  if (body !== NONE) lowering.statement(body);
}
