import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDirective } from "../../src/engine/directive.ts";

describe("the comments that people type", () => {
  it.each([
    ["chokepoint:ignore go/x -- known", "chokepoint", "place", ["go/x"], "known"],
    [" chokepoint:ignore go/x, go/y -- a -- b", "chokepoint", "place", ["go/x", "go/y"], "a -- b"],
    ["chokepoint:ignore go/x", "chokepoint", "place", ["go/x"], undefined],
    ["chokepoint:ignore-file ts/x -- old", "chokepoint", "file", ["ts/x"], "old"],
    ["nolint:copylocks,govet // by design", "nolint", "block", ["copylocks", "govet"], "by design"],
    [
      "lint:ignore SA2001,SA2003 empty on purpose",
      "staticcheck",
      "place",
      ["SA2001", "SA2003"],
      "empty on purpose",
    ],
    ["lint:file-ignore SA2001 generated", "staticcheck", "file", ["SA2001"], "generated"],
    ["revive:disable:datarace", "revive", "begin", ["datarace"], undefined],
    ["revive:enable:datarace", "revive", "end", ["datarace"], undefined],
    [
      "revive:disable-next-line:datarace it is fine",
      "revive",
      "next-line",
      ["datarace"],
      "it is fine",
    ],
    ["#nosec G118 -- closed elsewhere", "gosec", "place", ["G118"], "closed elsewhere"],
    ["gosec:disable G118", "gosec", "place", ["G118"], undefined],
    [
      "nosemgrep: go.lang.missing-unlock",
      "semgrep",
      "place",
      ["go.lang.missing-unlock"],
      undefined,
    ],
    ["iface:ignore=opaque,unused", "iface", "block", ["opaque", "unused"], undefined],
    [
      "goconcurrencylint:ignore GCL1001, double-lock",
      "goconcurrencylint",
      "place",
      ["GCL1001", "double-lock"],
      undefined,
    ],
    [
      "eslint-disable-next-line no-await-in-loop, no-void -- in order",
      "eslint",
      "next-line",
      ["no-await-in-loop", "no-void"],
      "in order",
    ],
    [
      "eslint-disable-line @typescript-eslint/no-floating-promises",
      "eslint",
      "line",
      ["@typescript-eslint/no-floating-promises"],
      undefined,
    ],
    ["eslint-disable no-await-in-loop", "eslint", "begin", ["no-await-in-loop"], undefined],
    [
      "oxlint-disable-next-line no-await-in-loop",
      "eslint",
      "next-line",
      ["no-await-in-loop"],
      undefined,
    ],
    [
      "biome-ignore lint/performance/noAwaitInLoops: in order",
      "biome",
      "place",
      ["lint/performance/noAwaitInLoops"],
      "in order",
    ],
    ["biome-ignore-all lint/a/b: why", "biome", "file", ["lint/a/b"], "why"],
    [
      "deno-lint-ignore no-await-in-loop require-await",
      "deno",
      "next-line",
      ["no-await-in-loop", "require-await"],
      undefined,
    ],
    [
      "tslint:disable-next-line:no-floating-promises",
      "tslint",
      "next-line",
      ["no-floating-promises"],
      undefined,
    ],
    [
      "node-doctor-disable-next-line lock-not-released -- it is",
      "node-doctor",
      "next-line",
      ["lock-not-released"],
      "it is",
    ],
  ] as const)("reads %s", (text, form, reach, names, reason) => {
    expect(readDirective(text)).toEqual({ form, reach, names, reason });
  });

  it.each([
    "",
    "nolint",
    "NOSONAR",
    "eslint-disable-next-line",
    "see chokepoint:ignore",
    "lint:ignore SA2001",
  ])("asks nothing of us with %j", (text) => expect(readDirective(text)).toBeUndefined());

  it.each([
    "chokepoint:ignore",
    "chokepoint:ignore -- why",
    "chokepoint:ignore: go/x",
    "chokepoint:ignored go/x",
  ])("answers %j without names, so that its author is told", (text) =>
    expect(readDirective(text)).toMatchObject({ form: "chokepoint", names: [] }));

  it("reads any text without a fault, and without long thought", () => {
    const piece = fc.constantFrom(
      "chokepoint:ignore",
      "eslint-disable",
      " ",
      ",",
      "--",
      "a",
      "/",
      "nolint:",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5000 }), (pieces) => {
        readDirective(pieces.join(""));
      }),
    );
    expect(readDirective(`chokepoint:ignore go/x${" ".repeat(1_000_000)}!`)).toBeDefined();
  });
});
