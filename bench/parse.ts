/**
 * Parsing, and what reading the trees costs: from memory, by cursor, and with the native parser where it is built
 * (`npm run build:native`). `node dist/bench/parse.js DIRECTORY…`
 */
import { loadParser } from "../src/syntax/parser.ts";
import type { GrammarName } from "../src/syntax/tree.ts";
import { helpIfAsked } from "./help.ts";
import { directoriesOrUsage, linesOf, type SourceFile, sourceFiles } from "./source-files.ts";

helpIfAsked(import.meta.url);

const BACKENDS = ["wasm", "wasm-cursor", "native"] as const;

console.log(
  "| directory | lines | nodes | with memory ms | by cursor | native | cursor ÷ memory | native ÷ memory |",
);
console.log("|---|---|---|---|---|---|---|---|");
for (const directory of directoriesOrUsage("parse")) {
  const files = sourceFiles(directory);
  const grammars = [...new Set(files.map(({ grammar }) => grammar))];
  const times = new Map<string, number>();
  let nodes = 0;
  for (let run = 0; run < 3; run++) {
    for (const backend of BACKENDS) {
      const result = await timed(files, grammars, backend);
      if (!result) continue;
      nodes = result.nodes;
      times.set(
        backend,
        Math.min(times.get(backend) ?? Number.POSITIVE_INFINITY, result.milliseconds),
      );
    }
  }
  const [memory = 0, cursor = 0, native] = BACKENDS.map((backend) => times.get(backend));
  const cells = [
    directory.replace(/.*\//, ""),
    linesOf(files),
    nodes,
    Math.round(memory),
    Math.round(cursor),
    native === undefined ? "not built" : Math.round(native),
    (cursor / memory).toFixed(2),
    native === undefined ? "" : (native / memory).toFixed(2),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

async function timed(
  files: readonly SourceFile[],
  grammars: readonly GrammarName[],
  backend: (typeof BACKENDS)[number],
): Promise<{ readonly milliseconds: number; readonly nodes: number } | undefined> {
  const parser = await loadParser(grammars, { backend }).catch(() => undefined);
  if (!parser) return undefined;
  const started = performance.now();
  let nodes = 0;
  for (const { text, grammar } of files) {
    const parsed = parser.parse(text, grammar);
    if (parsed.ok) nodes += parsed.tree.size;
  }
  return { milliseconds: performance.now() - started, nodes };
}
