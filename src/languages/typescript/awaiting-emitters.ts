import { NONE } from "../../syntax/tree.ts";
import { packageOf } from "./handled-calls.ts";
import { beside } from "./inference.ts";
import { unwrapped } from "./nodes.ts";
import type { PromiseFacts } from "./promises.ts";
import type { ModuleNode } from "./resolver.ts";
import { withoutNullish } from "./ts-type.ts";

/** Packages whose emitters wait for their listeners, and handle what goes wrong. */
const AWAITING: ReadonlySet<string> = new Set([
  "@mswjs/interceptors",
  "emittery",
  "hookable",
  "probot",
  "@octokit/app",
  "@octokit/webhooks",
]);

/** Whether `emitter.on(…)` is a call of such an emitter, also behind others in a chain. */
export function isAwaitingEmitter({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = module;
  let call = node;
  while (call !== NONE && tree.kindOf(call) === "call_expression") {
    const callee = tree.childIn(call, "function");
    if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
    const object = unwrapped(tree, tree.childIn(callee, "object"));
    const types = withoutNullish(facts.typeOf(beside({ module, node }, object)));
    if (types.some((type) => type.kind === "external" && AWAITING.has(packageOf(type.module))))
      return true;
    call = object;
  }
  return false;
}
