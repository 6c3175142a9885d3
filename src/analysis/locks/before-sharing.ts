import type { Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { type closureMentions, mentionsOf, valuesOf } from "../mentions.ts";
import { isMadeHere } from "../sharing/made-here.ts";
import { leadsTo } from "./leads-to.ts";

/**
 * Whether a function has made an object itself and has it alone where it comes to some place: nothing was started with it, called with it
 * or given it by then.
 *
 *     b := &board{pending: make(chan stroke, 8)}
 *     b.mu.Lock(); b.pending <- first; b.mu.Unlock()     // here
 *     go b.paint()
 */
export function isBeforeSharing(
  model: FunctionModel,
  path: AccessPath,
  at: Span,
  inClosure: ReturnType<typeof closureMentions>,
): boolean {
  const { root } = path;
  if (root.kind !== "variable" || !isMadeHere(model, path)) return false;
  return !operationsOf(model).some(
    (one) => shares(one, root.variable, inClosure) && leadsTo(model, one.at, at),
  );
}

function shares(
  operation: Operation,
  variable: Variable,
  inClosure: (id: FunctionId, variable: Variable) => boolean,
): boolean {
  const isGiven = valuesOf(operation).some(
    (value) =>
      value.kind === "path" &&
      value.path.root.kind === "variable" &&
      value.path.root.variable === variable,
  );
  return isGiven || mentionsOf(operation).functions.some((id) => inClosure(id, variable));
}
