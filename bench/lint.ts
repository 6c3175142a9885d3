/**
 * Whole `chokepoint lint` of directories, as a process of its own, against bare single-threaded parsing of the same files.
 * Runs alternate, and of three the least counts; "again" is a second run with nothing changed: `node dist/bench/lint.js DIRECTORY…`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChildRun, least, runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";
import { directoriesOrUsage } from "./source-files.ts";

helpIfAsked(import.meta.url);

const RUNS = 3;
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const bare = fileURLToPath(new URL("bare-parse.js", import.meta.url));
const cache = mkdtempSync(join(tmpdir(), "chokepoint-bench-"));
const lint = (directory: string, threads: number, keep = ["--no-cache"]) =>
  runNode(
    [main, "lint", ...keep, "--format", "json", "--quiet", "--threads", String(threads), "."],
    directory,
  );

console.log(
  "| directory | files | lines | bare parse ms | lint, 1 thread | lint, 2 threads | ratio 1 | ratio 2 | again / lint, 1 thread | peak MB (1) | findings per 1,000 lines |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|---|");
for (const directory of directoriesOrUsage("lint")) {
  const bares: { files: number; lines: number; milliseconds: number }[] = [];
  const [ones, twos, agains]: [ChildRun[], ChildRun[], ChildRun[]] = [[], [], []];
  const keep = ["--cache-location", cache];
  await lint(directory, 1, keep);
  for (let run = 0; run < RUNS; run++) {
    bares.push(JSON.parse((await runNode([bare, directory])).out));
    ones.push(await lint(directory, 1));
    twos.push(await lint(directory, 2));
    agains.push(await lint(directory, 1, keep));
  }
  const parse = least(bares.map(({ milliseconds }) => milliseconds));
  const one = least(ones.map(({ milliseconds }) => milliseconds));
  const two = least(twos.map(({ milliseconds }) => milliseconds));
  const again = least(agains.map(({ milliseconds }) => milliseconds));
  const { files = 0, lines = 0 } = bares[0] ?? {};
  const findings = (JSON.parse(ones[0]?.out ?? "{}") as { findings: unknown[] }).findings.length;
  const cells = [
    directory.replace(/.*\//, ""),
    files,
    lines,
    parse,
    Math.round(one),
    Math.round(two),
    (one / parse).toFixed(2),
    (two / parse).toFixed(2),
    (again / one).toFixed(2),
    Math.round(Math.max(...ones.map(({ megabytes }) => megabytes))),
    ((1000 * findings) / lines).toFixed(3),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
rmSync(cache, { recursive: true });
