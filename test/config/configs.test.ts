import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/config.ts";
import { createConfigs } from "../../src/config/configs.ts";
import { configParser } from "../../src/config/parse-config.ts";
import { defineRule, type Rule } from "../../src/core/rule.ts";

function rule(id: string, more: Partial<Rule> = {}): Rule {
  const docs = { summary: "", why: "", instead: "", bad: {}, good: {}, limits: [] };
  const check = () => [];
  return defineRule({
    id,
    group: "locks",
    severity: "warning",
    since: "0.1.0",
    interest: /x/,
    docs,
    check,
    ...more,
  });
}

const sized = rule("go/sized", {
  aliases: ["SA1"],
  options: { limit: { type: "number", default: 10, description: "" } },
});
const young = rule("ts/young", { stage: "trial" });
const rules = [sized, young];

function configs(files: Record<string, string>, only?: { file: string; text: string }) {
  const read = (path: string) => files[path];
  return createConfigs({ read, parse: configParser(rules), rules, ...(only && { only }) });
}

function problem(files: Record<string, string>): string {
  try {
    configs(files).configFor("a.go");
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return "";
}

describe("configurations of a tree", () => {
  it("without any file are the defaults", () => {
    const none = configs({});
    expect(none.configFor("a/b.go")).toMatchObject({ minConfidence: "medium", failOn: "warning" });
    expect(none.settingsFor("a.go", sized)).toEqual({
      severity: "warning",
      options: { limit: 10 },
    });
    expect(none.settingsFor("a.ts", young).severity).toBe("off");
    expect(none.includes("any/file.go")).toBe(true);
  });

  it("hold from the nearest file up, which inherits nothing unless it says so", () => {
    const files = {
      ".chokepoint.yml": "rules: { go/sized: error }\nfail-on: never",
      "a/.chokepoint.yml": "min-confidence: low",
      "b/.chokepoint.yml": "extends: ../.chokepoint.yml\nmin-confidence: high",
    };
    const tree = configs(files);
    expect(tree.settingsFor("x/y/z.go", sized).severity).toBe("error");
    expect(tree.settingsFor("a/c/z.go", sized).severity).toBe("warning");
    expect(tree.configFor("a/z.go")).toMatchObject({ minConfidence: "low", failOn: "warning" });
    expect(tree.configFor("b/z.go")).toMatchObject({ minConfidence: "high", failOn: "never" });
    expect(tree.settingsFor("b/z.go", sized).severity).toBe("error");
  });

  it("set levels and options by themselves, by overrides, and by a peer's name", () => {
    const tree = configs({
      ".chokepoint.yml": `
rules: { SA1: { limit: 3 }, ts/young: on }
overrides:
  - { files: ["*_test.go"], rules: { go/sized: off } }
  - { files: ["big/"], rules: { go/sized: { limit: 99 } } }
`,
    });
    expect(tree.settingsFor("a.go", sized)).toEqual({ severity: "warning", options: { limit: 3 } });
    expect(tree.settingsFor("deep/a_test.go", sized).severity).toBe("off");
    expect(tree.settingsFor("big/a.go", sized).options).toEqual({ limit: 99 });
    expect(tree.settingsFor("big/a_test.go", sized)).toEqual({
      severity: "off",
      options: { limit: 99 },
    });
    expect(tree.settingsFor("a.ts", young).severity).toBe("warning");
    expect(tree.entryFor("a.go", "chokepoint/missing-reason")).toBeUndefined();
  });

  it("let files in and leave files out, relative to where they stand", () => {
    const tree = configs({ "app/.chokepoint.yml": 'include: ["src/**"]\nexclude: ["*.gen.go"]' });
    expect(tree.includes("app/src/a.go")).toBe(true);
    expect(tree.includes("app/src/deep/a.gen.go")).toBe(false);
    expect(tree.includes("app/other/a.go")).toBe(false);
    expect(tree.includes("elsewhere/a.go")).toBe(true);
  });

  it("give way to the one that the user names", () => {
    const files = { ".chokepoint.yml": "rules: { go/sized: error }" };
    const tree = configs(files, { file: "ci.yml", text: "rules: { go/sized: info }" });
    expect(tree.settingsFor("a.go", sized).severity).toBe("info");
  });

  it.each([
    [{ ".chokepoint.yml": "extends: https://evil.example/x.yml" }, "inside the repository"],
    [{ ".chokepoint.yml": "extends: ../outside.yml" }, "inside the repository"],
    [{ ".chokepoint.yml": "extends: /etc/passwd" }, "inside the repository"],
    [
      { ".chokepoint.yml": "fail-on: never\nextends: missing.yml" },
      ".chokepoint.yml:2:10: `extends` names `missing.yml`, which is not there",
    ],
    [
      { ".chokepoint.yml": "extends: b.yml", "b.yml": "extends: .chokepoint.yml" },
      "goes in a circle",
    ],
    [{ ".chokepoint.yml": "extends: b.yml", "b.yml": "ruls: {}" }, "b.yml:1:1: unknown key `ruls`"],
  ])("refuse %j", (files, expected) => {
    expect(problem(files)).toContain(expected);
  });
});
