/** Writes a new rule with its fixture: `npm run new-rule go/some-fault`. Both are then edited by hand. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newRuleFiles } from "./new-rule-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [id = ""] = process.argv.slice(2);
try {
  const files = newRuleFiles(id);
  const taken = [...files.keys()].find((path) => existsSync(join(root, path)));
  if (taken) throw new Error(`${taken} is there already`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  console.log(
    `next: the fixture, then the rule, then npm test -- test/rules, then npm run generate`,
  );
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
