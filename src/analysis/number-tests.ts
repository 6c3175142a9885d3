import type { Condition } from "../model/function.ts";

/** A test of something against a whole number: `n==0`, `n<3`, `2<n`. */
interface NumberTest {
  readonly subject: string;
  readonly operator: "==" | "<" | ">";
  readonly bound: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

type Outcomes = ReadonlyMap<string, { readonly holds: boolean }>;

/** What known tests of the same thing say of one more: after `n == 0` has held, `n > 0` does not. */
export function impliedByNumbers(outcomes: Outcomes, key: string): boolean | undefined {
  const asked = outcomes.size === 0 ? undefined : numberTest(key);
  if (!asked) return undefined;
  let { low, high } = EVERYTHING;
  for (const [known, { holds }] of outcomes) {
    const test = numberTest(known);
    if (test?.subject !== asked.subject) continue;
    const range = rangeOf(test, holds);
    low = Math.max(low, range.low);
    high = Math.min(high, range.high);
  }
  const wanted = rangeOf(asked, true);
  if (wanted.low > high || wanted.high < low) return false;
  return wanted.low <= low && high <= wanted.high ? true : undefined;
}

/** Tests of one thing against several numbers, which tell of each other. */
export function relatedTests(conditions: readonly Condition[]): readonly string[] {
  const keysOf = new Map<string, Set<string>>();
  for (const { key } of conditions) {
    const subject = numberTest(key)?.subject;
    if (subject === undefined) continue;
    keysOf.set(subject, (keysOf.get(subject) ?? new Set()).add(key));
  }
  return [...keysOf.values()].filter(({ size }) => size > 1).flatMap((keys) => [...keys]);
}

/** `depth > 8`: asked to come to an end, not to be told what to do. */
export function isLimit(key: string): boolean {
  const operator = numberTest(key)?.operator;
  return operator !== undefined && operator !== "==";
}

function numberTest(key: string): NumberTest | undefined {
  const [, left = "", operator, right = ""] = /^([^=<]+)(==|<)([^=<]+)$/.exec(key) ?? [];
  if (NUMBER.test(right) && !NUMBER.test(left))
    return { subject: left, operator: operator === "<" ? "<" : "==", bound: Number(right) };
  return operator === "<" && NUMBER.test(left)
    ? { subject: right, operator: ">", bound: Number(left) }
    : undefined;
}

const NUMBER = /^\d+$/;
const EVERYTHING: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function rangeOf({ operator, bound }: NumberTest, holds: boolean): Range {
  if (operator === "==") return holds ? { low: bound, high: bound } : EVERYTHING;
  if (operator === "<")
    return holds ? { ...EVERYTHING, high: bound - 1 } : { ...EVERYTHING, low: bound };
  return holds ? { ...EVERYTHING, low: bound + 1 } : { ...EVERYTHING, high: bound };
}
