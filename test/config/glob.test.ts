import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { globMatcher } from "../../src/config/glob.ts";

describe("a glob", () => {
  it.each([
    ["*.go", "a.go", true],
    ["*.go", "a/b.go", false],
    ["**/*.go", "a.go", true],
    ["**/*.go", "a/b/c.go", true],
    ["a/**", "a/b/c", true],
    ["a/**/c", "a/c", true],
    ["a/**/c", "a/b/d", false],
    ["a/*/c", "a/b/b/c", false],
    ["a?c.ts", "abc.ts", true],
    ["a?c.ts", "a/c.ts", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[]]x", "]x", true],
    ["*.{ts,tsx}", "a.tsx", true],
    ["{a,b/{c,d}}/*.go", "b/d/x.go", true],
    ["{a}", "{a}", true],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["!*.go", "a.ts", true],
    ["!*.go", "a.go", false],
    [".*", ".env", true],
    ["*", ".env", true],
    ["", "a", false],
    ["pages/[id].ts", "pages/i.ts", true],
    ["é*", "éa", true],
    ["?", "😀", true],
    ["a[", "a[", true],
    ["a\\", "a\\", true],
  ])("%s and %s: %s", (glob, path, expected) => {
    expect(globMatcher(glob)(path)).toBe(expected);
  });

  it("means what picomatch means", () => {
    const level = fc
      .array(fc.constantFrom("a", "b", "*", "?", "[ab]", "[^b]", "{a,bb}", "x{,b}"), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join("").replace(/\*+/g, "*"));
    // What `**` at the end does with no name left is nobody's question: a path is a file's.
    const glob = fc
      .tuple(fc.array(fc.oneof(level, fc.constant("**")), { maxLength: 3 }), level)
      .map(([levels, last]) => [...levels, last].join("/"));
    const name = fc
      .array(fc.constantFrom("a", "b", "x"), { minLength: 1, maxLength: 4 })
      .map((letters) => letters.join(""));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
    fc.assert(
      fc.property(glob, path, (one, file) => {
        expect(globMatcher(one)(file)).toBe(picomatch(one, { dot: true })(file));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    "+(+(a))b",
    "*a*a*a*a*a*a*a*a*b",
    "a/**/a/**/a/**/a/**/a/**/a/**/b",
    "{a,aa}*{a,aa}*{a,aa}*{a,aa}*{a,aa}*{a,aa}*{a,aa}*b",
    "{".repeat(5_000) + "a,b".repeat(5_000),
    "[".repeat(5_000),
    `${"**/".repeat(2_000)}b`,
  ])("%s is no way to keep anybody busy", (glob) => {
    const started = performance.now();
    const matches = globMatcher(glob);
    expect([matches("a".repeat(2_000)), matches("a/".repeat(2_000))]).toEqual([false, false]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
