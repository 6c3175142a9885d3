import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { callsOf, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

/** `sync.NewCond(nil)`. */
export const nilLockers = defineAnalysis("nil lockers", (use): Place[] =>
  callsOf(use(goPackage).files, use(goResolver), new Set(["NewCond"])).flatMap((call) => {
    const { name, file, tree, node, arguments: given } = call;
    const isNil = given.length === 1 && given.every((one) => tree.textOf(one) === "nil");
    return name === "sync.NewCond" && isNil ? [placeOf(file, tree, node)] : [];
  }),
);
