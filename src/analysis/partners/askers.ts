import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import type { ChannelRecord } from "../channel-census.ts";
import { type Departure, departuresFrom } from "./departures.ts";

/** Who waits for an answer, and may leave without it. */
export interface Asker {
  readonly model: FunctionModel;
  readonly receive: OperationOf<"receive">;
  readonly departure: Departure;
}

/** One who leaves; undefined where somebody takes answers for others, or all of them stay. */
export function askerOf(functions: Program, sources: readonly ChannelRecord[]): Asker | undefined {
  const receives = sources.flatMap((source) => source.receives);
  const askers = receives.flatMap(
    ({ function: { id }, operation, select }): Asker[] | undefined => {
      const model = functions.model(id);
      if (!model || operation.kind !== "receive" || !isOwn(model, operation.channel))
        return undefined;
      if (!select || select.hasDefault || isUnwelcome(model, operation)) return [];
      const departure = departuresFrom(model, operation).find((one): one is Asker["departure"] =>
        isIndependent(functions, model, one),
      );
      return departure ? [{ model, receive: operation, departure }] : [];
    },
  );
  return askers.includes(undefined) ? undefined : askers.find((one) => one !== undefined);
}

/** A channel of a request that the function itself has made or got: nobody else waits at it. */
function isOwn({ id, role }: FunctionModel, { root }: AccessPath): boolean {
  return (
    role !== "closure" &&
    root.kind === "variable" &&
    root.variable.role === "local" &&
    root.variable.declaredIn === id
  );
}

/** `case <-found: t.Fatal("found what is not there")`: a test shows that no answer comes. */
function isUnwelcome({ blocks }: FunctionModel, receive: OperationOf<"receive">): boolean {
  return blocks.some(
    ({ end }) =>
      end.kind === "select" &&
      end.cases.some(
        ({ operation, to }) => operation === receive && blocks[to]?.end.kind === "goexit",
      ),
  );
}

/** Whether a signal comes whatever the answerer does: a context, a timer, a stop. */
function isIndependent(functions: Program, model: FunctionModel, { signal }: Departure): boolean {
  if (!signal) return false;
  const last = signal.steps.at(-1);
  if (last?.kind === "call") return last.method === "Done";
  const isTimer = operationsOf(model).some(
    (one) =>
      one.kind === "make" &&
      (one.object === "timer" || one.object === "ticker") &&
      pathKey(one.path) !== undefined &&
      pathKey(signal)?.replace(/\.C$/, "") === pathKey(one.path),
  );
  if (isTimer) return true;
  const isReceivers = signal.root.kind === "variable" && signal.root.variable.role === "receiver";
  return isReceivers && signal.slot !== undefined && !isClosedAtAnEnd(functions, signal.slot);
}

/** `defer close(t.exited)`: it comes when the one who answers has ended. */
function isClosedAtAnEnd(functions: Program, slot: string): boolean {
  return functions
    .functionsWith(/\bdefer\b/)
    .some(({ id }) =>
      functions
        .model(id)
        ?.blocks.some(({ operations }) =>
          operations.some(
            (one) =>
              one.kind === "defer" &&
              one.operations.some(
                (last) => last.kind === "close" && identityOf(last.channel) === slot,
              ),
          ),
        ),
    );
}
