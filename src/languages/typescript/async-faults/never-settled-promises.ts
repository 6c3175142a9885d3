import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { isTestPath } from "../test-path.ts";
import { methodCall } from "./calls.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { unsettledWays } from "./unsettled-ways.ts";

/** A way through the executor of a promise, or through the one callback that settles it, on which it is not settled. */
export interface NeverSettledPromise {
  /** The return that leaves it pending, or the head of the function whose end does. */
  readonly at: Place;
  /** `new Promise`. */
  readonly made: Place;
  /** The callback's caller, as a message names it; undefined for the executor itself. */
  readonly callback: string | undefined;
  /** `event`: only the good end of a stream settles it, and its errors are heard elsewhere. */
  readonly way: "return" | "end" | "event";
}

/** The promises of the judged files that may stay pending for ever, in order. */
export const neverSettledPromises = defineAnalysis("never settled promises", (use) =>
  inJudgedModules(use, /\bnew Promise\b/, (module) =>
    isTestPath(module.path) ? [] : pendingIn(module),
  ),
);

function* pendingIn(module: TypeScriptModule): Generator<NeverSettledPromise> {
  const { tree, path } = module;
  for (const made of indexOf(tree).calls) {
    if (tree.kindOf(made) !== "new_expression" || isDamaged(tree, made)) continue;
    if (tree.textOf(tree.childIn(made, "constructor")) !== "Promise") continue;
    const [argument] = argumentsOf(tree, made);
    const executor = argument === undefined ? NONE : unwrapped(tree, argument);
    const settlers = executor === NONE ? [] : settlersOf(tree, executor);
    if (settlers.length === 0) continue;
    const way = pendingWay(tree, executor, settlers);
    if (!way || isInRace(tree, made)) continue;
    const head = { start: tree.start[made] as number, end: tree.start[executor] as number };
    yield {
      at: { file: path, ...way.span },
      made: { file: path, start: head.start, end: head.end - 1 },
      callback: way.callback,
      way: way.kind,
    };
  }
}

/** `Promise.race([work, new Promise(…)])`: a deadline that isn't set leaves the race to the others. */
function isInRace(tree: Tree, made: NodeId): boolean {
  const list = tree.parentOf(made);
  if (tree.kindOf(list) !== "array") return false;
  const call = tree.parentOf(tree.parentOf(list));
  return tree.kindOf(call) === "call_expression" && methodCall(tree, call)?.method === "race";
}

/** Every use of the executor's parameters, and their names: none where it has none, or where they are never used. */
function settlersOf(tree: Tree, executor: NodeId): NodeId[] {
  if (!FUNCTION_KINDS.has(tree.kindOf(executor))) return [];
  const single = tree.childIn(executor, "parameter");
  const list = tree.childIn(executor, "parameters");
  const parameters =
    single !== NONE
      ? [single]
      : list === NONE
        ? []
        : namedNodes(tree, list).map((node) => {
            const pattern = tree.childIn(node, "pattern");
            return pattern === NONE ? node : pattern;
          });
  const scopes = scopesOf(tree);
  return parameters.flatMap((name) => {
    if (tree.kindOf(name) !== "identifier") return [];
    const binding = scopes.bindingAt(name);
    return binding ? scopes.references(binding) : [];
  });
}

interface Way {
  readonly span: { readonly start: number; readonly end: number };
  readonly kind: NeverSettledPromise["way"];
  readonly callback: string | undefined;
}

function pendingWay(tree: Tree, executor: NodeId, settlers: readonly NodeId[]): Way | undefined {
  const body = tree.childIn(executor, "body");
  if (body === NONE) return undefined;
  if (tree.kindOf(body) === "statement_block") {
    const ways = waysOf(tree, body, settlers);
    const exit = ways.exits.find((one) => !isForCompiler(tree, executor, one));
    if (exit !== undefined) return { span: tree.spanOf(exit), kind: "return", callback: undefined };
    if (ways.reachesEnd) return { span: headOf(tree, executor), kind: "end", callback: undefined };
  }
  return inCallback(tree, executor, settlers) ?? onGoodEnd(tree, executor, settlers);
}

/** `new Promise((resolve) => file.once("finish", resolve))`, in a file that hears of the errors of streams somewhere else. */
function onGoodEnd(tree: Tree, executor: NodeId, settlers: readonly NodeId[]): Way | undefined {
  const [settler] = settlers;
  if (settler === undefined || settlers.length !== 1) return undefined;
  const inner = enclosingFunction(tree, settler);
  const argument = inner === executor ? settler : inner;
  const list = tree.parentOf(argument);
  if (tree.kindOf(list) !== "arguments" || enclosingFunction(tree, list) !== executor)
    return undefined;
  const heard = methodCall(tree, tree.parentOf(list));
  const [event] = heard ? argumentsOf(tree, heard.call) : [];
  if (!heard || event === undefined || !/^(?:on|once|addListener)$/.test(heard.method))
    return undefined;
  if (!/^["'](?:finish|end)["']$/.test(tree.textOf(event)) || isStandard(tree, heard.object))
    return undefined;
  const { start, end } = tree.spanOf(executor);
  const hearsErrors = (text: string): boolean =>
    /\.(?:on|once|addListener)\s*\(\s*["'](?:error|close)["']/.test(text);
  if (isClosed(tree.text.slice(start, end), tree.textOf(heard.object))) return undefined;
  if (hearsErrors(tree.text.slice(start, end)) || /\bsignal\b/.test(tree.text.slice(start, end)))
    return undefined;
  const around = tree.text.slice(0, start) + tree.text.slice(end);
  if (!/\.(?:on|once|addListener)\s*\(\s*["']error["']/.test(around)) return undefined;
  return {
    span: tree.spanOf(heard.call),
    kind: "event",
    callback: expressionName(tree, heard.object),
  };
}

/** `connection.once("end", resolve); connection.close()`: what is closed comes to its end, whatever went wrong before. */
function isClosed(executor: string, name: string): boolean {
  return [".close(", ".destroy(", ".disconnect("].some((call) => executor.includes(name + call));
}

function isStandard(tree: Tree, stream: NodeId): boolean {
  return /^process\.std/.test(tree.textOf(stream));
}

/** A callback that alone settles the promise, and runs once. */
function inCallback(tree: Tree, executor: NodeId, settlers: readonly NodeId[]): Way | undefined {
  const [first] = settlers;
  if (first === undefined) return undefined;
  const callback = enclosingFunction(tree, first);
  if (settlers.some((node) => enclosingFunction(tree, node) !== callback)) return undefined;
  if (enclosingFunction(tree, callback) !== executor) return undefined;
  const list = tree.parentOf(callback);
  const call = tree.parentOf(list);
  if (tree.kindOf(list) !== "arguments" || tree.kindOf(call) !== "call_expression")
    return undefined;
  const callee = expressionName(tree, tree.childIn(call, "function"));
  const body = tree.childIn(callback, "body");
  if (!runsOnce(callee, tree, callback) || tree.kindOf(body) !== "statement_block")
    return undefined;
  const ways = waysOf(tree, body, settlers);
  const exit = ways.exits.find((node) => !isFlagged(tree, node));
  if (exit !== undefined) return { span: tree.spanOf(exit), kind: "return", callback: callee };
  if (ways.exits.length > 0 || !ways.reachesEnd) return undefined;
  return { span: headOf(tree, callback), kind: "end", callback: callee };
}

/** Timers, and functions that take a callback in the manner of Node (`(error, …) =>`). */
function runsOnce(callee: string, tree: Tree, callback: NodeId): boolean {
  if (/(?:^|\.)(?:setTimeout|setImmediate|nextTick|queueMicrotask)$/.test(callee)) return true;
  if (
    /(?:^|\.)(?:on|addListener|addEventListener|subscribe|watch|forEach|map|use|setInterval)$/.test(
      callee,
    )
  )
    return false;
  const parameters = tree.childIn(callback, "parameters");
  const [parameter] = parameters === NONE ? [] : namedNodes(tree, parameters);
  return parameter !== undefined && /^_?(?:e|err|error)\b/.test(tree.textOf(parameter));
}

/**
 * `if (!socket) return;` where the function around has read `socket.state` just before the promise: it is there, and only the compiler
 * does not know that in a function inside.
 */
function isForCompiler(tree: Tree, executor: NodeId, exit: NodeId): boolean {
  const block = tree.parentOf(exit);
  const owner = tree.kindOf(block) === "statement_block" ? tree.parentOf(block) : block;
  if (tree.kindOf(owner) !== "if_statement") return false;
  const name = /^\(\s*!\s*([\w$.]+)\s*\)$/.exec(tree.textOf(tree.childIn(owner, "condition")))?.[1];
  const around = name === undefined ? NONE : enclosingFunction(tree, executor);
  if (name === undefined || around === NONE) return false;
  const before = tree.text.slice(tree.start[around] as number, tree.start[executor] as number);
  return new RegExp(`(?<![\\w$.])${name.replace(/[.$]/g, "\\$&")}\\.\\w`).test(before);
}

/** Under a test of a flag that says that it is settled, or over. */
function isFlagged(tree: Tree, exit: NodeId): boolean {
  for (let at = tree.parentOf(exit); at !== NONE; at = tree.parentOf(at)) {
    if (FUNCTION_KINDS.has(tree.kindOf(at))) return false;
    if (tree.kindOf(at) !== "if_statement") continue;
    const condition = tree.textOf(tree.childIn(at, "condition"));
    if (
      /settled|done|finish|resolved|rejected|called|abort|cancel|clos|dispos|destroy|stop|ended|complete/i.test(
        condition,
      )
    )
      return true;
  }
  return false;
}

function waysOf(tree: Tree, body: NodeId, settlers: readonly NodeId[]) {
  const sorted = [...settlers].sort((one, other) => one - other);
  const owner = tree.parentOf(body);
  const within = (node: NodeId): NodeId[] => {
    const end = node === NONE ? NONE : tree.afterSubtree(node);
    return sorted.filter((settler) => settler >= node && settler < end);
  };
  return unsettledWays(
    tree,
    body,
    (node) => within(node).length > 0,
    (node) => within(node).some((settler) => enclosingFunction(tree, settler) !== owner),
  );
}

function headOf(tree: Tree, of: NodeId): { readonly start: number; readonly end: number } {
  const { start } = tree.spanOf(of);
  const body = tree.start[tree.childIn(of, "body")] as number;
  return { start, end: tree.text.slice(0, body).trimEnd().length };
}
