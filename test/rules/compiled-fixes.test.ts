import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Fix } from "../../src/core/finding.ts";
import { languageOfRule, type Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser } from "../../src/syntax/parser.ts";
import { temporaryTree } from "../adapters/temporary-tree.ts";
import { folderOf, loadAllRules, ROOT } from "../harness/load-rules.ts";

type Files = ReadonlyMap<string, string>;

const parser = await loadParser(["go", "typescript", "tsx"]);
const hasGo = spawnSync("go", ["version"]).status === 0;

function fixturesOf({ id }: Rule): Files {
  const [prefix = "", name = ""] = id.split("/");
  const folder = join(ROOT, "test/fixtures", folderOf(prefix), name);
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  const files = names.filter((file) => statSync(join(folder, file)).isFile());
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

/** The first fix of each finding, as far as they do not touch each other. */
function fixesIn(rule: Rule, files: Files): Fix[] {
  const judged = [...files.keys()].filter((name) => /\.(go|[cm]?[jt]sx?)$/.test(name));
  const snapshot = memorySnapshot(files);
  const { findings } = analyze({ files: judged, snapshot, languages, rules: [rule], parser });
  const taken: Fix["edits"][number][] = [];
  return findings.flatMap(({ fixes: [fix] }) => {
    const meets = fix?.edits.some((edit) =>
      taken.some((one) => one.file === edit.file && one.start < edit.end && edit.start < one.end),
    );
    if (!fix || meets) return [];
    taken.push(...fix.edits);
    return [fix];
  });
}

function applied(files: Files, fixes: readonly Fix[]): Files {
  const result = new Map(files);
  const edits = fixes.flatMap((fix) => fix.edits);
  for (const { file, start, end, text } of edits.sort((one, other) => other.start - one.start)) {
    const before = result.get(file) ?? "";
    result.set(file, before.slice(0, start) + text + before.slice(end));
  }
  return result;
}

/** What Go's compiler says of all packages, tests included; empty where there is nothing to say. */
function complaintsOfGo(files: Files): string {
  const all = Object.fromEntries(files);
  const root = temporaryTree({ "go.mod": "module example.com/fixture\n\ngo 1.26\n", ...all });
  try {
    execFileSync("go", ["test", "-count=1", "-run", "^$", "-vet=off", "./..."], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
      env: { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off" },
    });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stderr}${stdout}`;
  }
}

function complaintsOfTypeScript(files: Files): string {
  const options: ts.CompilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    types: [],
  };
  const root = temporaryTree(Object.fromEntries(files));
  const sources = [...files.keys()].filter((name) => /\.tsx?$/.test(name));
  const program = ts.createProgram(
    sources.map((name) => join(root, name)),
    options,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))
    .join("\n");
}

/** The rules about interfaces that offer fixes, with those that their fixtures call for. */
const offers = (await loadAllRules())
  .filter(({ group }) => group === "interfaces")
  .map((rule) => ({ id: rule.id, rule, files: fixturesOf(rule) }))
  .map((one) => ({ ...one, fixes: fixesIn(one.rule, one.files) }))
  .filter(({ fixes }) => fixes.length > 0);

describe("fixes compile where the code did", () => {
  it.each(offers)("$id", { timeout: 120_000 }, ({ id, files, fixes }) => {
    const isGo = languageOfRule(id) === "go";
    if (isGo && !hasGo) return;
    const complaints = isGo ? complaintsOfGo : complaintsOfTypeScript;
    expect(complaints(files)).toBe("");
    expect(complaints(applied(files, fixes))).toBe("");
  });
});
