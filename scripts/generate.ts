/**
 * Writes what is made of the rules and verdicts: the manifest, the rules' pages, the configuration's
 * schema, the table of precision, the example in the README. `--check` writes nothing and fails where a file is not what it would be.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineRule, type Rule } from "../src/core/rule.ts";
import { generatedFiles } from "./generated-files.ts";
import { withExample } from "./readme-example.ts";

const built = fileURLToPath(new URL("..", import.meta.url));
const root = join(built, "..");

const files = generatedFiles(root, await builtRules());
files.set("README.md", withExample(readFileSync(join(root, "README.md"), "utf8")));
const superfluous = stalePages([...files.keys()]);
const stale = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);
if (process.argv.includes("--check")) {
  for (const path of [...stale, ...superfluous])
    console.error(`${path} is not up to date: npm run generate`);
  process.exitCode = stale.length + superfluous.length > 0 ? 1 : 0;
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? "");
    console.log(`wrote ${path}`);
  }
  for (const path of superfluous) rmSync(join(root, path));
}

/** The rules that have a source file, as they were built, in order of id. */
async function builtRules(): Promise<Rule[]> {
  const paths = ["go", "typescript"].flatMap((folder) =>
    readdirSync(join(root, "rules", folder)).map((file) =>
      join(built, "rules", folder, file.replace(/\.ts$/, ".js")),
    ),
  );
  const modules = await Promise.all(
    paths.map((path) => import(path) as Promise<{ default: Rule }>),
  );
  return modules
    .map((module) => defineRule(module.default))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function current(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
}

/** Pages of rules that are no more. */
function stalePages(wanted: readonly string[]): string[] {
  const folder = join(root, "docs/rules");
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  return names
    .map((name) => `docs/rules/${name}`)
    .filter((path) => path.endsWith(".md") && !wanted.includes(path));
}
