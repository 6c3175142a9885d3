import type { SelectCase } from "../../../model/function.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { statementsOf } from "../statements.ts";
import { lengthSubject } from "./bounds.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf, shortText } from "./paths.ts";

/**
 * `for len(queue) > 0 { <-queue }`: receives as long as there is something, as a select with a default does. What another receiver takes
 * between the question and the receive is left aside. Gives the receive; undefined for any other loop.
 */
export function drainOf(
  lowering: Lowering,
  condition: NodeId,
  body: NodeId,
): SelectCase["operation"] | undefined {
  const asked = channelAskedFor(lowering, condition);
  if (asked === NONE) return undefined;
  const [only, ...others] = statementsOf(lowering.tree, body);
  if (only === undefined || others.length > 0) return undefined;
  const receive = lowering.bare(lowering.children(only)[0] ?? only);
  if (lowering.kind(receive) !== "unary_expression") return undefined;
  if (lowering.kind(lowering.child(receive, "operator")) !== "<-") return undefined;
  const operand = lowering.child(receive, "operand");
  if (lowering.text(operand) !== lowering.text(asked)) return undefined;
  const type = lowering.unit.resolver.typeOf(lowering.file, asked);
  if (lowering.unit.objectOf(type) !== "channel") return undefined;
  const channel = pathOf(lowering.evaluate(operand), shortText(lowering, operand));
  return { kind: "receive", channel, at: lowering.span(receive) };
}

/** The x of `len(x) > 0` and `len(x) != 0`. */
function channelAskedFor(lowering: Lowering, condition: NodeId): NodeId {
  if (lowering.kind(condition) !== "binary_expression") return NONE;
  const operator = lowering.kind(lowering.child(condition, "operator"));
  if (operator !== ">" && operator !== "!=") return NONE;
  if (lowering.text(lowering.child(condition, "right")) !== "0") return NONE;
  return lengthSubject(lowering, lowering.child(condition, "left"));
}
