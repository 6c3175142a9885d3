import { setImmediate as turn } from "node:timers/promises";

/**
 * Does one thing after the other, in order, and lets the event loop go round between two of them. An embedded database computes
 * in this thread, and what waits for it follows without one: a batch of jobs would hold up every request that comes meanwhile.
 */
export function inTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => turn()).then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
