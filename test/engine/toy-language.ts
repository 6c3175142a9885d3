import { defineInput, seed } from "../../src/core/analysis.ts";
import { defineRule, type Rule } from "../../src/core/rule.ts";
import type { Language } from "../../src/languages/language.ts";
import type { SourceParser } from "../../src/syntax/parser.ts";
import { type Grammar, NONE, Tree, type TreeArrays } from "../../src/syntax/tree.ts";

/** The files of a unit, for toy rules. */
export const toyFiles = defineInput<readonly { path: string; text: string }[]>("toy-files");

/** A whole language in thirty lines: each line is a statement, `name:` begins a declaration, `#` a comment. */
export const toyLanguage: Language = {
  name: "go",
  extensions: [".toy"],
  grammarOf: () => "go",
  isGenerated: (_path, text) => text.startsWith("# generated"),
  together: () => [],
  contractsIn: () => [],
  units(files) {
    const directories = [...new Set(files.map((file) => file.replace(/[^/]*$/, "")))];
    return directories.map((directory) => ({
      language: "go",
      directory,
      files: files.filter((file) => file.replace(/[^/]*$/, "") === directory),
    }));
  },
  open(unit, { snapshot }) {
    const textOf = (path: string) => snapshot.read(path) ?? "";
    const lineAfter = (path: string, offset: number) => {
      const found = /^[ \t]*(?=[^\s#])/m.exec(textOf(path).slice(offset));
      const start = offset + (found?.index ?? 0) + (found?.[0].length ?? 0);
      const end = textOf(path).indexOf("\n", start);
      return found ? { start, end: end === -1 ? textOf(path).length : end } : undefined;
    };
    return {
      seeds: [
        seed(
          toyFiles,
          unit.files.map((path) => ({ path, text: textOf(path) })),
        ),
      ],
      notices: () => [],
      comments: (path) =>
        [...textOf(path).matchAll(/#(.*)/g)].map(({ index, 0: whole, 1: text = "" }) => ({
          start: index,
          end: index + whole.length,
          text,
          isAlone: /(^|\n)\s*$/.test(textOf(path).slice(0, index)),
        })),
      statementAt: (path, offset) =>
        lineAfter(path, textOf(path).lastIndexOf("\n", offset - 1) + 1),
      statementAfter: lineAfter,
      declarationSpanAt: () => undefined,
      declarationAt: (path, offset) =>
        [
          ...textOf(path)
            .slice(0, offset)
            .matchAll(/^(\w+):/gm),
        ].at(-1)?.[1] ?? "",
    };
  },
};

const toyGrammar: Grammar = {
  name: "go",
  kindName: () => "toy",
  isNamed: () => true,
  kind: () => 0,
  field: () => 0,
};

/** A toy's tree is its root alone. */
export const noParser: SourceParser = {
  backend: "wasm",
  parse(text) {
    const arrays: TreeArrays = {
      size: 1,
      kind: Uint16Array.of(0),
      field: Uint16Array.of(0),
      start: Uint32Array.of(0),
      end: Uint32Array.of(text.length),
      parent: Int32Array.of(NONE),
      firstChild: Int32Array.of(NONE),
      nextSibling: Int32Array.of(NONE),
    };
    return { ok: true, tree: new Tree(toyGrammar, text, arrays, []) };
  },
};

/** A rule that finds a word. */
export function findsWord(id: string, word: string, more: Partial<Rule> = {}): Rule {
  return defineRule({
    id,
    group: "locks",
    severity: "warning",
    since: "0.1.0",
    interest: new RegExp(word),
    docs: { summary: `finds ${word}`, why: "", instead: "", bad: {}, good: {}, limits: [] },
    *check({ use }) {
      for (const { path, text } of use(toyFiles)) {
        for (const { index } of text.matchAll(new RegExp(word, "g"))) {
          if (text.lastIndexOf("#", index) > text.lastIndexOf("\n", index)) continue;
          yield {
            at: { file: path, start: index, end: index + word.length },
            message: `${word} is here`,
          };
        }
      }
    },
    ...more,
  });
}
