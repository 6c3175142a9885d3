import { invariant } from "../../core/invariant.ts";
import type { BlockId, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { Scope } from "./scope.ts";
import type { Frame, State } from "./state.ts";

/** The operation in front of a frame; undefined at the end of its block. */
export function operationAt(scope: Scope, frame: Frame): Operation | undefined {
  if (frame.pending.length > 0) return frame.pending[0];
  return frame.leaving ? undefined : blockOf(scope, frame).operations[frame.index];
}

/** How the frame's block ends, where all its operations are done; undefined while leaving. */
export function terminatorAt(scope: Scope, frame: Frame): Terminator | undefined {
  if (frame.leaving || operationAt(scope, frame)) return undefined;
  return blockOf(scope, frame).end;
}

function blockOf(scope: Scope, frame: Frame): FunctionModel["blocks"][number] {
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return invariant(model.blocks[frame.block], "a block id is an index");
}

/** The thread with its innermost frame replaced; all else is shared with the state before. */
export function withFrame(state: State, thread: number, change: Partial<Frame>): State {
  const top = invariant(state.threads[thread]?.frames.at(-1), "a running thread has a frame");
  return withTop(state, thread, { ...top, ...change });
}

/** The thread at another place of its innermost frame. Most steps do no more, so the copies are written out: that is faster. */
export function movedTo(state: State, thread: number, block: BlockId, index: number): State {
  const top = invariant(state.threads[thread]?.frames.at(-1), "a running thread has a frame");
  return withTop(state, thread, {
    key: top.key,
    function: top.function,
    block,
    index,
    deferred: top.deferred,
    pending: top.pending,
    leaving: top.leaving,
    passes: top.passes,
    received: top.received,
    results: top.results,
    variables: top.variables,
  });
}

function withTop(state: State, thread: number, frame: Frame): State {
  const { startedAt, status, joins, frames } = invariant(state.threads[thread], "it exists");
  const left = frames.slice();
  left[left.length - 1] = frame;
  const threads = state.threads.slice();
  threads[thread] = { startedAt, status, joins, frames: left };
  return {
    threads,
    channels: state.channels,
    groups: state.groups,
    locks: state.locks,
    store: state.store,
    values: state.values,
    facts: state.facts,
    counts: state.counts,
    sites: state.sites,
    isUnordered: state.isUnordered,
  };
}

/** Past the operation in front. */
export function afterOperation(state: State, thread: number): State {
  const frame = invariant(state.threads[thread]?.frames.at(-1), "a running thread has a frame");
  if (frame.pending.length > 0)
    return withFrame(state, thread, { pending: frame.pending.slice(1) });
  return movedTo(state, thread, frame.block, frame.index + 1);
}

export function newFrame(
  key: string,
  model: FunctionModel,
  results: Frame["results"],
  variables: Frame["variables"] = [],
): Frame {
  return {
    key,
    function: model.id,
    block: 0,
    index: 0,
    deferred: [],
    pending: [],
    leaving: undefined,
    passes: {},
    received: undefined,
    results,
    variables,
  };
}

export function fileOf(scope: Scope, frame: Frame): string {
  return invariant(scope.model(frame.function), "a frame has a model").file;
}
