import type { Tally } from "../core/tally.ts";
import type { UnitContents } from "../languages/language.ts";
import type { FunctionModel } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { type Program, program } from "../model/program.ts";

/** What a run read and understood, for the last line on stderr. Counts. */
export interface Understood {
  readonly files: number;
  readonly lines: number;
  readonly functions: number;
  /** Functions that some rule had reason to look at, and that were lowered to the model. */
  readonly modelled: number;
  readonly goroutines: number;
  readonly locks: number;
  readonly channels: number;
  readonly promises: number;
  /** Calls in modelled functions whose target is not known. */
  readonly unknown: number;
  /** Searches that ended for lack of budget, and were silent. */
  readonly outOfBudget: number;
}

export const NOTHING_UNDERSTOOD: Understood = {
  files: 0,
  lines: 0,
  functions: 0,
  modelled: 0,
  goroutines: 0,
  locks: 0,
  channels: 0,
  promises: 0,
  unknown: 0,
  outOfBudget: 0,
};

/** Adds what a unit's program holds to what was read of it. Counts only functions that somebody had lowered. */
export function whatWasUnderstood(
  read: Understood,
  { seeds }: UnitContents,
  { outOfBudget }: Tally,
): Understood {
  const seeded = seeds.find(({ analysis }) => analysis === program);
  if (!seeded) return { ...read, outOfBudget };
  const unit = seeded.result as Program;
  const counts = { modelled: 0, goroutines: 0, locks: 0, channels: 0, promises: 0, unknown: 0 };
  for (const model of unit.lowered?.() ?? []) {
    counts.modelled++;
    countOperations(model, counts);
  }
  return { ...read, ...counts, functions: unit.functions.length, outOfBudget };
}

type Counts = Record<"goroutines" | "locks" | "channels" | "promises" | "unknown", number>;

function countOperations({ blocks }: FunctionModel, counts: Counts): void {
  for (const { operations } of blocks) {
    for (const operation of operations) countOperation(operation, counts);
  }
}

function countOperation(operation: Operation, counts: Counts): void {
  switch (operation.kind) {
    case "spawn":
      counts.goroutines++;
      break;
    case "acquire":
      counts.locks++;
      break;
    case "make":
      if (operation.object === "channel") counts.channels++;
      if (operation.object === "promise") counts.promises++;
      break;
    case "await":
      counts.promises++;
      break;
    case "call":
      if (operation.callee.kind === "unknown") counts.unknown++;
      break;
    default:
  }
}

/** The sum of two. */
export function addUnderstood(one: Understood, other: Understood): Understood {
  const sum = { ...one };
  for (const key of Object.keys(sum) as (keyof Understood)[]) {
    (sum as Record<keyof Understood, number>)[key] += other[key];
  }
  return sum;
}
