import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { mayReject } from "../async-faults/may-reject.ts";
import { isDamaged } from "../damage.ts";
import { hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  type Call,
  callAt,
  callsIn,
  isFunctionLiteral,
  isWithin,
  modulesOfInterest,
  placeOf,
} from "./syntax.ts";

/** A use of RxJS that loses a rejection, or the end of an inner observable. */
export interface ObservableHazard {
  readonly at: Place;
  /** `async`: an async subscriber. `nested`: a subscription in a subscriber. `takeUntil`: an operator behind it starts another observable. */
  readonly kind: "async" | "nested" | "takeUntil";
  readonly name: string;
}

const INTEREST = /["']rxjs(?:\/[\w-]+)?["']/;

/** Subscriptions and pipes of files that import RxJS, in order. */
export const observableHazards = defineAnalysis("observable hazards", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => {
      if (call.object === NONE || isDamaged(module.tree, call.node)) return [];
      if (call.name === "subscribe") return inSubscription(module, call, resolver);
      return call.name === "pipe" ? inPipe(module, call) : [];
    }),
  );
});

function inSubscription(
  module: TypeScriptModule,
  { nameAt, given, node }: Call,
  resolver: TypeScriptResolver,
): ObservableHazard[] {
  const { tree } = module;
  const found: ObservableHazard[] = [];
  for (const subscriber of given.flatMap((argument) => subscribersIn(tree, argument))) {
    if (hasToken(tree, subscriber, "async") && mayReject({ module, node: subscriber }, resolver))
      found.push({ at: placeOf(module, subscriber), kind: "async", name: "subscribe" });
  }
  const inner = callsIn(tree, node).find(
    (call) =>
      call.node !== node &&
      call.name === "subscribe" &&
      call.object !== NONE &&
      given.some((argument) => isWithin(tree, call.node, argument)) &&
      tree.kindOf(tree.parentOf(call.node)) === "expression_statement",
  );
  if (inner)
    found.push({ at: placeOf(module, inner.nameAt), kind: "nested", name: tree.textOf(nameAt) });
  return found;
}

/** `subscribe(f)`, `subscribe({ next: f, error: g })`. */
function subscribersIn(tree: Tree, argument: NodeId): NodeId[] {
  const node = unwrapped(tree, argument);
  if (node === NONE) return [];
  if (isFunctionLiteral(tree, node)) return [node];
  if (tree.kindOf(node) !== "object") return [];
  return namedNodes(tree, node).flatMap((member) => {
    if (tree.kindOf(member) === "method_definition") return [member];
    const value = tree.kindOf(member) === "pair" ? tree.childIn(member, "value") : NONE;
    return value !== NONE && isFunctionLiteral(tree, value) ? [value] : [];
  });
}

const FLATTENING =
  /^(?:switchMap|mergeMap|concatMap|exhaustMap|flatMap|combineLatestWith|mergeWith|withLatestFrom|switchAll|mergeAll|concatAll)$/;

/** `pipe(takeUntil(done), switchMap(load))`: what `load` gives goes on when `done` has come. */
function inPipe(module: TypeScriptModule, { given }: Call): ObservableHazard[] {
  const { tree } = module;
  const names = given.map((argument) => {
    const node = unwrapped(tree, argument);
    const isCall = node !== NONE && tree.kindOf(node) === "call_expression";
    return isCall ? callAt(tree, node) : undefined;
  });
  const at = names.findIndex((call) => call?.name === "takeUntil" && call.object === NONE);
  const taken = names[at];
  const later =
    at === -1 ? undefined : names.slice(at + 1).find((call) => FLATTENING.test(call?.name ?? ""));
  const isTakenAgain = names.slice(at + 1).some((call) => /^takeUntil/.test(call?.name ?? ""));
  if (!taken || !later || isTakenAgain) return [];
  return [{ at: placeOf(module, taken.nameAt), kind: "takeUntil", name: later.name }];
}
