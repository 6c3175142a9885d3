import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { isSharedState } from "../shared-state.ts";
import { sharedTests } from "./shared-tests.ts";

/** What two calls at the same time are both given, so that it does no harm to ask twice: a loaded module, the one instance of a cache. */
export function givesEveryoneTheSame(
  made: OperationOf<"call">,
  before: readonly OperationOf<"call">[],
  functions: Program,
): boolean {
  const parts = combinedBy(made, before);
  if (parts.length > 0) return parts.every((part) => onlyLoads(part, functions));
  return onlyLoads(made, functions) || handsOutWhatIsKept(made, functions);
}

/** The calls in the list of `Promise.all([…])`; empty for any other call. */
function combinedBy(
  { at, callee }: OperationOf<"call">,
  before: readonly OperationOf<"call">[],
): readonly OperationOf<"call">[] {
  if (callee.kind === "static" || !/(?:^|:)Promise\.all$/.test(callee.name)) return [];
  return before.filter((call) => at.start < call.at.start && call.at.end <= at.end);
}

/** Functions inside of functions that are looked into. */
const DEEPEST = 2;

/** `import("driver")`, or a function of ours that awaits nothing else: a module is loaded once, and is the same for all. */
function onlyLoads(
  { callee }: OperationOf<"call">,
  functions: Program,
  left: number = DEEPEST,
): boolean {
  if (callee.kind === "unknown") return /^import\b/.test(callee.name);
  const model = callee.kind === "static" && left > 0 ? functions.model(callee.function) : undefined;
  if (!model) return false;
  let awaits = 0;
  for (const { operations } of model.blocks) {
    let made: OperationOf<"call"> | undefined;
    for (const operation of operations) {
      if (operation.kind === "call") made = operation;
      if (operation.kind !== "await" || !operation.isPromise) continue;
      awaits++;
      if (!made || !onlyLoads(made, functions, left - 1)) return false;
    }
  }
  return awaits > 0;
}

/** `return manager.open(name)`, where the last function of the chain looks in what it keeps first. */
function handsOutWhatIsKept(
  { callee }: OperationOf<"call">,
  functions: Program,
  left: number = DEEPEST,
): boolean {
  const model = callee.kind === "static" ? functions.model(callee.function) : undefined;
  if (!model) return false;
  const isKept = (path: Parameters<typeof isSharedState>[0]) => isSharedState(path, model);
  if (sharedTests(model, isKept).some(({ isNilTest }) => isNilTest)) return true;
  return (
    left > 0 && returnedCalls(model).some((call) => handsOutWhatIsKept(call, functions, left - 1))
  );
}

/** The calls whose results a function returns as they are. */
function returnedCalls({ blocks }: FunctionModel): OperationOf<"call">[] {
  const returned = new Set<string | undefined>();
  for (const { end } of blocks)
    for (const value of end.kind === "return" ? end.values : [])
      if (value.kind === "path") returned.add(pathKey(value.path));
  return blocks.flatMap(({ operations }) =>
    operations.filter(
      (operation): operation is OperationOf<"call"> =>
        operation.kind === "call" &&
        operation.results.some((result) => {
          const key = result && pathKey(result);
          return key !== undefined && returned.has(key);
        }),
    ),
  );
}
