import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { argumentsOf, hasCommentAbove, placeOf } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";

/** A channel with a buffer of a bare number beyond one. */
export interface ChannelSize {
  readonly at: Place;
  readonly size: string;
}

const INTEREST = /\bmake\(\s*(?:<-\s*)?chan\b/;

/** Outside of tests. A number that a comment above explains is no bare one. */
export const channelSizes = defineAnalysis("channel sizes", (use): ChannelSize[] =>
  use(goPackage).files.flatMap((file) => {
    const tree = file.isJudged && !file.isTest && INTEREST.test(file.text) ? file.tree : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "call_expression").flatMap((node): ChannelSize[] => {
      const callee = tree.childIn(node, "function");
      if (callee === NONE || tree.textOf(callee) !== "make") return [];
      const [type, size] = argumentsOf(tree, node);
      if (type === undefined || size === undefined || tree.kindOf(type) !== "channel_type")
        return [];
      const text = tree.textOf(size);
      if (tree.kindOf(size) !== "int_literal" || Number(text.replaceAll("_", "")) <= 1) return [];
      const at = placeOf(file, tree, size);
      return hasCommentAbove(tree, at) ? [] : [{ at, size: text }];
    });
  }),
);
