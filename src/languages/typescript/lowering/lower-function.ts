import type { FunctionModel } from "../../../model/function.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { hasToken, namedNodes } from "../nodes.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { callInitializer } from "./classes.ts";
import { lowerBranch } from "./conditions.ts";
import { lowerExpression } from "./expressions.ts";
import type { FunctionDeclaration } from "./function-declaration.ts";
import { isFunctionNode } from "./function-nodes.ts";
import { leave } from "./helpers.ts";
import { Lowering, type PlacedHelpers, type Readers } from "./lowering.ts";
import { lowerParameters, lowerStatement, lowerStatements } from "./statements.ts";
import type { UnitContext } from "./unit-context.ts";

const readers: Readers = {
  statement: lowerStatement,
  expression: lowerExpression,
  branch: lowerBranch,
  body: lowerWhole,
};

/**
 * The model of a function; undefined where it has no body (overloads, abstract methods). `placed`: with its helpers in place of
 * their calls.
 */
export function lowerFunction(
  declaration: FunctionDeclaration,
  unit: UnitContext,
  placed?: PlacedHelpers,
): FunctionModel | undefined {
  const { module, node } = declaration;
  const { tree } = module;
  const lowering = new Lowering(unit, module, node, readers, placed && { placed });
  if (!lowerWhole(lowering)) return undefined;
  const { end } = tree.spanOf(node);
  const at = { start: end, end };
  const blocks = lowering.blocks.finish({ kind: "return", at, values: [] });
  return {
    ...declaration.header(),
    ...(placed && { helpers: placed.ids }),
    blocks,
    isDamaged: !lowering.isComplete || isDamaged(module, node),
  };
}

function lowerWhole(lowering: Lowering): boolean {
  const { tree, functionNode: node } = lowering;
  const kind = tree.kindOf(node);
  if (kind === "program") {
    lowerStatements(lowering, namedNodes(tree, node));
    return true;
  }
  const body = tree.childIn(node, kind === "public_field_definition" ? "value" : "body");
  if (body === NONE) return false;
  if (kind === "method_definition") lowerFields(lowering, node);
  lowerParameters(lowering, node);
  if (tree.kindOf(body) === "statement_block") lowering.statement(body);
  else {
    const value = lowering.expression(body);
    leave(lowering, lowering.spanOf(body), [value]);
  }
  return true;
}

/** A constructor first runs the initialisers of the instance's fields. */
function lowerFields(lowering: Lowering, method: NodeId): void {
  const { tree } = lowering;
  const name = tree.childIn(method, "name");
  const body = tree.parentOf(method);
  if (name === NONE || tree.textOf(name) !== "constructor") return;
  if (tree.kindOf(body) !== "class_body") return;
  for (const member of namedNodes(tree, body)) {
    if (tree.kindOf(member) !== "public_field_definition") continue;
    if (isFunctionNode(tree, member) && !hasToken(tree, member, "static"))
      callInitializer(lowering, member);
  }
}

/** Whether a syntax error lies inside. */
function isDamaged({ tree }: TypeScriptModule, node: NodeId): boolean {
  const start = tree.start[node] ?? 0;
  const end = tree.end[node] ?? 0;
  return tree.damage.some((span) => span.start < end && span.end > start);
}
