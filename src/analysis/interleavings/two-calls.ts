import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";

/** What each of two calls does that come between each other: seen before the await, done after it. */
export interface TwoCalls {
  readonly lookedAt: Span;
  readonly awaitedAt: Span;
  readonly writtenAt: Span;
  /** What the first call finds, and what the second one still finds: `finds this.client unset`. */
  readonly finds: readonly [string, string];
  /** What the first call does at the end, and what the second one does on top of it. */
  readonly writes: readonly [string, string];
  /** What the second call does while it waits. */
  readonly waitsAgain?: string;
}

export function inFileOf({ file }: FunctionModel): (span: Span) => Place {
  return ({ start, end }) => ({ file, start, end });
}

/** The interleaving of two calls of one function: both look, both wait, both write. */
export function twoCallsTrace(model: FunctionModel, calls: TwoCalls): Trace {
  const place = inFileOf(model);
  const step = (thread: number, at: Span, action: string) => ({
    thread,
    at: place(at),
    action,
    waits: false,
  });
  const { lookedAt, awaitedAt, writtenAt, finds, writes } = calls;
  return {
    threads: [`first call of ${model.name}`, `second call of ${model.name}`],
    steps: [
      step(0, lookedAt, finds[0]),
      step(0, awaitedAt, "waits, and lets others run"),
      step(1, lookedAt, finds[1]),
      step(1, awaitedAt, calls.waitsAgain ?? "waits as well"),
      step(0, writtenAt, writes[0]),
      step(1, writtenAt, writes[1]),
    ],
  };
}
