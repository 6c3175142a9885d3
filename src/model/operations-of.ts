import type { FunctionModel } from "./function.ts";
import type { Operation } from "./operation.ts";

/** Every operation of a function, those of selects and deferred calls included. */
export function operationsOf(model: Pick<FunctionModel, "blocks">): Operation[] {
  const found: Operation[] = [];
  const waiting: Operation[] = [];
  for (const { operations, end } of model.blocks) {
    waiting.push(...operations);
    if (end.kind === "select") waiting.push(...end.cases.map(({ operation }) => operation));
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    if (next.kind === "defer") waiting.push(...next.operations);
  }
  return found;
}
