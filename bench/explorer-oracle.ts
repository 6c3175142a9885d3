/**
 * Holds the explorer against Go itself: small random programs are explored by us, and run many times by Go.
 *
 *     node dist/bench/explorer-oracle.js [--programs COUNT] [--seed NUMBER] [--rounds COUNT] [--show]
 *
 * Go's runs are a sample: what the explorer alone says is tried again for longer before it counts as a disagreement.
 */
import { parseArgs } from "node:util";
import { loadParser } from "../src/syntax/parser.ts";
import { textOf } from "./explorer-oracle/code.ts";
import { compareWithGo } from "./explorer-oracle/compare.ts";
import { hasGo } from "./explorer-oracle/run-go.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    rounds: { type: "string", default: "120" },
    show: { type: "boolean", default: false },
  },
});
if (!hasGo()) {
  console.error("this needs Go 1.25 or later");
  process.exit(2);
}

const parser = await loadParser(["go"]);
const request = {
  count: Number(values.programs),
  seed: Number(values.seed),
  rounds: Number(values.rounds),
};
const comparison = compareWithGo(parser, request);
const { programs, agreed, partial, withFaults, disagreements } = comparison;
for (const { program, onlyExplorer, onlyGo } of disagreements) {
  console.log(
    `${program.name}: only the explorer: ${onlyExplorer.join(", ") || "–"}; only Go: ${onlyGo.join(", ") || "–"}`,
  );
  if (values.show) console.log(textOf(program.code, false));
}
console.log(
  "| programs | that can go wrong | agree | not all seen, what is said agrees | disagree |",
);
console.log("|---|---|---|---|---|");
console.log(`| ${programs} | ${withFaults} | ${agreed} | ${partial} | ${disagreements.length} |`);
process.exitCode = disagreements.length > 0 ? 1 : 0;
