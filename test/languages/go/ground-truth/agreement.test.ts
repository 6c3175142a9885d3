import { describe, expect, it } from "vitest";
import { diskSnapshot, goTree } from "../go-tree.ts";
import { agreementOn, groundTruth } from "./agreement.ts";

const PACKAGES = [
  "net/http",
  "sync",
  "database/sql",
  "go/types",
  "container/heap",
  "container/list",
  "container/ring",
  "context",
  "encoding/json",
  "maps",
  "os/exec",
  "slices",
];

const tree = goTree();

/**
 * Every answer is held against Go's own type checker. Generic function names are left out (their type is told per call),
 * and so are constants without a type, which take theirs from their surroundings.
 */
describe.skipIf(tree === undefined)("agreement with go/types (needs Go)", () => {
  const truths = tree === undefined ? [] : groundTruth(PACKAGES);

  it.each(PACKAGES)("%s, its imports with source", (directory) => {
    const { asked, answered, wrong } = agreementOn(
      directory,
      truths,
      diskSnapshot(tree ?? ""),
      false,
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(asked).toBeGreaterThan(100);
    expect(answered / asked).toBeGreaterThan(0.99);
  });

  it.each(PACKAGES)("%s alone, its imports from the tables", (directory) => {
    const { asked, answered, wrong } = agreementOn(
      directory,
      truths,
      diskSnapshot(tree ?? ""),
      true,
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(answered / asked).toBeGreaterThan(0.9);
  });
});
