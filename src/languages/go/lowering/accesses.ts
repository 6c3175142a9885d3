import type { Holds, Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoType } from "../type.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf } from "./paths.ts";

/**
 * Reads and writes of ordinary variables, for those who ask who shares what. Left out are locals that no closure can see, but for maps,
 * which may have other names.
 *
 *     s.conn.pending++        // reads s.conn (a pointer is loaded), writes s.conn.pending
 *     s.stats.total           // reads s.stats.total alone: the struct s.stats is no pointer
 *     s.byName[key] = item    // reads s.byName, writes an element of it
 *     &s.total                // address taken: whoever gets it may do either
 *
 * Not modelled: what a method with a value receiver copies, and elements of arrays.
 */
export function noteRead(lowering: Lowering, node: NodeId, value: Value, isCalled = false): void {
  if (!lowering.notesAccesses || value.kind !== "path") return;
  const isSeen = isShareable(lowering, value.path) || isLocalMap(lowering, node);
  if (!isSeen || isOwnCopy(lowering, node, value.path)) return;
  const { path } = value;
  const at = lowering.span(node);
  const use = useOf(lowering, node);
  if (use === "address") {
    lowering.emit({ kind: "escape", value, at });
    if (isGivenToFill(lowering, node)) noteElementWrite(lowering, node, path);
    return;
  }
  if (use === "place") return;
  const holds = holdsOf(lowering, node);
  if (use === "step" && !isLoaded(holds)) return;
  if (holds === "object") return;
  lowering.emit({ kind: "read", path, holds, ...(isCalled ? { isCalled } : {}), at });
  if (use === "elements" ? hasElements(holds) : use === "size" && holds === "map")
    lowering.emit({ kind: "read", path, holds, isElement: true, at });
}

/** `mak.Set(&s.byName, key, item)`: who is given the address of a map puts something in. */
function isGivenToFill(lowering: Lowering, node: NodeId): boolean {
  const taken = lowering.tree.parentOf(node);
  const isArgument = lowering.kind(lowering.tree.parentOf(taken)) === "argument_list";
  return isArgument && holdsOf(lowering, node) === "map";
}

/** `container[index]`, read; `value` is the container's. */
export function noteElementRead(lowering: Lowering, node: NodeId, value: Value): void {
  if (!lowering.notesAccesses || value.kind !== "path") return;
  const operand = lowering.child(node, "operand");
  if (!isShareable(lowering, value.path) && !isLocalMap(lowering, operand)) return;
  if (useOf(lowering, node) === "place") return;
  const holds = holdsOf(lowering, operand);
  if (hasElements(holds))
    lowering.emit({
      kind: "read",
      path: value.path,
      holds,
      isElement: true,
      at: lowering.span(node),
    });
}

/** A place on the left gets a value. */
export function noteWrite(
  lowering: Lowering,
  node: NodeId,
  path: AccessPath | undefined,
  value: Value,
  isCompound = false,
): void {
  if (!lowering.notesAccesses || !path) return;
  const at = lowering.span(node);
  const compound = isCompound ? { isCompound } : {};
  if (lowering.kind(node) !== "index_expression") {
    const isSeen = isShareable(lowering, path) || isLocalMap(lowering, node);
    if (!isSeen || isOwnCopy(lowering, node, path)) return;
    lowering.emit({ kind: "write", path, value, holds: holdsOf(lowering, node), ...compound, at });
    return;
  }
  const operand = lowering.child(node, "operand");
  const container = pathOf(lowering.peek(operand), "");
  noteElementWrite(lowering, operand, container, compound);
}

/** Each pass has variables of its own: before `i++` they are declared anew. (Before Go 1.22 that is another fault.) */
export function noteNewVariables(lowering: Lowering, clause: NodeId): void {
  if (!lowering.notesAccesses) return;
  const initializer = lowering.child(clause, "initializer");
  if (lowering.kind(initializer) !== "short_var_declaration") return;
  for (const name of lowering.children(lowering.child(initializer, "left")))
    noteWrite(lowering, name, pathOf(lowering.peek(name), ""), { kind: "unknown" });
}

/** `return x` gives the named results their values; one that returns itself keeps its own. */
export function noteResults(lowering: Lowering, node: NodeId, returned: readonly NodeId[]): void {
  if (!lowering.notesAccesses) return;
  for (const [index, result] of lowering.namedResults.entries())
    if (
      result.kind === "path" &&
      isShareable(lowering, result.path) &&
      lowering.text(returned[index] ?? NONE) !== result.path.text
    )
      lowering.emit({
        kind: "write",
        path: result.path,
        value: { kind: "unknown" },
        holds: "unknown",
        at: lowering.span(node),
      });
}

/** An element of a map or slice is set or deleted. */
export function noteElementWrite(
  lowering: Lowering,
  operand: NodeId,
  path: AccessPath,
  compound: { readonly isCompound?: boolean } = {},
): void {
  if (!lowering.notesAccesses || !isShareable(lowering, path)) return;
  const holds = holdsOf(lowering, operand);
  if (!hasElements(holds)) return;
  const at = lowering.span(operand);
  const value: Value = { kind: "unknown" };
  lowering.emit({ kind: "write", path, value, holds, isElement: true, ...compound, at });
}

/**
 * How an expression is used: its value, what its elements are, how many there are (a slice keeps the number beside them), as a step to a
 * part, for its address, or to be assigned.
 */
type Use = "value" | "elements" | "size" | "step" | "address" | "place";

function useOf(lowering: Lowering, node: NodeId): Use {
  const { tree } = lowering;
  let at = node;
  let parent = tree.parentOf(at);
  while (lowering.kind(parent) === "parenthesized_expression") {
    at = parent;
    parent = tree.parentOf(at);
  }
  switch (lowering.kind(parent)) {
    case "selector_expression":
    case "index_expression":
    case "slice_expression":
      return lowering.child(parent, "operand") === at ? "step" : "value";
    case "unary_expression":
      return lowering.kind(lowering.child(parent, "operator")) === "&" ? "address" : "value";
    case "inc_statement":
    case "dec_statement":
      return "place";
    case "expression_list": {
      const statement = tree.parentOf(parent);
      const isAssigned = lowering.kind(statement) === "assignment_statement";
      return isAssigned && lowering.child(statement, "left") === parent ? "place" : "value";
    }
    case "range_clause":
      return lowering.child(parent, "right") === at ? "elements" : "value";
    case "argument_list":
      return lowering.text(lowering.child(tree.parentOf(parent), "function")) === "len"
        ? "size"
        : "value";
    default:
      return "value";
  }
}

function isLoaded(holds: Holds): boolean {
  return holds !== "plain" && holds !== "unknown" && holds !== "object";
}

function hasElements(holds: Holds): boolean {
  return holds === "map" || holds === "slice";
}

/** Whether somebody else can see it: a field or global, or a local of which a closure speaks. */
function isShareable({ id, region }: Lowering, { root, steps }: AccessPath): boolean {
  if (root.kind !== "variable") return false;
  if (steps.some(({ kind }) => kind === "call")) return false;
  const { role, declaredIn, name } = root.variable;
  if (role === "global" || declaredIn !== id || region.closureNames.has(name)) return true;
  return steps.length > 0;
}

/** A map in a local variable may be another name of one that others see. */
function isLocalMap(lowering: Lowering, node: NodeId): boolean {
  return lowering.kind(node) === "identifier" && holdsOf(lowering, node) === "map";
}

/** A field of a struct that a parameter or local variable holds itself: nobody else has it, unless a closure does. */
function isOwnCopy(lowering: Lowering, node: NodeId, { root, steps }: AccessPath): boolean {
  if (
    root.kind !== "variable" ||
    steps.length !== 1 ||
    lowering.kind(node) !== "selector_expression"
  )
    return false;
  const { role, declaredIn, name } = root.variable;
  if (role === "global" || declaredIn !== lowering.id || lowering.region.closureNames.has(name))
    return false;
  return holdsOf(lowering, lowering.child(node, "operand")) === "plain";
}

/** What kind of value an expression has. */
export function holdsOf({ unit, file }: Lowering, node: NodeId): Holds {
  if (node === NONE) return "unknown";
  const type = unit.resolver.typeOf(file, node);
  if (unit.objectOf(type) && type.kind !== "pointer") {
    const under = unit.resolver.underlying(type);
    if (under.kind !== "channel" && under.kind !== "interface" && !isContext(type)) return "object";
  }
  if (type.kind === "named" && type.package === "sync/atomic") return "object";
  const under = unit.resolver.underlying(type);
  switch (under.kind) {
    case "map":
    case "slice":
    case "pointer":
    case "channel":
    case "function":
    case "interface":
      return under.kind;
    case "basic":
      return under.name === "error" || under.name === "any" ? "interface" : "plain";
    case "struct":
    case "array":
      return "plain";
    default:
      return isContext(type) || isTestInterface(type) ? "interface" : "unknown";
  }
}

function isContext(type: GoType): boolean {
  return type.kind === "named" && type.package === "context" && type.name === "Context";
}

function isTestInterface(type: GoType): boolean {
  return type.kind === "named" && type.package === "testing" && type.name === "TB";
}
