import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { beside } from "../inference.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, namedNodes, unwrapped } from "../nodes.ts";
import { numericValue } from "../numeric-value.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type {
  ModuleNode,
  TypeScriptModule,
  TypeScriptResolver,
  TypeScriptVariable,
} from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { isHarmless } from "./may-reject.ts";

/** What the losers of a `Promise.race` leave behind. */
export interface RaceLeak {
  /** The competitor. */
  readonly at: Place;
  readonly race: Place;
  readonly kind: "timer" | "reactions";
  readonly name: string;
}

/** The leaks of races in the judged files, in order. */
export const raceLeaks = defineAnalysis("race leaks", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\bPromise\s*\.race\b/, (module) =>
    isTestPath(module.path) ? [] : leaksIn(module, facts, resolver),
  );
});

function* leaksIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<RaceLeak> {
  const { tree, path } = module;
  for (const race of indexOf(tree).calls) {
    const callee = tree.kindOf(race) === "call_expression" ? tree.childIn(race, "function") : NONE;
    if (callee === NONE || tree.textOf(callee) !== "Promise.race" || isDamaged(tree, race))
      continue;
    const [list] = argumentsOf(tree, race);
    if (list === undefined || tree.kindOf(list) !== "array") continue;
    const raceAt = { file: path, ...tree.spanOf(callee) };
    const competitors = namedNodes(tree, list);
    const isPolling = competitors.some((node) => isHarmless(tree, unwrapped(tree, node)));
    for (const competitor of competitors) {
      const at: ModuleNode = { module, node: unwrapped(tree, competitor) };
      const place = { file: path, ...tree.spanOf(competitor) };
      const name = expressionName(tree, competitor);
      if (leavesTimer(at, resolver)) yield { at: place, race: raceAt, kind: "timer", name };
      else if (!isPolling && outlivesLoop(at, race, facts, resolver))
        yield { at: place, race: raceAt, kind: "reactions", name };
    }
  }
}

/** A promise that a timer settles, made in place, in a constant, or by a function in sight; nobody ever clears the timer. */
function leavesTimer(at: ModuleNode, resolver: TypeScriptResolver): boolean {
  const made = madeBy(at, resolver);
  if (!made) return false;
  const { tree } = made.module;
  const timer = timerIn(tree, made.node);
  if (timer === NONE || isShort(beside(made, timer), resolver)) return false;
  const holder = tree.parentOf(timer);
  if (tree.kindOf(holder) === "member_expression") return false;
  // A handle that is kept anywhere may be cleared by whoever keeps it.
  return tree.kindOf(holder) === "expression_statement" || tree.kindOf(holder) === "arrow_function";
}

/** The `new Promise` behind a competitor, a call or a constant followed. */
function madeBy(at: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  let current = at;
  for (let steps = 0; steps < 3; steps++) {
    const { module, node } = current;
    const { tree } = module;
    const kind = tree.kindOf(node);
    if (kind === "new_expression")
      return tree.textOf(tree.childIn(node, "constructor")) === "Promise" ? current : undefined;
    const next =
      kind === "identifier" ? constantValue(current, resolver) : resultOf(current, resolver);
    if (!next) return undefined;
    current = next;
  }
  return undefined;
}

function constantValue(at: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  const variable = resolver.variableAt(at);
  if (variable?.kind !== "const") return undefined;
  const { module, node } = variable.declaration;
  const value = module.tree.childIn(module.tree.parentOf(node), "value");
  return value === NONE ? undefined : { module, node: unwrapped(module.tree, value) };
}

/** What the called function returns, where it does nothing else. */
function resultOf(call: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  if (call.module.tree.kindOf(call.node) !== "call_expression") return undefined;
  const callee = resolver.calleeOf(call);
  if (callee.kind !== "function") return undefined;
  const { module, node } = callee.function;
  const { tree } = module;
  const body = tree.childIn(node, "body");
  if (body === NONE) return undefined;
  if (tree.kindOf(body) !== "statement_block") return { module, node: unwrapped(tree, body) };
  const [only, ...others] = namedNodes(tree, body);
  if (only === undefined || others.length > 0 || tree.kindOf(only) !== "return_statement")
    return undefined;
  const [value] = namedNodes(tree, only);
  return value === undefined ? undefined : { module, node: unwrapped(tree, value) };
}

/** The `setTimeout` that an executor begins with, or NONE. */
function timerIn(tree: Tree, made: NodeId): NodeId {
  const [executor] = argumentsOf(tree, made);
  if (executor === undefined || !FUNCTION_KINDS.has(tree.kindOf(executor))) return NONE;
  const end = tree.afterSubtree(executor);
  for (const call of indexOf(tree).calls) {
    if (call < executor || call >= end) continue;
    const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
    if (callee === NONE || enclosingFunction(tree, call) !== executor) continue;
    if (/^(?:(?:window|globalThis)\.)?setTimeout$/.test(tree.textOf(callee))) return call;
  }
  return NONE;
}

/** Below a second nobody minds. */
function isShort(timer: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = timer.module;
  const delay = argumentsOf(tree, timer.node)[1];
  if (delay === undefined) return true;
  const given = numericValue(beside(timer, usualValue(beside(timer, delay), resolver)), resolver);
  return given !== undefined && given < 1_000;
}

/** What a parameter is where nobody says otherwise: `({ timeout = 100 }) => …`. */
function usualValue(at: ModuleNode, resolver: TypeScriptResolver): NodeId {
  const { tree } = at.module;
  const variable = tree.kindOf(at.node) === "identifier" ? resolver.variableAt(at) : undefined;
  if (variable?.kind !== "parameter" || variable.declaration.module !== at.module) return at.node;
  const owner = tree.parentOf(variable.declaration.node);
  const field = tree.kindOf(owner).endsWith("assignment_pattern") ? "right" : "value";
  const usual = tree.childIn(owner, field);
  return usual === NONE ? at.node : usual;
}

const LOOPS: ReadonlySet<string> = new Set(["while_statement", "do_statement", "for_statement"]);

/** A promise from outside of a loop, in a race in each pass: each race leaves its reactions at it until it settles. */
function outlivesLoop(
  at: ModuleNode,
  race: NodeId,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = at.module;
  const loop = endlessLoop(tree, race);
  if (loop === NONE) return false;
  const kind = tree.kindOf(at.node);
  if (kind === "member_expression") {
    if (tree.kindOf(tree.childIn(at.node, "object")) !== "this") return false;
  } else {
    const variable = kind === "identifier" ? resolver.variableAt(at) : undefined;
    if (!variable || variable.isReassigned()) return false;
    const { module, node } = variable.declaration;
    const isInside = module === at.module && node > loop && node < tree.afterSubtree(loop);
    if (isInside || isMadeForRun(variable)) return false;
  }
  return facts.shareOf(at) === "always";
}

/** `withAbort(signal, async (aborted) => …)`: what calls the function makes the promise for this run. */
function isMadeForRun({ kind, declaration, function: of }: TypeScriptVariable): boolean {
  const { tree } = declaration.module;
  return kind === "parameter" && of !== NONE && tree.kindOf(tree.parentOf(of)) === "arguments";
}

/** The loop around a race that only an event ends: `while (true)`, `while (!this.closed)`; NONE where there is none. */
function endlessLoop(tree: Tree, race: NodeId): NodeId {
  const owner = enclosingFunction(tree, race);
  for (let at = tree.parentOf(race); at !== owner && at !== NONE; at = tree.parentOf(at)) {
    if (!LOOPS.has(tree.kindOf(at))) continue;
    const condition = tree.childIn(at, "condition");
    const text = condition === NONE ? "" : tree.textOf(condition).replace(/[();\s]/g, "");
    if (text === "" || text === "true" || /^!/.test(text)) return at;
  }
  return NONE;
}
