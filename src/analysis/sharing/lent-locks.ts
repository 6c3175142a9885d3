import { defineAnalysis } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { isMadeHere } from "./made-here.ts";

/**
 * Slots of locks that an object was given by another one: it keeps that one's state together, and says nothing of the fields beside
 * it.
 *
 *     return &iterator{mu: b.mu, rows: b.rows}
 */
export const lentLocks = defineAnalysis("lent locks", (use): ReadonlySet<string> => {
  const functions = use(program);
  const slots = new Set(
    use(heldLocks).walks.flatMap(({ acquisitions }) =>
      acquisitions.flatMap(({ lock }) =>
        lock.steps.at(-1)?.kind === "field" ? (lock.slot ?? []) : [],
      ),
    ),
  );
  if (slots.size === 0) return slots;
  const names = new Set([...slots].map((slot) => slot.slice(slot.lastIndexOf(".") + 1)));
  const lent = new Set<string>();
  for (const { id } of functions.functionsWith(new RegExp(`\\b(?:${[...names].join("|")})\\b`))) {
    const model = functions.model(id);
    for (const operation of model ? operationsOf(model) : []) {
      const slot = model && slotGiven(model, operation);
      if (slot !== undefined && slots.has(slot)) lent.add(slot);
    }
  }
  return lent;
});

/** The slot of a field that is given what this function has not made. */
function slotGiven(model: FunctionModel, operation: Operation): string | undefined {
  if (operation.kind !== "assign") return undefined;
  const { target, value } = operation;
  const isGiven =
    value.kind === "path" && !isMadeHere(model, value.path) && isFromOutside(value.path);
  return isGiven && target.steps.at(-1)?.kind === "field" ? target.slot : undefined;
}

/** A parameter, or a field of something. */
function isFromOutside({ root, steps }: AccessPath): boolean {
  if (root.kind !== "variable") return false;
  return steps.at(-1)?.kind === "field" || root.variable.role === "parameter";
}
