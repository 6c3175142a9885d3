import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { mentionsIn, placeOf, qualifiedCallee } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import { initializerOf } from "../lowering/initializer.ts";
import type { GoResolver, GoVariable } from "../type.ts";
import { type UnawaitedGoroutine, unawaitedGoroutines } from "../unawaited-goroutines.ts";

/**
 * A context that a function cancels on its way out, and a goroutine with work to do that was given it just before:
 *
 *     ctx, cancel := context.WithTimeout(parent, time.Minute)
 *     defer cancel()
 *     go s.send(ctx, event)
 *     return nil                       // and send is cancelled before it begins
 *
 * Only where nothing but the return follows: a function that goes on to serve may well keep its helpers by such a context.
 */
export interface EarlyCancel {
  readonly at: Place;
  readonly context: string;
  readonly madeAt: Place;
  readonly cancelAt: Place;
}

export const earlyCancels = defineAnalysis("early cancels", (use): EarlyCancel[] => {
  const resolver = use(goResolver);
  return use(unawaitedGoroutines).flatMap((goroutine) => earlyCancel(goroutine, resolver) ?? []);
});

const MAKERS = /^context\.With(?:Cancel|Timeout|Deadline)(?:Cause)?$/;

function earlyCancel(goroutine: UnawaitedGoroutine, resolver: GoResolver): EarlyCancel | undefined {
  const { file, tree, node, owner } = goroutine;
  if (!isLast(tree, node, owner)) return undefined;
  const defer = tree.grammar.kind("defer_statement");
  for (let at = owner; at < node; at++) {
    if (tree.kind[at] !== defer) continue;
    const callee = calleeOf(tree, at);
    const cancel = callee === NONE ? undefined : variableAt(file.path, callee, resolver);
    if (!cancel || tree.kindOf(callee) !== "identifier" || cancel.function !== owner) continue;
    const initial = initializerOf(tree, cancel.node);
    const [name] = initial?.names ?? [];
    if (!initial || name === undefined || tree.kindOf(initial.value) !== "call_expression")
      continue;
    const maker = tree.childIn(initial.value, "function");
    if (!MAKERS.test(qualifiedCallee(file.path, tree, maker, resolver) ?? "")) continue;
    const context = variableAt(file.path, name, resolver);
    const use = context && handedOn(goroutine, context, resolver);
    if (!context || use === undefined) continue;
    return {
      at: placeOf(file, tree, use),
      context: context.name,
      madeAt: placeOf(file, tree, initial.value),
      cancelAt: placeOf(file, tree, at),
    };
  }
  return undefined;
}

function calleeOf(tree: Tree, statement: NodeId): NodeId {
  const call = tree.namedChildren(statement).find((one) => tree.kindOf(one) === "call_expression");
  return call === undefined ? NONE : tree.childIn(call, "function");
}

function variableAt(file: string, node: NodeId, resolver: GoResolver): GoVariable | undefined {
  const symbol = resolver.symbolAt(file, node);
  return symbol?.kind === "variable" ? symbol.variable : undefined;
}

/** The last statement of the function, but for a return that calls nothing. */
function isLast(tree: Tree, node: NodeId, owner: NodeId): boolean {
  const list = tree.parentOf(node);
  const block = tree.parentOf(list);
  if (tree.kindOf(list) !== "statement_list" || tree.parentOf(block) !== owner) return false;
  const all = tree.namedChildren(list);
  const rest = all.slice(all.indexOf(node) + 1).filter((one) => tree.kindOf(one) !== "comment");
  return rest.every(
    (one) => tree.kindOf(one) === "return_statement" && !/[()]|<-/.test(tree.textOf(one)),
  );
}

/** Where the goroutine gives the context to a call: it has something to do, and does not only watch for the end. */
function handedOn(
  { file, tree, node }: UnawaitedGoroutine,
  context: GoVariable,
  resolver: GoResolver,
): NodeId | undefined {
  if (/\.Done\(\)/.test(tree.textOf(node))) return undefined;
  return mentionsIn(file.path, tree, node, context, resolver).find((at) => {
    const list = tree.parentOf(at);
    if (tree.kindOf(list) !== "argument_list") return false;
    const callee = tree.textOf(tree.childIn(tree.parentOf(list), "function"));
    return !/WithoutCancel$|log|trace/i.test(callee);
  });
}
