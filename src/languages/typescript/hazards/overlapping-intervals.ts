import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { numericValue } from "../numeric-value.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { valueLeaves } from "../value-leaves.ts";
import {
  ancestorOf,
  awaitsIn,
  callAt,
  callsIn,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A repeated timer whose callback waits, so that the next run may begin before the last one has ended. */
export interface OverlappingInterval {
  readonly at: Place;
  /** What runs, as far as it has a name. */
  readonly name: string | undefined;
  readonly awaitedAt: Place;
}

const INTEREST = /\bsetInterval\s*\(/;
/** Nothing that a timer waits for takes five minutes. */
const LONG_ENOUGH = 300_000;
/** Nodes after the first await in which a lock may be what is awaited. */
const FEW = 40;

export const overlappingIntervals = defineAnalysis("overlapping intervals", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap(({ node, name, given }) => {
      const [callback, delay] = given;
      if (name !== "setInterval" || callback === undefined) return [];
      if (isLong(module, delay, resolver) || isDamaged(module.tree, node)) return [];
      return fromCallback(module, node, callback, resolver) ?? [];
    }),
  );
});

/** `60 * 60 * 1000`, `5 * MINUTE`, or a name that says so. */
function isLong(
  module: TypeScriptModule,
  delay: NodeId | undefined,
  resolver: TypeScriptResolver,
): boolean {
  if (delay === undefined) return false;
  const value = numericValue({ module, node: delay }, resolver);
  if (value !== undefined) return value >= LONG_ENOUGH;
  if (/hour|day|week/i.test(module.tree.textOf(delay))) return true;
  return settings(module.tree, delay).some((node) => {
    const usual = numericValue({ module, node }, resolver);
    return usual !== undefined && usual >= LONG_ENOUGH;
  });
}

/** What is put into the field that a delay is read from: `this.delay = options.delay ?? 600_000`. */
function settings(tree: Tree, delay: NodeId): NodeId[] {
  if (tree.kindOf(delay) !== "member_expression") return [];
  const field = tree.textOf(delay);
  return indexOf(tree)
    .assignments.filter((node) => tree.textOf(tree.childIn(node, "left")) === field)
    .flatMap((node) => valueLeaves(tree, tree.childIn(node, "right"), false));
}

function fromCallback(
  module: TypeScriptModule,
  at: NodeId,
  callback: NodeId,
  resolver: TypeScriptResolver,
): OverlappingInterval | undefined {
  const run = runOf(module, callback, resolver);
  if (!run) return undefined;
  const { tree } = run.module;
  const [first] = awaitsIn(tree, run.node);
  if (first === undefined || keepsOut(tree, run.node, first)) return undefined;
  const later = chainedBehind(module, callback);
  const hasLater = later.some((of) => changesMore(of, resolver));
  if (!hasLater && (isPing(module.tree, callback) || !hasMore(run, resolver))) return undefined;
  if (
    awaitsIn(tree, run.node).some((wait) => isKeptOut({ module: run.module, node: wait }, resolver))
  )
    return undefined;
  // What the callback that merely starts the run does first may keep it out as well.
  const outer = unwrapped(module.tree, callback);
  if (run.node !== outer && FUNCTION_KINDS.has(module.tree.kindOf(outer)))
    if (keepsOut(module.tree, outer, module.tree.afterSubtree(outer))) return undefined;
  const isNamed = module.tree.kindOf(outer) === "identifier" || run.node !== outer;
  return {
    at: placeOf(module, at),
    name: isNamed ? nameOf(module.tree, outer) : undefined,
    awaitedAt: placeOf(run.module, first),
  };
}

/** `() => this.send("ping")`: each one is its own. */
function isPing(tree: Tree, callback: NodeId): boolean {
  return /ping\b|heart-?beat|keep-?alive/i.test(tree.textOf(callback));
}

/**
 * Whether a second run could find the first one halfway: it waits twice or in a loop, or writes something that outlives it. One request
 * with nothing behind it but a line of the log is whole, however many there are.
 */
function hasMore(run: ModuleNode, resolver: TypeScriptResolver, left: number = DEEPEST): boolean {
  const { tree } = run.module;
  const [first, ...others] = awaitsIn(tree, run.node);
  if (first === undefined) return false;
  if (others.length > 0) return true;
  const behind = tree.afterSubtree(first);
  if (ancestorOf(tree, first, LOOPS, run.node) !== NONE) return true;
  for (const node of ownNodes(tree, run.node)) {
    const isCall = tree.kindOf(node) === "call_expression";
    if (isCall && node >= behind && CHANGING.test(calledName(tree, node))) return true;
    if (writesOutside({ module: run.module, node }, run.node, resolver)) return true;
  }
  const callee = awaitedCallee({ module: run.module, node: first }, resolver);
  return callee !== undefined && left > 1 && hasMore(callee, resolver, left - 1);
}

/** `x = …` and its like, where `x` outlives the run. */
function writesOutside(
  { module, node }: ModuleNode,
  run: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const kind = tree.kindOf(node);
  if (!/^(?:(?:augmented_)?assignment|update)_expression$/.test(kind)) return false;
  const written = tree.childIn(node, kind === "update_expression" ? "argument" : "left");
  if (tree.kindOf(written) !== "identifier") return true;
  return resolver.variableAt({ module, node: written })?.function !== run;
}

/** The functions of `() => beat().then((answer) => …)` that run when the first wait is over. */
function chainedBehind(module: TypeScriptModule, callback: NodeId): ModuleNode[] {
  const { tree } = module;
  const outer = unwrapped(tree, callback);
  if (!FUNCTION_KINDS.has(tree.kindOf(outer))) return [];
  return [...ownNodes(tree, outer)].flatMap((node) => {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    if (call?.name !== "then") return [];
    return call.given
      .slice(0, 1)
      .filter((given) => FUNCTION_KINDS.has(tree.kindOf(given)))
      .map((given) => ({ module, node: given }));
  });
}

/** It waits itself, and writes something that outlives it. */
function changesMore(of: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { module, node } = of;
  return (
    awaitsIn(module.tree, node).length > 0 &&
    [...ownNodes(module.tree, node)].some((inner) =>
      writesOutside({ module, node: inner }, node, resolver),
    )
  );
}

/** Functions that only wait for the next one. */
const DEEPEST = 4;

/** The function that is called where it is waited for. */
function awaitedCallee(
  { module, node }: ModuleNode,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  const call = unwrapped(module.tree, firstNamed(module.tree, node));
  if (call === NONE || module.tree.kindOf(call) !== "call_expression") return undefined;
  const callee = resolver.calleeOf({ module, node: call });
  return callee.kind === "function" ? callee.function : undefined;
}

const LOOPS: ReadonlySet<string> = new Set([
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
]);

/** Names of calls that do something with what was waited for. */
const CHANGING =
  /^(?!log|debug|info|warn|error|trace|print|report|catch|then|finally|toString|stringify|now|String|Number)/;

function calledName(tree: Tree, call: NodeId): string {
  return callAt(tree, call)?.name ?? "";
}

/** `await this.runJob()`, which looks first whether one is running. */
function isKeptOut(waiting: ModuleNode, resolver: TypeScriptResolver): boolean {
  const callee = awaitedCallee(waiting, resolver);
  if (!callee) return false;
  const { tree } = callee.module;
  const [wait] = awaitsIn(tree, callee.node);
  const body = tree.childIn(callee.node, "body");
  const begin =
    body === NONE || tree.kindOf(body) !== "statement_block" ? NONE : firstNamed(tree, body);
  return (
    wait !== undefined &&
    begin !== NONE &&
    tree.kindOf(begin) === "if_statement" &&
    /\breturn\b/.test(tree.textOf(tree.childIn(begin, "consequence")))
  );
}

/** The async function that runs: what the callback calls as its only statement, or else the callback itself. */
function runOf(
  module: TypeScriptModule,
  callback: NodeId,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  const { tree } = module;
  const node = unwrapped(tree, callback);
  if (!FUNCTION_KINDS.has(tree.kindOf(node))) return asyncNamed(module, node, resolver);
  const call = onlyCall(tree, tree.childIn(node, "body"));
  const callee = call === NONE ? undefined : resolver.calleeOf({ module, node: call });
  const of = callee?.kind === "function" ? callee.function : undefined;
  if (of && hasToken(of.module.tree, of.node, "async")) return of;
  return hasToken(tree, node, "async") ? { module, node } : undefined;
}

function asyncNamed(
  module: TypeScriptModule,
  node: NodeId,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  if (module.tree.kindOf(node) !== "identifier") return undefined;
  const variable = resolver.variableAt({ module, node });
  if (!variable || variable.isReassigned() || variable.declaration.node === NONE) return undefined;
  const { module: of, node: name } = variable.declaration;
  const parent = of.tree.parentOf(name);
  const value =
    of.tree.kindOf(parent) === "variable_declarator" ? of.tree.childIn(parent, "value") : parent;
  if (value === NONE || !FUNCTION_KINDS.has(of.tree.kindOf(value))) return undefined;
  return hasToken(of.tree, value, "async") ? { module: of, node: value } : undefined;
}

/** `() => void this.poll()`, `() => { this.poll().catch(log); }`. */
function onlyCall(tree: Tree, body: NodeId): NodeId {
  let node = body;
  for (let depth = 0; node !== NONE && depth < 8; depth++) {
    switch (tree.kindOf(node)) {
      case "statement_block":
        if (namedNodes(tree, node).length !== 1) return NONE;
        node = firstNamed(tree, node);
        break;
      case "expression_statement":
      case "parenthesized_expression":
      case "await_expression":
        node = firstNamed(tree, node);
        break;
      case "unary_expression":
        node = tree.childIn(node, "argument");
        break;
      case "call_expression": {
        const call = callAt(tree, node);
        if (!call || !/^(?:then|catch|finally)$/.test(call.name)) return node;
        node = unwrapped(tree, call.object);
        break;
      }
      default:
        return NONE;
    }
  }
  return NONE;
}

/** Before it first waits: an early return, a cleared timer, or a lock. */
function keepsOut(tree: Tree, run: NodeId, firstAwait: NodeId): boolean {
  for (const node of ownNodes(tree, run)) {
    if (node > firstAwait + FEW) return false;
    const kind = tree.kindOf(node);
    if (kind === "if_statement" && node < firstAwait) return true;
    if (kind !== "call_expression") continue;
    const name = callAt(tree, node)?.name ?? "";
    if (/^(?:clearInterval|runExclusive|acquire|lock|withLock|tryLock|tryAcquire)$/.test(name))
      return true;
  }
  return false;
}

function nameOf(tree: Tree, callback: NodeId): string | undefined {
  if (tree.kindOf(callback) === "identifier") return tree.textOf(callback);
  const call = onlyCall(tree, tree.childIn(callback, "body"));
  return call === NONE ? undefined : expressionName(tree, call);
}
