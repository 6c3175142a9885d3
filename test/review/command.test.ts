import { expect, it } from "vitest";
import { readCommand } from "../../src/review/command.ts";

it.each([
  ["chokepoint review", { kind: "review" }],
  ["/chokepoint full review please", { kind: "review" }],
  ["chokepoint", { kind: "help" }],
  [
    "Chokepoint IGNORE it is a benchmark",
    { kind: "ignore", rule: undefined, reason: "it is a benchmark" },
  ],
  [
    "chokepoint ignore `go/double-lock` -- known\n\nand more",
    { kind: "ignore", rule: "go/double-lock", reason: "known" },
  ],
  ["chokepoint unignore", { kind: "unignore", rule: undefined }],
  ["chokepoint explain ts/await-in-loop", { kind: "explain", rule: "ts/await-in-loop" }],
  ["chokepoint dance", undefined],
])("%s", (text, expected) => {
  expect(readCommand(text)).toEqual(expected);
});
