import type { FunctionModel } from "../model/function.ts";
import { type AccessPath, identityOf } from "../model/path.ts";
import type { Program } from "../model/program.ts";
import type { StuckThread } from "./explorer/explore.ts";

/**
 * Whether as many values are received as goroutines were started to send one:
 *
 *     active++; go send(…)                        // here
 *     for active > 0 { <-results; active-- }      // and there, perhaps in a function that drains what is left
 */
export function isCounted(
  functions: Program,
  { startedAt, thread, waitsFor }: StuckThread,
): boolean {
  const start = startedAt[thread];
  if (!start || !waitsFor.some(({ kind }) => kind === "send")) return false;
  const starters = functions.functions.filter(
    ({ file, at }) => file === start.file && at.start <= start.start && start.end <= at.end,
  );
  const counters = starters.flatMap(({ id }) =>
    countedBeside(functions.accesses?.(id)?.blocks ?? [], start.start),
  );
  return counters.some((counter) => isCountedDown(functions, starters, counter));
}

/** What is given a value in the block that starts the goroutine. */
function countedBeside(blocks: FunctionModel["blocks"], start: number): readonly AccessPath[] {
  return blocks
    .filter(({ operations }) =>
      operations.some(({ kind, at }) => kind === "spawn" && at.start === start),
    )
    .flatMap(({ operations }) =>
      operations.flatMap((one) => {
        if (one.kind === "write") return one.isCompound ? one.path : [];
        return one.kind === "assign" ? one.target : [];
      }),
    );
}

function isCountedDown(
  functions: Program,
  starters: readonly Pick<FunctionModel, "id">[],
  counter: AccessPath,
): boolean {
  const last = counter.steps.at(-1);
  const identity = identityOf(counter);
  if (identity === undefined) return false;
  const isField = last?.kind === "field";
  const among = isField ? functions.functionsWith(new RegExp(`\\b${last.name}\\b`)) : starters;
  const isRead = (read: string) => (isField ? read.endsWith(`.${last.name}`) : read === identity);
  return among.some(({ id }) => receivesWhile(functions.model(id)?.blocks ?? [], isRead));
}

/** `for left > 0 { <-results }`. */
function receivesWhile(
  blocks: FunctionModel["blocks"],
  isRead: (read: string) => boolean,
): boolean {
  return blocks.some(({ kind, end }) => {
    if (kind !== "for-head" || end.kind !== "branch") return false;
    const body = blocks[end.then]?.operations ?? [];
    return end.condition?.reads.some(isRead) === true && body.some((one) => one.kind === "receive");
  });
}
