import type { Operation, Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { noteResults } from "./accesses.ts";
import { lowerAssignment, lowerStep, lowerVariables } from "./assignments.ts";
import { jumpIf } from "./conditions.ts";
import { letEscape } from "./escape.ts";
import { expressionsIn } from "./initializer.ts";
import { isInlinedDefer } from "./inlined-defer.ts";
import { lowerBreak, lowerContinue, lowerFallthrough, lowerGoto, lowerLabel } from "./jumps.ts";
import { lowerFor } from "./loops.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf, shortText } from "./paths.ts";
import { calleeOfTarget, performCall } from "./perform-call.ts";
import { prepareCall } from "./prepare-call.ts";
import { lowerSelect } from "./selects.ts";
import { lowerSwitch, lowerTypeSwitch } from "./switches.ts";

/** Lowers one statement; whatever is no statement (damaged text) is evaluated for what it does. */
export function lowerStatement(lowering: Lowering, node: NodeId): void {
  const kind = lowering.kind(node);
  const label = lowering.pendingLabel;
  if (kind !== "comment") lowering.pendingLabel = undefined;
  const lower = Object.hasOwn(STATEMENTS, kind) ? STATEMENTS[kind] : undefined;
  if (lower) lower(lowering, node, label);
  else if (lowering.tree.isNamed(node)) lowering.evaluate(node);
}

type Lower = (lowering: Lowering, node: NodeId, label: string | undefined) => void;

const nothing: Lower = () => {};

const STATEMENTS: Readonly<Record<string, Lower>> = {
  comment: nothing,
  empty_statement: nothing,
  const_declaration: nothing,
  type_declaration: nothing,
  block: lowerParts,
  statement_list: lowerParts,
  var_declaration: lowerParts,
  var_spec_list: lowerParts,
  var_spec: lowerVariables,
  expression_statement: lowerParts,
  labeled_statement: lowerLabel,
  send_statement: (lowering, node) => lowering.emit(sendOf(lowering, node)),
  inc_statement: lowerStep,
  dec_statement: lowerStep,
  assignment_statement: lowerAssignment,
  short_var_declaration: lowerAssignment,
  return_statement: lowerReturn,
  go_statement: lowerGo,
  defer_statement: lowerDefer,
  if_statement: lowerIf,
  for_statement: lowerFor,
  expression_switch_statement: lowerSwitch,
  type_switch_statement: lowerTypeSwitch,
  select_statement: (lowering, node, label) => lowerSelect(lowering, node, label, sendOf),
  break_statement: lowerBreak,
  continue_statement: lowerContinue,
  goto_statement: lowerGoto,
  fallthrough_statement: lowerFallthrough,
};

function lowerParts(lowering: Lowering, node: NodeId): void {
  for (const part of lowering.children(node)) lowering.statement(part);
}

/** `c <- v`: the operands are evaluated; the send itself is handed back. */
function sendOf(lowering: Lowering, node: NodeId): Extract<Operation, { kind: "send" }> {
  const channel = lowering.child(node, "channel");
  const sent = lowering.child(node, "value");
  const path = pathOf(lowering.evaluate(channel), shortText(lowering, channel));
  if (sent !== NONE) letEscape(lowering, lowering.evaluate(sent), sent);
  return { kind: "send", channel: path, at: lowering.span(node) };
}

function lowerReturn(lowering: Lowering, node: NodeId): void {
  const [list] = lowering.children(node);
  const values: readonly Value[] =
    list === undefined
      ? lowering.namedResults
      : expressionsIn(lowering.tree, list).map((value) => lowering.evaluate(value));
  if (list !== undefined) noteResults(lowering, node, expressionsIn(lowering.tree, list));
  lowering.builder.end({ kind: "return", at: lowering.span(node), values });
}

function lowerGo(lowering: Lowering, node: NodeId): void {
  const [started] = lowering.children(node);
  if (started === undefined) return;
  const call = lowering.bare(started);
  if (lowering.kind(call) !== "call_expression") {
    lowering.evaluate(call);
    return;
  }
  const prepared = prepareCall(lowering, call);
  const callee = calleeOfTarget(prepared, shortText(lowering, call));
  lowering.emit({
    kind: "spawn",
    callee,
    arguments: prepared.arguments,
    at: lowering.span(node),
  });
}

/** Receiver and arguments are evaluated here; what the call does runs at the exits. */
function lowerDefer(lowering: Lowering, node: NodeId): void {
  const [deferred] = lowering.children(node);
  if (deferred === undefined) return;
  const call = lowering.bare(deferred);
  if (lowering.kind(call) !== "call_expression") {
    lowering.evaluate(call);
    return;
  }
  const literal = lowering.child(call, "function");
  const operations = isInlinedDefer(lowering.tree, literal)
    ? lowering.builder.capture(() => lowering.statement(lowering.child(literal, "body")))
    : deferredCall(lowering, call);
  lowering.emit({ kind: "defer", operations, at: lowering.span(node) });
}

function deferredCall(lowering: Lowering, call: NodeId): Operation[] {
  const prepared = prepareCall(lowering, call);
  return lowering.builder.capture(() => {
    performCall(lowering, call, prepared, []);
  });
}

/** An `else if` chain of any length is read by a loop. */
function lowerIf(lowering: Lowering, node: NodeId): void {
  const { builder } = lowering;
  const done = builder.newBlock("if-done");
  let at = node;
  for (;;) {
    const initializer = lowering.child(at, "initializer");
    if (initializer !== NONE) lowering.statement(initializer);
    const consequence = lowering.child(at, "consequence");
    const alternative = lowering.child(at, "alternative");
    const then = builder.newBlock("if-then");
    const otherwise = alternative === NONE ? done : builder.newBlock("if-else");
    jumpIf(lowering, lowering.child(at, "condition"), then, otherwise);
    builder.begin(then);
    if (consequence !== NONE) lowering.statement(consequence);
    if (builder.isOpen) builder.end({ kind: "goto", to: done });
    if (alternative === NONE) break;
    builder.begin(otherwise);
    at = alternative;
    if (lowering.kind(at) === "if_statement") continue;
    lowering.statement(at);
    break;
  }
  if (builder.isOpen || builder.isTarget(done)) builder.begin(done);
}
