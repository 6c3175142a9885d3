/**
 * What memory the App's server takes while it reviews, a line for each so many reviews. It analyses in its own process, unless
 * `--boxed`: then a review takes about a second, and nothing of an analysis can stay behind.
 * `node dist/bench/memory.js [--reviews 10000] [--every 500] [--at-once 8] [--postgresql] [--boxed]`
 */
import { parseArgs } from "node:util";
import { helpIfAsked } from "./help.ts";
import { reviewMany } from "./review-run.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "10000" },
    every: { type: "string", default: "500" },
    "at-once": { type: "string", default: "8" },
    postgresql: { type: "boolean", default: false },
    boxed: { type: "boolean", default: false },
  },
});
const started = performance.now();
const sinceStart = () => Math.round((performance.now() - started) / 1000);
console.log("| reviews | seconds | server's MB |");
console.log("|---|---|---|");
await reviewMany({
  reviews: Number(values.reviews),
  wave: Number(values.every),
  atOnce: Number(values["at-once"]),
  isEmbedded: !values.postgresql,
  isBoxed: values.boxed,
  onWave: (reviewed, megabytes) => console.log(`| ${reviewed} | ${sinceStart()} | ${megabytes} |`),
});
