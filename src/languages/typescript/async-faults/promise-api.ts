import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, namedNodes, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { type MethodCall, methodCall, methodCalls } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

export type PromiseApiMisuse = AsyncFault<
  | "new-static"
  | "too-many"
  | "missing-list"
  | "not-a-function"
  | "no-handler"
  | "no-executor"
  | "swapped"
>;

/** Calls of the Promise API in the judged files that do not do what they say, in order. Silent where a file declares a Promise of its own. */
export const promiseApiMisuses = defineAnalysis("promise API misuses", (use) => {
  const facts = use(promises);
  return inJudgedModules(use, /\bPromise\b|\.(?:then|catch)\b/, (module) =>
    scopesOf(module.tree).lookup(0, "Promise", "values") ? [] : misusesIn(module, facts),
  );
});

const MOST_ARGUMENTS: ReadonlyMap<string, number> = new Map(
  ["all", "race", "any", "allSettled", "resolve", "reject"].map((name) => [name, 1]),
);

function* misusesIn(module: TypeScriptModule, facts: PromiseFacts): Generator<PromiseApiMisuse> {
  const { tree, path } = module;
  for (const node of indexOf(tree).calls) {
    if (tree.kindOf(node) !== "new_expression" || isDamaged(tree, node)) continue;
    const made = tree.childIn(node, "constructor");
    const text = made === NONE ? "" : tree.textOf(made);
    const at = { file: path, ...tree.spanOf(node) };
    if (/^Promise\.(?:all|race|any|allSettled|resolve|reject)$/.test(text)) {
      const edits = [{ file: path, start: at.start, end: tree.start[made] as number, text: "" }];
      yield fault(at, "new-static", text, { edits });
    } else if (text === "Promise") {
      const [executor] = argumentsOf(tree, node);
      if (executor === undefined) yield fault(at, "no-executor", "new Promise()");
      else if (isSwapped(module, executor))
        yield fault({ file: path, ...tree.spanOf(executor) }, "swapped", "new Promise()");
    }
  }
  for (const call of methodCalls(tree)) {
    if (isDamaged(tree, call.call)) continue;
    const misuse = ofCall(module, call, facts);
    if (misuse) yield misuse;
  }
}

function ofCall(
  module: TypeScriptModule,
  { call, object, method, property }: MethodCall,
  facts: PromiseFacts,
): PromiseApiMisuse | undefined {
  const { tree, path } = module;
  const given = argumentsOf(tree, call);
  const at = { file: path, ...tree.spanOf(property) };
  if (given.some((node) => tree.kindOf(node) === "spread_element")) return undefined;
  if (tree.textOf(object) === "Promise") {
    const most = MOST_ARGUMENTS.get(method);
    if (most === undefined) return undefined;
    if (given.length > most) return fault(at, "too-many", `Promise.${method}`);
    const needsList = method !== "resolve" && method !== "reject";
    return needsList && given.length === 0
      ? fault(at, "missing-list", `Promise.${method}`)
      : undefined;
  }
  if (method !== "then" && method !== "catch") return undefined;
  const isPromise = facts.typeOf({ module, node: object }).kind === "promise";
  const [first] = given;
  // `await sent.then()` waits for one turn more, as tests do on purpose, and `.then().then()` for several.
  const isTurn =
    method === "then" &&
    (tree.kindOf(tree.parentOf(call)) === "await_expression" ||
      isEmptyThen(tree, unwrapped(tree, object)) ||
      isEmptyThen(tree, tree.parentOf(tree.parentOf(call))));
  if (first === undefined)
    return isPromise && !isTurn && !isTried(tree, call)
      ? fault(at, "no-handler", method)
      : undefined;
  if (!isPromise || !isPromiseValue(module, first, facts)) return undefined;
  return fault(
    { file: path, ...tree.spanOf(first) },
    "not-a-function",
    expressionName(tree, first),
  );
}

/** `try { request().then(); return true; } catch { return false; }`: asks whether it gives a promise at all. */
function isTried(tree: Tree, call: NodeId): boolean {
  const statement = tree.parentOf(call);
  const block = tree.parentOf(statement);
  const attempt = tree.parentOf(block);
  if (tree.kindOf(statement) !== "expression_statement" || tree.kindOf(attempt) !== "try_statement")
    return false;
  const handler = tree.childIn(attempt, "handler");
  const isFirst = firstNamed(tree, block) === statement;
  return isFirst && handler !== NONE && /\breturn false\b/.test(tree.textOf(handler));
}

/** `….then()`. */
function isEmptyThen(tree: Tree, node: NodeId): boolean {
  const link = node === NONE ? undefined : methodCall(tree, node);
  return link?.method === "then" && argumentsOf(tree, link.call).length === 0;
}

function isPromiseValue(module: TypeScriptModule, node: NodeId, facts: PromiseFacts): boolean {
  const value = unwrapped(module.tree, node);
  return facts.typeOf({ module, node: value }).kind === "promise";
}

/** `(reject, resolve) =>`. */
function isSwapped(module: TypeScriptModule, executor: NodeId): boolean {
  const { tree } = module;
  if (!FUNCTION_KINDS.has(tree.kindOf(executor))) return false;
  const list = tree.childIn(executor, "parameters");
  const [first, second] = list === NONE ? [] : namedNodes(tree, list);
  if (first === undefined) return false;
  const isReject = /^_?rej(?:ect)?\b/.test(tree.textOf(first));
  return isReject && (second === undefined || /^_?res(?:olve)?\b/.test(tree.textOf(second)));
}
