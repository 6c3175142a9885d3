import { NONE } from "../../syntax/tree.ts";
import { FUNCTION_KINDS } from "./module-index.ts";
import { argumentsOf, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";

/** Calls of queues and limiters whose promise settles as that of the function that they are given. */
const GIVEN_A_TASK: ReadonlySet<string> = new Set([
  "p-queue:default.add",
  "p-limit:default",
  "p-throttle:default",
  "async-mutex:Mutex.runExclusive",
  "async-mutex:Semaphore.runExclusive",
]);

/** The function that is written in place for such a queue, on whose outcome that of the call depends; undefined for any other call. */
export function taskOf(call: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  const { module, node } = call;
  const callee = resolver.calleeOf(call);
  if (callee.kind !== "external" || !GIVEN_A_TASK.has(callee.name)) return undefined;
  const [given] = argumentsOf(module.tree, node);
  const task = given === undefined ? NONE : unwrapped(module.tree, given);
  return task !== NONE && FUNCTION_KINDS.has(module.tree.kindOf(task))
    ? { module, node: task }
    : undefined;
}
