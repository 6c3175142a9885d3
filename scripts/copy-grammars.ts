import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  builtGrammars,
  type GrammarRecord,
  grammarFileName,
  grammarPackage,
} from "../src/syntax/grammar-files.ts";
import type { GrammarName } from "../src/syntax/tree.ts";

const require = createRequire(import.meta.url);

/** Copies the grammars of the development dependencies into `dist/grammars`, each with its version and hash. */
function copyGrammars(): void {
  mkdirSync(builtGrammars, { recursive: true });
  const names: readonly GrammarName[] = ["go", "typescript", "tsx"];
  const records = names.map(copyGrammar);
  writeFileSync(join(builtGrammars, "grammars.json"), `${JSON.stringify(records, null, 2)}\n`);
}

function copyGrammar(name: GrammarName): GrammarRecord {
  const manifest = require.resolve(`${grammarPackage[name]}/package.json`);
  const from = join(dirname(manifest), grammarFileName(name));
  copyFileSync(from, join(builtGrammars, grammarFileName(name)));
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const sha256 = createHash("sha256").update(readFileSync(from)).digest("hex");
  return { name, package: grammarPackage[name], version, sha256 };
}

copyGrammars();
