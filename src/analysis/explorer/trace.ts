import type { Trace, TraceStep } from "../../core/finding.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { CrashedThread, StuckThread } from "./explore.ts";

/** The way into a stuck state as a trace: only threads that take part, the last step the one that waits for ever. */
export function traceOf(model: FunctionModel, stuck: StuckThread): Trace {
  const involved = involvedThreads(stuck);
  const steps = stepsOf(stuck.events, involved);
  const waits = stuck.waitsFor.map(describeWait).join(" or ");
  steps.push({
    thread: Math.max(involved.indexOf(stuck.thread), 0),
    at: stuck.at,
    action: `${waits}, for ever`,
    waits: true,
  });
  return { threads: involved.map((thread) => nameOf(model, thread, involved)), steps };
}

/** The way to an operation that panics; the last step is the operation itself. */
export function traceOfCrash(model: FunctionModel, crashed: CrashedThread): Trace {
  const involved = involvedThreads(crashed);
  const steps = stepsOf(crashed.events, involved);
  const last = steps.pop();
  if (last) steps.push({ ...last, action: `${last.action}, which panics` });
  return { threads: involved.map((thread) => nameOf(model, thread, involved)), steps };
}

function stepsOf(events: StuckThread["events"], involved: readonly number[]): TraceStep[] {
  return events.flatMap(({ thread, file, at, action }) => {
    const position = involved.indexOf(thread);
    return position < 0 ? [] : [{ thread: position, at: { file, ...at }, action, waits: false }];
  });
}

/** The explored function, the stuck thread, and those that start others. */
function involvedThreads({ thread, events }: Pick<StuckThread, "thread" | "events">): number[] {
  const acting = events
    .filter(({ action }) => !action.startsWith("returns"))
    .map((event) => event.thread);
  return [...new Set([0, ...acting, thread])].sort((left, right) => left - right);
}

function nameOf(model: FunctionModel, thread: number, involved: readonly number[]): string {
  if (thread === 0) return model.name;
  return involved.length === 2 ? "goroutine" : `goroutine ${thread}`;
}

/** What a thread that stands at an operation waits for: `waits to send on results`. */
export function describeWait(operation: Operation): string {
  if (operation.kind === "send") return `waits to send on ${operation.channel.text}`;
  if (operation.kind === "receive") return `waits to receive from ${operation.channel.text}`;
  if (operation.kind === "acquire") return `waits for ${operation.lock.text}`;
  return operation.kind === "wait" ? `waits for ${operation.on.text}` : "waits";
}
