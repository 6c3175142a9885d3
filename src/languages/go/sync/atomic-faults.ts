import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

/** `x = atomic.AddInt64(&x, 1)`. */
export interface AtomicAssignment {
  readonly at: Place;
  readonly variable: string;
  readonly call: string;
  /** Undefined where other values are assigned as well. */
  readonly fix: Edit | undefined;
}

/** `n.Store(n.Load() + 1)`. */
export interface TornUpdate {
  readonly at: Place;
  readonly variable: string;
  readonly loadAt: Place;
}

const ADDS: ReadonlySet<string> = new Set(
  ["Int32", "Int64", "Uint32", "Uint64", "Uintptr"].map((type) => `Add${type}`),
);

export const atomicAssignments = defineAnalysis("atomic assignments", (use): AtomicAssignment[] =>
  callsOf(use(goPackage).files, use(goResolver), ADDS).flatMap((call) => {
    const { file, tree, node, name, arguments: given } = call;
    const values = tree.parentOf(node);
    const assignment = tree.kindOf(values) === "expression_list" ? tree.parentOf(values) : NONE;
    if (assignment === NONE || tree.kindOf(assignment) !== "assignment_statement") return [];
    const targets = tree.namedChildren(tree.childIn(assignment, "left"));
    const target = targets[tree.namedChildren(values).indexOf(node)];
    const [first] = given;
    if (!name.startsWith("sync/atomic.") || first === undefined || target === undefined) return [];
    const variable = tree.textOf(target);
    if (!isAddressOf(tree.textOf(first), variable)) return [];
    const { start } = tree.spanOf(assignment);
    const fix = { file: file.path, start, end: tree.spanOf(node).start, text: "" };
    return [
      {
        at: placeOf(file, tree, assignment),
        variable,
        call: name.replace("sync/", ""),
        fix: targets.length === 1 ? fix : undefined,
      },
    ];
  }),
);

/** `&s.n` of `s.n`, `p` of `*p`. */
function isAddressOf(pointer: string, variable: string): boolean {
  const [from, to] = [pointer, variable].map((text) => text.replaceAll(/\s/g, ""));
  return from === `&${to}` || to === `*${from}`;
}

const STORES: ReadonlySet<string> = new Set([
  "Store",
  ...["Int32", "Int64", "Uint32", "Uint64", "Uintptr"].map((type) => `Store${type}`),
]);
const NUMBER =
  /^sync\/atomic\.(?:(?:Int|Uint)(?:32|64)|Uintptr)\.Store$|^sync\/atomic\.Store(?:Int|Uint)/;

/** A store of what was computed from a load of the same atomic, in one statement. */
export const tornUpdates = defineAnalysis("torn updates", (use): TornUpdate[] =>
  callsOf(use(goPackage).files, use(goResolver), STORES).flatMap((call) => {
    const { file, tree, node, name } = call;
    const variable = NUMBER.test(name) ? atomicOf(call) : undefined;
    const load = variable === undefined ? NONE : loadIn(call, variable);
    if (variable === undefined || load === NONE) return [];
    if (isLocked(call) || isForOneGoroutine(call)) return [];
    return [{ at: placeOf(file, tree, node), variable, loadAt: placeOf(file, tree, load) }];
  }),
);

/** `s.n` of `s.n.Store(…)` and `atomic.StoreInt64(&s.n, …)`. */
function atomicOf({ tree, callee, name, arguments: [first] }: GoCall): string | undefined {
  if (name.endsWith(".Store")) return tree.textOf(tree.childIn(callee, "operand"));
  const text = first === undefined ? "" : tree.textOf(first);
  return text.startsWith("&") ? text.slice(1) : undefined;
}

function loadIn({ tree, arguments: given }: GoCall, variable: string): NodeId {
  const call = tree.grammar.kind("call_expression");
  const value = given.at(-1) ?? NONE;
  const end = value === NONE ? NONE : tree.afterSubtree(value);
  for (let node = value; node < end; node++) {
    if (tree.kind[node] !== call) continue;
    const text = tree.textOf(node);
    if (text === `${variable}.Load()` || /^atomic\.Load\w+\(&/.test(text))
      if (text.includes(variable)) return node;
  }
  return NONE;
}

/** A lock is taken in the function before: it may order the writers. */
function isLocked({ tree, node }: GoCall): boolean {
  const around = functionAround(tree, node);
  if (around === NONE) return false;
  return /\bLock\(\)|[lL]ocked\b/.test(tree.text.slice(tree.start[around], tree.start[node]));
}

const SINGLE = /not (?:goroutine|thread|concurren\w+)[- ]?safe|not safe for concurrent/i;

/** The function's comment says that it is not for several goroutines at once. */
function isForOneGoroutine({ tree, node }: GoCall): boolean {
  const around = functionAround(tree, node);
  const before = around === NONE ? "" : tree.text.slice(0, tree.start[around]);
  const lines = before.trimEnd().split("\n");
  const comment = lines.slice(lines.findLastIndex((line) => !line.startsWith("//")) + 1);
  return SINGLE.test(comment.join(" "));
}
