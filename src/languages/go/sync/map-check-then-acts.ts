import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import {
  callsOf,
  functionAround,
  type GoCall,
  loopAround,
  nameOfFunction,
  placeOf,
} from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver, GoType } from "../type.ts";

/**
 * A `sync.Map` that is asked, and changed by the answer in a second step:
 *
 *     if v, ok := m.Load(key); ok { m.Delete(key); v.(*Conn).Close() }        // two goroutines close one connection
 *     if _, ok := m.Load(key); !ok { m.Store(key, &Room{}) }                  // two goroutines lock two rooms
 *     n, _ := m.Load(key); m.Store(key, n.(int)+1)                            // one of two counts is lost
 */
export interface MapCheckThenAct {
  readonly kind: "delete" | "store" | "update";
  readonly at: Place;
  readonly map: string;
  readonly key: string;
  readonly loadAt: Place;
}

export const mapCheckThenActs = defineAnalysis("map check then act", (use): MapCheckThenAct[] => {
  const files = use(goPackage).files.filter(
    ({ isTest, text }) => !isTest && text.includes("sync.Map"),
  );
  const names = new Set(["Load", "Store", "Delete"]);
  const resolver = use(goResolver);
  const calls = callsOf(files, resolver, names).filter(({ name }) => name.startsWith("sync.Map."));
  const loads = calls.filter(({ name }) => name === "sync.Map.Load");
  return loads.flatMap((load) => {
    const around = functionAround(load.tree, load.node);
    const found = readLoad(load);
    if (around === NONE || !found || isLocked(load, around)) return [];
    if (isOfOneGoroutine(load, around, files, resolver)) return [];
    const act = calls.find(
      (other) =>
        other.file === load.file &&
        other.node > load.node &&
        functionAround(other.tree, other.node) === around &&
        mapOf(other) === mapOf(load) &&
        keyOf(other) === keyOf(load) &&
        other.name !== "sync.Map.Load",
    );
    const kind = act && kindOf(found, act, resolver);
    if (!act || !kind) return [];
    return [
      {
        kind,
        at: placeOf(act.file, act.tree, act.node),
        map: mapOf(load),
        key: keyOf(load),
        loadAt: placeOf(load.file, load.tree, load.node),
      },
    ];
  });
});

/** How many callers up the start of a goroutine is looked for. */
const CALLERS = 3;

/**
 * Whether one goroutine alone runs a function: it is called in a function literal that is started once, or in a function that one
 * goroutine alone runs, and else only by the one who starts that literal, before.
 *
 *     c.refresh()
 *     go func() { for range ticker.C { c.refresh() } }()
 */
function isOfOneGoroutine(
  { tree }: GoCall,
  around: NodeId,
  files: readonly GoFile[],
  resolver: GoResolver,
  depth = CALLERS,
): boolean {
  const name = nameOfFunction(tree, around);
  if (depth === 0 || !/^\p{Ll}/u.test(name)) return false;
  const isNamedElsewhere = files.some(
    ({ isJudged, text }) => !isJudged && new RegExp(`\\b${name}\\b`).test(text),
  );
  const owner = ownerOf(tree, around);
  const calls = callsOf(files, resolver, new Set([name])).filter(
    (call) => owner === "" || new RegExp(`(?:^|\\.)${owner}\\.${name}$`).test(call.name),
  );
  const starts = calls.map(startOf);
  const [start, ...others] = starts.filter((one) => one !== NONE);
  if (isNamedElsewhere || others.length > 0) return false;
  if (start === undefined) {
    const [only] = calls;
    if (calls.length !== 1 || !only) return false;
    const caller = functionAround(only.tree, only.node);
    return caller !== NONE && isOfOneGoroutine(only, caller, files, resolver, depth - 1);
  }
  const starter = calls[starts.indexOf(start)];
  return calls.every(
    (call) =>
      call === starter ||
      (call.file === starter?.file &&
        call.node < start &&
        functionAround(call.tree, call.node) === functionAround(call.tree, start)),
  );
}

function ownerOf(tree: Tree, around: NodeId): string {
  const receiver = tree.childIn(around, "receiver");
  return receiver === NONE
    ? ""
    : (/\*?(\w+)\s*(?:\[[^\]]*\])?\)$/.exec(tree.textOf(receiver))?.[1] ?? "");
}

/** The `go c.run()` that a call is, or the `go func() { … c.run() … }()` that it stands in, if that is not in a loop; NONE otherwise. */
function startOf({ tree, node }: GoCall): NodeId {
  const literal = functionAround(tree, node);
  const isLiteral = literal !== NONE && tree.kindOf(literal) === "func_literal";
  const around = isLiteral ? tree.parentOf(tree.parentOf(literal)) : NONE;
  const start = [tree.parentOf(node), around].find(
    (one) => one !== NONE && tree.kindOf(one) === "go_statement",
  );
  return start !== undefined && loopAround(tree, start) === NONE ? start : NONE;
}

interface Loaded {
  readonly call: GoCall;
  /** `v, ok := m.Load(key)`. */
  readonly statement: NodeId;
  readonly value: string;
  readonly ok: string;
}

function readLoad(call: GoCall): Loaded | undefined {
  const { tree, node } = call;
  const list = tree.parentOf(node);
  const statement = tree.kindOf(list) === "expression_list" ? tree.parentOf(list) : NONE;
  if (statement === NONE || !/^(?:short_var_declaration|assignment)/.test(tree.kindOf(statement)))
    return undefined;
  const [value, ok] = tree.namedChildren(tree.childIn(statement, "left"));
  if (value === undefined || ok === undefined) return undefined;
  if (tree.kindOf(value) !== "identifier" || tree.kindOf(ok) !== "identifier") return undefined;
  return { call, statement, value: tree.textOf(value), ok: tree.textOf(ok) };
}

function kindOf(
  load: Loaded,
  act: GoCall,
  resolver: GoResolver,
): MapCheckThenAct["kind"] | undefined {
  const { tree } = act;
  const [, stored] = act.arguments;
  if (act.name === "sync.Map.Store") {
    if (stored !== undefined && isArithmetic(tree, stored) && names(tree, stored, load.value))
      return "update";
    return isWhen(load, act, "not ok") &&
      stored !== undefined &&
      isSynchronizing(resolver.typeOf(act.file.path, stored), resolver)
      ? "store"
      : undefined;
  }
  if (tree.kindOf(tree.parentOf(act.node)) !== "expression_statement") return undefined;
  return isWhen(load, act, "ok") &&
    load.value !== "_" &&
    isUsedAfter(load, act) &&
    !isPlainValue(load)
    ? "delete"
    : undefined;
}

/** `time.Since(v.(time.Time))`: to take out a plain value twice ends nothing twice. */
function isPlainValue({ call: { tree, node }, value }: Loaded): boolean {
  const around = functionAround(tree, node);
  const after = tree.text.slice(tree.end[node], tree.end[around]);
  const uses = after.match(new RegExp(`(?<!%)\\b${value}\\b(?!\\s*(?:,|:?=))`, "g")) ?? [];
  const plain = after.match(new RegExp(`\\b${value}\\.\\((?:${PLAIN})\\)`, "g")) ?? [];
  return plain.length > 0 && plain.length === uses.length;
}

const PLAIN = String.raw`time\.(?:Time|Duration)|string|bool|u?int\d*|float\d+|byte|rune`;

/** Whether the act stands where the answer was yes, or no. */
function isWhen({ call, statement, ok }: Loaded, act: GoCall, when: "ok" | "not ok"): boolean {
  const { tree } = call;
  if (ok === "_") return false;
  for (let at = act.node; at > 0; at = tree.parentOf(at)) {
    const around = tree.parentOf(at);
    if (around <= 0 || tree.kindOf(around) !== "if_statement") continue;
    if (tree.childIn(around, "condition") < call.node) break;
    const test = testOf(tree, around, ok);
    if (test) return (tree.childIn(around, "consequence") === at) === (test === when);
  }
  return leftBefore({ tree, statement, ok }, act) === when;
}

function testOf(tree: Tree, statement: NodeId, ok: string): "ok" | "not ok" | undefined {
  const condition = tree.childIn(statement, "condition");
  const text = condition === NONE ? "" : tree.textOf(condition);
  if (text === ok) return "ok";
  return text === `!${ok}` ? "not ok" : undefined;
}

/** `if !ok { return }` between the load and the act: what holds after it. */
function leftBefore(
  { tree, statement, ok }: { tree: Tree; statement: NodeId; ok: string },
  act: GoCall,
): "ok" | "not ok" | undefined {
  const parent = tree.parentOf(statement);
  const [list, from] =
    tree.kindOf(parent) === "if_statement" ? [tree.parentOf(parent), parent] : [parent, statement];
  const all = tree.namedChildren(list);
  for (const one of all.slice(all.indexOf(from))) {
    if (one > act.node) return undefined;
    if (tree.kindOf(one) !== "if_statement" || tree.afterSubtree(one) > act.node) continue;
    const test = testOf(tree, one, ok);
    if (test && ends(tree, tree.childIn(one, "consequence")))
      return test === "ok" ? "not ok" : "ok";
  }
  return undefined;
}

function ends(tree: Tree, block: NodeId): boolean {
  const list = tree.childOfKind(block, "statement_list");
  const last = list === NONE ? undefined : tree.namedChildren(list).at(-1);
  return last !== undefined && /^(?:return|continue|break)_statement$/.test(tree.kindOf(last));
}

/** Something that two goroutines must not have two of: it is locked, waited for or counted in. Decided by its type. */
function isSynchronizing(type: GoType, resolver: GoResolver): boolean {
  const pointed = behindPointer(type);
  if (isPrimitive(pointed)) return true;
  const under = resolver.underlying(pointed);
  return (
    under.kind === "channel" ||
    (under.kind === "struct" && under.fields.some((field) => isPrimitive(field.type)))
  );
}

/** A mutex, an atomic, a channel. */
function isPrimitive(type: GoType): boolean {
  return (
    type.kind === "channel" || (type.kind === "named" && /^sync(?:\/atomic)?$/.test(type.package))
  );
}

function isArithmetic(tree: Tree, value: NodeId): boolean {
  return /^(?:binary_expression)$/.test(tree.kindOf(value)) || /^append\(/.test(tree.textOf(value));
}

/** The loaded value is used once it was deleted, or before: somebody else may have it too. */
function isUsedAfter({ call: { tree }, value, statement }: Loaded, act: GoCall): boolean {
  const list = tree.parentOf(tree.parentOf(act.node));
  const used = new RegExp(`\\b${value}\\b`);
  const before = tree.text.slice(tree.end[statement], tree.start[act.node]);
  return used.test(before) || used.test(tree.text.slice(tree.end[act.node], tree.end[list]));
}

function names(tree: Tree, within: NodeId, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(tree.textOf(within));
}

function isLocked({ tree, node }: GoCall, around: NodeId): boolean {
  return /\bLock\(\)|[lL]ocked\b/.test(tree.text.slice(tree.start[around], tree.start[node]));
}

function mapOf({ tree, callee }: GoCall): string {
  return tree.textOf(tree.childIn(callee, "operand"));
}

function keyOf({ tree, arguments: [key] }: GoCall): string {
  return key === undefined ? "" : tree.textOf(key);
}
