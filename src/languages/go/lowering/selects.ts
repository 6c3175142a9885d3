import type { BlockId, SelectCase } from "../../../model/function.ts";
import type { Operation } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { assignUnknown, targetOf } from "./assignments.ts";
import { expressionsIn } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf, shortText } from "./paths.ts";

type Communication = SelectCase["operation"];

/**
 * `select {…}`: channels and values of all cases are evaluated in order, then one case goes on. Without cases it is never left; with
 * a default alone it does not wait.
 */
export function lowerSelect(
  lowering: Lowering,
  node: NodeId,
  label: string | undefined,
  sendOf: (lowering: Lowering, node: NodeId) => Extract<Operation, { kind: "send" }>,
): void {
  const { builder } = lowering;
  const clauses = lowering.children(node).filter((clause) => CLAUSES.has(lowering.kind(clause)));
  const done = builder.newBlock("select-done");
  const bodies = clauses.map(() => builder.newBlock("select-case"));
  const cases: SelectCase[] = [];
  let otherwise: BlockId | undefined;
  for (const [index, clause] of clauses.entries()) {
    const to = bodies[index] ?? done;
    const operation = communicationOf(lowering, clause, sendOf);
    if (lowering.kind(clause) === "default_case") otherwise = to;
    else if (operation) cases.push({ operation, to });
    else cases.push({ operation: unknownReceive(lowering, clause), to });
  }
  endSelect(lowering, node, cases, otherwise);
  lowering.targets.push({ label, breakTo: done, continueTo: undefined });
  for (const [index, clause] of clauses.entries()) {
    const body = bodies[index];
    if (body === undefined) continue;
    builder.begin(body);
    lowerCase(lowering, clause);
    if (builder.isOpen) builder.end({ kind: "goto", to: done });
  }
  lowering.targets.pop();
  if (builder.isTarget(done)) builder.begin(done);
}

const CLAUSES: ReadonlySet<string> = new Set(["communication_case", "default_case"]);

function endSelect(
  lowering: Lowering,
  node: NodeId,
  cases: readonly SelectCase[],
  otherwise: BlockId | undefined,
): void {
  const at = lowering.span(node);
  if (cases.length === 0 && otherwise === undefined) lowering.builder.end({ kind: "stuck", at });
  else if (cases.length === 0 && otherwise !== undefined)
    lowering.builder.end({ kind: "goto", to: otherwise });
  else if (otherwise === undefined) lowering.builder.end({ kind: "select", cases, at });
  else lowering.builder.end({ kind: "select", cases, otherwise, at });
}

function communicationOf(
  lowering: Lowering,
  clause: NodeId,
  sendOf: (lowering: Lowering, node: NodeId) => Extract<Operation, { kind: "send" }>,
): Communication | undefined {
  const communication = lowering.child(clause, "communication");
  if (lowering.kind(communication) === "send_statement") return sendOf(lowering, communication);
  if (lowering.kind(communication) !== "receive_statement") return undefined;
  const right = lowering.bare(lowering.child(communication, "right"));
  if (lowering.kind(lowering.child(right, "operator")) !== "<-") return undefined;
  const operand = lowering.child(right, "operand");
  if (operand === NONE) return undefined;
  const channel = pathOf(lowering.evaluate(operand), shortText(lowering, operand));
  const left = expressionsIn(lowering.tree, lowering.child(communication, "left"));
  const at = lowering.span(communication);
  const [, second] = left;
  if (second === undefined) return { kind: "receive", channel, at };
  const ok = lowering.kind(second) === "identifier" ? targetOf(lowering, second).path : undefined;
  return { kind: "receive", channel, bindsOk: true, ...(ok ? { ok } : {}), at };
}

/** A case whose text is damaged: it may always go on. */
function unknownReceive(lowering: Lowering, clause: NodeId): Communication {
  const channel = pathOf({ kind: "unknown" }, "");
  return { kind: "receive", channel, at: lowering.span(clause) };
}

function lowerCase(lowering: Lowering, clause: NodeId): void {
  const communication = lowering.child(clause, "communication");
  if (lowering.kind(communication) === "receive_statement") {
    const left = expressionsIn(lowering.tree, lowering.child(communication, "left"));
    assignUnknown(lowering, left, lowering.span(communication));
  }
  for (const child of lowering.children(clause))
    if (lowering.kind(child) === "statement_list") lowering.statement(child);
}
