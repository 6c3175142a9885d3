import { describe, expect, it } from "vitest";
import { github } from "../../src/reporters/github.ts";
import { FLOATING, LEAK, reportOf } from "./report-of.ts";

describe("the github format", () => {
  it("is one workflow command a finding, errors first", () => {
    expect(github(reportOf({ "a.ts": FLOATING, "hub.go": LEAK }))).toMatchInlineSnapshot(`
      "::error file=a.ts,line=3,endLine=3,col=3,endColumn=9,title=ts/floating-promise::nobody waits for save() or sees its rejection
      ::error file=hub.go,line=8,endLine=8,col=3,endColumn=16,title=go/goroutine-leak-channel::the goroutine waits for ever to send on out once fetch has returned
      ::warning file=a.ts,line=5,endLine=5,col=12,endColumn=18,title=ts/return-await::a rejection of read() escapes the catch, since it is returned without await
      "
    `);
  });

  it("escapes what would end a property or a command", () => {
    const text = github(reportOf({ "a,b:c%\n.ts": FLOATING }));
    expect(text).toContain("file=a%2Cb%3Ac%25%0A.ts,line=3");
    expect(text.trimEnd().split("\n")).toHaveLength(2);
  });

  it("says how many stand in the log only, since GitHub shows ten of a kind", () => {
    const calls = "  save();\n".repeat(13);
    const text = github(
      reportOf({ "a.ts": `async function save() {}\nexport function f() {\n${calls}}\n` }),
    );
    expect(text.match(/^::error /gm)).toHaveLength(10);
    expect(text).toContain("3 more of severity error stand in the log only");
  });
});
