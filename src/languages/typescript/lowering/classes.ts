import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { firstNamed, hasToken, namedNodes } from "../nodes.ts";
import { isFunctionNode } from "./function-nodes.ts";
import { type Lowering, UNKNOWN_VALUE } from "./lowering.ts";
import { functionId } from "./unit-context.ts";

/** What happens where a class is declared: decorators, the base, computed names, static fields and static blocks. */
export function lowerClass(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  for (const child of namedNodes(tree, node)) {
    const kind = tree.kindOf(child);
    if (kind === "decorator") lowerDecorator(lowering, child);
    else if (kind === "class_heritage") lowerHeritage(lowering, child);
  }
  const body = tree.childIn(node, "body");
  if (body === NONE) return UNKNOWN_VALUE;
  for (const member of namedNodes(tree, body)) {
    if (tree.kindOf(member) === "decorator") lowerDecorator(lowering, member);
    else lowerMember(lowering, member);
  }
  return UNKNOWN_VALUE;
}

function lowerDecorator(lowering: Lowering, decorator: NodeId): void {
  const expression = firstNamed(lowering.tree, decorator);
  if (expression !== NONE) lowering.expression(expression);
}

function lowerHeritage(lowering: Lowering, heritage: NodeId): void {
  const clause = lowering.tree.childOfKind(heritage, "extends_clause");
  if (clause === NONE) return;
  const base = lowering.tree.childIn(clause, "value");
  if (base !== NONE) lowering.expression(base);
}

function lowerMember(lowering: Lowering, member: NodeId): void {
  const { tree } = lowering;
  for (const child of namedNodes(tree, member))
    if (tree.kindOf(child) === "decorator") lowerDecorator(lowering, child);
  const name = tree.childIn(member, "name");
  if (name !== NONE && tree.kindOf(name) === "computed_property_name") lowering.expression(name);
  const isStatic =
    tree.kindOf(member) === "class_static_block" ||
    (tree.kindOf(member) === "public_field_definition" && hasToken(tree, member, "static"));
  if (isStatic && isFunctionNode(tree, member)) callInitializer(lowering, member);
}

/** A static block, or a field's initialiser, runs. */
export function callInitializer(lowering: Lowering, member: NodeId): void {
  lowering.emit({
    kind: "call",
    callee: { kind: "static", function: functionId(lowering.module, member) },
    arguments: [],
    results: [],
    at: lowering.spanOf(member),
  });
  lowering.mayThrow();
}
