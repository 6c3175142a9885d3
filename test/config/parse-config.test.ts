import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { configParser } from "../../src/config/parse-config.ts";
import { configSchema } from "../../src/config/schema.ts";

const rules = [
  {
    id: "go/oversized-interface",
    aliases: ["interfacebloat"],
    docs: { summary: "Interface with many methods" },
    options: {
      limit: { type: "number", default: 10, description: "methods" },
      names: { type: "string[]", default: [], description: "left alone" },
    },
  },
  { id: "ts/await-in-loop", docs: { summary: "Await in a loop" } },
] as const;
const parse = configParser(rules);

function problems(text: string): string[] {
  const parsed = parse(".chokepoint.yml", text);
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("a configuration", () => {
  it("may have every key of the documentation", () => {
    const text = `
extends: ./shared.yml
include: ["**"]
exclude: ["third_party/**"]
rules:
  go/oversized-interface: { severity: warning, limit: 12, names: [Store] }
  ts/await-in-loop: off
  interfacebloat: info
  chokepoint/missing-reason: off
min-confidence: medium
fail-on: warning
suppressions: { require-reason: true }
overrides: [{ files: ["**/*_test.go"], rules: { ts/await-in-loop: error } }]
review: { filter: added, max-comments: 10, mode: comment, ignore-drafts: true, ignore-authors: ["*[bot]"] }
`;
    expect(problems(text)).toEqual([]);
  });

  it("may be empty", () => {
    expect(problems("")).toEqual([]);
    expect(problems("# nothing yet\n")).toEqual([]);
  });

  it.each([
    ["ruls: {}", ["1:1 unknown key `ruls`; did you mean `rules`?"]],
    [
      "suppressions:\n  requirereason: true",
      ["2:3 unknown key `requirereason` in `suppressions`; did you mean `require-reason`?"],
    ],
    [
      "review:\n  colour: red",
      [
        "2:3 unknown key `colour` in `review`; known are `filter`, `max-comments`, `mode`, `block`, `ignore-drafts`, `ignore-authors`, `ignore-titles`, `ignore-labels`, `ignore-branches`, `code-scanning`, `resolve-threads`",
      ],
    ],
    [
      "rules:\n  go/oversize-interface: off",
      [
        "2:3 unknown rule `go/oversize-interface` in `rules`; did you mean `go/oversized-interface`?",
      ],
    ],
    [
      "rules:\n  python/x: off",
      ["2:3 unknown rule `python/x` in `rules`; `chokepoint rules` lists them"],
    ],
    [
      "rules:\n  go/oversized-interface: { limt: 3 }",
      ["2:29 unknown key `limt` in `rules.go/oversized-interface`; did you mean `limit`?"],
    ],
    [
      "rules:\n  ts/await-in-loop: sometimes",
      ["2:21 `rules.ts/await-in-loop` should be one of `off`, `on`, `error`, `warning`, `info`"],
    ],
    [
      "rules:\n  go/oversized-interface:\n    limit: many",
      ["3:12 `rules.go/oversized-interface.limit` should be a number"],
    ],
    ["include: src", ["1:10 `include` should be a list"]],
    ["fail-on: critical", ["1:10 `fail-on` should be one of `error`, `warning`, `info`, `never`"]],
    ["overrides:\n  - files: ['**/*.go']", ["2:5 `overrides[0]` lacks `rules`"]],
    ["- a\n- b", ["1:1 the file should be a map of keys to values"]],
    [
      "fail-on: never\nmin-confidence: low\nextras: 1\nruls: {}",
      [
        "3:1 unknown key `extras`; did you mean `extends`?",
        "4:1 unknown key `ruls`; did you mean `rules`?",
      ],
    ],
  ])("%j is told with its place and the fix", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("that is no YAML is told with its place", () => {
    const [first = ""] = problems("rules:\n  go/x: [off\nfail-on: never\n");
    expect(first).toMatch(/^3:\d+ /);
    expect(problems("a: 1\na: 2")).toEqual([expect.stringMatching(/^2:1 map keys must be unique/)]);
  });

  it("cannot blow up by its own references, or by its size", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [before, name] of ["ab", "bc", "cd", "de", "ef", "fg", "gh"])
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    expect(problems(bomb.join("\n"))).toHaveLength(1);
    expect(problems("#".repeat(1_000_001))).toEqual([
      "1:1 this file is too large for a configuration",
    ]);
  });
});

describe("the schema", () => {
  it("is a schema, and describes each rule with its options", () => {
    const schema = configSchema(rules);
    expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true);
    const text = JSON.stringify(schema);
    expect(text).toContain("Interface with many methods");
    expect(text).toContain('"limit":{"description":"methods","type":"number","default":10}');
  });
});
