/** What starting costs beyond node itself: `--version`, and a lint of ten small files. `node dist/bench/start-up.js` */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { least, runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

const RUNS = 7;
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chokepoint-bench-"));
for (let file = 0; file < 10; file++)
  writeFileSync(
    join(folder, `f${file}.go`),
    `package p\n\nfunc f${file}(c chan int) { c <- ${file} }\n`,
  );

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["node alone", ["-e", "0"]],
  ["--version", [main, "--version"]],
  ["lint of ten files", [main, "lint", "--quiet", "."]],
];
const times = new Map<string, number[]>();
for (let run = 0; run < RUNS; run++) {
  for (const [name, words] of cases) {
    const { milliseconds } = await runNode(words, folder);
    times.set(name, [...(times.get(name) ?? []), milliseconds]);
  }
}
rmSync(folder, { recursive: true });
const alone = least(times.get("node alone") ?? [0]);
console.log("| what | ms | beyond node |");
console.log("|---|---|---|");
for (const [name, all] of times)
  console.log(`| ${name} | ${Math.round(least(all))} | ${Math.round(least(all) - alone)} |`);
