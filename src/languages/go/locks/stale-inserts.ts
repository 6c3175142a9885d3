import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { functionAround, nameOfFunction, placeOf } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import type { GoResolver, GoType } from "../type.ts";
import { callsByStatement, type LockCall, lockCalls, statementOf } from "./lock-calls.ts";

/**
 * A place that is found empty under a lock and filled under the same lock, taken anew, without a second look:
 *
 *     p.mu.Lock()
 *     c, ok := p.conns[addr]          // nobody is there
 *     p.mu.Unlock()
 *     if ok { return c }
 *     c = dial(addr)
 *     p.mu.Lock()
 *     p.conns[addr] = c               // somebody else may have come first: his connection is lost
 *     p.mu.Unlock()
 */
export interface StaleInsert {
  /** The place that is filled. */
  readonly at: Place;
  /** `p.conns[addr]`. */
  readonly place: string;
  readonly lookedAt: Place;
  readonly lock: string;
  readonly releasedAt: Place;
  readonly lockedAgainAt: Place;
  readonly function: string;
  /** The type of what is lost, which has something to end. */
  readonly type: string;
}

export const staleInserts = defineAnalysis("stale inserts", (use): StaleInsert[] => {
  const resolver = use(goResolver);
  const byFunction = new Map<string, LockCall[]>();
  for (const call of use(lockCalls)) {
    if (call.file.isTest) continue;
    const key = `${call.file.path}:${functionAround(call.tree, call.node)}`;
    const others = byFunction.get(key);
    if (others) others.push(call);
    else byFunction.set(key, [call]);
  }
  return [...byFunction.values()].flatMap((calls) => insertsIn(calls, resolver));
});

/** What a function does between taking a lock and releasing it. */
interface Section {
  readonly lock: LockCall;
  /** Undefined where the release is deferred, or stands further in. */
  readonly release: LockCall | undefined;
  readonly statements: readonly NodeId[];
}

function insertsIn(calls: readonly LockCall[], resolver: GoResolver): StaleInsert[] {
  const [first] = calls;
  if (!first) return [];
  const { tree } = first;
  const around = functionAround(tree, first.node);
  if (around === NONE || !/^\p{Lu}/u.test(nameOfFunction(tree, around))) return [];
  // Whoever holds a second lock may hold it over both.
  if (new Set(calls.map(({ text }) => text)).size > 1) return [];
  const byStatement = callsByStatement(calls);
  const sections = calls.flatMap((call) => sectionFrom(call, byStatement) ?? []);
  return sections.flatMap((before, index) =>
    sections.slice(index + 1).flatMap((after) => insertBetween(before, after, resolver) ?? []),
  );
}

function sectionFrom(
  call: LockCall,
  byStatement: ReadonlyMap<string, LockCall>,
): Section | undefined {
  const { tree, file, method } = call;
  if (method !== "Lock" && method !== "RLock") return undefined;
  const statement = statementOf(call);
  const list = statement === NONE ? NONE : tree.parentOf(statement);
  if (list === NONE || tree.kindOf(list) !== "statement_list") return undefined;
  const following = tree.namedChildren(list).filter((one) => one > statement);
  const releases = following.map((one) => releaseAt(byStatement.get(`${file.path}:${one}`)));
  const end = releases.findIndex((release) => release !== undefined);
  return {
    lock: call,
    release: releases[end],
    statements: end === -1 ? following : following.slice(0, end),
  };
}

function releaseAt(call: LockCall | undefined): LockCall | undefined {
  return call?.method === "Unlock" || call?.method === "RUnlock" ? call : undefined;
}

/** `v, ok := place`, `v := place`, `if v, ok := place; ok {…}`. */
const LOOK = /^(?:if\s+)?(\w+)(?:,\s*(\w+))?\s*:?=\s*([^\n;{]+?)\s*(?:;|\{|$)/;

function insertBetween(
  before: Section,
  after: Section,
  resolver: GoResolver,
): StaleInsert | undefined {
  const { tree, file, text: lock } = before.lock;
  const { release } = before;
  if (!release || release.node > after.lock.node) return undefined;
  const owner = lock.slice(0, lock.lastIndexOf("."));
  for (const look of before.statements) {
    const place = LOOK.exec(firstLine(tree.textOf(look)))?.[3] ?? "";
    if (
      !place.startsWith(`${owner}.`) ||
      !/^[\p{L}_][\p{L}\p{N}_.]*(?:\[[\p{L}_][\p{L}\p{N}_.]*\])?$/u.test(place)
    )
      continue;
    const write = after.statements.find((one) => leftOf(tree, one) === place);
    if (write === undefined || isSeenAgain(tree, after, place, write)) continue;
    if (!isDecidedByLook(tree, look, release, after.lock)) continue;
    const value = tree.namedChildren(tree.childIn(write, "right"))[0] ?? NONE;
    const type =
      value === NONE ? undefined : endingType(resolver.typeOf(file.path, value), resolver);
    if (type === undefined) continue;
    const around = functionAround(tree, look);
    return {
      at: placeOf(file, tree, write),
      place,
      lookedAt: placeOf(file, tree, look),
      lock,
      releasedAt: placeOf(file, tree, release.node),
      lockedAgainAt: placeOf(file, tree, after.lock.node),
      function: nameOfFunction(tree, around),
      type,
    };
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function leftOf(tree: Tree, statement: NodeId): string | undefined {
  if (tree.kindOf(statement) !== "assignment_statement") return undefined;
  if (tree.textOf(tree.childIn(statement, "operator")) !== "=") return undefined;
  return tree.textOf(tree.childIn(statement, "left"));
}

/** The second section looks before it writes. */
function isSeenAgain(tree: Tree, { statements }: Section, place: string, write: NodeId): boolean {
  const container = place.replace(/\[.*$/, "");
  return statements.some((one) => one < write && tree.textOf(one).includes(container));
}

/** What was found decides whether the second section is reached: a test stands between, or around it. */
function isDecidedByLook(tree: Tree, look: NodeId, release: LockCall, lock: LockCall): boolean {
  const [, value, ok] = LOOK.exec(firstLine(tree.textOf(look))) ?? [];
  const tested = [ok, value].filter((name) => name !== undefined && name !== "_").join("|");
  if (tested === "") return false;
  const text = tree.text.slice(tree.end[release.node], tree.start[lock.node]);
  const test = new RegExp(
    `\\bif\\s+!?(?:${tested})\\b(?:\\s*[!=]=\\s*nil)?(?:\\s*&&[^{\\n]*)?\\s*\\{`,
  );
  return test.test(text) && !/\bfor\b|\.Do\(|<-/.test(text);
}

const ENDS = /^(?:Close|Stop|Shutdown|Cancel|Release|Disconnect|Terminate|Kill)$/;

/** The name of a type of which each value is to be ended by somebody. */
function endingType(type: GoType, resolver: GoResolver): string | undefined {
  const named = behindPointer(type);
  if (named.kind !== "named" || !named.declaration) return undefined;
  const under = resolver.underlying(named);
  const methods =
    under.kind === "interface"
      ? under.methods.map(({ name }) => name)
      : [...named.declaration.methods().keys()];
  return methods.some((name) => ENDS.test(name)) ? named.name : undefined;
}
