/**
 * Side by side with other linters for Go, in one run: what each finds of the kernels whose faults the Go toolchain has proven, what it
 * says of their fixed twins and of programs that look guilty and are not, and what whole repositories cost.
 *
 *     node dist/bench/compare.js [--clones FOLDER] [DIRECTORY…]
 *
 * Needs Go and Python; installs the other tools below CHOKEPOINT_COMPARE or the directory for temporary files. Each tool runs with its
 * checks about concurrency and with as many threads as it likes, once. A fault is found where a tool says anything within two lines.
 * FOLDER has clones of the public semgrep rules; without it they are cloned.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runProgram } from "./child.ts";
import { type Fault, writeKernelModules } from "./compare/kernel-modules.ts";
import { installTools, type Remark, type Tool } from "./compare/tools.ts";
import { helpIfAsked } from "./help.ts";
import { linesOf, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const NEAR = 2;
const OUTCOMES = ["hang", "leak", "panic", "race"];
const { values, positionals } = parseArgs({
  options: { clones: { type: "string" } },
  allowPositionals: true,
});
const scratch = process.env["CHOKEPOINT_COMPARE"] ?? join(tmpdir(), "chokepoint-compare");
const tools = installTools(scratch, values.clones);
for (const { name, version } of tools) console.log(`- ${name}: ${version}`);
await compareKernels();
if (positionals.length > 0) await compareRepositories(positionals);

async function compareKernels(): Promise<void> {
  const target = mkdtempSync(join(tmpdir(), "chokepoint-kernels-"));
  const { faults, harmless } = writeKernelModules(target);
  const counts = OUTCOMES.map(
    (outcome) => faults.filter((fault) => fault.outcome === outcome).length,
  );
  console.log(
    `\n| tool | ${OUTCOMES.map((outcome, index) => `${outcome} (${counts[index]})`).join(" | ")} | found of ${faults.length} | fixed twins that it speaks of | harmless programs (${harmless.length}) | seconds |`,
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const tool of tools) {
    const remarks: Remark[] = [];
    let milliseconds = 0;
    for (const folder of readdirSync(target)) {
      const run = await runTool(tool, join(target, folder));
      milliseconds += run.milliseconds;
      remarks.push(...run.remarks);
    }
    const found = faults.filter((fault) => remarks.some((remark) => isNear(remark, fault)));
    const speaksOf = (twin: string) =>
      new Set(
        remarks
          .map(({ file }) => file)
          .filter((file) => file.includes(`/${twin}/`))
          .map((file) => file.replace(/\/.*/, "")),
      ).size;
    const cells = [
      tool.name,
      ...OUTCOMES.map((outcome) => found.filter((fault) => fault.outcome === outcome).length),
      found.length,
      speaksOf("fixed"),
      speaksOf("harmless"),
      (milliseconds / 1000).toFixed(1),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  rmSync(target, { recursive: true });
}

function isNear({ file, line }: Remark, fault: Fault): boolean {
  const isThere = file.startsWith(`${fault.name}/buggy/`) && file.endsWith(fault.file ?? "");
  return isThere && Math.abs(line - fault.line) <= NEAR;
}

async function compareRepositories(directories: readonly string[]): Promise<void> {
  console.log("\n| repository | lines | tool | findings | seconds | memory, MB |");
  console.log("|---|---|---|---|---|---|");
  for (const directory of directories.map((one) => resolve(one))) {
    const lines = linesOf(sourceFiles(directory).filter(({ grammar }) => grammar === "go"));
    for (const tool of tools) {
      const { remarks, milliseconds, megabytes } = await runTool(tool, directory);
      const cells = [
        directory.replace(/.*\//, ""),
        lines,
        tool.name,
        remarks.length,
        (milliseconds / 1000).toFixed(1),
        Math.round(megabytes),
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
}

async function runTool(tool: Tool, directory: string) {
  const run = await runProgram(tool.program, tool.words, directory);
  return { ...run, remarks: tool.read(run.out, run.talk, directory) };
}
