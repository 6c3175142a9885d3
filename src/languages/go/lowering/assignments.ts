import type { Span } from "../../../core/position.ts";
import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { noteWrite } from "./accesses.ts";
import { isTracked, letEscape } from "./escape.ts";
import { receive } from "./expressions.ts";
import { expressionsIn } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import {
  anyElement,
  elementPath,
  pathOf,
  shortText,
  UNKNOWN_VALUE,
  variablePath,
} from "./paths.ts";
import { performCall } from "./perform-call.ts";
import { prepareCall } from "./prepare-call.ts";
import { makeZero } from "./zero-value.ts";

/** A place on the left of an assignment; `path` undefined for `_`. */
interface Target {
  readonly node: NodeId;
  readonly path: AccessPath | undefined;
}

/** `a, b = c, d` and `a, b := c, d`, compound operators included. */
export function lowerAssignment(lowering: Lowering, node: NodeId): void {
  const left = expressionsIn(lowering.tree, lowering.child(node, "left"));
  const right = expressionsIn(lowering.tree, lowering.child(node, "right"));
  const operator = lowering.child(node, "operator");
  const isCompound = operator !== NONE && lowering.kind(operator) !== "=";
  const at = lowering.span(node);
  if (isCompound) {
    const [target] = left.map((each) => targetOf(lowering, each));
    for (const value of right) lowering.evaluate(value);
    if (target) bind(lowering, target, UNKNOWN_VALUE, NONE, at, "down");
    return;
  }
  assignAll(lowering, left, right, at);
}

/** Gives the values on the right to the places on the left, in Go's order. */
export function assignAll(
  lowering: Lowering,
  left: readonly NodeId[],
  right: readonly NodeId[],
  at: Span,
): void {
  const targets = left.map((node) => targetOf(lowering, node));
  const [only] = right;
  if (only !== undefined && right.length === 1 && targets.length !== 1) {
    assignShared(lowering, targets, only, at);
    return;
  }
  if (right.length === 1 && only !== undefined && targets[0]) {
    assignOne(lowering, targets[0], only, at);
    return;
  }
  if (!doesMention(lowering, right, left)) {
    for (const [index, target] of targets.entries()) {
      const value = right[index];
      if (value !== undefined) assignOne(lowering, target, value, at);
    }
    return;
  }
  const values = right.map((node) => lowering.evaluate(node));
  for (const [index, target] of targets.entries())
    bind(lowering, target, values[index] ?? UNKNOWN_VALUE, right[index] ?? NONE, at);
}

/** Whether what is assigned may depend on what the places held before, as in `a, b = b, a`: then all values come first. */
function doesMention(
  lowering: Lowering,
  values: readonly NodeId[],
  places: readonly NodeId[],
): boolean {
  const names = places.flatMap((place) => /^[\w.]+$/.exec(lowering.text(place))?.[0] ?? []);
  if (names.length < places.length) return true;
  const mention = new RegExp(`(?<![\\w.])(?:${names.join("|").replaceAll(".", "\\.")})\\b`);
  return values.some((value) => mention.test(lowering.text(value)));
}

function assignOne(lowering: Lowering, target: Target, value: NodeId, at: Span): void {
  const isCall = lowering.kind(lowering.bare(value)) === "call_expression";
  if (isCall) forgetConditions(lowering, target, at);
  const given = lowering.evaluate(value, target.path);
  const isNamed = given.kind === "path" && given.path === target.path;
  if (isNamed) {
    noteWrite(lowering, target.node, target.path, given);
    if (!isCall) forgetConditions(lowering, target, at);
  } else bind(lowering, target, given, value, at);
}

/** `v, ok := <-c`, `v, ok := m[k]`, `v, err := f()`: one expression with several results. */
function assignShared(
  lowering: Lowering,
  targets: readonly Target[],
  value: NodeId,
  at: Span,
): void {
  const expression = lowering.bare(value);
  const isReceive =
    lowering.kind(expression) === "unary_expression" &&
    lowering.kind(lowering.child(expression, "operator")) === "<-";
  if (isReceive) {
    const ok = { path: targets[1]?.path };
    receive(lowering, expression, lowering.child(expression, "operand"), ok);
    for (const target of targets) bind(lowering, target, UNKNOWN_VALUE, NONE, at);
    return;
  }
  if (lowering.kind(expression) === "call_expression") {
    const call = prepareCall(lowering, expression);
    for (const target of targets) forgetConditions(lowering, target, at);
    performCall(
      lowering,
      expression,
      call,
      targets.map(({ path }) => path),
    );
    for (const { node, path } of targets) noteWrite(lowering, node, path, UNKNOWN_VALUE);
    return;
  }
  const given = lowering.evaluate(expression);
  for (const [index, target] of targets.entries())
    bind(
      lowering,
      target,
      index === 0 ? given : UNKNOWN_VALUE,
      index === 0 ? expression : NONE,
      at,
    );
}

/** What a place on the left names. Its parts are evaluated; a local keeps its own name though it may stand for another path. */
export function targetOf(lowering: Lowering, node: NodeId): Target {
  const place = lowering.bare(node);
  switch (lowering.kind(place)) {
    case "identifier": {
      if (lowering.text(place) === "_") return { node: place, path: undefined };
      const symbol = lowering.unit.resolver.symbolAt(lowering.file, place);
      const path =
        symbol?.kind === "variable" ? variablePath(lowering, symbol.variable) : undefined;
      return { node: place, path };
    }
    case "index_expression": {
      const operand = lowering.child(place, "operand");
      const index = lowering.child(place, "index");
      const base = pathOf(lowering.evaluate(operand), shortText(lowering, operand));
      if (index === NONE) return { node: place, path: undefined };
      letEscape(lowering, lowering.evaluate(index), index, anyElement(base));
      return { node: place, path: elementPath(lowering, base, index) };
    }
    default:
      return { node: place, path: pathOf(lowering.evaluate(place), shortText(lowering, place)) };
  }
}

/**
 * A value gets a name. Said where it matters: channels, locks, contexts, functions, structs that hold them, and whatever a condition
 * of the declaration may read.
 */
function bind(
  lowering: Lowering,
  target: Target,
  value: Value,
  from: NodeId,
  at: Span,
  step?: "up" | "down",
): void {
  const { path, node } = target;
  const isCompound = step !== undefined || isAppendTo(lowering, node, from);
  noteWrite(lowering, node, path, value, isCompound);
  // `_ = c` is no use of c.
  if (!path) return;
  const isKept = from !== NONE && isTracked(lowering, value, from);
  if (isKept || isConditional(lowering, node) || isRelevant(lowering, node, value, from))
    lowering.emit({
      kind: "assign",
      target: path,
      value,
      ...(step === "up" ? { isUp: true } : {}),
      at,
    });
}

/** `s.list = append(s.list, …)`. */
function isAppendTo(lowering: Lowering, node: NodeId, from: NodeId): boolean {
  if (!lowering.notesAccesses || lowering.kind(from) !== "call_expression") return false;
  if (lowering.text(lowering.child(from, "function")) !== "append") return false;
  const [first] = lowering.children(lowering.child(from, "arguments"));
  return first !== undefined && lowering.text(first) === lowering.text(node);
}

/** A name is given a result of a call: conditions about its old value no longer hold. */
function forgetConditions(lowering: Lowering, { node, path }: Target, at: Span): void {
  if (!path || !isConditional(lowering, node) || isRelevantPlace(lowering, node)) return;
  lowering.emit({ kind: "assign", target: path, value: UNKNOWN_VALUE, at });
}

/** Whether a condition of the declaration may read the place: told by the name of the variable and of the field. */
function isConditional({ region, tree }: Lowering, node: NodeId): boolean {
  return namesIn(tree, node).some((name) => region.conditionNames.has(name));
}

function namesIn(tree: Lowering["tree"], node: NodeId): string[] {
  const names: string[] = [];
  const after = tree.afterSubtree(node);
  for (let at = node; at < after; at++) {
    const kind = tree.kindOf(at);
    if (kind === "identifier" || kind === "field_identifier") names.push(tree.textOf(at));
  }
  return names;
}

/** Only what may be an object is asked for its type: to ask costs time. */
function isRelevant(lowering: Lowering, node: NodeId, value: Value, from: NodeId): boolean {
  if (value.kind === "function") return true;
  if (value.kind === "constant" || PLAIN.has(lowering.kind(lowering.bare(from)))) return false;
  return isRelevantPlace(lowering, node);
}

/** Expressions that never yield an object of concurrency. */
const PLAIN: ReadonlySet<string> = new Set(["binary_expression", "func_literal"]);

function isRelevantPlace({ unit, file, tree }: Lowering, node: NodeId): boolean {
  if (tree.kindOf(node) !== "identifier") return unit.isRelevantExpression(file, node);
  const symbol = unit.resolver.symbolAt(file, node);
  return symbol?.kind === "variable" && unit.isRelevant(symbol.variable);
}

/** `var a, b T = c, d`; without values the zero values are made. */
export function lowerVariables(lowering: Lowering, spec: NodeId): void {
  const { tree } = lowering;
  const names = tree
    .childrenIn(spec, "name")
    .filter((name) => lowering.kind(name) === "identifier");
  const values = expressionsIn(tree, lowering.child(spec, "value"));
  const at = lowering.span(spec);
  if (values.length > 0) {
    assignAll(lowering, names, values, at);
    return;
  }
  for (const node of names) {
    const target = targetOf(lowering, node);
    if (target.path) bindZero(lowering, target, target.path, at);
  }
}

function bindZero(lowering: Lowering, target: Target, path: AccessPath, at: Span): void {
  const { unit, file } = lowering;
  const symbol = unit.resolver.symbolAt(file, target.node);
  const type = symbol?.kind === "variable" ? symbol.variable.type() : { kind: "unknown" as const };
  if (makeZero(lowering, path, type, at)) return;
  bind(lowering, target, zeroOf(unit.resolver.underlying(type)), NONE, at);
}

function zeroOf(type: ReturnType<Lowering["unit"]["resolver"]["underlying"]>): Value {
  switch (type.kind) {
    case "pointer":
    case "slice":
    case "map":
    case "channel":
    case "function":
    case "interface":
      return { kind: "nil" };
    case "basic":
      if (type.name === "error" || type.name === "any") return { kind: "nil" };
      if (type.name === "bool") return { kind: "constant", text: "false" };
      return { kind: "constant", text: type.name === "string" ? '""' : "0" };
    default:
      return UNKNOWN_VALUE;
  }
}

/** `i++` and `i--`. */
export function lowerStep(lowering: Lowering, node: NodeId): void {
  const [operand] = lowering.children(node);
  if (operand === undefined) return;
  const step = lowering.kind(node) === "inc_statement" ? "up" : "down";
  bind(lowering, targetOf(lowering, operand), UNKNOWN_VALUE, NONE, lowering.span(node), step);
}

/** Names that get values nobody can follow: those of a range clause or of a receive. */
export function assignUnknown(lowering: Lowering, left: readonly NodeId[], at: Span): void {
  for (const node of left) bind(lowering, targetOf(lowering, node), UNKNOWN_VALUE, NONE, at);
}

/** A name of a range clause gets an element of what is ranged over, or a key that is a channel. */
export function assignElement(
  lowering: Lowering,
  node: NodeId,
  subject: AccessPath,
  at: Span,
): void {
  const value: Value = { kind: "path", path: anyElement(subject) };
  bind(lowering, targetOf(lowering, node), value, NONE, at);
}
