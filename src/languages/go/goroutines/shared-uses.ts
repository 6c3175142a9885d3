import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver, GoVariable } from "../type.ts";
import { isInPlace, startOf } from "./goroutine-literals.ts";
import { protocolOf, SHARED_NAMES } from "./single-user-types.ts";

/**
 * Something that one goroutine at a time may use, and two that may use it at once:
 *
 *     var out bytes.Buffer
 *     for _, name := range names {
 *         go func() { out.WriteString(render(name)) }()      // and so does the goroutine of the next pass
 *     }
 *
 * Goroutines that are function literals, on one variable. Who takes a lock first is left out, and so is what follows a receive or
 * a Wait.
 */
export interface SharedUse {
  readonly kind: "object" | "websocket" | "stream";
  readonly at: Place;
  /** `out.WriteString`. */
  readonly call: string;
  readonly object: string;
  /** `bytes.Buffer`. */
  readonly type: string;
  readonly by: "next pass" | "goroutine" | "function";
  readonly otherAt: Place;
  readonly startedAt: Place;
}

export const sharedUses = defineAnalysis("shared uses", (use): SharedUse[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(({ text }) => /\bgo\s+func\b|\.Go\(func\b/.test(text));
  const groups = new Map<string, Use[]>();
  for (const call of callsOf(files, resolver, SHARED_NAMES)) {
    const found = useOf(call, resolver);
    if (found) groups.set(found.key, [...(groups.get(found.key) ?? []), found]);
  }
  return [...groups.values()].flatMap((uses) => conflictIn(uses) ?? []);
});

interface Use {
  readonly call: GoCall;
  readonly key: string;
  readonly protocol: { readonly kind: SharedUse["kind"]; readonly type: string };
  readonly variable: GoVariable;
  /** The literal of the goroutine, and what starts it; NONE for the function that has the variable. */
  readonly literal: NodeId;
  readonly start: NodeId;
}

function useOf(call: GoCall, resolver: GoResolver): Use | undefined {
  const { file, tree, node, callee, name } = call;
  const protocol = protocolOf(name);
  if (!protocol || tree.kindOf(callee) !== "selector_expression") return undefined;
  const operand = tree.childIn(callee, "operand");
  let root = operand;
  while (tree.kindOf(root) === "selector_expression") root = tree.childIn(root, "operand");
  const symbol =
    tree.kindOf(root) === "identifier" ? resolver.symbolAt(file.path, root) : undefined;
  if (symbol?.kind !== "variable" || symbol.variable.role === "global") return undefined;
  const { variable } = symbol;
  const thread = threadOf(tree, node, variable);
  if (!thread || isLocked(tree, thread.literal, node)) return undefined;
  const key = `${file.path}:${variable.node} ${tree.textOf(operand)} ${protocol.direction}`;
  return { call, key, protocol, variable, ...thread };
}

/** The outermost goroutine around a use that begins after the variable; undefined where a literal is run by somebody else. */
function threadOf(
  tree: Tree,
  node: NodeId,
  { node: declared, function: owner }: GoVariable,
): { readonly literal: NodeId; readonly start: NodeId } | undefined {
  let thread = { literal: NONE as NodeId, start: NONE as NodeId };
  for (let at = functionAround(tree, node); at !== owner; at = functionAround(tree, at)) {
    if (at === NONE || at < declared) return undefined;
    const start = startOf(tree, at);
    if (start !== NONE) thread = { literal: at, start };
    else if (!isInPlace(tree, at)) return undefined;
  }
  return thread;
}

function isLocked(tree: Tree, literal: NodeId, node: NodeId): boolean {
  const around = literal === NONE ? functionAround(tree, node) : literal;
  return /\bR?Lock\(\)|[lL]ocked\b/.test(tree.text.slice(tree.start[around], tree.start[node]));
}

/** The first two of the uses of one variable that may meet. */
function conflictIn(uses: readonly Use[]): SharedUse | undefined {
  for (const one of uses) {
    if (one.start === NONE) continue;
    if (isRepeated(one)) return describe(one, one, "next pass");
    const other = uses.find((two) => two.start !== one.start && mayMeet(one, two));
    if (other) return describe(one, other, other.start === NONE ? "function" : "goroutine");
  }
  return undefined;
}

/** The goroutine is started by a loop that goes on with the same variable, and does not wait for it in the loop. */
function isRepeated({ call: { tree }, start, variable }: Use): boolean {
  const owner = functionAround(tree, start);
  for (let at = tree.parentOf(start); at !== NONE && at !== owner; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "for_statement") continue;
    if (variable.node > at) return false;
    const rest = tree.text.slice(tree.end[start], tree.end[at]);
    return !WAITS.test(rest) && !/\b(?:return|break)\b/.test(rest);
  }
  return false;
}

const WAITS = /<-|\bselect\b|\.Wait\w*\(|\brange\s+\w*(?:ch|done|results?|errs)\b/i;

/** The other one comes after the goroutine's start, in the same function, with nothing between that may wait for it. */
function mayMeet(one: Use, two: Use): boolean {
  const { tree } = one.call;
  const later = two.start === NONE ? two.call.node : two.start;
  if (later < one.start || functionAround(tree, later) !== functionAround(tree, one.start))
    return false;
  const between = tree.text.slice(tree.end[one.start], tree.start[later]);
  if (WAITS.test(between) || /\breturn\b[\s\S]*\n|\bdefer\b|\belse\b|\bcase\b/.test(between))
    return false;
  return isSteady(one) && (two.start === NONE || isSteady(two));
}

/** It does not wait for a sign from somebody before. */
function isSteady({ call: { tree, node }, literal }: Use): boolean {
  return !/<-|\.Wait\(/.test(tree.text.slice(tree.start[literal], tree.start[node]));
}

function describe(one: Use, other: Use, by: SharedUse["by"]): SharedUse {
  const { file, tree, node, callee } = one.call;
  const start = tree.start[one.start] ?? 0;
  return {
    kind: one.protocol.kind,
    at: placeOf(file, tree, node),
    call: tree.textOf(callee),
    object: tree.textOf(tree.childIn(callee, "operand")),
    type: one.protocol.type,
    by,
    otherAt: placeOf(other.call.file, other.call.tree, other.call.node),
    startedAt: { file: file.path, start, end: start + 2 },
  };
}
