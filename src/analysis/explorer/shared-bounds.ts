import { invariant } from "../../core/invariant.ts";
import type { FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { FunctionId } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";

const known = new WeakMap<FunctionModel, ReadonlySet<string>>();

/**
 * Whether a bound is the size of more than one loop, buffer or counter of a function and its closures: only then does it matter
 * how often such a loop ran.
 *
 * @param closuresOf - the closures that a function names
 */
export function isSharedBound(
  program: Program,
  id: FunctionId,
  bound: string,
  closuresOf: (model: FunctionModel) => readonly FunctionId[],
): boolean {
  const outermost = invariant(outermostOf(program, id), "a frame has a model");
  let shared = known.get(outermost);
  if (!shared) {
    shared = sharedBounds(program, outermost, closuresOf);
    known.set(outermost, shared);
  }
  return shared.has(baseOf(bound));
}

function outermostOf(program: Program, id: FunctionId): FunctionModel | undefined {
  let model = program.model(id);
  while (model?.enclosing !== undefined) model = program.model(model.enclosing);
  return model;
}

function sharedBounds(
  program: Program,
  outermost: FunctionModel,
  closuresOf: (model: FunctionModel) => readonly FunctionId[],
): ReadonlySet<string> {
  const once = new Set<string>();
  const shared = new Set<string>();
  const seen = new Set<FunctionModel>([outermost]);
  for (const model of seen) {
    for (const bound of boundsIn(model)) {
      const base = baseOf(bound);
      if (once.has(base)) shared.add(base);
      once.add(base);
    }
    for (const id of closuresOf(model)) {
      const closure = program.header(id)?.enclosing === undefined ? undefined : program.model(id);
      if (closure) seen.add(closure);
    }
  }
  return shared;
}

function boundsIn(model: FunctionModel): string[] {
  const sizes = operationsOf(model).flatMap((operation) => {
    if (operation.kind === "add") return operation.bound ?? [];
    return operation.kind === "make" && operation.capacity?.kind === "expression"
      ? operation.capacity.text
      : [];
  });
  const passes = model.blocks.flatMap(({ end }) => (end.kind === "loop" ? (end.bound ?? []) : []));
  return [...sizes, ...passes];
}

/** `len(x)-1` is counted with `len(x)`. */
function baseOf(bound: string): string {
  return bound.replace(/[+-]\d+$/, "");
}
