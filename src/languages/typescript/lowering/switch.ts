import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { namedNodes } from "../nodes.ts";
import { caseTest, headOf } from "./conditions.ts";
import type { Lowering } from "./lowering.ts";

/** Tests one case after the other, then runs from the one that fits to the next `break`. */
export function lowerSwitch(lowering: Lowering, node: NodeId): void {
  const { tree, blocks } = lowering;
  const labels = lowering.jumps.takeLabels();
  const subject = headOf(lowering, node, "value");
  if (subject !== NONE) lowering.expression(subject);
  const body = tree.childIn(node, "body");
  if (body === NONE) return;
  const cases = namedNodes(tree, body);
  const bodies = cases.map(() => blocks.newBlock("switch-case"));
  const after = blocks.newBlock("body");
  let otherwise = after;
  for (const [index, item] of cases.entries()) {
    const target = bodies[index] ?? after;
    if (tree.kindOf(item) !== "switch_case") {
      otherwise = target;
      continue;
    }
    const value = tree.childIn(item, "value");
    if (value !== NONE) lowering.expression(value);
    const isTested = subject !== NONE && value !== NONE;
    const condition = isTested ? caseTest(lowering, subject, value) : undefined;
    const next = blocks.newBlock("switch-test");
    blocks.branch(condition, target, next);
    blocks.begin(next);
  }
  blocks.goTo(otherwise);
  lowering.jumps.within({ labels, breakTo: after, continueTo: undefined, isPlain: true }, () => {
    for (const [index, item] of cases.entries()) {
      blocks.begin(bodies[index] ?? after);
      for (const statement of tree.childrenIn(item, "body")) lowering.statement(statement);
    }
  });
  blocks.begin(after);
}
