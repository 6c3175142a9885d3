import { describe, expect, it } from "vitest";
import { pretty } from "../../src/reporters/pretty.ts";
import { FLOATING, LEAK, reportOf } from "./report-of.ts";

describe("the pretty format", () => {
  it("shows the source with the span underlined, the interleaving, why, and what to do", () => {
    expect(pretty(reportOf({ "hub.go": LEAK }))).toMatchInlineSnapshot(`
      "error the goroutine waits for ever to send on out once fetch has returned [go/goroutine-leak-channel]
        hub.go:8:3
        8 │         out <- "done"
          │         ^^^^^^^^^^^^^
        hub.go:14:3: fetch can return here
        hub.go:7:2: the goroutine is started here

        how it happens:
        1. fetch      hub.go:7:2   starts goroutine 1
        2. fetch      hub.go:13:7  receives from ctx.Done()
        3. fetch      hub.go:14:3  returns from fetch
        4. goroutine  hub.go:8:3   waits to send on out, for ever

        why:   The goroutine, its stack and everything it refers to stay for the life of the process.
               On a path that is taken often, such as a timeout, memory grows until the process is
               killed.
        do:    Give the channel a buffer as large as the number of sends, or let the goroutine select
               on the context as well.

      1 finding in 1 file: 1 error
      "
    `);
  });

  it("names the fixes, and counts at the end", () => {
    const text = pretty(reportOf({ "a.ts": FLOATING }));
    expect(text).toContain("fix:   wait for it inside the block");
    expect(text.endsWith("\n2 findings in 1 file: 1 error, 1 warning\n")).toBe(true);
  });

  it("says nothing where there is nothing to say", () => {
    expect(pretty(reportOf({ "a.ts": "export const x = 1;\n" }))).toBe("");
  });

  it("underlines behind tabs and wide characters, and cuts long lines around the span", () => {
    const wide = `async function save() {}\nexport function run() {\n\t/* 漢字 */ save();\n}\n`;
    expect(pretty(reportOf({ "a.ts": wide }))).toContain(
      "  3 │     /* 漢字 */ save();\n    │                ^^^^^^",
    );
    const long = `async function save() {}\nexport function run() { const x = "${"y".repeat(500)}"; save(); }\n`;
    const lines = pretty(reportOf({ "a.ts": long })).split("\n");
    const source = lines.find((line) => line.includes("save(); }")) ?? "";
    const underline = lines[lines.indexOf(source) + 1] ?? "";
    expect(source.length).toBeLessThan(130);
    expect(source.indexOf("save();")).toBe(underline.indexOf("^"));
  });

  it("shows Windows line ends as no character at all", () => {
    const text = pretty(reportOf({ "a.ts": FLOATING.replaceAll("\n", "\r\n") }));
    expect(text).not.toContain("\r");
    expect(text).not.toContain("␍");
  });

  it("lets no text of the repository move the cursor or forge a line", () => {
    const evil = `async function save() {}\nexport function run() { /* \u001b[2J\u202e\u0007 */ save(); }\n`;
    const text = pretty(reportOf({ "\u001b[31mevil\n.ts": evil }));
    for (const character of "\u001b\u0007\u202e") expect(text).not.toContain(character);
    expect(text).toContain("␛[2J");
  });

  it("is colored on demand alone", () => {
    expect(pretty(reportOf({ "hub.go": LEAK }, true))).toContain("\u001b[31merror\u001b[0m");
    expect(pretty(reportOf({ "hub.go": LEAK }))).not.toContain("\u001b");
  });
});
