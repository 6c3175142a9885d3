import type { Place } from "../../core/position.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { pathKey, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { writtenBy } from "../../model/written-by.ts";
import type { CallSite, CallSites } from "../locks/call-sites.ts";

/**
 * Where a method finds out that it was called before with what it is given, and leaves what it started then as it is:
 *
 *     if every == p.every { return }     // what runs goes on, so nobody has ended it
 *     p.every = every
 */
export function asksForChange(model: FunctionModel, goal: BlockId): Place | undefined {
  const { blocks, receiver, parameters } = model;
  if (!receiver) return undefined;
  const kept = keptParameters(model);
  for (const { end } of blocks) {
    const condition = end.kind === "branch" ? end.condition : undefined;
    if (end.kind !== "branch" || !condition?.key.includes("==")) continue;
    const given = parameters.find(({ id }) => condition.reads.includes(id));
    const field = condition.reads.find((read) => read.startsWith(`${receiver.id}.`));
    if (!given || field === undefined || kept.get(field) !== given.id) continue;
    const same = condition.negated ? end.otherwise : end.then;
    if (same !== goal && !reaches(blocks, same, goal)) return placeIn(model, condition.at);
  }
  return undefined;
}

/** The fields that get what a parameter holds. */
function keptParameters(model: FunctionModel): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const one of operationsOf(model)) {
    if ((one.kind !== "assign" && one.kind !== "write") || one.value.kind !== "path") continue;
    const [target] = writtenBy(one);
    const key = target && pathKey(target);
    const from = pathKey(one.value.path);
    if (key !== undefined && from !== undefined) kept.set(key, from);
  }
  return kept;
}

/** Callers between a method and a loop that calls it. */
const DEPTH = 2;

/**
 * The call of a method in a loop, on an object and with a context that were there before the loop: each pass does what the last one
 * has done, and none ends it, since `isCaredFor` finds nothing between.
 */
export function calledInLoop(
  functions: Program,
  sites: CallSites,
  { id }: Pick<FunctionModel, "id">,
  isCaredFor: (operation: Operation) => boolean,
  depth = DEPTH,
): Place | undefined {
  for (const site of sites.of(id)) {
    const model = functions.model(site.caller);
    const { operation } = site;
    if (!model || model.isTest || model.id === id || operation.kind !== "call") continue;
    const at = model.blocks.findIndex(({ operations }) => operations.includes(operation));
    if (at < 0) continue;
    if (reaches(model.blocks, at, at)) {
      if (isSameEachPass(model, at, site, isCaredFor)) return placeIn(model, operation.at);
    } else if (depth > 1 && isOfReceiver(model, operation)) {
      if (operationsOf(model).some(isCaredFor)) continue;
      const above = calledInLoop(functions, sites, model, isCaredFor, depth - 1);
      if (above) return above;
    }
  }
  return undefined;
}

function isSameEachPass(
  { blocks }: FunctionModel,
  at: BlockId,
  { operation }: CallSite,
  isCaredFor: (operation: Operation) => boolean,
): boolean {
  const inLoop = blocks.flatMap(({ operations }, block) =>
    reaches(blocks, at, block) && reaches(blocks, block, at) ? operations : [],
  );
  if (inLoop.some(isCaredFor)) return false;
  const changed = new Set(
    inLoop.flatMap((one) => {
      const given = one.kind === "make" ? [one.path] : writtenBy(one);
      return given.flatMap((path) => (path?.root.kind === "variable" ? path.root.variable.id : []));
    }),
  );
  const isSame = ({ id, isRanged }: Variable) => !isRanged && !changed.has(id);
  const [context] = operation.arguments;
  const subject = subjectOf(operation);
  return subject !== undefined && isSame(subject) && isLasting(context, isSame);
}

/** A context that nobody ends with the pass: the root, or one that was there before. */
function isLasting(context: Value | undefined, isSame: (variable: Variable) => boolean): boolean {
  if (context?.kind === "constant") return true;
  const root = context?.kind === "path" ? context.path.root : undefined;
  return root?.kind === "variable" && isSame(root.variable);
}

/** `b.session.connect(ctx)` of a method: what is called belongs to the object that the method is called on. */
function isOfReceiver({ receiver }: FunctionModel, operation: CallSite["operation"]): boolean {
  return receiver !== undefined && subjectOf(operation)?.id === receiver.id;
}

function subjectOf({ callee }: OperationOf<"call"> | OperationOf<"spawn">): Variable | undefined {
  const receiver = callee.kind === "static" ? callee.receiver : undefined;
  const root = receiver?.kind === "path" ? receiver.path.root : undefined;
  return root?.kind === "variable" ? root.variable : undefined;
}
