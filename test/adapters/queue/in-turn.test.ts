import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurn, type Line } from "../../../src/adapters/queue/in-turn.ts";

it("does one after the other, in order", async () => {
  const [queue] = inTurn(1) as [Line];
  let [running, most] = [0, 0];
  const done: number[] = [];
  const works = [1, 2, 3].map((number) =>
    queue(async () => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      done.push(number);
    }),
  );
  await Promise.all(works);
  expect(most).toBe(1);
  expect(done).toEqual([1, 2, 3]);
});

it("goes on after a failure, which is its own's alone", async () => {
  const [queue] = inTurn(1) as [Line];
  const ends = await Promise.allSettled([
    queue(() => Promise.reject(new Error("no"))),
    queue(async () => 2),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

it("takes from each line in turn: what comes last to an empty line waits for one of the others", async () => {
  const [urgent, usual] = inTurn(2) as [Line, Line];
  const done: string[] = [];
  const works = ["a", "b", "c", "d"].map((name) => usual(async () => done.push(name)));
  await works[0];
  const asked = urgent(async () => done.push("1"));
  await Promise.all([...works, asked, urgent(async () => done.push("2"))]);
  expect(done.indexOf("1")).toBeLessThanOrEqual(2);
  expect(done).toHaveLength(6);
  expect(done.filter((name) => name > "9").join("")).toBe("abcd");
  expect(done.at(-1)).toBe("d");
});
