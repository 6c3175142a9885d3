/**
 * The time of a whole `chokepoint lint` of TypeScript directories, with every rule that is on by default and on one thread,
 * against typescript-eslint with types and six rules on the same files, in one run: `node dist/bench/typed-time.js DIRECTORY…`
 * Both are processes of their own. Of ours the least of three counts, of theirs the only one.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { least, runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";
import { installTools } from "./oracle-install.ts";
import { directoriesOrUsage, linesOf, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const RUNS = 3;
const scratch = process.env["CHOKEPOINT_ORACLE"] ?? join(tmpdir(), "chokepoint-oracle");
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const typed = fileURLToPath(new URL("typed-lint.js", import.meta.url));

console.log("| directory | files | lines | typescript-eslint, s | chokepoint, s | times faster |");
console.log("|---|---|---|---|---|---|");
for (const directory of directoriesOrUsage("typed-time")) {
  const files = sourceFiles(directory);
  const ours: number[] = [];
  for (let run = 0; run < RUNS; run++) ours.push((await lint(directory)).milliseconds);
  const theirs = await runNode([
    "--max-old-space-size=6000",
    typed,
    installTools(scratch),
    directory,
  ]);
  const cells = [
    directory.replace(/.*\//, ""),
    files.length,
    linesOf(files),
    (theirs.milliseconds / 1000).toFixed(1),
    (least(ours) / 1000).toFixed(2),
    (theirs.milliseconds / least(ours)).toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function lint(directory: string) {
  const words = ["lint", "--no-cache", "--format", "json", "--quiet", "--threads", "1", "."];
  return runNode([main, ...words], directory);
}
