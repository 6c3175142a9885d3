import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING } from "./in-process.ts";

const HUB = `package hub

import "sync"

type Hub struct {
	mu     sync.Mutex
	events chan int
}

func (h *Hub) publish(e int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events <- e
}
`;

describe("rules and explain", () => {
  it("list every rule, as a table and as JSON", async () => {
    const root = temporaryTree();
    const table = await chokepoint(root, ["rules"]);
    expect(table.out).toMatch(/^ts\/floating-promise +error +\S/m);
    const { out } = await chokepoint(root, ["rules", "--json"]);
    const rules = JSON.parse(out) as { id: string; summary: string }[];
    expect(rules.length).toBe(table.out.trim().split("\n").length);
    expect(rules.every(({ summary }) => summary.length > 0)).toBe(true);
  });

  it("explain a rule, also by another tool's name for it", async () => {
    const root = temporaryTree();
    const { out, code } = await chokepoint(root, ["explain", "ts/floating-promise"]);
    expect(code).toBe(0);
    for (const part of [
      "Why it matters",
      "What to do",
      "Found:",
      "Not found:",
      "chokepoint:ignore ts/floating-promise -- reason",
    ])
      expect(out).toContain(part);
    expect(out).not.toContain("// want");
    const other = await chokepoint(root, ["explain", "@typescript-eslint/no-floating-promises"]);
    expect(other.out).toContain("ts/floating-promise");
  });
});

describe("model and why", () => {
  it("print the model of the function at a line", async () => {
    const root = temporaryTree({ "hub.go": HUB });
    const { out, code } = await chokepoint(root, ["model", "hub.go:11"]);
    expect(code).toBe(0);
    expect(out).toMatch(/lock h\.mu .*\n.*defer.*send h\.events/s);
    const mermaid = await chokepoint(root, ["model", "hub.go:11", "--mermaid"]);
    expect(mermaid.out).toMatch(/^flowchart/m);
    const outside = await chokepoint(root, ["model", "hub.go:1"]);
    expect(outside).toMatchObject({ code: 2, said: expect.stringContaining("in no function") });
  });

  it("say what is known, which rules looked, and what became of findings", async () => {
    const root = temporaryTree({ "hub.go": HUB });
    const { out } = await chokepoint(root, ["why", "hub.go:13"]);
    expect(out).toMatch(/^hub\.go:13, in \(\*Hub\)\.publish \(lines 10 to 14\)/);
    expect(out).toContain("line 13: send h.events");
    expect(out).toMatch(/go\/captured-write-race: did not look: no word of its interest/);
  });

  it("name the suppression that silenced a finding", async () => {
    const text = FLOATING.replace(
      "  save();",
      "  // chokepoint:ignore ts/floating-promise -- told elsewhere\n  save();",
    );
    const root = temporaryTree({ "a.ts": text });
    const { out } = await chokepoint(root, ["why", "a.ts:6"]);
    expect(out).toContain("suppressed by the comment in line 5 (told elsewhere)");
  });
});

describe("config", () => {
  it("verify finds every mistake in every file", async () => {
    const root = temporaryTree({
      ".chokepoint.yml": "fail-on: never\nruls: {}\n",
      "a/.chokepoint.yml": "review: { modus: x }\n",
      "b/.chokepoint.yml": "fail-on: info\n",
    });
    const { code, out } = await chokepoint(root, ["config", "verify"]);
    expect(code).toBe(2);
    expect(out.trim().split("\n")).toEqual([
      ".chokepoint.yml:2:1: error: unknown key `ruls`; did you mean `rules`?",
      "a/.chokepoint.yml:1:11: error: unknown key `modus` in `review`; did you mean `mode`?",
    ]);
    const fine = await chokepoint(root, ["config", "verify", "b/.chokepoint.yml"]);
    expect(fine).toMatchObject({ code: 0, said: "1 configuration file is fine\n" });
  });

  it("show prints what holds for a path", async () => {
    const root = temporaryTree({
      "a.ts": "",
      "a_test.ts": "",
      ".chokepoint.yml":
        "exclude: [a.ts]\noverrides: [{ files: ['*_test.ts'], rules: { ts/floating-promise: off } }]\n",
    });
    const shown = async (path: string) =>
      JSON.parse((await chokepoint(root, ["config", "show", path])).out);
    expect(await shown("a.ts")).toMatchObject({
      file: ".chokepoint.yml",
      included: false,
      rules: { "ts/floating-promise": "error" },
      "min-confidence": "medium",
    });
    expect(await shown("a_test.ts")).toMatchObject({
      included: true,
      rules: { "ts/floating-promise": "off" },
    });
    expect((await shown(".")).included).toBeUndefined();
  });
});

describe("doctor", () => {
  it("tells versions, parser, grammars, git and configuration", async () => {
    const root = temporaryTree({ ".chokepoint.yml": "fail-on: never" });
    const { out, code } = await chokepoint(root, ["doctor"]);
    expect(code).toBe(0);
    for (const name of [
      "chokepoint",
      "node",
      "parser",
      "grammar go",
      "grammar tsx",
      "git",
      "configuration",
    ])
      expect(out).toMatch(new RegExp(`^ok +${name} `, "m"));
  });

  it("exits with 2 where the configuration keeps us from working", async () => {
    const root = temporaryTree({ ".chokepoint.yml": "x: 1" });
    const { out, code } = await chokepoint(root, ["doctor"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^WRONG configuration +\.chokepoint\.yml:1:1: unknown key `x`/m);
  });
});
