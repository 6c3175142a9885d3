import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import type { AccessPath, Variable } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { writtenBy } from "../../model/written-by.ts";
import { closureMentions, type Mentions, mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { findUnmetDuty } from "./unmet-duty.ts";

/** A local ticker that some way out of its function leaves running. */
export interface UnstoppedTicker {
  readonly function: FunctionModel;
  readonly ticker: AccessPath;
  readonly madeAt: Place;
  readonly returnAt: Place;
}

const INTEREST = /\bNewTicker\(/;

/** Tests and `main` are left out: the process ends with them. A ticker that is handed on is the duty of whoever has it. */
export const unstoppedTickers = defineAnalysis("unstopped tickers", (use): UnstoppedTicker[] => {
  const functions = use(program);
  const inClosure = closureMentions(functions);
  return functions.functionsWith(INTEREST).flatMap(({ id, file, isTest, name }) => {
    const isJudged = functions.isJudged(file) && !isTest && name !== "main";
    const model = isJudged ? functions.model(id) : undefined;
    if (!model || model.isDamaged) return [];
    return model.blocks.flatMap(({ operations }) =>
      operations.flatMap((operation) => unstopped(model, operation, inClosure) ?? []),
    );
  });
});

function unstopped(
  model: FunctionModel,
  made: Operation,
  inClosure: ReturnType<typeof closureMentions>,
): UnstoppedTicker | undefined {
  if (made.kind !== "make" || made.object !== "ticker") return undefined;
  const { root, steps } = made.path;
  if (root.kind !== "variable" || steps.length > 0 || root.variable.declaredIn !== model.id)
    return undefined;
  const { variable } = root;
  const hasIt = ({ paths, functions }: Mentions): boolean =>
    paths.some((path) => isTicker(path, variable)) ||
    functions.some((id) => inClosure(id, variable));
  const unmet = findUnmetDuty(model, {
    begins: made,
    isMetBy: (operation) => !isReset(operation) && hasIt(mentionsOf(operation)),
    isMetAtEnd: (end) => hasIt(mentionsAtEnd(end)),
    isLostBy: (operation) => writtenBy(operation).some((path) => path && isTicker(path, variable)),
  });
  if (unmet?.how !== "returned") return undefined;
  const inFile = (at: OperationOf<"make">["at"]): Place => ({ file: model.file, ...at });
  return {
    function: model,
    ticker: made.path,
    madeAt: inFile(made.at),
    returnAt: inFile(unmet.at),
  };
}

/** The ticker itself; its channel `t.C` is no more than what everyone reads. */
function isTicker({ root, steps }: AccessPath, variable: Variable): boolean {
  return root.kind === "variable" && root.variable === variable && steps.length === 0;
}

function isReset(operation: Operation): boolean {
  return (
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    operation.callee.name === "time.Ticker.Reset"
  );
}
