import type { FunctionModel } from "../../model/function.ts";
import { type FunctionId, pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { isSharedState } from "../shared-state.ts";
import { writtenBy } from "./across-await.ts";
import { sharedTests } from "./shared-tests.ts";

/** It takes a lock itself, or is a callback of a function that does, or is only called by such. */
export function isUnderLock(model: FunctionModel, functions: Program, depth = DEEPEST): boolean {
  let at: FunctionModel | undefined = model;
  for (let level = 0; at && level < DEEPEST; level++) {
    if (at.blocks.some(({ operations }) => operations.some(({ kind }) => kind === "acquire")))
      return true;
    at = at.enclosing === undefined ? undefined : functions.model(at.enclosing);
  }
  if (model.isExported || depth === 0) return false;
  const callers = callersOf(model, functions);
  return callers.length > 0 && callers.every((caller) => isUnderLock(caller, functions, depth - 1));
}

const DEEPEST = 4;

/** The functions of its file that call a function. */
function callersOf({ id, file }: FunctionModel, functions: Program): FunctionModel[] {
  return (functions.functionsIn?.(file) ?? []).flatMap((header) => {
    const model = header.id === id ? undefined : functions.model(header.id);
    return model && calls(model, id) ? [model] : [];
  });
}

function calls({ blocks }: FunctionModel, id: FunctionId): boolean {
  return blocks.some(({ operations }) =>
    operations.some(
      (operation) =>
        operation.kind === "call" &&
        operation.callee.kind === "static" &&
        operation.callee.function === id,
    ),
  );
}

/**
 * A flag that is set before the function waits and tested somewhere keeps the second call out; the state itself, by its key, not
 * where it is merely emptied.
 */
export function isGuarded(model: FunctionModel, flags: readonly string[], key: string): boolean {
  const all = [...flags, ...writtenAtOnce(model, key)];
  if (all.length === 0) return false;
  const isRead = model.blocks.some(
    ({ end }) => end.kind === "branch" && end.condition?.reads.some((read) => all.includes(read)),
  );
  if (isRead) return true;
  const tests = sharedTests(model, (path) => isSharedState(path, model));
  return tests.some(({ key }) => all.includes(key));
}

/** Keys of shared state that is written before the function first waits; not on ways on which it never does. */
function writtenAtOnce(model: FunctionModel, own: string): string[] {
  const keys: string[] = [];
  const waitLater = blocksBeforeAwaits(model);
  const seen = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = model.blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    const firstAwait = block.operations.findIndex(({ kind }) => kind === "await");
    const isBefore = firstAwait !== -1 || successors(block.end).some((next) => waitLater.has(next));
    const before = firstAwait === -1 ? block.operations : block.operations.slice(0, firstAwait);
    for (const operation of isBefore ? before : []) {
      const written = writtenBy(operation);
      const key = written && isSharedState(written, model) ? pathKey(written) : undefined;
      if (key !== undefined && key !== own) keys.push(key);
    }
    if (firstAwait === -1) waiting.push(...successors(block.end));
  }
  return keys;
}

/** The blocks that have an await, or lead to one. */
function blocksBeforeAwaits({ blocks }: FunctionModel): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, { operations }] of blocks.entries())
    if (operations.some(({ kind }) => kind === "await")) found.add(index);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [index, { end }] of blocks.entries())
      if (successors(end).some((next) => found.has(next))) found.add(index);
  }
  return found;
}
