import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Fix } from "../../src/core/finding.ts";
import { languageOfRule, type Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser, type SourceParser } from "../../src/syntax/parser.ts";
import { exampleFiles } from "../harness/example-file.ts";
import { folderOf, loadAllRules, ROOT } from "../harness/load-rules.ts";
import { compare } from "../harness/wants.ts";

let parser: SourceParser;
beforeAll(async () => {
  parser = await loadParser(["go", "typescript", "tsx"]);
});

type Files = ReadonlyMap<string, string>;

/** With the confidence that is shown by default: what is low is not wanted, and not unwanted either. */
function lint(
  rule: Rule,
  files: Files,
  asked: Iterable<string> = files.keys(),
): { findings: readonly Finding[]; complaints: string[] } {
  const judged = [...asked].filter((name) => /\.(go|[cm]?[jt]sx?)$/.test(name));
  const request = {
    files: judged,
    snapshot: memorySnapshot(files),
    languages,
    rules: [rule],
    parser,
  };
  const { findings: all, notices } = analyze(request);
  const findings = all.filter(({ confidence }) => confidence !== "low");
  const failures = notices.filter(({ kind }) => kind === "internal").map(({ message }) => message);
  const complaints = judged.flatMap((file) => compare(file, files.get(file) ?? "", findings));
  return { findings, complaints: [...failures, ...complaints] };
}

function fixturesOf(rule: Rule): Files {
  const [prefix = "", name = ""] = rule.id.split("/");
  const folder = join(ROOT, "test/fixtures", folderOf(prefix), name);
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  const files = names.filter((file) => statSync(join(folder, file)).isFile());
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function changed(files: Files, change: (text: string) => string): Files {
  return new Map([...files].map(([name, text]) => [name, change(text)]));
}

function applied(files: Files, { edits }: Fix): Files {
  const result = new Map(files);
  for (const { file, start, end, text } of [...edits].sort(
    (left, right) => right.start - left.start,
  )) {
    const before = result.get(file) ?? "";
    result.set(file, before.slice(0, start) + text + before.slice(end));
  }
  return result;
}

function damageIn(files: Files, names: Iterable<string>): number {
  return [...names].reduce((sum, name) => {
    const text = files.get(name) ?? "";
    const language = languages.find(({ extensions }) =>
      extensions.some((extension) => name.endsWith(extension)),
    );
    const parsed = language && parser.parse(text, language.grammarOf(name));
    return sum + (parsed?.ok ? parsed.tree.damage.length : 0);
  }, 0);
}

describe.each(await loadAllRules())("$id", (rule) => {
  const language = languageOfRule(rule.id);
  const fixtures = fixturesOf(rule);

  it("has a fixture, and examples of both kinds", () => {
    expect([...fixtures.keys()]).not.toEqual([]);
    expect(Object.keys(rule.docs.bad)).not.toEqual([]);
    expect(Object.keys(rule.docs.good)).not.toEqual([]);
  });

  it("finds in its fixtures what they want, and nothing else", () => {
    const { findings, complaints } = lint(rule, fixtures);
    expect(complaints).toEqual([]);
    expect(findings).not.toEqual([]);
  });

  it.each(
    Object.entries({ ...rule.docs.bad, ...rule.docs.good }),
  )("does as its example says: %s", (caption, code) => {
    const { findings, complaints } = lint(rule, exampleFiles(language, code));
    expect(complaints).toEqual([]);
    expect(findings.length > 0).toBe(caption in rule.docs.bad);
  });

  it("finds the same with Windows line ends", () => {
    const places = ({ findings }: { findings: readonly Finding[] }): string[] =>
      findings.map(({ at, message }) => `${at.file}:${at.line}:${at.column} ${message}`);
    const crlf = lint(
      rule,
      changed(fixtures, (text) => text.replaceAll("\n", "\r\n")),
    );
    expect(places(crlf)).toEqual(places(lint(rule, fixtures)));
  });

  it("survives empty, cut and foreign files", () => {
    const variants = [
      () => "",
      (text: string) => text.slice(0, text.length / 2),
      (text: string) => text.replaceAll("{", "{ ( "),
      (text: string) => text.replaceAll(/\b(\w)(\w*)\b/g, "$1é𝒳$2"),
    ];
    for (const variant of variants) {
      const files = changed(fixtures, variant);
      const judged = [...files.keys()];
      const { notices } = analyze({
        files: judged,
        snapshot: memorySnapshot(files),
        languages,
        rules: [rule],
        parser,
      });
      expect(notices.filter(({ kind }) => kind === "internal")).toEqual([]);
    }
  });

  it("offers fixes that parse and end the finding", () => {
    for (const finding of lint(rule, fixtures).findings) {
      for (const fix of finding.fixes) {
        const after = applied(fixtures, fix);
        const edited = new Set(fix.edits.map(({ file }) => file));
        expect(
          damageIn(after, edited),
          `${fix.description} at ${finding.at.file}:${finding.at.line}`,
        ).toBe(damageIn(fixtures, edited));
        const left = lint(rule, after, new Set([finding.at.file, ...edited])).findings.map(
          ({ fingerprint }) => fingerprint,
        );
        expect(left, `${fix.description} at ${finding.at.file}:${finding.at.line}`).not.toContain(
          finding.fingerprint,
        );
      }
    }
  });
});
