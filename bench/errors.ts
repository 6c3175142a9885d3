/**
 * How much of a tree the grammars cannot read: `node dist/bench/errors.js PATH…`. For each path the share of damaged files
 * and of damaged text, then every damaged file with the line of its first damage.
 */
import { lineAt, lineStarts } from "../src/core/position.ts";
import { loadParser } from "../src/syntax/parser.ts";
import { readSourceFiles } from "./source-files.ts";

const parser = await loadParser(["go", "typescript", "tsx"]);

for (const path of process.argv.slice(2)) {
  const lines: string[] = [];
  let characters = 0;
  let damaged = 0;
  const files = readSourceFiles([path]);
  for (const file of files) {
    characters += file.text.length;
    const parsed = parser.parse(file.text, file.grammar);
    if (!parsed.ok) {
      lines.push(`  ${file.path}: ${parsed.message}`);
      continue;
    }
    const { damage } = parsed.tree;
    const [first] = damage;
    if (!first) continue;
    damaged += damage.reduce((sum, { start, end }) => sum + end - start, 0);
    const line = lineAt(lineStarts(file.text), first.start);
    const shown = file.text.slice(first.start, Math.min(first.end, first.start + 60));
    lines.push(`  ${file.path}:${line}: ${damage.length} damaged, first ${JSON.stringify(shown)}`);
  }
  const share = ((100 * damaged) / Math.max(1, characters)).toFixed(4);
  console.log(`${path}: ${lines.length} of ${files.length} files, ${share} % of the text`);
  for (const line of lines) console.log(line);
}
