import type { Span } from "../../../core/position.ts";
import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { membersOf } from "../class-members.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptVariable } from "../resolver.ts";
import type { Lowering } from "./lowering.ts";
import { functionId } from "./unit-context.ts";

/*
 * A helper is what a function calls of its own class, through `this`, or of its own module. Its parts are read with what it is given:
 *
 *     if (!this.isOpen) …             get isOpen() { return !this.#closed; }        reads as  if (this.#closed) …
 *     if (this.isRunning(id)) …       isRunning(job) { return this.#runs.has(job); }  reads as  if (this.#runs.has(id)) …
 *
 * Not modelled: what a subclass puts in its place.
 */

/** Helpers of helpers that are looked into. */
const DEEPEST = 4;

/** The function node of the helper that a call or a getter stands for; NONE where it is none. */
function helperOf(lowering: Lowering, node: NodeId): NodeId {
  if (depthOf(lowering) >= DEEPEST) return NONE;
  const { tree, module } = lowering;
  const kind = tree.kindOf(node);
  if (kind === "member_expression") return getterOf(lowering, node);
  if (kind !== "call_expression") return NONE;
  const callee = unwrapped(tree, tree.childIn(node, "function"));
  if (callee === NONE) return NONE;
  const calleeKind = tree.kindOf(callee);
  if (calleeKind === "member_expression") {
    if (tree.kindOf(tree.childIn(callee, "object")) !== "this") return NONE;
  } else if (calleeKind !== "identifier") return NONE;
  const found = lowering.unit.resolver.calleeOf({ module, node });
  if (found.kind !== "function" || found.function.module !== module) return NONE;
  const helper = found.function.node;
  if (calleeKind === "member_expression" && classOf(tree, helper) !== classAround(lowering))
    return NONE;
  return isUsable(lowering, helper) ? helper : NONE;
}

function getterOf(lowering: Lowering, member: NodeId): NodeId {
  const { tree } = lowering;
  if (tree.kindOf(tree.childIn(member, "object")) !== "this") return NONE;
  const around = classAround(lowering);
  const property = tree.childIn(member, "property");
  if (around === NONE || property === NONE) return NONE;
  const members = membersOf(tree, tree.parentOf(around)).ofInstance.get(tree.textOf(property));
  const getter = members?.find((node) => hasToken(tree, node, "get"));
  return getter !== undefined && isUsable(lowering, getter) ? getter : NONE;
}

/** The body of the class that a method or a function in a field belongs to; NONE for what is none. */
function classOf(tree: Tree, helper: NodeId): NodeId {
  const parent = tree.parentOf(helper);
  const member = tree.kindOf(parent) === "public_field_definition" ? parent : helper;
  const body = tree.parentOf(member);
  return tree.kindOf(body) === "class_body" ? body : NONE;
}

function classAround({ tree, functionNode }: Lowering): NodeId {
  for (let at = functionNode; at !== NONE; at = tree.parentOf(at))
    if (tree.kindOf(at) === "class_body") return at;
  return NONE;
}

/** With a body, no generator, and not called by itself again. */
function isUsable(lowering: Lowering, helper: NodeId): boolean {
  const { tree } = lowering;
  const kind = tree.kindOf(helper);
  if (!FUNCTION_KINDS.has(kind) || kind.startsWith("generator_") || hasToken(tree, helper, "*"))
    return false;
  if (tree.childIn(helper, "body") === NONE) return false;
  for (let at: Lowering | undefined = lowering; at; at = at.call?.caller)
    if (at.functionNode === helper) return false;
  return true;
}

function depthOf(lowering: Lowering): number {
  let depth = 0;
  for (let at = lowering.call; at; at = at.caller.call) depth++;
  return depth;
}

/** The expression that a call or a getter stands for, where that is all that the helper returns; undefined for any other. */
export function returnedFor(
  lowering: Lowering,
  node: NodeId,
): { readonly lowering: Lowering; readonly expression: NodeId } | undefined {
  const { tree } = lowering;
  const helper = node === NONE ? NONE : helperOf(lowering, node);
  const expression = helper === NONE ? NONE : returnedBy(tree, helper);
  if (expression === NONE) return undefined;
  const given = tree.kindOf(node) === "call_expression" ? argumentsOf(tree, node) : [];
  const call = { caller: lowering, node, given, after: undefined };
  return { lowering: lowering.inside(helper, call), expression };
}

/** The expression that a helper returns, where that is all it does; NONE otherwise. */
function returnedBy(tree: Tree, helper: NodeId): NodeId {
  if (hasToken(tree, helper, "async")) return NONE;
  const body = tree.childIn(helper, "body");
  if (tree.kindOf(body) !== "statement_block") return unwrapped(tree, body);
  const [statement, ...rest] = namedNodes(tree, body);
  if (statement === undefined || rest.length > 0) return NONE;
  if (tree.kindOf(statement) !== "return_statement") return NONE;
  return unwrapped(tree, firstNamed(tree, statement));
}

/** What a parameter of a helper was given, to be read where the helper was called; undefined for every other name. */
export function givenFor(
  { call, functionNode }: Lowering,
  declared: TypeScriptVariable,
): { readonly caller: Lowering; readonly node: NodeId } | undefined {
  if (!call || declared.kind !== "parameter" || declared.function !== functionNode)
    return undefined;
  const node = call.given[declared.index];
  if (node === undefined || declared.isReassigned()) return undefined;
  // A part of what is given has no expression of its own.
  const parent = declared.declaration.module.tree.parentOf(declared.declaration.node);
  const isWhole = /^(?:required|optional)_parameter$|^formal_parameters$|^arrow_function$/.test(
    declared.declaration.module.tree.kindOf(parent),
  );
  return isWhole ? { caller: call.caller, node } : undefined;
}

/** Whether a helper can stand in place of its call: what goes on by itself, while the caller goes on as well, cannot. */
function runsInPlace({ tree }: Lowering, call: NodeId, helper: NodeId): boolean {
  if (!hasToken(tree, helper, "async")) return true;
  let at = tree.parentOf(call);
  while (tree.kindOf(at) === "parenthesized_expression") at = tree.parentOf(at);
  return tree.kindOf(at) === "await_expression" || tree.kindOf(at) === "return_statement";
}

/** Reads the body of a helper in place of its call, where the model is to have it so. */
export function placeHelper(lowering: Lowering, node: NodeId, given: readonly NodeId[]): void {
  const { placed, blocks, module } = lowering;
  if (!placed || placed.left === 0 || !blocks.isOpen) return;
  const helper = helperOf(lowering, node);
  if (helper === NONE || !runsInPlace(lowering, node, helper)) return;
  placed.left--;
  placed.ids.add(functionId(module, helper));
  blocks.inCall(lowering.spanOf(node), (after) =>
    lowering.inside(helper, { caller: lowering, node, given, after }).body(),
  );
}

/** Ends a function; a helper gives its outcome to who called it, who goes on. */
export function leave({ blocks, call }: Lowering, at: Span, values: readonly Value[]): void {
  if (call?.after === undefined) {
    blocks.end({ kind: "return", at, values });
    return;
  }
  const { caller, node } = call;
  for (const value of values)
    caller.emit({ kind: "assign", target: caller.site(node), value, at: caller.spanOf(node) });
  blocks.goTo(call.after);
}

/** The function whose `this` is meant: methods are called on the caller's, and arrows have that of where they stand. */
export function ownerOfThis(lowering: Lowering): NodeId {
  let at = lowering;
  while (at.call) {
    const isArrow = at.tree.kindOf(at.functionNode) === "arrow_function";
    if (!isArrow && classOf(at.tree, at.functionNode) === NONE) break;
    at = at.call.caller;
  }
  return at.functionNode;
}
