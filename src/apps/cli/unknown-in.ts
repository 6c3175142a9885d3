import type { Callee, Operation } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";

/** What is not known about an operation, in a few words; undefined where nothing is missing. */
export function unknownIn(operation: Operation): string | undefined {
  switch (operation.kind) {
    case "send":
    case "receive":
    case "close":
      return ofPath(operation.channel);
    case "acquire":
    case "release":
      return ofPath(operation.lock);
    case "add":
      return operation.delta === undefined ? "by how much" : ofPath(operation.group);
    case "wait":
      return ofPath(operation.on);
    case "spawn":
    case "call":
      return ofCallee(operation.callee);
    case "await":
      return operation.isPromise ? undefined : "whether that is a promise";
    case "read":
    case "write":
      return ofPath(operation.path);
    default:
      return undefined;
  }
}

function ofPath({ root, text }: AccessPath): string | undefined {
  return root.kind === "unknown" ? `which object ${text} is` : undefined;
}

function ofCallee(callee: Callee): string | undefined {
  if (callee.kind === "unknown") return `what ${callee.name} is`;
  return callee.kind === "dynamic" && !callee.isComplete
    ? `what else ${callee.name} may be`
    : undefined;
}
