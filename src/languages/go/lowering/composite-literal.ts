import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoType } from "../type.ts";
import { holdsOf } from "./accesses.ts";
import { isTracked, letEscape } from "./escape.ts";
import type { Lowering } from "./lowering.ts";
import { fieldPath, shortText, sitePath, UNKNOWN_VALUE } from "./paths.ts";
import { makeZero } from "./zero-value.ts";

/**
 * `Hub{events: make(chan Event)}`: what goes into a field of a struct gets the field's name, on `target` or on the literal's own
 * place; what goes into slices and maps escapes.
 */
export function evaluateLiteral(
  lowering: Lowering,
  node: NodeId,
  target: AccessPath | undefined,
): Value {
  const body = lowering.child(node, "body");
  const type = structType(lowering, node);
  if (!type) {
    escapeElements(lowering, body);
    return UNKNOWN_VALUE;
  }
  const path = target ?? {
    ...sitePath(lowering, node),
    text: `${shortText(lowering, lowering.child(node, "type"))}{}`,
  };
  makeZero(lowering, path, type, lowering.span(node));
  for (const [index, element] of lowering.children(body).entries()) {
    const isKeyed = lowering.kind(element) === "keyed_element";
    const value = isKeyed ? lowering.child(element, "value") : element;
    const name = isKeyed
      ? lowering.text(lowering.child(element, "key"))
      : fieldAt(lowering, type, index);
    storeField(lowering, value, fieldPath(lowering, path, type, name));
  }
  return { kind: "path", path };
}

/** The type of a struct literal; undefined for slices, arrays, maps and what is not known. */
function structType(lowering: Lowering, node: NodeId): GoType | undefined {
  const written = lowering.child(node, "type");
  const kind = lowering.kind(written);
  const { resolver } = lowering.unit;
  if (kind === "struct_type") return resolver.typeFrom(lowering.file, written);
  if (kind !== "type_identifier" && kind !== "qualified_type" && kind !== "generic_type")
    return undefined;
  const type = resolver.typeFrom(lowering.file, written);
  const under = resolver.underlying(type);
  if (under.kind === "struct") return type;
  // A type of elsewhere: with field names it is a struct.
  const [first] = lowering.children(lowering.child(node, "body"));
  const isKeyed = first === undefined || hasFieldName(lowering, first);
  return under.kind === "named" && isKeyed ? type : undefined;
}

function hasFieldName(lowering: Lowering, element: NodeId): boolean {
  if (lowering.kind(element) !== "keyed_element") return false;
  const key = lowering.children(lowering.child(element, "key"))[0];
  return key !== undefined && lowering.kind(key) === "identifier";
}

function fieldAt(lowering: Lowering, type: GoType, index: number): string {
  const under = lowering.unit.resolver.underlying(type);
  return (under.kind === "struct" ? under.fields[index]?.name : undefined) ?? `${index}`;
}

function storeField(lowering: Lowering, element: NodeId, field: AccessPath): void {
  const [expression] = lowering.children(element);
  if (expression === undefined) return;
  if (lowering.kind(expression) === "literal_value") {
    escapeElements(lowering, expression);
    return;
  }
  const value = lowering.evaluate(expression, field);
  const isBound = value.kind === "path" && value.path === field;
  const isNamed = lowering.notesAccesses && isReference(lowering, expression, value);
  // The field is no longer what a struct begins with.
  const isCall = lowering.kind(lowering.bare(expression)) === "call_expression";
  if (!isBound && (isCall || isNamed || isTracked(lowering, value, expression)))
    lowering.emit({ kind: "assign", target: field, value, at: lowering.span(element) });
}

/** Elements of slices, arrays and maps, nested ones included, read by a loop. */
function escapeElements(lowering: Lowering, body: NodeId): void {
  const waiting = body === NONE ? [] : [body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    switch (lowering.kind(node)) {
      case "literal_value":
      case "keyed_element":
      case "literal_element":
        waiting.push(...lowering.children(node).reverse());
        break;
      default:
        letEscape(lowering, lowering.evaluate(node), node);
    }
  }
}

/** A pointer, map or the like: the field is a second name for what it refers to. */
function isReference(lowering: Lowering, expression: NodeId, { kind }: Value): boolean {
  if (kind !== "path") return false;
  const holds = holdsOf(lowering, expression);
  return holds !== "plain" && holds !== "unknown";
}
