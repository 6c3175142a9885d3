import { expect, test } from "vitest";
import { loadParser } from "../../src/syntax/parser.ts";

/** In a file of its own, since a process has one parser memory, whose size is the first one's to say. */
const parser = await loadParser(["go", "typescript"], {
  limits: { memory: 64 * 1024 * 1024, callbacks: 1_000_000 },
});

test("a parser that runs out of memory goes on with the next file as if nothing had been", () => {
  const go = "package p\n\nfunc f() { g(1) }\n";
  const typescript = "class A { async b() { await c(d + e) } }\n".repeat(500);
  const before = [parser.parse(go, "go"), parser.parse(typescript, "typescript")];
  for (let again = 0; again < 3; again++) {
    expect(parser.parse("a(".repeat(250_000), "go")).toEqual({
      ok: false,
      reason: "too-large",
      message: "parsing needs more memory than a file may have",
    });
    expect([parser.parse(go, "go"), parser.parse(typescript, "typescript")]).toEqual(before);
  }
});
