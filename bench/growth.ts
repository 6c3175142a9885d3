/**
 * How time and memory of a whole lint grow with the code: parts of repositories, from 10,000 to 2,000,000 lines, each part holding
 * the smaller ones: `node dist/bench/growth.js DIRECTORY…`
 * Whole folders are copied, in a fixed random order; sizes that the directories do not have are left out. One thread, no cache, one run
 * of each. Prints a table, and a chart for a Markdown page.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode } from "./child.ts";
import { helpIfAsked } from "./help.ts";
import { randomFrom } from "./random.ts";
import { directoriesOrUsage, linesOf, type SourceFile, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000];
const MODULE_FILES = ["go.mod", "package.json", "tsconfig.json"];
const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));

/** The sources of one folder, and where they go. */
interface Folder {
  readonly repository: string;
  readonly files: readonly SourceFile[];
}

const target = mkdtempSync(join(tmpdir(), "chokepoint-growth-"));
const folders = shuffled(directoriesOrUsage("growth").flatMap((one) => foldersOf(resolve(one))));
const drawn: { lines: number; seconds: number }[] = [];
let lines = 0;
console.log("| lines | seconds | ms per 1,000 lines | peak MB |");
console.log("|---|---|---|---|");
for (const size of SIZES) {
  while (lines < size) {
    const folder = folders.pop();
    if (!folder) break;
    copy(folder);
    lines += linesOf(folder.files);
  }
  if (lines < size) break;
  const words = ["lint", "--no-cache", "--quiet", "--format", "json", "--threads", "1", "."];
  const { milliseconds, megabytes } = await runNode([main, ...words], target);
  const cells = [
    lines,
    (milliseconds / 1000).toFixed(1),
    ((1000 * milliseconds) / lines).toFixed(1),
    Math.round(megabytes),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  drawn.push({ lines, seconds: milliseconds / 1000 });
}
console.log(`
\`\`\`mermaid
xychart-beta
  x-axis "thousand lines" [${drawn.map((point) => Math.round(point.lines / 1000)).join(", ")}]
  y-axis "seconds"
  line [${drawn.map(({ seconds }) => seconds.toFixed(1)).join(", ")}]
\`\`\``);
rmSync(target, { recursive: true });

function foldersOf(repository: string): Folder[] {
  const files = sourceFiles(repository);
  return [...new Set(files.map(({ path }) => dirname(path)))].map((folder) => ({
    repository,
    files: files.filter(({ path }) => dirname(path) === folder),
  }));
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const random = randomFrom(1);
  return items
    .map((item) => ({ item, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

/** Writes a folder below the target, with what says to which module it belongs. */
function copy({ repository, files }: Folder): void {
  const home = join(target, basename(repository));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
    for (let above = dirname(path); ; above = dirname(above)) {
      for (const name of MODULE_FILES)
        if (existsSync(join(repository, above, name)))
          copyFileSync(join(repository, above, name), join(home, above, name));
      if (above === ".") break;
    }
  }
}
