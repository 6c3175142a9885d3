/**
 * What the index of the whole project costs: lint with and without the rules that compare it, and further runs with the cache,
 * each after one more changed file, against a full one, on a copy. One thread, and the processor's time, since a shared machine
 * says little by the clock: `node dist/bench/project-index.js DIRECTORY…`
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest } from "../rules/manifest.ts";
import { runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";
import { directoriesOrUsage, linesOf, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

/** Changed one after the other: files that lie so far from the first in the order of paths. */
const PLACES = [0.1, 0.3, 0.5, 0.7, 0.9];
const LEFT_OUT = /\/(?:\.git|node_modules|vendor|testdata)$/;
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "chokepoint-bench-"));
const rules = await Promise.all(manifest.map(async ({ load }) => (await load()).default));
const without = rules
  .filter(({ scope }) => scope === "project")
  .flatMap(({ id }) => ["--skip", id]);
const lint = async (directory: string, ...words: string[]): Promise<number> => {
  const all = [main, "lint", "--format", "json", "--quiet", "--threads", "1", ...words, "."];
  return (await runNode(all, directory)).processorMilliseconds;
};

console.log("| directory | lines | without ms | with ms | with / without | changed / full, each |");
console.log("|---|---|---|---|---|---|");
for (const directory of directoriesOrUsage("project-index")) {
  const copy = join(scratch, "copy");
  cpSync(directory, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  const sources = sourceFiles(copy);
  const cache = ["--cache-location", join(scratch, "cache")];
  const bare = await lint(copy, "--no-cache", ...without);
  const full = await lint(copy, ...cache);
  const changed: number[] = [];
  for (const place of PLACES) {
    const file = sources[Math.floor(place * sources.length)];
    if (!file) continue;
    // In a body where there is one: most changes are.
    const text = file.text.replace(/^(func .*\{[ \t]*)$/m, '$1\n\tprintln("changed")');
    writeFileSync(join(copy, file.path), `${text}\n// changed\n`);
    changed.push(await lint(copy, ...cache));
  }
  rmSync(copy, { recursive: true });
  const cells = [
    directory.replace(/.*\//, ""),
    linesOf(sources),
    bare,
    full,
    (full / bare).toFixed(2),
    changed.map((one) => (one / full).toFixed(2)).join(", "),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
rmSync(scratch, { recursive: true });
