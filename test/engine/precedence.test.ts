import { describe, expect, it } from "vitest";
import { type Claim, withPrecedence } from "../../src/engine/precedence.ts";

function claim(
  rule: string,
  start: number,
  end: number,
  confidence: Claim["confidence"] = "high",
): Claim {
  return { rule, confidence, about: [{ file: "a.go", start, end }] };
}

function speaking(claims: Claim[], yields: Record<string, string[]>): string[] {
  return withPrecedence(claims, (rule) => yields[rule] ?? []).map(({ rule }) => rule);
}

describe("precedence", () => {
  const yields = { general: ["special"], special: ["precise"] };

  it("silences a rule where one that it yields to speaks about the same operation", () => {
    expect(speaking([claim("general", 0, 5), claim("special", 3, 9)], yields)).toEqual(["special"]);
  });

  it("lets both speak about different operations, or in different files", () => {
    const elsewhere = { ...claim("special", 0, 5), about: [{ file: "b.go", start: 0, end: 5 }] };
    expect(speaking([claim("general", 0, 5), claim("special", 5, 9), elsewhere], yields)).toEqual([
      "general",
      "special",
      "special",
    ]);
  });

  it("compares every operation that a fault is about", () => {
    const wide = {
      ...claim("general", 50, 60),
      about: [
        { file: "a.go", start: 50, end: 60 },
        { file: "a.go", start: 0, end: 5 },
      ],
    };
    expect(speaking([wide, claim("special", 0, 5)], yields)).toEqual(["special"]);
  });

  it("lets nobody be silenced by one who is silenced", () => {
    const claims = [claim("general", 0, 4), claim("special", 2, 8), claim("precise", 6, 9)];
    expect(speaking(claims, yields)).toEqual(["general", "precise"]);
  });

  it("lets no heuristic silence a sure finding", () => {
    const claims = [claim("general", 0, 5, "medium"), claim("special", 0, 5, "low")];
    expect(speaking(claims, yields)).toEqual(["general", "special"]);
  });

  it("lets one speak where two yield to each other", () => {
    const circle = { a: ["b"], b: ["a"] };
    expect(speaking([claim("a", 0, 5), claim("b", 0, 5)], circle)).toHaveLength(1);
  });
});
