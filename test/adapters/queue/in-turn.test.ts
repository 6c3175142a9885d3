import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurn } from "../../../src/adapters/queue/in-turn.ts";

it("does one after the other, in order, with the event loop's turns between them", async () => {
  const queue = inTurn();
  const done: (number | string)[] = [];
  const works = [1, 2, 3, 4].map((number) => queue(async () => done.push(number)));
  for (const name of ["a", "b", "c"]) {
    await turn();
    done.push(name);
  }
  await Promise.all(works);
  expect(done.filter((one) => typeof one === "number")).toEqual([1, 2, 3, 4]);
  expect(done.indexOf("b")).toBeLessThan(done.indexOf(4));
});

it("goes on after a failure, which is its own's alone", async () => {
  const queue = inTurn();
  const ends = await Promise.allSettled([
    queue(() => Promise.reject(new Error("no"))),
    queue(async () => 2),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});
