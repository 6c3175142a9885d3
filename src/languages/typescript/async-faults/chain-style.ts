import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { methodCall, methodCalls } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

/**
 * Matters of style in chains. `second-handler`: `then(a, b)`. `nested`: a chain inside of a callback of another. `in-async`: a chain
 * in a function that could await. `executor-return`: an executor that returns a value. `executor-call`: one that returns what a call
 * yields, or is a short arrow, where the returning is mostly for brevity.
 */
type ChainStyle = AsyncFault<
  "second-handler" | "nested" | "in-async" | "executor-return" | "executor-call"
>;

/** The matters of style of chains in the judged files, in order. */
export const chainStyles = defineAnalysis("chain styles", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\.then\b|\bnew Promise\b/, (module) =>
    [...inChains(module, facts), ...inExecutors(module, resolver)].sort(
      (one, other) => one.at.start - other.at.start,
    ),
  );
});

function* inChains(module: TypeScriptModule, facts: PromiseFacts): Generator<ChainStyle> {
  const { tree, path } = module;
  for (const { call, object, method, property } of methodCalls(tree)) {
    if (method !== "then" || isDamaged(tree, call)) continue;
    if (facts.shareOf({ module, node: object }) !== "always") continue;
    const at = { file: path, ...tree.spanOf(property) };
    const name = expressionName(tree, unwrapped(tree, object));
    if (argumentsOf(tree, call).length > 1) yield fault(at, "second-handler", name);
    const owner = enclosingFunction(tree, call);
    if (isCallbackOfThen(tree, owner)) yield fault(at, "nested", name);
    if (owner !== NONE && hasToken(tree, owner, "async") && isAwaited(tree, call))
      yield fault(at, "in-async", name);
  }
}

function isCallbackOfThen(tree: Tree, node: NodeId): boolean {
  if (node === NONE || tree.kindOf(tree.parentOf(node)) !== "arguments") return false;
  return methodCall(tree, tree.parentOf(tree.parentOf(node)))?.method === "then";
}

/** The whole chain stands under an `await`. */
function isAwaited(tree: Tree, call: NodeId): boolean {
  let node = call;
  while (tree.kindOf(tree.parentOf(node)) === "member_expression")
    node = tree.parentOf(tree.parentOf(node));
  return tree.kindOf(tree.parentOf(node)) === "await_expression";
}

/** What executors return: by a `return` in their block, or as the body of an arrow. */
function* inExecutors(
  module: TypeScriptModule,
  resolver: TypeScriptResolver,
): Generator<ChainStyle> {
  const { tree, path } = module;
  for (const made of indexOf(tree).calls) {
    if (tree.kindOf(made) !== "new_expression" || isDamaged(tree, made)) continue;
    const promise = tree.childIn(made, "constructor");
    // A Promise of one's own may do as it likes.
    if (tree.textOf(promise) !== "Promise" || resolver.variableAt({ module, node: promise }))
      continue;
    const [executor] = argumentsOf(tree, made);
    if (executor === undefined || !FUNCTION_KINDS.has(tree.kindOf(executor))) continue;
    const body = tree.childIn(executor, "body");
    if (body !== NONE && tree.kindOf(body) !== "statement_block") {
      if (!hasToken(tree, unwrapped(tree, body), "void"))
        yield fault({ file: path, ...tree.spanOf(body) }, "executor-call", "");
      continue;
    }
    for (const statement of indexOf(tree).returns.get(executor) ?? []) {
      const value = firstNamed(tree, statement);
      if (value === NONE) continue;
      const at = { file: path, ...tree.spanOf(statement) };
      const isCall = tree.kindOf(value) === "call_expression";
      yield fault(at, isCall ? "executor-call" : "executor-return", expressionName(tree, value));
    }
  }
}
