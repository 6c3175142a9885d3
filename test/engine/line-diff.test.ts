import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedFile, parseDiff } from "../../src/engine/diff.ts";
import { linesChanged } from "../../src/engine/line-diff.ts";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");

describe("the lines that a change wrote, without a diff", () => {
  it("are those that git would name", () => {
    const before = numbered(1, 20);
    const after = before.replace("10\n", "ten\nmore\n").replace("15\n", "");
    expect(linesChanged(before, after)).toEqual({
      added: [{ from: 10, to: 11 }],
      removedBefore: [10, 16],
      shown: [{ from: 7, to: 19 }],
    });
    expect(linesChanged("", "a\nb\n").added).toEqual([{ from: 1, to: 2 }]);
    expect(linesChanged("a\nb", "a\n").removedBefore).toEqual([2]);
    expect(linesChanged("a\n", "a\n")).toEqual({ added: [], removedBefore: [], shown: [] });
  });

  it("leave the old text when they are taken out, for any two texts", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, now) => {
        const { added, shown } = linesChanged(
          old.map((line) => `${line}\n`).join(""),
          now.map((line) => `${line}\n`).join(""),
        );
        const isNew = (line: number) => added.some(({ from, to }) => from <= line && line <= to);
        const kept = now.filter((_, index) => !isNew(index + 1));
        let at = 0;
        for (const line of old) if (line === kept[at]) at++;
        expect(at).toBe(kept.length);
        for (const { from, to } of added)
          expect(shown.some((one) => one.from <= from && to <= one.to)).toBe(true);
      }),
    );
  });

  it("give up on texts that have nothing in common, and call all of it new", () => {
    const { added } = linesChanged(numbered(1, 3000), numbered(10_000, 13_000));
    expect(added).toEqual([{ from: 1, to: 3001 }]);
  });
});

describe("a patch as GitHub lists it", () => {
  it("reads as the diff that it was taken from", () => {
    const patch = "@@ -1,3 +1,3 @@ func f()\n a\n-b\n+c\n d";
    const diff = `diff --git a/x.go b/x.go\n--- a/x.go\n+++ b/x.go\n${patch}\n`;
    const names = { file: "x.go", oldFile: undefined, status: "modified" } as const;
    expect(changedFile(names, patch)).toEqual(parseDiff(diff)[0]);
    expect(changedFile(names, undefined).added).toEqual([]);
  });
});
