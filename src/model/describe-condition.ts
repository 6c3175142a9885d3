import type { Condition } from "./function.ts";

/** A condition as its canonical key, without the places that make variables unique. */
export function describeCondition({ key, negated, acquires }: Condition): string {
  const readable = key.replace(/[^\s()=<[]*:(\d+)/g, "#$1");
  const test = negated ? `not ${readable}` : readable;
  return acquires ? `${test} (locks ${acquires.lock.text})` : test;
}
