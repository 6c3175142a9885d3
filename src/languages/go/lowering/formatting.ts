import type { Callee, Value } from "../../../model/operation.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import type { GoType } from "../type.ts";
import type { Lowering } from "./lowering.ts";

/**
 * Methods that formatting and encoding call on their arguments: `fmt.Errorf("%s", s)` calls `s.Error` or `s.String`. Only methods of
 * the unit, on what is passed itself; what hangs inside of it isn't looked at. Loggers of other packages may be switched off, but call them
 * when they are on. Functions of the unit are taken to format where they are named for it and are given a format: `s.logf("%v", s)`.
 */
export function callFormatters(
  lowering: Lowering,
  call: NodeId,
  callee: Callee,
  nodes: readonly NodeId[],
  values: readonly Value[],
): void {
  for (const { index, methods } of formatted(lowering, call, callee, nodes)) {
    const node = nodes[index];
    const value = values[index];
    if (node === undefined || value?.kind !== "path" || value.path.root.kind === "unknown")
      continue;
    callMethod(lowering, node, value, methods);
  }
}

function callMethod(
  lowering: Lowering,
  node: NodeId,
  receiver: Value,
  methods: readonly string[],
): void {
  const { unit, file } = lowering;
  const type = unit.resolver.typeOf(file, node);
  if (!mayHaveMethods(type)) return;
  for (const method of methods) {
    const target = unit.resolver.select(type, method)?.target;
    if (target?.kind !== "method") continue;
    const id = unit.declarationId(target.declaration);
    const isInSet = type.kind === "pointer" || !target.declaration.hasPointerReceiver;
    if (id === undefined || !isInSet) return;
    const callee: Callee = { kind: "static", function: id, receiver };
    lowering.emit({ kind: "call", callee, arguments: [], results: [], at: lowering.span(node) });
    return;
  }
}

function mayHaveMethods(type: GoType): boolean {
  const named = behindPointer(type);
  return named.kind === "named" && named.declaration !== undefined;
}

interface Formatted {
  readonly index: number;
  /** In the order in which they are looked for. */
  readonly methods: readonly string[];
}

const TEXT = ["Error", "String"];
/** Functions that write their operands as `%v` does; the number of arguments before the operands. */
const PRINTING =
  /^(?:fmt|log|testing)\.(?:\w+\.)?(?:Sprint|Print|Fatal|Panic|Error|Log|Skip)(?:ln)?$/;
const APPENDING = /^fmt\.(?:Fprint|Append)(?:ln)?$/;
/** `Printf` and everything that is called like it: `Infof`, `Wrapf`. */
const WITH_FORMAT = /(?:^|\.)(?:[A-Z]\w*|[a-z]\w*)f$/;
const ENCODING = /^encoding\/json\.(?:Marshal|MarshalIndent|Encoder\.Encode)$/;

function formatted(
  lowering: Lowering,
  call: NodeId,
  callee: Callee,
  nodes: readonly NodeId[],
): readonly Formatted[] {
  if (nodes.length === 0) return [];
  if (callee.kind === "static") {
    const called = lowering.text(lowering.tree.childIn(call, "function"));
    return WITH_FORMAT.test(called) ? byFormat(lowering, nodes) : [];
  }
  const { name } = callee;
  const from = (first: number) =>
    nodes.slice(first).map((_, index) => ({ index: first + index, methods: TEXT }));
  if (PRINTING.test(name)) return from(0);
  if (APPENDING.test(name)) return from(1);
  if (ENCODING.test(name)) return [{ index: 0, methods: ["MarshalJSON", "MarshalText"] }];
  return WITH_FORMAT.test(name) ? byFormat(lowering, nodes) : [];
}

/** Operands of verbs that ask for text, in a format that stands there as a literal. */
function byFormat(lowering: Lowering, nodes: readonly NodeId[]): Formatted[] {
  const at = nodes.findIndex((node) => LITERALS.has(lowering.kind(lowering.bare(node))));
  const format = nodes[at];
  if (format === undefined || at > 2) return [];
  const found: Formatted[] = [];
  let index = at + 1;
  for (const [, flags = "", verb] of lowering.text(format).matchAll(VERB)) {
    if (verb === "%") continue;
    // An explicit argument index is rare, and moves everything behind it.
    if (flags.includes("[")) return found;
    index += flags.split("*").length - 1;
    if (TEXTUAL.test(verb ?? "") && !flags.includes("#")) found.push({ index, methods: TEXT });
    index++;
  }
  return found;
}

const LITERALS: ReadonlySet<string> = new Set(["interpreted_string_literal", "raw_string_literal"]);
const VERB = /%([-+# 0-9.*[\]]*)([a-zA-Z%])/g;
const TEXTUAL = /^[vsxXqw]$/;
