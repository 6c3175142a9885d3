import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { callsOf, functionAround, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { goMinorOf } from "../go-version.ts";
import { startOf } from "../goroutines/goroutine-literals.ts";

/** A goroutine that draws from the random source that all share, behind one lock. */
export interface SharedRandom {
  readonly at: Place;
  readonly call: string;
  readonly startedAt: Place;
}

const DRAWS: ReadonlySet<string> = new Set([
  "Int",
  "Intn",
  "Int31",
  "Int31n",
  "Int63",
  "Int63n",
  "Uint32",
  "Uint64",
  "Float32",
  "Float64",
  "Perm",
  "Shuffle",
  "Read",
  "NormFloat64",
  "ExpFloat64",
]);
/** From this version on the functions of the package are free of locks, unless it is seeded. */
const LOCK_FREE = 20;

export const sharedRandoms = defineAnalysis("shared randoms", (use): SharedRandom[] => {
  const { files, module } = use(goPackage);
  const isSeeded = files.some(({ text }) => /\brand\.Seed\(/.test(text));
  return callsOf(files, use(goResolver), DRAWS).flatMap(({ file, tree, node, callee, name }) => {
    if (!name.startsWith("math/rand.") || name.split(".").length > 2 || file.isTest) return [];
    if (!isSeeded && (goMinorOf(file, module) ?? LOCK_FREE) >= LOCK_FREE) return [];
    const literal = functionAround(tree, node);
    const started =
      literal !== NONE && tree.kindOf(literal) === "func_literal" ? startOf(tree, literal) : NONE;
    if (started === NONE) return [];
    const start = tree.start[started] ?? 0;
    return [
      {
        at: placeOf(file, tree, node),
        call: tree.textOf(callee),
        startedAt: { file: file.path, start, end: start + 2 },
      },
    ];
  });
});
