import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** The store of an AsyncLocalStorage, asked for where it is another one or none. */
export interface LostContext {
  readonly at: Place;
  /** `queue`: in a function that others call later. `outside`: behind `run`, in the function that called it. `module`: when the module is loaded. */
  readonly kind: "queue" | "outside" | "module";
  readonly storage: string;
  readonly relatedAt: Place | undefined;
}

const INTEREST = /\bAsyncLocalStorage\b|\.getStore\s*\(/;

/** Calls of `getStore()` of storages that the file makes, where the context of the caller is gone; in order. */
export const lostContexts = defineAnalysis("lost contexts", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, /\.getStore\s*\(/).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => lost(module, call, resolver) ?? []),
  );
});

function lost(
  module: TypeScriptModule,
  { node, object, name }: Call,
  resolver: TypeScriptResolver,
): LostContext | undefined {
  const { tree } = module;
  if (name !== "getStore" || object === NONE || isDamaged(tree, node)) return undefined;
  if (!isStorage(module, object, resolver)) return undefined;
  const storage = tree.textOf(object);
  const around = enclosingFunction(tree, node);
  const found = (kind: LostContext["kind"], related: NodeId): LostContext => ({
    at: placeOf(module, node),
    kind,
    storage,
    relatedAt: related === NONE ? undefined : placeOf(module, related),
  });
  if (around === NONE) return isInClass(tree, node) ? undefined : found("module", NONE);
  const kept = keptBy(tree, around);
  if (kept !== NONE) return found("queue", kept);
  const run = runBefore(tree, node, around, storage);
  return run === NONE ? undefined : found("outside", run);
}

/** `new AsyncLocalStorage()` in a constant, of this file or an imported one. */
function isStorage(
  module: TypeScriptModule,
  object: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const made = initializerOf(resolver, { module, node: object });
  if (!made || made.module.tree.kindOf(made.node) !== "new_expression") return false;
  return callAt(made.module.tree, made.node)?.name === "AsyncLocalStorage";
}

/** The initialiser of a field runs when the object is made. */
function isInClass(tree: Tree, node: NodeId): boolean {
  return nodesOfKind(tree, "class_body").some(
    (body) => node > body && node < tree.afterSubtree(body),
  );
}

const KEEPING = /^(?:push|unshift|enqueue|add)$/;
const LISTS = /(?:queue|jobs|tasks|pending|waiting|backlog|callbacks|listeners)$/i;

/** The list of work that a function is put into: who takes it out has a context of its own. */
function keptBy(tree: Tree, around: NodeId): NodeId {
  const list = tree.parentOf(around);
  if (!isFunctionLiteral(tree, around) || tree.kindOf(list) !== "arguments") return NONE;
  const call = callAt(tree, tree.parentOf(list));
  if (!call || call.object === NONE || !KEEPING.test(call.name)) return NONE;
  return LISTS.test(tree.textOf(call.object)) ? call.node : NONE;
}

/** A statement `storage.run(…)` before, in the same block: its store is there for the callback alone. */
function runBefore(tree: Tree, node: NodeId, around: NodeId, storage: string): NodeId {
  const run = callsIn(tree, around).find(
    (call) =>
      call.node < node &&
      tree.afterSubtree(call.node) <= node &&
      call.name === "run" &&
      call.object !== NONE &&
      tree.textOf(call.object) === storage &&
      enclosingFunction(tree, call.node) === around,
  );
  if (!run) return NONE;
  // A store around may be there as well, of which the function knows.
  const asksBefore = callsIn(tree, around).some(
    (call) => call.node < run.node && /^(?:getStore|enterWith)$/.test(call.name),
  );
  return asksBefore ? NONE : run.node;
}
