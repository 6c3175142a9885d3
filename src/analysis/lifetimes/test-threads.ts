import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { placeIn } from "../../model/place-in.ts";
import { Order, type Position, positionOf } from "../sharing/threads/order.ts";
import type { Frame, Scope } from "../sharing/threads/scope.ts";
import { threadScopes } from "../sharing/threads/thread-scopes.ts";
import { type OutlivingGoroutine, TEST } from "./test-goroutines.ts";

const SPEAKING = /^testing\.(?:T|B|F|TB|common)\.(Logf?|Errorf?|Fail|FailNow|Fatalf?)$/;
const METHOD = /^(?:Logf?|Errorf?|Fail|FailNow|Fatalf?)$/;
/** Calls after which a goroutine may well be over, by their names. */
const MAY_JOIN =
  /wait|join|close|stop|shut|done|sync|flush|cleanup|eventually|serve|drain|finish|end$/i;

/**
 * A goroutine that something the test calls has started speaks to the test, which returns without waiting for it:
 *
 *     server := newTestServer(t)     // go s.loop(), and s.handle logs with t
 *     server.Send("hello")           // and the test ends
 */
export const testThreads = defineAnalysis("test threads", (use): OutlivingGoroutine[] => {
  const found = new Map<string, OutlivingGoroutine>();
  for (const scope of use(threadScopes)) {
    const { name, parameters } = scope.header;
    const [test] = parameters;
    if (!TEST.test(name) || !test) continue;
    const one = outlivingIn(scope, `0:${test.id}`);
    const place = `${one?.at.file}:${one?.at.start}`;
    if (one && !found.has(place)) found.set(place, one);
  }
  return [...found.values()];
});

function outlivingIn(scope: Scope, test: string): OutlivingGoroutine | undefined {
  const spokenAt = (frame: Frame, one: Operation): Spoken | undefined =>
    one.kind === "call" ? speaking(scope, frame, one, test) : undefined;
  const order = new Order(scope, (frame, one) => spokenAt(frame, one) !== undefined);
  const [root] = scope.frames;
  if (!root) return undefined;
  const end = root.model.blocks.findLast((block) => block.end.kind === "return")?.end;
  if (end?.kind !== "return") return undefined;
  for (const frame of scope.frames) {
    const { from } = frame.thread;
    if (!from || from.frame.thread !== root.thread || endsPipe(frame)) continue;
    for (const { operation } of frame.inside.calls) {
      const spoken = spokenAt(frame, operation);
      if (!spoken) continue;
      const position = positionOf(frame, operation);
      if (!outlives(order, root, position, positionOf(from.frame, from.operation))) continue;
      const handedOver = spoken.isHandedOver
        ? handedOverAt(scope, root, `${test}.${spoken.method}`)
        : undefined;
      return {
        at: handedOver ?? placeIn(frame.model, operation.at),
        call: `t.${spoken.method}`,
        startedAt: placeIn(from.frame.model, from.operation.at),
        returnAt: { file: root.model.file, ...end.at },
        test: root.model,
      };
    }
  }
  return undefined;
}

/** What reads from a pipe waits for its other end to be closed. */
function endsPipe({ model }: Frame): boolean {
  return operationsOf(model).some(
    (one) =>
      one.kind === "call" &&
      one.callee.kind === "external" &&
      /^(?:os\.File|io\.PipeWriter)\.Close/.test(one.callee.name),
  );
}

interface Spoken {
  readonly method: string;
  /** Whether it is called by another name: `newServer(t.Logf)`, and the server logs. */
  readonly isHandedOver: boolean;
}

/** The method of the test that a call is, where it is this test's. */
function speaking(
  scope: Scope,
  frame: Frame,
  { callee }: OperationOf<"call">,
  test: string,
): Spoken | undefined {
  if (callee.kind === "unknown" || callee.receiver?.kind !== "path") return undefined;
  const key = scope.key(frame, callee.receiver.path);
  if (callee.kind === "external") {
    const [, method] = SPEAKING.exec(callee.name) ?? [];
    return method !== undefined && key === test ? { method, isHandedOver: false } : undefined;
  }
  if (callee.kind !== "dynamic" || !key?.startsWith(`${test}.`)) return undefined;
  const method = key.slice(test.length + 1);
  return METHOD.test(method) ? { method, isHandedOver: true } : undefined;
}

/** Where the test hands its method over. */
function handedOverAt(scope: Scope, root: Frame, method: string): Place | undefined {
  const given = operationsOf(root.model).find(
    (one) =>
      one.kind === "call" &&
      one.arguments.some(
        (value) => value.kind === "path" && scope.key(root, value.path) === method,
      ),
  );
  return given && placeIn(root.model, given.at);
}

/** Whether the test can return before the goroutine has come to a place, with nothing in between that might wait for it. */
function outlives(order: Order, root: Frame, position: Position, start: Position): boolean {
  const signals = new Set([
    ...order.signalsAfter(position, [root.thread]),
    ...order.signalsInsteadOf(position),
  ]);
  const mayJoin = (frame: Frame, one: Operation): boolean =>
    one.kind === "call" && !frame.calls.has(one) && isJoiningCall(one);
  if (!order.canReturn(start, signals, mayJoin)) return false;
  const told = order.allSignals(root);
  return order.isReachable(
    "entry",
    position,
    new Set(),
    (frame, one) => order.isEnd(frame, one, told) || serves(frame, one),
  );
}

/** A server that the test does not close serves for ever. */
function serves(frame: Frame, operation: Operation): boolean {
  if (operation.kind !== "call") return false;
  const { callee } = operation;
  const names =
    callee.kind === "static"
      ? (frame.calls.get(operation) ?? []).map(({ model }) => model.name)
      : [callee.name];
  return names.some((name) => /(?:^|\.)(?:Listen\w*And)?Serve(?:TLS)?$/.test(name));
}

function isJoiningCall({ callee, arguments: given }: OperationOf<"call">): boolean {
  if (callee.kind === "unknown" || callee.kind === "dynamic") return true;
  if (given.some(({ kind }) => kind === "function")) return true;
  return (
    callee.kind === "external" && MAY_JOIN.test(callee.name.slice(callee.name.lastIndexOf(".") + 1))
  );
}
