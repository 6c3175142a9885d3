import { describe, expect, it } from "vitest";
import { createUse } from "../../../src/core/analysis.ts";
import { invariant } from "../../../src/core/invariant.ts";
import { goPackage, goResolver } from "../../../src/languages/go/go-analyses.ts";
import { goLanguage } from "../../../src/languages/go/go-language.ts";
import { goWorkspace } from "./go-workspace.ts";

describe("units", () => {
  it("are directories; vendored, hidden and underscored files and testdata are left out", () => {
    const units = goLanguage.units(
      [
        "main.go",
        "b/b_test.go",
        "b/b.go",
        "b/_ignored.go",
        "b/.hidden.go",
        "b/testdata/x.go",
        "vendor/example.org/x/x.go",
        "_examples/x.go",
        ".git/x.go",
        "b/c/c.go",
      ],
      goWorkspace({}).workspace.snapshot,
    );
    expect(units.map(({ directory, files }) => [directory, files])).toEqual([
      ["", ["main.go"]],
      ["b", ["b/b.go", "b/b_test.go"]],
      ["b/c", ["b/c/c.go"]],
    ]);
  });
});

const TEXT = `// Package hub hands on.
package hub

import "sync"

/* A hub. */
type Hub struct {
	mu sync.Mutex // guards the rest
	// Alone.
	n int
}

type (
	A int
	B interface {
		Len() int
	}
)

var first, second = 1, 2

// Publish sends.
func (h *Hub) Publish(e int) {
	h.mu.Lock()
	if e > 0 {
		h.n = e
	}
	switch e {
	case 1:
		return
	}
}

func (h Hub) Len() int { return h.n }

func plain() {}
`;

function open(text: string) {
  const { workspace } = goWorkspace({ "go.mod": "module m\n\ngo twenty\n", "hub.go": text });
  const unit = invariant(goLanguage.units(["hub.go"], workspace.snapshot)[0], "one unit");
  return goLanguage.open(unit, workspace);
}

describe("an opened unit", () => {
  const contents = open(TEXT);
  const offset = (of: string) => TEXT.indexOf(of);
  const textAt = (span: { start: number; end: number } | undefined) =>
    span && TEXT.slice(span.start, span.end);

  it("hands in its package and resolver", () => {
    const use = createUse(contents.seeds);
    expect(use(goPackage).importPath).toBe("m");
    expect(use(goResolver)).toBeDefined();
  });

  it("tells what is broken in go.mod", () => {
    expect(contents.notices().map(({ file, message }) => [file, message])).toEqual([
      ["go.mod", 'line 3: "go twenty" is no version: write it like "go 1.25"'],
    ]);
  });

  it("lists comments without their marks", () => {
    expect(contents.comments("hub.go").map(({ text, isAlone }) => [text, isAlone])).toEqual([
      [" Package hub hands on.", true],
      [" A hub. ", true],
      [" guards the rest", false],
      [" Alone.", true],
      [" Publish sends.", true],
    ]);
  });

  it.each([
    ["h.mu.Lock", "h.mu.Lock()"],
    ["Lock()", "h.mu.Lock()"],
    ["h.n = e", "h.n = e"],
    ["e > 0", "if e > 0 {\n\t\th.n = e\n\t}"],
    ["case 1", "case 1:\n\t\treturn"],
    ["n int", "n int"],
    ["Len() int\n", "Len() int"],
    ["A int", "A int"],
    ["second", "first, second = 1, 2"],
    ["plain", "func plain() {}"],
  ])("the statement at `%s` is `%s`", (at, text) => {
    expect(textAt(contents.statementAt("hub.go", offset(at)))).toBe(text);
  });

  it.each([
    ["// guards", "n int"],
    ["// Publish", TEXT.slice(offset("func (h *Hub)"), offset("\n\nfunc (h Hub)"))],
    ["/* A hub", TEXT.slice(offset("type Hub"), offset("\n\ntype ("))],
    ["if e", "if e > 0 {\n\t\th.n = e\n\t}"],
    ["Len() int {", "return h.n"],
  ])("after `%s` begins `%s`", (at, text) => {
    expect(textAt(contents.statementAfter("hub.go", offset(at)))).toBe(text);
  });

  it("after the last there is none", () => {
    expect(contents.statementAfter("hub.go", TEXT.length)).toBeUndefined();
  });

  it.each([
    ["h.mu.Lock", "(*Hub).Publish"],
    ["return h.n", "Hub.Len"],
    ["plain", "plain"],
    ["mu sync", "Hub"],
    ["Len() int\n", "B"],
    ["A int", "A"],
    ["second", "first"],
    ["// Publish", ""],
  ])("`%s` stands in %s", (at, name) => {
    expect(contents.declarationAt("hub.go", offset(at))).toBe(name);
  });

  it.each([
    ["empty", ""],
    ["blank", "\n\n"],
    ["broken", "package hub\n\nfunc ( {{{ \ntype X struct {\nvar ="],
    ["with CRLF", TEXT.replaceAll("\n", "\r\n")],
    ["not ASCII", "package hub\n\nfunc größe() { 🙂 }\n// 🙂\nvar ö = größe()\n"],
    ["binary", "\0\0\u{FFFF}package\0"],
    ["of the wrong language", "export const a = async () => { await b; };\n"],
  ])("survives a file that is %s", (_name, text) => {
    const of = open(text);
    const use = createUse(of.seeds);
    const file = use(goPackage).files[0];
    const resolver = use(goResolver);
    for (let node = 0; node < (file?.tree?.size ?? 0); node++) {
      resolver.symbolAt("hub.go", node);
      resolver.typeOf("hub.go", node);
      resolver.typeFrom("hub.go", node);
      resolver.selectionAt("hub.go", node);
    }
    for (let at = 0; at <= text.length; at++) {
      of.statementAt("hub.go", at);
      of.statementAfter("hub.go", at);
      of.declarationAt("hub.go", at);
    }
    expect(of.comments("hub.go").length).toBeLessThan(10);
  });
});
