import { describe, expect, it } from "vitest";
import { gitSnapshot } from "../../src/adapters/git-snapshot.ts";

describe("a snapshot of a tree that git knows", () => {
  it("starts git a few times, however many directories are read, and leaves vendored ones alone", () => {
    const paths = Array.from({ length: 500 }, (_, index) => `pkg${index}/a.go`);
    const entries = [...paths, "vendor/x/x.go"].map((path) => ({
      path,
      id: `id ${path}`,
      size: 9,
    }));
    const asked: (readonly string[])[] = [];
    const snapshot = gitSnapshot(entries, (ids) => {
      asked.push(ids);
      return ids.map((id) => Buffer.from(`// ${id}`));
    });
    for (const path of paths) expect(snapshot.read(path)).toBe(`// id ${path}`);
    expect(asked.length).toBeLessThan(15);
    expect(asked.flat()).not.toContain("id vendor/x/x.go");
    expect(new Set(asked.flat()).size).toBe(asked.flat().length);
  });

  it("reads what two states share once", () => {
    const asked: string[] = [];
    const read = (ids: readonly string[]) => {
      asked.push(...ids);
      return ids.map((id) => Buffer.from(id));
    };
    const entries = [{ path: "a.go", id: "the same content", size: 9 }];
    expect(gitSnapshot(entries, read).read("a.go")).toBe("the same content");
    expect(gitSnapshot(entries, read).read("a.go")).toBe("the same content");
    expect(asked).toEqual(["the same content"]);
  });
});
