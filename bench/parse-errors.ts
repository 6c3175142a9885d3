/** How many files of a directory do not parse whole, and which: `node dist/bench/parse-errors.js DIRECTORY…` */
import { loadParser } from "../src/syntax/parser.ts";
import { helpIfAsked } from "./help.ts";
import { directoriesOrUsage, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

/** Files that are named. */
const NAMED = 5;

const parser = await loadParser(["go", "typescript", "tsx"]);
console.log("| directory | files | with errors | rate | among them |");
console.log("|---|---|---|---|---|");
for (const directory of directoriesOrUsage("parse-errors")) {
  const files = sourceFiles(directory);
  const broken = files.flatMap(({ path, text, grammar }) => {
    const parsed = parser.parse(text, grammar);
    return !parsed.ok || parsed.tree.damage.length > 0 ? [path] : [];
  });
  const rate = `${((100 * broken.length) / Math.max(1, files.length)).toFixed(2)} %`;
  const named = broken.slice(0, NAMED).join(", ");
  console.log(
    `| ${directory.replace(/.*\//, "")} | ${files.length} | ${broken.length} | ${rate} | ${named} |`,
  );
}
