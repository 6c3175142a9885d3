import type { Value } from "../../../model/operation.ts";
import type { AccessPath, Step } from "../../../model/path.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import type { GoType, GoVariable, Selection } from "../type.ts";
import type { Lowering } from "./lowering.ts";

/** A value that cannot be followed. */
export const UNKNOWN_VALUE: Value = { kind: "unknown" };

/** A path that cannot be followed, with what the user wrote. */
export function unknownPath(text: string): AccessPath {
  return { root: { kind: "unknown" }, steps: [], text, slot: undefined };
}

/** The path of a value, where it has one. */
export function pathOf(value: Value, text: string): AccessPath {
  return value.kind === "path" ? value.path : unknownPath(text);
}

export function variablePath({ unit }: Lowering, variable: GoVariable): AccessPath {
  const lowered = unit.variable(variable);
  return {
    root: { kind: "variable", variable: lowered },
    steps: [],
    text: lowered.name,
    slot: lowered.role === "global" ? `${packageName(unit.pkg)}.${lowered.name}` : undefined,
  };
}

/** An object that is made or comes out of a call here and has no name yet. */
export function sitePath(lowering: Lowering, node: NodeId): AccessPath {
  const at = { file: lowering.file, ...lowering.span(node) };
  return {
    root: { kind: "site", at },
    steps: [],
    text: shortText(lowering, node),
    slot: undefined,
  };
}

/** What a selector names: `base.name`, with the embedded fields that it passes through written out. */
export function selectedPath(
  lowering: Lowering,
  base: AccessPath,
  baseType: GoType,
  selection: Selection | undefined,
  name: string,
): AccessPath {
  const through = embeddedPath(lowering, base, baseType, selection);
  const target = selection?.target;
  const type = target?.kind === "field" ? target.type : undefined;
  return fieldPath(lowering, through, target?.owner, name, type);
}

/** The embedded field that a promoted field or method belongs to; the base itself where nothing is promoted. */
export function embeddedPath(
  lowering: Lowering,
  base: AccessPath,
  baseType: GoType,
  selection: Selection | undefined,
): AccessPath {
  let path = base;
  let type = baseType;
  for (const name of selection?.through ?? []) {
    const step = lowering.unit.resolver.select(type, name);
    type = step?.target.kind === "field" ? step.target.type : { kind: "unknown" };
    path = fieldPath(lowering, path, step?.target.owner, name, type);
  }
  return path;
}

export function fieldPath(
  lowering: Lowering,
  base: AccessPath,
  owner: GoType | undefined,
  name: string,
  type?: GoType,
): AccessPath {
  const known = owner && typeSlot(lowering, owner);
  const slot = known ?? (owner?.kind === "struct" || !owner ? base.slot : undefined);
  const isPart = type && lowering.unit.resolver.underlying(type).kind === "struct";
  const declared = known === undefined ? {} : { owner: known };
  const step: Step = { kind: "field", name, ...declared, ...(isPart ? { isPart } : {}) };
  return extend(base, step, `.${name}`, slot && `${slot}.${name}`);
}

/** `base[index]`. */
export function elementPath(lowering: Lowering, base: AccessPath, index: NodeId): AccessPath {
  const key = elementKey(lowering, index);
  const written = `[${shortText(lowering, index)}]`;
  return extend(base, { kind: "element", key }, written, base.slot && `${base.slot}[*]`);
}

/** Any element: what `range` hands out. */
export function anyElement(base: AccessPath): AccessPath {
  return extend(base, { kind: "element", key: undefined }, "[*]", base.slot && `${base.slot}[*]`);
}

/** `base.method()`, for methods whose result is a part of their receiver. */
export function callPath(base: AccessPath, method: string): AccessPath {
  const written = `.${method}()`;
  return extend(base, { kind: "call", method }, written, base.slot && `${base.slot}${written}`);
}

function extend(
  base: AccessPath,
  step: Step,
  written: string,
  slot: string | undefined,
): AccessPath {
  return { root: base.root, steps: [...base.steps, step], text: base.text + written, slot };
}

/**
 * The same element each time: a constant, or a variable that is never reassigned and does not belong to a loop. The id keeps
 * keys of different functions apart when paths are substituted.
 */
function elementKey(lowering: Lowering, node: NodeId): string | undefined {
  const index = lowering.bare(node);
  switch (lowering.kind(index)) {
    case "int_literal":
    case "interpreted_string_literal":
    case "raw_string_literal":
    case "rune_literal":
    case "true":
    case "false":
      return lowering.text(index);
    case "identifier": {
      const symbol = lowering.unit.resolver.symbolAt(lowering.file, index);
      if (symbol?.kind === "constant") return symbol.name;
      if (symbol?.kind !== "variable" || !isSteady(lowering, symbol.variable)) return undefined;
      const { id, name } = lowering.unit.variable(symbol.variable);
      return `${name}@${id}`;
    }
    default:
      return undefined;
  }
}

/** Whether a variable holds one value for the whole call of the function that declares it. */
export function isSteady({ unit }: Lowering, variable: GoVariable): boolean {
  if (variable.role === "global" || variable.isReassigned()) return false;
  const tree = unit.treeOf(variable.file);
  if (variable.role !== "local" || !tree) return true;
  for (let at = variable.node; at > 0 && at !== variable.function; at = tree.parent[at] as number)
    if (tree.kindOf(at) === "for_statement") return false;
  return true;
}

/** `package.Type` of a named type. Types declared inside functions are told apart by their place. */
function typeSlot({ unit }: Lowering, type: GoType): string | undefined {
  const owner = behindPointer(type);
  if (owner.kind !== "named") return undefined;
  const { declaration } = owner;
  if (declaration && isLocalType(declaration.tree, declaration.node))
    return `${declaration.file}:${declaration.tree.start[declaration.node]}.${owner.name}`;
  return `${owner.package === "" ? packageName(unit.pkg) : owner.package}.${owner.name}`;
}

function isLocalType(tree: Lowering["tree"], spec: NodeId): boolean {
  const declaration = tree.parentOf(spec);
  return declaration > 0 && tree.parentOf(declaration) > 0;
}

function packageName(pkg: { readonly importPath: string; readonly name: string }): string {
  return pkg.importPath === "" ? pkg.name : pkg.importPath;
}

const LONGEST_TEXT = 60;

/** What the user wrote, on one line and not too long. */
export function shortText(lowering: Lowering, node: NodeId): string {
  const { start, end } = lowering.span(node);
  const written = lowering.tree.text.slice(start, Math.min(end, start + LONGEST_TEXT * 4));
  const line = written.replace(/\s+/g, " ");
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
}
