import { describe, expect, test } from "vitest";
import { typescriptLanguage } from "../../../src/languages/typescript/typescript-language.ts";
import { workspaceOf } from "./workspace.ts";

function open(files: Readonly<Record<string, string>>) {
  const unit = { language: "typescript", directory: "", files: Object.keys(files) } as const;
  return typescriptLanguage.open(unit, workspaceOf(files));
}

const text = `// first
import { a } from "./a";

/**
 * Keeps things.
 */
class Cache {
  // chokepoint:ignore ts/floating-promise -- on purpose
  get(key: string) { /* inside */
    load(key); // trailing
    if (key) {
      other(key);
    }
  }
  static load = async () => {
    go();
  };
}

const handler = () => {
  go();
};
export default function () { go(); }
`;

const contents = open({ "a.ts": text });

function textOf(span: { start: number; end: number } | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}

describe("an opened unit", () => {
  test("has comments without their marks, and knows which stand alone", () => {
    expect(contents.comments("a.ts").map((comment) => [comment.text, comment.isAlone])).toEqual([
      ["first", true],
      ["Keeps things.", true],
      ["chokepoint:ignore ts/floating-promise -- on purpose", true],
      ["inside", false],
      ["trailing", false],
    ]);
  });

  test("has statements around and after an offset", () => {
    expect(textOf(contents.statementAt("a.ts", text.indexOf("load(key)")))).toBe("load(key);");
    expect(textOf(contents.statementAt("a.ts", text.indexOf("other")))).toBe("other(key);");
    expect(textOf(contents.statementAfter("a.ts", text.indexOf("chokepoint")))).toMatch(/^get\(/);
    expect(textOf(contents.statementAfter("a.ts", text.indexOf("trailing")))).toMatch(/^if/);
    expect(textOf(contents.statementAfter("a.ts", 0))).toMatch(/^import/);
    expect(contents.statementAfter("a.ts", text.length)).toBeUndefined();
  });

  test("names the enclosing declaration", () => {
    const at = (part: string, after = 0) =>
      contents.declarationAt("a.ts", text.indexOf(part, after));
    expect(at("load(key)")).toBe("Cache.get");
    expect(at("go()")).toBe("Cache.load");
    expect(at("go()", text.indexOf("handler"))).toBe("handler");
    expect(at("import")).toBe("");
  });

  test("says so when its configuration is no JSON, and works without it", () => {
    const broken = open({ "a.ts": "f();", "package.json": "{", "tsconfig.json": "{} // fine" });
    expect(broken.notices()).toEqual([
      {
        file: "package.json",
        kind: "config",
        message: "is not valid JSON: imports are followed without it",
      },
    ]);
    expect(contents.notices()).toEqual([]);
  });

  test("answers nothing for a file that is not there", () => {
    expect(contents.comments("b.ts")).toEqual([]);
    expect(contents.statementAt("b.ts", 0)).toBeUndefined();
    expect(contents.declarationAt("b.ts", 0)).toBe("");
  });
});
