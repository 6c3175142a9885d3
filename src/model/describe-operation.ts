import { assertNever } from "../core/invariant.ts";
import type { Callee, Capacity, Operation, Value } from "./operation.ts";

/** An operation in a few words, with the user's own names. */
export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case "make": {
      const capacity = operation.capacity
        ? `, capacity ${describeCapacity(operation.capacity)}`
        : "";
      return `make ${operation.object} ${operation.path.text}${capacity}`;
    }
    case "assign":
      return `${operation.target.text} = ${describeValue(operation.value)}`;
    case "send":
      return `send ${operation.channel.text}`;
    case "receive": {
      const ok = operation.bindsOk ? ", ok" : "";
      return `${operation.isRange ? "receive in range" : "receive"} ${operation.channel.text}${ok}`;
    }
    case "close":
      return `close ${operation.channel.text}`;
    case "acquire":
    case "release": {
      const verb = operation.kind === "acquire" ? "lock" : "unlock";
      const mode = operation.mode === "read" ? " for reading" : "";
      return `${verb} ${operation.lock.text}${mode}`;
    }
    case "add":
      return operation.delta === -1
        ? `done ${operation.group.text}`
        : `add ${operation.delta ?? "?"} to ${operation.group.text}`;
    case "wait": {
      const lock = operation.lock ? ` with ${operation.lock.text}` : "";
      return `wait for ${operation.object} ${operation.on.text}${lock}`;
    }
    case "signal":
      return `${operation.all ? "broadcast" : "signal"} ${operation.condition.text}`;
    case "cancel":
      return `cancel ${operation.context.text}${operation.by && operation.by.text !== operation.context.text ? ` by ${operation.by.text}` : ""}`;
    case "spawn": {
      const group = operation.group ? ` in ${operation.group.text}` : "";
      return `spawn ${describeCallee(operation.callee)}${list(operation.arguments)}${group}`;
    }
    case "call": {
      const results = operation.results.some((result) => result !== undefined)
        ? `${operation.results.map((result) => result?.text ?? "_").join(", ")} = `
        : "";
      const blocks = operation.blocks ? " (blocks)" : "";
      const called = `${describeCallee(operation.callee)}${list(operation.arguments)}`;
      const back = operation.callsBack ? " (calls back)" : "";
      return `${results}call ${called}${blocks}${back}`;
    }
    case "defer":
      return "defer";
    case "await":
      return `${operation.isPromise ? "await" : "await, though no promise,"} ${describeValue(operation.value)}`;
    case "escape":
      return `${describeValue(operation.value)} escapes`;
    case "read":
      return `read ${operation.isElement ? "element of " : ""}${operation.path.text}`;
    case "write":
      return `write ${operation.isElement ? "element of " : ""}${operation.path.text}`;
    case "resolve":
    case "reject":
      return `${operation.kind} ${operation.promise.text}`;
    case "subscribe":
    case "unsubscribe": {
      const event = operation.event === undefined ? "" : ` to ${operation.event}`;
      return `${operation.kind} ${operation.source.text}${event}, ${describeCallee(operation.callee)}`;
    }
    default:
      return assertNever(operation);
  }
}

export function describeValue(value: Value): string {
  switch (value.kind) {
    case "path":
      return value.path.text;
    case "function":
      return value.receiver
        ? `${describeValue(value.receiver)}.function ${value.function}`
        : `function ${value.function}`;
    case "constant":
      return value.text;
    case "nil":
      return "nil";
    case "unknown":
      return "?";
    default:
      return assertNever(value);
  }
}

export function describeCallee(callee: Callee): string {
  switch (callee.kind) {
    case "static":
      return `${receiver(callee.receiver)}${callee.function}`;
    case "external":
      return `${receiver(callee.receiver)}${callee.name}`;
    case "dynamic": {
      const { candidates, isComplete } = callee;
      const open = isComplete ? [] : ["…"];
      return `${callee.name} by ${callee.through} {${[...candidates, ...open].join(", ")}}`;
    }
    case "unknown":
      return `unknown ${callee.name}`;
    default:
      return assertNever(callee);
  }
}

function receiver(value: Value | undefined): string {
  return value ? `${describeValue(value)}·` : "";
}

function describeCapacity(capacity: Capacity): string {
  switch (capacity.kind) {
    case "known":
      return String(capacity.value);
    case "expression":
      return capacity.text;
    case "unknown":
      return "?";
    default:
      return assertNever(capacity);
  }
}

function list(values: readonly Value[]): string {
  return `(${values.map(describeValue).join(", ")})`;
}
