/**
 * Parses what lint would judge below a directory, once, one after the other, and does nothing with the trees: what the other
 * benches compare with. `node dist/bench/bare-parse.js DIRECTORY` prints the milliseconds of reading and of parsing alone.
 */
import { readFileSync } from "node:fs";
import { Language, Parser } from "web-tree-sitter";
import { grammarFile } from "../src/syntax/grammar-files.ts";
import type { GrammarName } from "../src/syntax/tree.ts";
import { helpIfAsked } from "./help.ts";
import { directoriesOrUsage, linesOf, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const [directory = "."] = directoriesOrUsage("bare-parse");
const files = sourceFiles(directory);
await Parser.init();
const loaded = new Map<GrammarName, Language>();
for (const name of new Set(files.map(({ grammar }) => grammar)))
  loaded.set(name, await Language.load(readFileSync(grammarFile(name))));
const parser = new Parser();
const started = performance.now();
for (const { text, grammar } of files) {
  parser.setLanguage(loaded.get(grammar) ?? null);
  parser.parse(text)?.delete();
}
const milliseconds = Math.round(performance.now() - started);
console.log(JSON.stringify({ files: files.length, lines: linesOf(files), milliseconds }));
