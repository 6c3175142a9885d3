import type { Value } from "../../../model/operation.ts";
import type { Step } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { memberName } from "../class-members.ts";
import { namedNodes, unwrapped } from "../nodes.ts";
import { type Lowering, UNKNOWN_VALUE } from "./lowering.ts";
import { extended, pathOf } from "./paths.ts";
import { isShared } from "./shared.ts";
import { compositeOf, isFollowed } from "./values.ts";

interface Open {
  readonly pattern: NodeId;
  readonly value: Value;
}

/**
 * Gives the names of a pattern (or one name) their parts of a value. `isDeclaration`: names that nobody has seen yet, so that
 * a local that gets nothing of interest needs no operation.
 */
export function bindPattern(
  lowering: Lowering,
  pattern: NodeId,
  value: Value,
  node: NodeId,
  isDeclaration = false,
): void {
  const { tree } = lowering;
  const open: Open[] = [{ pattern, value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const at = unwrapped(tree, next.pattern);
    if (at === NONE) continue;
    const parts = partsOf(lowering, at, next.value);
    if (parts) open.push(...parts.reverse());
    else {
      const isShorthand = tree.kindOf(at) === "shorthand_property_identifier_pattern";
      const part = isShorthand ? memberOf(lowering, next.value, tree.textOf(at), at) : next.value;
      bindName(lowering, at, part, node, isDeclaration);
    }
  }
}

/** The patterns inside a pattern, each with its part of the value; undefined for a name. */
function partsOf(lowering: Lowering, pattern: NodeId, value: Value): Open[] | undefined {
  const { tree } = lowering;
  switch (tree.kindOf(pattern)) {
    case "object_pattern":
      return namedNodes(tree, pattern).map((part) => ({ pattern: part, value }));
    case "array_pattern":
      return elementsOf(lowering, pattern, value);
    case "pair_pattern": {
      lowerComputedKey(lowering, pattern);
      const part = memberOf(lowering, value, memberName(tree, pattern), pattern);
      return [{ pattern: tree.childIn(pattern, "value"), value: part }];
    }
    case "object_assignment_pattern":
    case "assignment_pattern":
      return [
        { pattern: tree.childIn(pattern, "left"), value: withDefault(lowering, pattern, value) },
      ];
    case "rest_pattern":
      return [{ pattern: tree.namedChildren(pattern)[0] ?? NONE, value }];
    default:
      return undefined;
  }
}

/** `[a, , b]`: commas count, since places may be left out. */
function elementsOf(lowering: Lowering, pattern: NodeId, value: Value): Open[] {
  const { tree } = lowering;
  const elements: Open[] = [];
  let index = 0;
  let child = tree.firstChild[pattern] ?? NONE;
  for (; child !== NONE; child = tree.nextSibling[child] as number) {
    if (tree.kindOf(child) === ",") index++;
    else if (tree.isNamed(child) && tree.kindOf(child) !== "comment")
      elements.push({ pattern: child, value: memberOf(lowering, value, index, pattern) });
  }
  return elements;
}

function bindName(
  lowering: Lowering,
  name: NodeId,
  value: Value,
  node: NodeId,
  isDeclaration: boolean,
): void {
  const target = pathOf(lowering, name, isDeclaration ? 0 : undefined);
  const at = lowering.spanOf(node);
  if (!target) return;
  const isWrite = isShared(lowering, target);
  if (isWrite) lowering.emit({ kind: "write", path: target.path, value, at });
  else if (!isDeclaration || isFollowed(value))
    lowering.emit({ kind: "assign", target: target.path, value, at });
}

function lowerComputedKey(lowering: Lowering, pair: NodeId): void {
  const key = lowering.tree.childIn(pair, "key");
  if (key !== NONE && lowering.tree.kindOf(key) === "computed_property_name")
    lowering.expression(key);
}

/** Part of a value; reading it is an operation where the value is shared. */
function memberOf(
  lowering: Lowering,
  value: Value,
  name: string | number | undefined,
  node: NodeId,
): Value {
  if (value.kind !== "path") return value.kind === "function" ? value : UNKNOWN_VALUE;
  const step: Step =
    typeof name === "string"
      ? { kind: "field", name }
      : { kind: "element", key: name === undefined ? undefined : String(name) };
  const path = extended(value.path, [step]);
  if (isShared(lowering, { path, declared: undefined }))
    lowering.emit({ kind: "read", path, at: lowering.spanOf(node) });
  return { kind: "path", path };
}

/** `{ name = value }`: the default is evaluated on one way only. */
function withDefault(lowering: Lowering, pattern: NodeId, value: Value): Value {
  const { tree, blocks } = lowering;
  const expression = tree.childIn(pattern, "right");
  if (expression === NONE) return value;
  const evaluate = blocks.newBlock("if-then");
  const after = blocks.newBlock("body");
  blocks.branch(undefined, evaluate, after);
  blocks.begin(evaluate);
  const other = lowering.expression(expression);
  blocks.goTo(after);
  blocks.begin(after);
  if (!isFollowed(other)) return value;
  return compositeOf(lowering, pattern, [value, other]);
}
