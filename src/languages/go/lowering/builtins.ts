import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { noteElementWrite } from "./accesses.ts";
import { capacityOf } from "./bounds.ts";
import { letEscape } from "./escape.ts";
import type { Lowering } from "./lowering.ts";
import { anyElement, elementPath, pathOf, sitePath, UNKNOWN_VALUE } from "./paths.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { makeZero } from "./zero-value.ts";

type BuiltinCall = Extract<PreparedCall, { kind: "builtin" }>;

/** Go's built-in functions, those that matter: close, make, new, panic, recover, delete, and append for what it stores. */
export function performBuiltin(
  lowering: Lowering,
  node: NodeId,
  call: BuiltinCall,
  target: AccessPath | undefined,
): Value {
  const at = lowering.span(node);
  const [first, second] = call.argumentNodes;
  const [value] = call.arguments;
  switch (call.name) {
    case "close": {
      if (first === undefined || !value) return UNKNOWN_VALUE;
      lowering.emit({ kind: "close", channel: pathOf(value, lowering.text(first)), at });
      return UNKNOWN_VALUE;
    }
    case "panic":
      if (value) letEscape(lowering, value, node);
      lowering.builder.end({ kind: "panic", at });
      return UNKNOWN_VALUE;
    case "recover": {
      const callee = { kind: "external" as const, name: "recover" };
      lowering.emit({ kind: "call", callee, arguments: [], results: target ? [target] : [], at });
      return UNKNOWN_VALUE;
    }
    case "make":
      return make(lowering, node, call, target);
    case "new":
      return first === undefined ? UNKNOWN_VALUE : makeNew(lowering, node, first, target);
    case "append": {
      const into = value?.kind === "path" ? anyElement(value.path) : undefined;
      for (const [index, argument] of call.arguments.entries())
        if (index > 0) letEscape(lowering, argument, call.argumentNodes[index] ?? node, into);
      return UNKNOWN_VALUE;
    }
    case "delete": {
      if (first === undefined || second === undefined || !value) return UNKNOWN_VALUE;
      letEscape(lowering, call.arguments[1] ?? UNKNOWN_VALUE, second);
      const path = elementPath(lowering, pathOf(value, lowering.text(first)), second);
      lowering.emit({ kind: "write", path, value: { kind: "nil" }, at });
      noteElementWrite(lowering, first, pathOf(value, lowering.text(first)));
      return UNKNOWN_VALUE;
    }
    case "min":
    case "max":
    case "copy":
      for (const argument of call.arguments) letEscape(lowering, argument, node);
      return UNKNOWN_VALUE;
    default:
      return UNKNOWN_VALUE;
  }
}

function make(
  lowering: Lowering,
  node: NodeId,
  { argumentNodes: [type, size] }: BuiltinCall,
  target: AccessPath | undefined,
): Value {
  if (type === undefined || !isChannel(lowering, type)) return UNKNOWN_VALUE;
  const path = target ?? sitePath(lowering, node);
  const capacity = capacityOf(lowering, size ?? NONE);
  lowering.emit({ kind: "make", object: "channel", path, capacity, at: lowering.span(node) });
  return { kind: "path", path };
}

function isChannel(lowering: Lowering, type: NodeId): boolean {
  const kind = lowering.kind(lowering.bare(type));
  if (kind === "channel_type") return true;
  if (kind === "map_type" || kind === "slice_type") return false;
  const { resolver } = lowering.unit;
  return resolver.underlying(resolver.typeFrom(lowering.file, type)).kind === "channel";
}

function makeNew(
  lowering: Lowering,
  node: NodeId,
  type: NodeId,
  target: AccessPath | undefined,
): Value {
  const path = target ?? sitePath(lowering, node);
  const made = makeZero(
    lowering,
    path,
    lowering.unit.resolver.typeFrom(lowering.file, type),
    lowering.span(node),
  );
  return made ? { kind: "path", path } : UNKNOWN_VALUE;
}
