import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isHarmless } from "./async-faults/may-reject.ts";
import { isDamaged } from "./damage.ts";
import { typescriptModules } from "./modules.ts";
import { neverRejects } from "./never-rejects.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "./nodes.ts";
import { parameterNames } from "./parameter-names.ts";
import { typescriptResolver } from "./typescript-resolver.ts";

/** `new Promise(async (resolve) => …)`: what the executor throws rejects a promise that nobody has. */
export interface AsyncExecutor {
  /** The word `async`. */
  readonly at: Place;
  /** What can go wrong in the executor: nothing at all, nothing that it does not catch itself as far as seen, or something. */
  readonly fails: "nothing" | "caught" | "lost";
}

const INTEREST = /new\s+Promise\b/;

export const asyncExecutors = defineAnalysis("async executors", (use): readonly AsyncExecutor[] => {
  const { judged, module: moduleOf, text } = use(typescriptModules);
  const resolver = use(typescriptResolver);
  return judged.flatMap((path) => {
    const module = INTEREST.test(text(path) ?? "") ? moduleOf(path) : undefined;
    if (!module) return [];
    const { tree } = module;
    return executorsIn(tree).flatMap(({ promise, executor }): AsyncExecutor[] => {
      // A Promise of one's own may do as it likes.
      if (resolver.variableAt({ module, node: promise }) || isDamaged(tree, executor)) return [];
      const start = tree.start[executor] as number;
      const at = { file: path, start, end: start + "async".length };
      const isCaught = () => neverRejects({ module, node: executor }, resolver);
      const isCalm = !doesAnything(tree, executor) || onlyPauses(tree, executor);
      const isTold = () => isCaught() || settlesFinally(tree, executor);
      const fails = isCalm ? "nothing" : isTold() ? "caught" : "lost";
      return [{ at, fails }];
    });
  });
});

/** `async (resolve) => (finish = resolve)` calls nothing that could fail. */
function doesAnything(tree: Tree, executor: NodeId): boolean {
  const end = tree.afterSubtree(executor);
  for (let node = executor + 1; node < end; node++) {
    if (FAILING.has(tree.kindOf(node))) return true;
  }
  return false;
}

/** `async (resolve) => { await setTimeout(100); resolve(); }`: it calls pauses, and what settles the promise. */
function onlyPauses(tree: Tree, executor: NodeId): boolean {
  const settlers = new Set(parameterNames(tree, executor));
  const end = tree.afterSubtree(executor);
  let hasPause = false;
  for (let node = executor + 1; node < end; node++) {
    const kind = tree.kindOf(node);
    if (kind === "throw_statement") return false;
    if (kind !== "call_expression") continue;
    if (isHarmless(tree, node)) hasPause = true;
    else if (!settlers.has(tree.textOf(tree.childIn(node, "function")))) return false;
  }
  return hasPause;
}

/** All that it does stands in a `try` whose `finally` settles the promise: it does not stay pending. */
function settlesFinally(tree: Tree, executor: NodeId): boolean {
  const body = tree.childIn(executor, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return false;
  const only = firstNamed(tree, body);
  if (only === NONE || tree.kindOf(only) !== "try_statement") return false;
  const finalizer = tree.childIn(only, "finalizer");
  if (finalizer === NONE || namedNodes(tree, body).length > 1) return false;
  const settlers = parameterNames(tree, executor).map((name) => `${name}(`);
  return settlers.some((settling) => tree.textOf(finalizer).includes(settling));
}

const FAILING: ReadonlySet<string> = new Set([
  "call_expression",
  "new_expression",
  "await_expression",
  "throw_statement",
  "member_expression",
]);

function executorsIn(tree: Tree): { readonly promise: NodeId; readonly executor: NodeId }[] {
  const creation = tree.grammar.kind("new_expression");
  const found: { readonly promise: NodeId; readonly executor: NodeId }[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== creation) continue;
    const promise = tree.childIn(node, "constructor");
    const [first] = argumentsOf(tree, node);
    if (promise === NONE || first === undefined || tree.textOf(promise) !== "Promise") continue;
    const executor = unwrapped(tree, first);
    const kind = tree.kindOf(executor);
    const isFunction = kind === "arrow_function" || kind === "function_expression";
    if (isFunction && hasToken(tree, executor, "async")) found.push({ promise, executor });
  }
  return found;
}
