import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const config = join(root, ".dependency-cruiser.cjs");
const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Runs the import rules in a folder; the exit code counts violations, so it is no failure here. */
function cruise(folder: string, paths: readonly string[]): Cruise["summary"] {
  const command = [cruiser, ...paths, "--config", config, "--output-type", "json"];
  const options = { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const output = execFileSync(process.execPath, command, options);
  return (JSON.parse(output) as Cruise).summary;
}

/** One file for each rule, with an import that the rule forbids. */
const planted: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "no-cycles": ["src/core/circle-back.ts", 'import "./circle.ts";'],
  "core-imports-nothing": ["src/core/wrong.ts", 'import "../model/path.ts";'],
  "syntax-imports-core": ["src/syntax/wrong.ts", 'import "../model/path.ts";'],
  "parser-stays-in-syntax": ["src/engine/parsing.ts", 'import "web-tree-sitter";'],
  "model-imports-core": ["src/model/wrong.ts", 'import "../syntax/tree.ts";'],
  "analysis-imports-model": ["src/analysis/wrong.ts", 'import "../syntax/tree.ts";'],
  "languages-stay-apart": ["src/languages/go/wrong.ts", 'import "../typescript/module.ts";'],
  "interfaces-judge-facts": ["src/interfaces/wrong.ts", 'import "../languages/go/type.ts";'],
  "rules-import-the-kit": ["rules/go/wrong.ts", 'import "../../src/model/path.ts";'],
  "rules-import-no-rule": ["rules/go/sharing.ts", 'import "./wrong.ts";'],
  "engine-is-pure": ["src/engine/wrong.ts", 'import "../adapters/disk.ts";'],
  "reporters-read-core": ["src/reporters/wrong.ts", 'import "../engine/wrong.ts";'],
  "review-decides": ["src/review/wrong.ts", 'import "../adapters/disk.ts";'],
  "kit-opens-core-and-analyses": ["src/kit.ts", 'import "./adapters/disk.ts";'],
  "nobody-imports-apps": ["src/config/wrong.ts", 'import "../apps/main.ts";'],
  "adapters-know-ports-only": ["src/adapters/disk.ts", 'import "../reporters/wrong.ts";'],
  "world-stays-in-adapters": ["src/review/reading.ts", 'import "node:fs";'],
};

const harmless: Readonly<Record<string, string>> = {
  "src/core/circle.ts": 'import "./circle-back.ts";',
  "src/model/path.ts": "export {};",
  "src/syntax/tree.ts": "export {};",
  "src/languages/typescript/module.ts": "export {};",
  "src/apps/main.ts": "export {};",
  "tsconfig.json":
    '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true } }',
  "node_modules/web-tree-sitter/package.json": '{ "name": "web-tree-sitter", "main": "index.js" }',
  "node_modules/web-tree-sitter/index.js": "",
  "package.json": '{ "type": "module", "dependencies": { "web-tree-sitter": "*" } }',
};

describe("the import directions", () => {
  const folder = mkdtempSync(join(tmpdir(), "chokepoint-imports-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of [...Object.values(planted), ...Object.entries(harmless)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { violations } = cruise(folder, ["src", "rules"]);

  for (const [rule, [file]] of Object.entries(planted)) {
    it(`reports what is planted against ${rule}`, () => {
      const found = violations.filter(({ from, rule: { name } }) => name === rule && from === file);
      expect(found).not.toEqual([]);
    });
  }

  it("has a planted violation for each of its rules", async () => {
    const { default: rules } = (await import(config)) as {
      default: { forbidden: readonly { name: string }[] };
    };
    expect(Object.keys(planted).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  it("are kept by every module of the house", () => {
    const summary = cruise(root, ["src", "rules"]);
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );
    expect(summary.totalCruised).toBeGreaterThan(60);
  });
});
