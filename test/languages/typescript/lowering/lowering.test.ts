import { describe, expect, it } from "vitest";
import { printed } from "./model-of.ts";

function lines(text: string, name: string): string[] {
  return printed(text, name)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const MAKE = "declare function make(): Promise<string>;\nlet value: string | undefined;\n";

describe("the lowering of TypeScript", () => {
  it("makes of a test and an await a branch, an await and a write, in order", () => {
    const text = `${MAKE}export async function get() { if (!value) { value = await make(); } return value; }`;
    expect(lines(text, "get")).toEqual([
      "0 body",
      "read value",
      expect.stringMatching(/^if not .* → 2, else → 1$/),
      "1 if-then",
      expect.stringMatching(/^make\(\) = call/),
      "await make()",
      "write value",
      "→ 2",
      "2 body",
      "read value",
      "return value",
    ]);
  });

  it("leads a rejected await to the catch, and every way through the finally", () => {
    const text = `${MAKE}declare function close(): void;
export async function f() { try { await make(); } catch (error) { value = ""; } finally { close(); } }`;
    const all = lines(text, "f");
    expect(all.some((line) => line.endsWith("catch"))).toBe(true);
    expect(all.filter((line) => line.includes("close() = call")).length).toBeGreaterThanOrEqual(1);
    expect(all.indexOf("write value")).toBeGreaterThan(
      all.findIndex((line) => line.endsWith("catch")),
    );
  });

  it("awaits at every turn of for await, and at a yield", () => {
    const text =
      "export async function* f(items: AsyncIterable<string>) { for await (const item of items) yield item; }";
    const all = lines(text, "f");
    expect(all).toContain("await items");
    expect(all.some((line) => line.startsWith("loop over items"))).toBe(true);
    expect(all.filter((line) => line.startsWith("await")).length).toBe(2);
  });

  it("disposes of what is declared with await using on every way out", () => {
    const text = `declare function open(): Promise<AsyncDisposable>;
export async function f(early: boolean) { await using file = await open(); if (early) return 1; return 2; }`;
    const all = lines(text, "f");
    expect(all.filter((line) => line === "call unknown dispose()").length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it("calls behind optional chaining only where there is something", () => {
    const text = "export async function f(x?: { run(): Promise<void> }) { await x?.run(); }";
    const all = lines(text, "f");
    const branch = all.findIndex((line) => line.startsWith("if "));
    expect(branch).toBeGreaterThan(-1);
    expect(all.findIndex((line) => line.includes("x?.run()"))).toBeGreaterThan(branch);
  });

  it("takes a break, a continue and a label where they lead", () => {
    const text = `${MAKE}export async function f(rows: string[][]) {
  outer: for (const row of rows) { for (const cell of row) { if (cell === "") continue outer; if (cell === "x") break outer; value = cell; } }
  await make();
}`;
    const all = lines(text, "f");
    expect(all.filter((line) => line.startsWith("loop over")).length).toBe(2);
    expect(all).toContain("write value");
    expect(all).toContain("await make()");
  });

  it("keeps a lock for as long as its callback runs", () => {
    const text = `import { Mutex } from "async-mutex";
const mutex = new Mutex();
${MAKE}export async function f() { await mutex.runExclusive(async () => { value = await make(); }); }`;
    const all = lines(text, "f");
    expect(all.findIndex((line) => line.startsWith("lock mutex"))).toBeGreaterThan(-1);
    expect(all.findIndex((line) => line.startsWith("unlock mutex"))).toBeGreaterThan(
      all.findIndex((line) => line.startsWith("lock mutex")),
    );
  });
});
