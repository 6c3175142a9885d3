import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { writtenBy } from "../../model/written-by.ts";
import { mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { findUnmetDuty } from "./unmet-duty.ts";

/**
 * A cancel function that is taken out of its field, and is not called where an error comes:
 *
 *     cancel := l.cancel
 *     l.cancel = nil
 *     if err := l.giveUp(); err != nil {
 *         return err                       // nobody has cancel any more
 *     }
 *     cancel()
 */
export interface SkippedCancel {
  readonly function: FunctionModel;
  readonly field: AccessPath;
  readonly cancel: AccessPath;
  readonly takenAt: Place;
  readonly returnAt: Place;
  readonly calledAt: Place;
}

const MAKES = /\bWith(?:Cancel|Timeout|Deadline)(?:Cause)?\(/;
const MAKER = /^context\.With(?:Cancel|Timeout|Deadline)(?:Cause)?$/;
/** Where a field may be emptied. */
const EMPTIES = /\bnil\b/;

export const skippedCancels = defineAnalysis("skipped cancels", (use): SkippedCancel[] => {
  const functions = use(program);
  const fields = new Set(
    functions.functionsWith(MAKES).flatMap(({ id }) => {
      const model = functions.model(id);
      return model ? cancelFields(model) : [];
    }),
  );
  if (fields.size === 0) return [];
  return functions.functionsWith(EMPTIES).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    return model && !model.isDamaged ? skippedIn(model, fields) : [];
  });
});

/** Slots of fields that get a cancel function: at once, or from the local that it was given first. */
function cancelFields(model: FunctionModel): string[] {
  const operations = operationsOf(model);
  const made = operations.flatMap((one) =>
    one.kind === "call" && one.callee.kind === "external" && MAKER.test(one.callee.name)
      ? [one.results[1]]
      : [],
  );
  const names = new Set(made.map((path) => path && pathKey(path)));
  const kept = operations.flatMap((one) =>
    one.kind === "assign" && one.value.kind === "path" && names.has(pathKey(one.value.path))
      ? [one.target]
      : [],
  );
  return [...made, ...kept].flatMap((path) => path?.slot ?? []);
}

function skippedIn(model: FunctionModel, fields: ReadonlySet<string>): SkippedCancel[] {
  return model.blocks.flatMap(({ operations }) =>
    operations.flatMap((taken) => {
      if (taken.kind !== "assign" || taken.value.kind !== "path") return [];
      const { target: cancel, value } = taken;
      const { slot } = value.path;
      const key = pathKey(cancel);
      if (slot === undefined || !fields.has(slot) || cancel.steps.length > 0) return [];
      const isEmptied = operations.some(
        (one) => one.kind === "assign" && one.value.kind === "nil" && one.target.slot === slot,
      );
      const uses = (operation: Operation): boolean => {
        const written = writtenBy(operation);
        return mentionsOf(operation).paths.some(
          (path) => pathKey(path) === key && !written.includes(path),
        );
      };
      const called = operationsOf(model).find((one) => one.kind === "cancel" && uses(one));
      if (!isEmptied || !called || key === undefined) return [];
      const unmet = findUnmetDuty(failing(model), {
        begins: taken,
        isMetBy: uses,
        isMetAtEnd: (end) =>
          mentionsAtEnd(end).paths.some((path) => pathKey(path) === key) ||
          (end.kind === "branch" && (end.condition?.reads.includes(key) ?? false)),
        isLostBy: () => false,
      });
      if (unmet?.how !== "returned") return [];
      const inFile = ({ at }: Pick<Operation, "at">): Place => ({ file: model.file, ...at });
      return [
        {
          function: model,
          field: value.path,
          cancel,
          takenAt: inFile(taken),
          returnAt: inFile(unmet),
          calledAt: inFile(called),
        },
      ];
    }),
  );
}

/** The function with those ways out alone that an error decides: others may say that there was nothing to cancel. */
function failing(model: FunctionModel): FunctionModel {
  const onError = new Set(
    model.blocks.flatMap(({ end }) =>
      end.kind === "branch" && end.condition?.isErrorTest ? [...successors(end)] : [],
    ),
  );
  const endOf = (end: Terminator, id: number): Terminator =>
    end.kind === "return" && !onError.has(id) ? { kind: "stuck", at: end.at } : end;
  return {
    ...model,
    blocks: model.blocks.map((block, id) => ({ ...block, end: endOf(block.end, id) })),
  };
}
