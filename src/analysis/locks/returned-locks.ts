import type { FunctionModel } from "../../model/function.ts";
import type { Value } from "../../model/operation.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import type { Acquisition } from "./acquisition.ts";
import type { HandedOut, LeftHeld } from "./lock-summary.ts";

/** A return, with what is held there and what the path has released of its callers'. */
export interface WayOut {
  readonly held: readonly Acquisition[];
  readonly givenUp: ReadonlyMap<string, AccessPath>;
  readonly handsOut: readonly HandedOut[];
  readonly values: readonly Value[];
}

/** Locks of the function's own variables that are held where it returns them: `shard.Lock(); return shard`. */
export function handedOut(
  { id }: FunctionModel,
  held: readonly Acquisition[],
  values: readonly Value[],
): readonly HandedOut[] {
  return held.flatMap((one): HandedOut[] => {
    const { root, steps } = one.lock;
    // The lock itself, by a name of its own, is no part of what is returned.
    if (root.kind !== "variable" || steps.length === 0) return [];
    const { role, declaredIn } = root.variable;
    if (declaredIn !== id || (role !== "local" && role !== "result")) return [];
    const result = resultOf(root.variable, values);
    return result < 0 ? [] : [{ result, held: one }];
  });
}

function resultOf(variable: Variable, values: readonly Value[]): number {
  // `return` alone returns the results by their names.
  if (values.length === 0) return variable.role === "result" ? variable.index : -1;
  return values.findIndex(
    (value) =>
      value.kind === "path" &&
      value.path.steps.length === 0 &&
      value.path.root.kind === "variable" &&
      value.path.root.variable.id === variable.id,
  );
}

/** What every way out hands out, whichever variable it comes from. */
export function handedOutAlways(ways: readonly WayOut[]): readonly HandedOut[] {
  const [first, ...others] = ways;
  return (first?.handsOut ?? []).filter((one) =>
    others.every(({ handsOut }) => handsOut.some((other) => isSame(one, other))),
  );
}

/** What all ways out that return no error leave held, and no other one does. */
export function heldOnSuccess(
  ways: readonly WayOut[],
  isVisible: (lock: AccessPath) => boolean,
): readonly (HandedOut | LeftHeld)[] {
  const good = ways.filter(({ values }) => values.at(-1)?.kind === "nil");
  const bad = ways.filter((way) => !good.includes(way));
  if (good.length === 0 || bad.length === 0) return [];
  if (bad.some(({ values }) => values.length === 0)) return [];
  const [first = [], ...others] = good.map((way) => leftBy(way, isVisible));
  return first.filter(
    (one) =>
      others.every((way) => way.some((other) => isSame(one, other))) &&
      !bad.some((way) => leftBy(way, isVisible).some((other) => isSame(one, other))) &&
      !ways.some(({ givenUp }) => givenUp.has(one.held.key)),
  );
}

function leftBy(
  { held, handsOut }: WayOut,
  isVisible: (lock: AccessPath) => boolean,
): readonly (HandedOut | LeftHeld)[] {
  const visible = held.filter(({ lock }) => isVisible(lock));
  return [...handsOut, ...visible.map((one): LeftHeld => ({ result: undefined, held: one }))];
}

function isSame(left: HandedOut | LeftHeld, right: HandedOut | LeftHeld): boolean {
  const [mine, theirs] = [left.held, right.held];
  if (left.result !== right.result || mine.mode !== theirs.mode) return false;
  return left.result === undefined ? mine.key === theirs.key : suffix(mine) === suffix(theirs);
}

/** The way from what is returned to its lock. */
function suffix({ lock }: Acquisition): string | undefined {
  return pathKey({ ...lock, root: { kind: "site", at: { file: "", start: 0, end: 0 } } });
}
