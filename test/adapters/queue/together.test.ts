import { expect, it } from "vitest";
import { together } from "../../../src/adapters/queue/together.ts";

it("writes together what comes while something is written, each with its own answer", async () => {
  const batches: (readonly number[])[] = [];
  const double = together<number, number>(async (items) => {
    batches.push(items);
    return items.map((item) => 2 * item);
  }, 3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(await double(6)).toBe(12);
});

it("lets nobody fail for another", async () => {
  const keep = together<string, string>(async (items) => {
    if (items.includes("bad")) throw new Error("no");
    return items;
  }, 10);
  const ends = await Promise.allSettled(["first", "good", "bad", "fine"].map(keep));
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});
