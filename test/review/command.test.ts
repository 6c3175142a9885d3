import { expect, it } from "vitest";
import { readCommand } from "../../src/review/command.ts";

it.each([
  ["chokepoint review", { kind: "review" }],
  ["/chokepoint full review please", { kind: "review" }],
  ["chokepoint", { kind: "help" }],
  [
    "Chokepoint IGNORE it is a benchmark",
    { kind: "ignore", rule: undefined, reach: "pull", reason: "it is a benchmark" },
  ],
  [
    "chokepoint ignore `go/double-lock` -- known\n\nand more",
    { kind: "ignore", rule: "go/double-lock", reach: "pull", reason: "known" },
  ],
  [
    "chokepoint ignore go/double-lock --in `a/b.go` known",
    { kind: "ignore", rule: "go/double-lock", reach: { file: "a/b.go" }, reason: "known" },
  ],
  [
    "chokepoint ignore go/double-lock --everywhere",
    { kind: "ignore", rule: "go/double-lock", reach: "everywhere", reason: "" },
  ],
  [
    "chokepoint ignore --everywhere",
    { kind: "ignore", rule: undefined, reach: "everywhere", reason: "" },
  ],
  ["chokepoint unignore", { kind: "unignore", rule: undefined, reach: "pull" }],
  [
    "chokepoint unignore go/double-lock --everywhere",
    { kind: "unignore", rule: "go/double-lock", reach: "everywhere" },
  ],
  ["chokepoint config", { kind: "config" }],
  ["chokepoint explain ts/await-in-loop", { kind: "explain", rule: "ts/await-in-loop" }],
  ["chokepoint dance", undefined],
])("%s", (text, expected) => {
  expect(readCommand(text)).toEqual(expected);
});
