/**
 * What the index of the whole project costs: lint with and without the rules that compare it, and a second run with the cache
 * after one changed file against a full one, both on a copy. Runs alternate, of three the least counts: `node dist/bench/project-index.js DIRECTORY…`
 */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest } from "../rules/manifest.ts";
import { least, runNode } from "./child.ts";
import { directoriesOrUsage, sourceFiles } from "./source-files.ts";

const RUNS = 3;
const LEFT_OUT = /\/(?:\.git|node_modules|vendor|testdata)$/;
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "chokepoint-bench-"));
const rules = await Promise.all(manifest.map(async ({ load }) => (await load()).default));
const without = rules
  .filter(({ scope }) => scope === "project")
  .flatMap(({ id }) => ["--skip", id]);
const lint = async (directory: string, ...words: string[]): Promise<number> => {
  const all = [main, "lint", "--format", "json", "--quiet", "--threads", "1", ...words, "."];
  return (await runNode(all, directory)).milliseconds;
};

console.log(
  "| directory | without ms | with ms | with / without | changed file ms | changed / full |",
);
console.log("|---|---|---|---|---|---|");
for (const directory of directoriesOrUsage("project-index")) {
  const [bare, full, changed]: [number[], number[], number[]] = [[], [], []];
  const copy = join(scratch, "copy");
  cpSync(directory, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  const file = join(copy, changeable(copy));
  const cache = ["--cache-location", join(scratch, "cache")];
  await lint(copy, ...cache);
  for (let run = 0; run < RUNS; run++) {
    bare.push(await lint(copy, "--no-cache", ...without));
    full.push(await lint(copy, "--no-cache"));
    appendFileSync(file, `\n// ${run}\n`);
    changed.push(await lint(copy, ...cache));
  }
  rmSync(copy, { recursive: true });
  const [one, two, three] = [least(bare), least(full), least(changed)];
  const cells = [
    directory.replace(/.*\//, ""),
    Math.round(one),
    Math.round(two),
    (two / one).toFixed(2),
    Math.round(three),
    (three / two).toFixed(2),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
rmSync(scratch, { recursive: true });

/** A source that can take a comment at its end. */
function changeable(directory: string): string {
  const found = sourceFiles(directory).find(({ text }) => text.length > 2_000);
  if (!found) throw new Error(`${directory} has no source file`);
  return found.path;
}
