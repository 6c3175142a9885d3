import type { FunctionModel } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import type { AccessPath, Variable } from "../model/path.ts";
import type { Program } from "../model/program.ts";
import { leadsTo } from "./locks/leads-to.ts";
import { closureMentions } from "./mentions.ts";

/**
 * Whether a channel's variable gets another channel after a goroutine was started that names it. Which of the two that goroutine
 * means is decided by when it comes to the name, of which the code shows nothing: as a rule long before.
 *
 *     go func() { defer close(done); serve() }()
 *     …
 *     before := done
 *     done = make(chan struct{})
 *     go func() { defer close(done); <-before }()
 */
export function isRebound(
  functions: Program,
  starter: FunctionModel,
  channel: AccessPath,
): boolean {
  const isNamedIn = closureMentions(functions);
  const operations = operationsOf(starter);
  return namesOf(operations, channel).some(
    (variable) =>
      variable.isReassigned &&
      operations.some((start) => {
        if (start.kind !== "spawn" || start.callee.kind !== "static") return false;
        return (
          isNamedIn(start.callee.function, variable) &&
          operations.some((one) => rebinds(one, variable) && leadsTo(starter, start.at, one.at))
        );
      }),
  );
}

/** The variable that a channel is named by, and those that were copied to it. */
function namesOf(operations: readonly Operation[], { root, steps }: AccessPath): Variable[] {
  if (root.kind !== "variable" || steps.length > 0) return [];
  const copied = operations.flatMap((one) => {
    if (one.kind !== "assign" || one.value.kind !== "path") return [];
    const { target, value } = one;
    const from = value.path.root;
    const isCopy = isVariable(target, root.variable) && value.path.steps.length === 0;
    return isCopy && from.kind === "variable" ? [from.variable] : [];
  });
  return [root.variable, ...copied];
}

function rebinds(operation: Operation, variable: Variable): boolean {
  if (operation.kind === "make") return isVariable(operation.path, variable);
  return operation.kind === "assign" && isVariable(operation.target, variable);
}

function isVariable({ root, steps }: AccessPath, variable: Variable): boolean {
  return root.kind === "variable" && steps.length === 0 && root.variable.id === variable.id;
}
