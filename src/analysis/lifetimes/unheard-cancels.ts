import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { Block, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";

/**
 * A goroutine that has a context of its own, and whose loop is ended by the parent's alone:
 *
 *     renewal, cancel := context.WithCancel(l.base)
 *     go l.renew(renewal)
 *
 *     func (l *locker) renew(ctx context.Context) { for l.pause(l.base) { … } }     // cancel does not end it
 */
export interface UnheardCancel {
  readonly at: Place;
  readonly goroutine: FunctionModel;
  /** The parent, and the context that the goroutine was given. */
  readonly parent: string;
  readonly given: string;
  readonly derivedAt: Place;
  readonly trace: Trace;
}

const DERIVING = /^context\.With(?:Cancel|Timeout|Deadline)(?:Cause)?$/;

export const unheardCancels = defineAnalysis("unheard cancels", (use): UnheardCancel[] => {
  const functions = use(program);
  return functions.functionsWith(/\bcontext\.With/).flatMap(({ id, file }) => {
    const starter = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!starter || starter.isDamaged || starter.isTest) return [];
    const derived = derivedIn(starter);
    if (derived.size === 0) return [];
    return operationsOf(starter).flatMap((one) =>
      one.kind === "spawn" ? unheardIn(functions, starter, one, derived) : [],
    );
  });
});

type Derivation = OperationOf<"call"> & { readonly parent: AccessPath };

/** Contexts that a function derives from one that is kept in a field, by their names. */
function derivedIn(starter: FunctionModel): ReadonlyMap<string, Derivation> {
  const derived = new Map<string, Derivation>();
  for (const one of operationsOf(starter)) {
    if (one.kind !== "call" || one.callee.kind !== "external") continue;
    const [parent] = one.arguments;
    const name = one.results[0] && pathKey(one.results[0]);
    if (!DERIVING.test(one.callee.name) || parent?.kind !== "path" || name === undefined) continue;
    if (parent.path.slot !== undefined) derived.set(name, { ...one, parent: parent.path });
  }
  return derived;
}

function unheardIn(
  functions: Program,
  starter: FunctionModel,
  spawn: OperationOf<"spawn">,
  derived: ReadonlyMap<string, Derivation>,
): UnheardCancel[] {
  const goroutine =
    spawn.callee.kind === "static" ? functions.model(spawn.callee.function) : undefined;
  if (!goroutine || goroutine.isDamaged) return [];
  return spawn.arguments.flatMap((value, index) => {
    const derivation = value.kind === "path" ? derived.get(pathKey(value.path) ?? "") : undefined;
    const own = goroutine.parameters[index];
    if (!derivation || !own || waitsFor(goroutine, own)) return [];
    const asked = goroutine.blocks.flatMap(
      (block, at) => leavesBy(goroutine.blocks, block, at, derivation.parent) ?? [],
    );
    const [call] = asked;
    if (!call) return [];
    const at = placeIn(goroutine, call.at);
    const derivedAt = placeIn(starter, derivation.at);
    const [parent, given] = [derivation.parent.text, own.name];
    const waiting = `goes by ${parent} alone, for ever`;
    const trace: Trace = {
      threads: [starter.name, goroutine.name],
      steps: [
        { thread: 0, at: derivedAt, action: `makes ${given}, to end it before`, waits: false },
        { thread: 0, at: placeIn(starter, spawn.at), action: "starts it", waits: false },
        { thread: 1, at, action: waiting, waits: true },
      ],
    };
    return [{ at, goroutine, parent, given, derivedAt, trace }];
  });
}

/** `<-ctx.Done()`, of a select as well. */
function waitsFor({ blocks }: FunctionModel, { id }: Variable): boolean {
  const isOwn = ({ root, steps }: AccessPath): boolean =>
    root.kind === "variable" && root.variable.id === id && steps.length > 0;
  return blocks.some(
    ({ operations, end }) =>
      operations.some((one) => one.kind === "receive" && isOwn(one.channel)) ||
      (end.kind === "select" &&
        end.cases.some(({ operation: one }) => one.kind === "receive" && isOwn(one.channel))),
  );
}

/** The call at the end of a block that is given the parent, and decides whether a loop goes on. */
function leavesBy(
  blocks: readonly Block[],
  { operations, end }: Block,
  at: number,
  { slot }: AccessPath,
): OperationOf<"call"> | undefined {
  const last = operations.at(-1);
  if (last?.kind !== "call" || end.kind !== "branch" || !reaches(blocks, at, at)) return undefined;
  const isGiven = last.arguments.some((value) => value.kind === "path" && value.path.slot === slot);
  const isWayOut = successors(end).some((to) => to !== at && !reaches(blocks, to, at));
  return isGiven && isWayOut ? last : undefined;
}
