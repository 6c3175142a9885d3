import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, identityOf, type Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { findUnmetDuty, type UnmetDuty } from "../lifetimes/unmet-duty.ts";
import { closureMentions, mentionsOf } from "../mentions.ts";

/**
 * A Done that a callee is entrusted with, as a function that it has to call, and that it calls on some of its ways alone:
 *
 *     g.wg.Add(1)
 *     job.start(g.finish)                     // g.finish calls g.wg.Done
 *
 *     func (p *pull) start(done func(error)) {
 *         if p.isCached() { return }          // and done?
 *         go func() { done(p.fetch()) }()
 *     }
 */
export interface EntrustedDone {
  /** Who counts and calls. */
  readonly starter: FunctionModel;
  readonly call: OperationOf<"call">;
  readonly group: AccessPath;
  /** Who leaves without a call of the parameter. */
  readonly callee: FunctionModel;
  readonly parameter: Variable;
  readonly unmet: UnmetDuty;
  /** A call, or a handing on, of the parameter on another way. */
  readonly otherAt: Operation["at"];
}

/** Implementations of one method of an interface. */
const MOST_CALLEES = 4;

export function entrustedDones(
  functions: Program,
  starters: readonly FunctionModel[],
  isWaitedFor: (group: string) => boolean,
): EntrustedDone[] {
  const inClosure = closureMentions(functions);
  return starters.flatMap((starter) =>
    starter.blocks.flatMap(({ operations }) =>
      operations.flatMap((call, index) => {
        const add = call.kind === "call" ? operations.slice(0, index).findLast(isAdd) : undefined;
        const identity = add && identityOf(add.group);
        if (call.kind !== "call" || !add || identity === undefined || !isWaitedFor(identity))
          return [];
        return call.arguments.flatMap((given, position) =>
          callsDone(functions, given, identity)
            ? calleesOf(call).flatMap(
                (id) => unmetIn(functions, inClosure, starter, call, add.group, id, position) ?? [],
              )
            : [],
        );
      }),
    ),
  );
}

function isAdd(operation: Operation): operation is OperationOf<"add"> {
  return operation.kind === "add" && operation.delta === 1;
}

function callsDone(functions: Program, given: Value, group: string): boolean {
  const model = given.kind === "function" ? functions.model(given.function) : undefined;
  return (
    model !== undefined &&
    operationsOf(model).some(
      (one) => one.kind === "add" && one.delta === -1 && identityOf(one.group) === group,
    )
  );
}

function calleesOf({ callee }: OperationOf<"call">): readonly FunctionId[] {
  if (callee.kind === "static") return [callee.function];
  if (callee.kind !== "dynamic" || callee.through !== "interface") return [];
  return callee.candidates.length <= MOST_CALLEES ? callee.candidates : [];
}

const RUNS: ReadonlySet<Operation["kind"]> = new Set(["call", "spawn", "defer"]);

function unmetIn(
  functions: Program,
  inClosure: ReturnType<typeof closureMentions>,
  starter: FunctionModel,
  call: OperationOf<"call">,
  group: AccessPath,
  id: FunctionId,
  position: number,
): EntrustedDone | undefined {
  const callee = functions.model(id);
  const parameter = callee?.parameters[position];
  // What it returns may say that it is not going to call.
  if (!callee || callee.isDamaged || !parameter || callee.results.length > 0) return undefined;
  if (parameter.isReassigned || parameter.isVariadic || !functions.isJudged(callee.file))
    return undefined;
  const isMetBy = (operation: Operation): boolean => {
    const { paths, functions: named } = mentionsOf(operation);
    return (
      paths.some(({ root }) => root.kind === "variable" && root.variable.id === parameter.id) ||
      named.some((one) => inClosure(one, parameter))
    );
  };
  const [other, ...others] = operationsOf(callee).filter(isMetBy);
  // What is kept for somebody else to call may be refused.
  if (!other || ![other, ...others].every(({ kind }) => RUNS.has(kind))) return undefined;
  const begins: Operation = { kind: "read", path: group, at: callee.nameAt };
  const blocks = callee.blocks.map((block, index) =>
    index === 0 ? { ...block, operations: [begins, ...block.operations] } : block,
  );
  const unmet = findUnmetDuty(
    { ...callee, blocks },
    {
      begins,
      isMetBy: (operation) => operation !== begins && isMetBy(operation),
      // `if done != nil { done() }`
      isMetAtEnd: (end) =>
        end.kind === "branch" &&
        (end.condition?.reads.some((read) => read === parameter.id) ?? false),
      isLostBy: () => false,
    },
  );
  return unmet && { starter, call, group, callee, parameter, unmet, otherAt: other.at };
}
