import type { Operation } from "../../../model/operation.ts";
import { flowFrom } from "../reached.ts";
import { deferred, operationsIn, selectOperations } from "./operations.ts";
import type { Frame, Scope } from "./scope.ts";

/** Channels wake one another: more rounds than this nobody needs. */
const MOST_ROUNDS = 8;

/**
 * Channels that a scope makes and on which nobody in it sends, or only one who waits at such a channel first: a worker that nobody
 * has given work, and who waits for that worker in turn.
 */
export function idleChannels(scope: Scope): ReadonlySet<string> {
  const idle = madeIn(scope);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const told = toldUnless(scope, idle);
    if (told.size === 0) break;
    for (const key of told) idle.delete(key);
  }
  return idle;
}

/** Channels that a scope makes and on which nobody in it sends at all: who ranges over one gets nothing. */
export function unsentChannels(scope: Scope): ReadonlySet<string> {
  const unsent = madeIn(scope);
  for (const frame of scope.frames)
    for (const one of [...operationsIn(frame), ...selectOperations(frame)])
      if (one.kind === "send") unsent.delete(scope.key(frame, one.channel) ?? "");
  return unsent;
}

function madeIn(scope: Scope): Set<string> {
  const made = new Set<string>();
  for (const frame of scope.frames)
    for (const one of operationsIn(frame))
      if (one.kind === "make" && one.object === "channel")
        made.add(scope.key(frame, one.path) ?? "");
  return made;
}

/** Which of the idle channels somebody comes to send on or close without a receive from one of them. */
function toldUnless(scope: Scope, idle: ReadonlySet<string>): ReadonlySet<string> {
  const told = new Set<string>();
  const seen = new Set<Frame>();
  const waiting = scope.frames.slice(0, 1);
  const waits = (frame: Frame, one: Operation): boolean =>
    one.kind === "receive" && idle.has(scope.key(frame, one.channel) ?? "");
  for (let frame = waiting.pop(); frame; frame = waiting.pop()) {
    if (seen.has(frame)) continue;
    seen.add(frame);
    const at = frame;
    const isIdle = (one: Operation): boolean => waits(at, one);
    const { reached } = flowFrom(at.model, "entry", isIdle, isIdle);
    for (const one of [...reached, ...selectOperations(at), ...deferred(at)]) {
      if (one.kind === "send" || one.kind === "close") {
        const key = scope.key(at, one.channel);
        if (key !== undefined && idle.has(key)) told.add(key);
      }
      waiting.push(...(at.calls.get(one) ?? []), ...(at.starts.get(one)?.frames.slice(0, 1) ?? []));
    }
  }
  return told;
}
