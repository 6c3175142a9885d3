import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { BlockId, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { isShared, isSharedState } from "../shared-state.ts";
import {
  type Crossing,
  calledName,
  comesTo,
  crossingFrom,
  isInOneCall,
  isOfOtherDeed,
  mapOf,
  modelForRaces,
} from "./across-await.ts";
import { type CapacityTest, capacityTests } from "./capacity-tests.ts";
import { isGuarded, isUnderLock } from "./guards.ts";
import { mayOverlap } from "./overlap.ts";
import { type SharedTest, sharedTests } from "./shared-tests.ts";
import { inFileOf, twoCallsTrace } from "./two-calls.ts";

/** Shared state that is changed after an await on the strength of a test from before it. */
export interface StaleCheck {
  readonly function: FunctionModel;
  readonly target: AccessPath;
  /**
   * `element`: looked up by key, and what was made is stored under it. `flag`: found unset, and set to a constant.
   * `value`: compared, and changed; also the size of a collection that gets one more.
   */
  readonly kind: "element" | "flag" | "value";
  /** What is called between the test and the write, as far as it has a name; first what the function waits for first. */
  readonly made: readonly string[];
  /** Whether what is found is used, as of a cache; otherwise it is refused, or marks that something was done. */
  readonly isCache: boolean;
  /** Whether what is found is refused with an error: there must not be a second one. */
  readonly isRefused: boolean;
  /** Whether what is set is taken back later: it marks that something is being done, and must not be done twice. */
  readonly isClaim: boolean;
  /** Whether it is set by a helper that stands in place of its call, whose own deed it is. */
  readonly isByHelper: boolean;
  readonly testedAt: Place;
  readonly awaitedAt: Place;
  readonly writtenAt: Place;
  readonly trace: Trace;
}

const INTEREST = /\bawait\b/;

/**
 * `if (!map.has(key)) map.set(key, await make(key))`, `if (this.active < max) { await wait(); this.active++ }`: tests of state that
 * two runs of the function share, an await, and a change that takes the test for still true. Silent where the state is looked at
 * again after the await, where it (or a flag that is tested) is changed before, and under a lock.
 */
export const staleChecks = defineAnalysis("stale checks", (use): StaleCheck[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, isTest, isAsync, runsOnce, file }) => {
    if (isTest || !isAsync || runsOnce || !functions.isJudged(file)) return [];
    const model = modelForRaces(functions, id);
    if (!model || model.isDamaged) return [];
    const found = inFunction(model, functions).filter(({ target }) =>
      mayOverlap(model, target, functions),
    );
    return found.length > 0 && isUnderLock(model, functions) ? [] : found;
  });
});

function inFunction(model: FunctionModel, functions: Program): StaleCheck[] {
  const found = new Map<string, StaleCheck>();
  const tests = sharedTests(model, (path) => isSharedState(path, model));
  const failures = tests.length > 0 ? writesOnFailure(model) : [];
  for (const test of tests) {
    if (found.has(test.key)) continue;
    const kind = kindOf(test, model);
    if (kind === "value" && isProtocolStep(model, test)) continue;
    // Of a comparison either way may lead on: the other one is a return or a throw.
    const ways = test.isNilTest ? [test.then] : [test.then, test.otherwise];
    const map = kind === "element" ? mapOf(test.target) : undefined;
    const raceFrom = (block: BlockId) =>
      crossingFrom(model, {
        key: test.key,
        block,
        relies: (write) =>
          !failures.includes(write) &&
          reliesOnTest(write, kind) &&
          isSameOrMade(write, test, model),
        readsCount: true,
        map,
      });
    for (const block of ways) {
      const race = raceFrom(block);
      if (!race || isGuarded(model, race.flags, test.key)) continue;
      if (failures.some((write) => isSameWrite(write, race.write))) continue;
      if (isInOneCall(model, test.block, race.block)) continue;
      // `await this.acquire(); …; this.used++`: what acquire() looks at before it waits is its own affair.
      if (kind === "value" && isOfOtherDeed(model, test.block, race.block)) continue;
      // The first pass of a loop changes it before anybody has looked: `for await (…) { this.count += n; if (this.count > most) break; }`.
      if (kind === "value" && comesTo(model, 0, race.block, test.block)) continue;
      const check = describe(model, test, kind, race);
      // What is set either way is not set because of the test, which may only choose a line of the log.
      const other = block === test.then ? test.otherwise : test.then;
      // An element may be what it was made of: `votes.set(name, (votes.get(name) ?? 0) + weight)`.
      if ((check.isCache || kind !== "element") && raceFrom(other)?.write === race.write) continue;
      found.set(test.key, { ...check, made: namesOf(race, functions) });
      break;
    }
  }
  for (const test of capacityTests(model)) {
    const check = found.has(test.key) ? undefined : overfilled(model, test, functions);
    if (check) found.set(test.key, check);
  }
  return [...found.values()];
}

/** `if (this.lent.size < this.max) { const one = await open(); this.lent.add(one); }`: two calls find the same room. */
function overfilled(
  model: FunctionModel,
  test: CapacityTest,
  functions: Program,
): StaleCheck | undefined {
  const { key, block, ways, collection } = test;
  for (const [way, other] of [ways, [ways[1], ways[0]] as const]) {
    const race = crossingFrom(model, {
      key,
      block: way,
      relies: () => true,
      readsCount: true,
      grows: collection,
    });
    if (!race || isGuarded(model, race.flags, key)) continue;
    // What is added either way is not added because there was room.
    if (comesTo(model, other, race.block, block)) continue;
    if (isInOneCall(model, block, race.block) || isOfOtherDeed(model, block, race.block)) continue;
    return {
      ...placed(model, test, "value", race),
      isCache: false,
      isClaim: false,
      isRefused: false,
      made: namesOf(race, functions),
    };
  }
  return undefined;
}

function namesOf({ made, calls }: Crossing, functions: Program): string[] {
  const all = made ? [made, ...calls.filter((call) => call !== made)] : calls;
  return all.flatMap((call) => calledName(call, functions) ?? []);
}

function kindOf({ isNilTest, target }: SharedTest, model: FunctionModel): StaleCheck["kind"] {
  if (!isNilTest) return "value";
  return isShared(target, model) ? "flag" : "element";
}

/** What is stored under the key that was looked up; under another one only what was made because the first was missing: a cache by id and by name. */
function isSameOrMade(write: Operation, test: SharedTest, model: FunctionModel): boolean {
  if (write.kind !== "write" || pathKey(write.path) === test.key) return true;
  return write.value.kind === "path" && isKept(model, test, write);
}

/** Constants that a flag has when it is not set. */
const UNSET = /^(?:false|0|""|'')$/;

function reliesOnTest(write: Operation, kind: StaleCheck["kind"]): boolean {
  if (write.kind !== "write") return false;
  switch (kind) {
    case "element":
      return write.value.kind !== "nil";
    case "flag":
      return write.value.kind === "constant" && !UNSET.test(write.value.text);
    case "value":
      return write.isCompound === true;
  }
}

function describe(
  model: FunctionModel,
  test: SharedTest,
  kind: StaleCheck["kind"],
  race: Crossing,
): Omit<StaleCheck, "made"> {
  const { write } = race;
  return {
    ...placed(model, test, kind, race),
    isCache: kind === "element" && isKept(model, test, write),
    isClaim: kind !== "value" && isTakenBack(model, test, write),
    isRefused: kind !== "value" && wayOut(model, test)?.kind === "panic",
  };
}

function placed(
  model: FunctionModel,
  { target, at: lookedAt }: Pick<SharedTest, "target" | "at">,
  kind: StaleCheck["kind"],
  { awaited: { at: awaitedAt }, write: { at: writtenAt }, block }: Crossing,
): Pick<
  StaleCheck,
  "function" | "target" | "kind" | "isByHelper" | "testedAt" | "awaitedAt" | "writtenAt" | "trace"
> {
  const place = inFileOf(model);
  const name = target.text;
  const seen = kind === "value" ? `looks at ${name}` : `finds ${name} unset`;
  return {
    function: model,
    target,
    kind,
    isByHelper: model.blocks[block]?.call !== undefined,
    testedAt: place(lookedAt),
    awaitedAt: place(awaitedAt),
    writtenAt: place(writtenAt),
    trace: twoCallsTrace(model, {
      lookedAt,
      awaitedAt,
      writtenAt,
      finds: [seen, kind === "value" ? `sees the same ${name}` : `finds ${name} still unset`],
      writes: [`changes ${name}`, `changes ${name} too, though the test no longer holds`],
    }),
  };
}

const IS_A_NUMBER = /(?:[!=]==?\s*\d+|^\d+\s*[!=]==?.*)$/;

/** `if (this.step !== 1) throw new Error("not yet")`: the steps of a handshake come one after the other, and the test says so. */
function isProtocolStep(model: FunctionModel, { condition, then, otherwise }: SharedTest): boolean {
  if (!IS_A_NUMBER.test(condition.key)) return false;
  return [then, otherwise].some((way) => endFrom(model, way)?.kind === "panic");
}

/** Whether what is found is used, as of a cache: neither refused nor a mark that something was done. */
function isKept(model: FunctionModel, test: SharedTest, write: Operation): boolean {
  if (write.kind === "write" && write.value.kind === "constant") return false;
  const end = wayOut(model, test);
  if (end?.kind === "return") return end.values.some(({ kind }) => kind === "path");
  return end?.kind !== "panic" && end?.kind !== "exit";
}

/** A later write in the same text that empties the state again: to what the test takes for unset. */
function isTakenBack(
  { blocks }: FunctionModel,
  { key, condition }: SharedTest,
  { at }: Operation,
): boolean {
  const isStrict = ONLY_NIL.test(condition.key);
  return blocks.some(({ operations }) =>
    operations.some(
      (operation) =>
        operation.kind === "write" &&
        operation.at.start > at.start &&
        pathKey(operation.path) === key &&
        (operation.value.kind === "nil" ||
          (!isStrict && operation.value.kind === "constant" && UNSET.test(operation.value.text))),
    ),
  );
}

/** `x === null`, `!map.has(key)`: to these false is a value like others. */
const ONLY_NIL = /===(?:null|undefined)$/;

/**
 * What is set where the work has failed is no claim to it: `catch (error) { this.canceled = true; }`. Nor is it where success sets the
 * same: that another call was first is an error that is caught and taken for done.
 */
function writesOnFailure(model: FunctionModel): readonly Operation[] {
  const unfailing = reachedWithoutFailure(model);
  return model.blocks.flatMap(({ operations }, block) =>
    unfailing.has(block) ? [] : operations.filter(({ kind }) => kind === "write"),
  );
}

function isSameWrite(one: Operation, other: Operation): boolean {
  if (one.kind !== "write" || other.kind !== "write") return false;
  if (pathKey(one.path) !== pathKey(other.path)) return false;
  const [value, second] = [one.value, other.value];
  return value.kind === "constant" && second.kind === "constant" && value.text === second.text;
}

/** The blocks that a run comes to without an error that is caught on the way. */
function reachedWithoutFailure({ blocks }: FunctionModel): ReadonlySet<BlockId> {
  const found = new Set<BlockId>();
  const waiting: BlockId[] = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    if (!block || found.has(at) || block.kind === "catch") continue;
    found.add(at);
    waiting.push(...successors(block.end));
  }
  return found;
}

/** How the function ends where the state was found set; undefined where it goes on. */
function wayOut(model: FunctionModel, { otherwise }: SharedTest): Terminator | undefined {
  return endFrom(model, otherwise);
}

function endFrom({ blocks }: FunctionModel, from: BlockId): Terminator | undefined {
  let at: number | undefined = from;
  for (let steps = 0; at !== undefined && steps < 8; steps++) {
    const end: Terminator | undefined = blocks[at]?.end;
    if (end?.kind !== "goto") return end;
    at = end.to;
  }
  return undefined;
}
