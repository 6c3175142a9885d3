/**
 * typescript-eslint with types on one directory, as a process of its own: `node dist/bench/typed-lint.js TOOLS DIRECTORY`.
 * TOOLS is a directory in which npm has installed it. Each file is judged inside the nearest tsconfig.json; packages of the
 * workspace are understood by their sources, since nothing here is built.
 */
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { helpIfAsked } from "./help.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";
import { workspacePaths } from "./workspace-paths.ts";

helpIfAsked(import.meta.url);

/** What typescript-eslint says of one place. */
export interface TypedFinding {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly rule: string;
  readonly message: string;
}

interface Message {
  readonly ruleId: string | null;
  readonly line: number;
  readonly endLine?: number;
  readonly message: string;
}

interface Linter {
  verify(text: string, config: readonly unknown[], options: object): readonly Message[];
}

const [tools = "", directory = ""] = process.argv.slice(2);
const root = realpathSync(resolve(directory));
const load = createRequire(join(resolve(tools), "package.json"));
const compiler = load("typescript") as typeof ts;
const plugin = load("@typescript-eslint/eslint-plugin") as unknown;
const parser = load("@typescript-eslint/parser") as unknown;
const { Linter: LinterClass } = load("eslint") as { Linter: new (options: object) => Linter };

const found: TypedFinding[] = [];
for (const [config, files] of byConfig(sourceFiles(root))) found.push(...lintGroup(config, files));
process.stdout.write(JSON.stringify(found));

/** Files by the nearest tsconfig.json, `""` where there is none. */
function byConfig(files: readonly SourceFile[]): Map<string, SourceFile[]> {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    let at = dirname(file.path);
    while (!existsSync(join(root, at, "tsconfig.json")) && at !== ".") at = dirname(at);
    const config = join(root, at, "tsconfig.json");
    const key = existsSync(config) ? config : "";
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return groups;
}

function lintGroup(config: string, files: readonly SourceFile[]): TypedFinding[] {
  const names = files.map(({ path }) => join(root, path));
  const { options, ambient } = optionsOf(config);
  const program = compiler.createProgram([...names, ...ambient], options);
  const linter = new LinterClass({ cwd: root, configType: "flat" });
  return files.flatMap(({ path, text }) => {
    try {
      return linter
        .verify(text, configFor(program), { filename: join(root, path), allowInlineConfig: false })
        .flatMap((message) => toFinding(path, message));
    } catch (error) {
      process.stderr.write(`${path}: ${String(error).slice(0, 200)}\n`);
      return [];
    }
  });
}

function optionsOf(config: string): { options: ts.CompilerOptions; ambient: string[] } {
  const read = config === "" ? {} : compiler.readConfigFile(config, compiler.sys.readFile).config;
  const base = config === "" ? root : dirname(config);
  const parsed = compiler.parseJsonConfigFileContent(read ?? {}, compiler.sys, base);
  const { options } = parsed;
  return {
    ambient: parsed.fileNames.filter((name) => /\.d\.[mc]?ts$/.test(name)),
    options: {
      module: compiler.ModuleKind.ESNext,
      moduleResolution: compiler.ModuleResolutionKind.Bundler,
      target: compiler.ScriptTarget.ESNext,
      strict: true,
      ...options,
      paths: { ...workspacePaths(root), ...options.paths },
      allowJs: true,
      noEmit: true,
      skipLibCheck: true,
      composite: false,
      incremental: false,
    },
  };
}

function configFor(program: ts.Program): readonly unknown[] {
  return [
    {
      files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
      languageOptions: { parser, parserOptions: { programs: [program] } },
      plugins: { "@typescript-eslint": plugin },
      rules: {
        "@typescript-eslint/no-floating-promises": "error",
        "@typescript-eslint/no-misused-promises": "error",
        "@typescript-eslint/await-thenable": "error",
        "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
        "no-async-promise-executor": "error",
        "no-promise-executor-return": "error",
      },
    },
  ];
}

function toFinding(file: string, { ruleId, line, endLine, message }: Message): TypedFinding[] {
  if (ruleId === null) {
    process.stderr.write(`${file}:${line}: ${message}\n`);
    return [];
  }
  const rule = ruleId.replace("@typescript-eslint/", "");
  return [{ file, line, endLine: endLine ?? line, rule, message }];
}
