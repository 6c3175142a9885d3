import { defineAnalysis } from "../core/analysis.ts";
import type { Place } from "../core/position.ts";
import type { OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { program } from "../model/program.ts";

/** An operation on a local channel that is nil all its life. */
export interface NilChannelOperation {
  readonly at: Place;
  readonly channel: string;
  readonly kind: "send" | "receive" | "close";
  readonly declaredAt: Place;
}

const INTEREST = /\bvar\s+[\w, ]+(<-\s*)?chan\b/;

/** `var c chan T` that nothing ever assigns, outside a select, where nil switches a case off. */
export const nilChannels = defineAnalysis("nil channels", (use): readonly NilChannelOperation[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    const plain = model.blocks.flatMap(({ operations }) => operations);
    const isNil = new Set(
      plain.flatMap((one) =>
        one.kind === "assign" && one.value.kind === "nil" && one.target.root.kind === "variable"
          ? [one.target.root.variable]
          : [],
      ),
    );
    const uses = plain.filter(
      (one): one is OperationOf<"send"> | OperationOf<"receive"> | OperationOf<"close"> =>
        one.kind === "send" || one.kind === "receive" || one.kind === "close",
    );
    const isMade = operationsOf(model).flatMap((one) =>
      one.kind === "make" && one.path.root.kind === "variable" ? [one.path.root.variable] : [],
    );
    return uses.flatMap(({ channel: { root, steps, text }, kind, at }) => {
      if (root.kind !== "variable" || steps.length > 0) return [];
      const { variable } = root;
      if (variable.isReassigned || !isNil.has(variable) || isMade.includes(variable)) return [];
      return [{ at: { file, ...at }, channel: text, kind, declaredAt: variable.at }];
    });
  });
});
