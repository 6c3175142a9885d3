import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { ChangedFile } from "../../src/engine/diff.ts";
import { freshFindings } from "../../src/review/fresh-findings.ts";

function finding(file: string, line: number, identity: string): Finding {
  return {
    rule: "go/double-lock",
    severity: "error",
    confidence: "high",
    at: { file, start: 0, end: 1, line, column: 1, endLine: line, endColumn: 2 },
    message: "",
    fingerprint: "",
    identity,
    related: [],
    fixes: [],
  };
}

function change(file: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    file,
    oldFile: undefined,
    status: "modified",
    added: [],
    removedBefore: [],
    shown: [],
    ...more,
  };
}

function fresh(after: Finding[], before: Finding[], changes: ChangedFile[]): string[] {
  return [...freshFindings(after, before, changes)].map(({ at }) => `${at.file}:${at.line}`);
}

describe("the findings that a change brought", () => {
  it("are not those that only moved to other lines", () => {
    expect(fresh([finding("a.go", 9, "x")], [finding("a.go", 5, "x")], [change("a.go")])).toEqual(
      [],
    );
  });

  it("are the copies that it wrote, where one was there before", () => {
    const changes = [change("a.go", { added: [{ from: 3, to: 5 }] })];
    const after = [finding("a.go", 4, "x"), finding("a.go", 20, "x")];
    expect(fresh(after, [finding("a.go", 17, "x")], changes)).toEqual(["a.go:4"]);
  });

  it("are those of a file that is a copy of another one", () => {
    const changes = [change("b.go", { status: "added", added: [{ from: 1, to: 30 }] })];
    const after = [finding("a.go", 5, "x"), finding("b.go", 5, "x")];
    expect(fresh(after, [finding("a.go", 5, "x")], changes)).toEqual(["b.go:5"]);
  });

  it("are not those of a renamed file, nor of code that went to another one", () => {
    const renamed = change("b.go", { oldFile: "a.go", status: "renamed" });
    expect(fresh([finding("b.go", 5, "x")], [finding("a.go", 5, "x")], [renamed])).toEqual([]);
    const moved = [change("a.go"), change("b.go", { added: [{ from: 1, to: 9 }] })];
    expect(fresh([finding("b.go", 5, "x")], [finding("a.go", 5, "x")], moved)).toEqual([]);
  });
});
