/**
 * How many pull requests the App's server reviews in a second, with one, two and four analyses at one time, each in a process of
 * its own; and how much memory the server takes after each tenth. Some installations share the work, for a fake GitHub.
 * `node dist/bench/throughput.js [--reviews 100] [--at-once 1,2,4] [--embedded] [--unboxed]`
 */
import { parseArgs } from "node:util";
import { helpIfAsked } from "./help.ts";
import { reviewMany } from "./review-run.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "100" },
    "at-once": { type: "string", default: "1,2,4" },
    embedded: { type: "boolean", default: false },
    unboxed: { type: "boolean", default: false },
  },
});
const reviews = Number(values.reviews);

console.log(`${values.embedded ? "PGlite" : "PostgreSQL"}, ${reviews} pull requests\n`);
console.log("| at once | seconds | reviews a second | server's MB after each tenth |");
console.log("|---|---|---|---|");
for (const atOnce of values["at-once"].split(",").map(Number)) {
  const megabytes: number[] = [];
  const seconds = await reviewMany({
    reviews,
    wave: Math.ceil(reviews / 10),
    atOnce,
    isEmbedded: values.embedded,
    isBoxed: !values.unboxed,
    onWave: (_, now) => void megabytes.push(now),
  });
  const cells = [atOnce, seconds.toFixed(1), (reviews / seconds).toFixed(2), megabytes.join(", ")];
  console.log(`| ${cells.join(" | ")} |`);
}
