import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { membersOf } from "../class-members.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  ancestorOf,
  awaitsIn,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** An async listener that commits how far it has come after it has waited: later events overtake earlier ones. */
export interface OverlappingListener {
  readonly at: Place;
  readonly event: string;
  readonly awaitedAt: Place;
  readonly commit: string;
  readonly committedAt: Place;
}

const INTEREST = /\.(?:on|addListener|subscribe)\s*\(/;
/** A place in a stream of events, all before which counts as done. */
const PLACE = /offset|cursor|checkpoint|sequence|watermark|\blsn\b|resumeToken/i;
const COMMITS = /^[_#]*(?:commit|checkpoint|(?:save|store|persist|update|advance)[A-Z])/;
const KEEPS_ORDER = /\.pause\(|queue|mutex|\block|semaphore|inTurn|serial/i;
/** Helpers of helpers that are looked into. */
const DEEPEST = 3;

export const overlappingListeners = defineAnalysis("overlapping listeners", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, PLACE, /\bawait\b/).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => overlapping(module, call, resolver) ?? []),
  );
});

function overlapping(
  module: TypeScriptModule,
  { node, object, name, given: [event, listener] }: Call,
  resolver: TypeScriptResolver,
): OverlappingListener | undefined {
  const { tree } = module;
  if (!/^(?:on|addListener|subscribe)$/.test(name) || object === NONE || listener === undefined)
    return undefined;
  if (event === undefined || tree.kindOf(event) !== "string" || isDamaged(tree, node))
    return undefined;
  const run = listenerOf(module, unwrapped(tree, listener), resolver);
  if (run === NONE || !hasToken(tree, run, "async") || KEEPS_ORDER.test(tree.textOf(run)))
    return undefined;
  const found = commitIn(module, run, undefined, resolver, DEEPEST);
  if (!found) return undefined;
  return {
    at: placeOf(module, run),
    event: tree.textOf(event).slice(1, -1),
    awaitedAt: placeOf(module, found.awaited),
    commit: expressionName(tree, found.commit),
    committedAt: placeOf(module, found.commit),
  };
}

/** The function that listens: written in place, a constant, or a member of the class around. */
function listenerOf(module: TypeScriptModule, node: NodeId, resolver: TypeScriptResolver): NodeId {
  const { tree } = module;
  if (FUNCTION_KINDS.has(tree.kindOf(node))) return node;
  if (tree.kindOf(node) === "identifier") {
    const made = initializerOf(resolver, { module, node });
    return made?.module === module && FUNCTION_KINDS.has(tree.kindOf(made.node)) ? made.node : NONE;
  }
  if (tree.kindOf(node) !== "member_expression") return NONE;
  if (tree.kindOf(tree.childIn(node, "object")) !== "this") return NONE;
  const body = ancestorOf(tree, node, new Set(["class_body"]));
  if (body === NONE) return NONE;
  const members = membersOf(tree, tree.parentOf(body)).ofInstance;
  const [member] = members.get(tree.textOf(tree.childIn(node, "property"))) ?? [];
  if (member === undefined) return NONE;
  const value = tree.childIn(member, "value");
  const run = tree.kindOf(member) === "public_field_definition" ? value : member;
  return run !== NONE && FUNCTION_KINDS.has(tree.kindOf(run)) ? run : NONE;
}

interface Commit {
  readonly awaited: NodeId;
  readonly commit: NodeId;
}

/** A commit of a place in a function or its helpers, behind an await. */
function commitIn(
  module: TypeScriptModule,
  run: NodeId,
  before: NodeId | undefined,
  resolver: TypeScriptResolver,
  depth: number,
): Commit | undefined {
  const { tree } = module;
  const waits = awaitsIn(tree, run);
  for (const node of ownNodes(tree, run)) {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    if (!call) continue;
    const awaited = before ?? waits.find((wait) => tree.afterSubtree(wait) <= node);
    const isPlace = call.given.some((argument) => PLACE.test(tree.textOf(argument)));
    if (awaited !== undefined && isPlace && COMMITS.test(call.name))
      return { awaited, commit: node };
    const callee = depth > 0 ? resolver.calleeOf({ module, node }) : undefined;
    if (callee?.kind !== "function" || callee.function.module !== module) continue;
    const inner = commitIn(module, callee.function.node, awaited, resolver, depth - 1);
    if (inner) return inner;
  }
  return undefined;
}
