import type { BlockId } from "../../../model/function.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { Lowering } from "./lowering.ts";

/** `label: statement`: a block that `goto` can jump to, and a name for the loop or switch that follows. */
export function lowerLabel(lowering: Lowering, node: NodeId): void {
  const label = lowering.child(node, "label");
  const name = label === NONE ? "" : lowering.text(label);
  lowering.builder.begin(labelBlock(lowering, name));
  lowering.pendingLabel = name;
  for (const part of lowering.children(node)) if (part !== label) lowering.statement(part);
  lowering.pendingLabel = undefined;
}

export function lowerGoto(lowering: Lowering, node: NodeId): void {
  const name = labelOf(lowering, node);
  if (name !== undefined) lowering.builder.end({ kind: "goto", to: labelBlock(lowering, name) });
}

export function lowerBreak(lowering: Lowering, node: NodeId): void {
  const name = labelOf(lowering, node);
  const target = lowering.targets.findLast(({ label }) => name === undefined || label === name);
  if (target) jump(lowering, node, target.breakTo);
}

export function lowerContinue(lowering: Lowering, node: NodeId): void {
  const name = labelOf(lowering, node);
  const target = lowering.targets.findLast(
    ({ label, continueTo }) => continueTo !== undefined && (name === undefined || label === name),
  );
  if (target?.continueTo !== undefined) jump(lowering, node, target.continueTo);
}

export function lowerFallthrough(lowering: Lowering): void {
  const next = lowering.fallthroughs.at(-1);
  if (next !== undefined) lowering.builder.end({ kind: "goto", to: next });
}

function jump(lowering: Lowering, node: NodeId, to: BlockId): void {
  lowering.builder.end({ kind: "goto", to, at: lowering.span(node) });
}

function labelOf(lowering: Lowering, node: NodeId): string | undefined {
  const [label] = lowering.children(node);
  return label === undefined ? undefined : lowering.text(label);
}

function labelBlock({ labels, builder }: Lowering, name: string): BlockId {
  const known = labels.get(name);
  if (known !== undefined) return known;
  const block = builder.newBlock("label");
  labels.set(name, block);
  return block;
}
