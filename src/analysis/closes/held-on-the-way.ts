import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { FunctionId } from "../../model/path.ts";
import { successors } from "../../model/successors.ts";
import type { HeldLocks } from "../locks/held-locks.ts";
import { lockName } from "../locks/lock-name.ts";
import { walkLocks } from "../locks/lock-walk.ts";
import type { Way } from "./ways.ts";

type Names = ReadonlySet<string>;

/** Which locks are held at operations, and at the calls that lead to them. */
export class HeldOnTheWay {
  readonly #locks: HeldLocks;
  readonly #known = new Map<FunctionId, ReadonlyMap<Operation, Names>>();

  constructor(locks: HeldLocks) {
    this.#locks = locks;
  }

  /** Names of locks that are held, by the way's own functions, when it comes to its operation. */
  of({ steps }: Way): Names {
    return new Set(
      steps.flatMap(({ model, operation }) => [...(this.#heldIn(model).get(operation) ?? [])]),
    );
  }

  #heldIn(model: FunctionModel): ReadonlyMap<Operation, Names> {
    const known = this.#known.get(model.id);
    if (known) return known;
    const held = new Map<Operation, Names>();
    walkLocks(
      model,
      (callee) => this.#locks.summaryOf(callee),
      (operation, now) => {
        const names = now.flatMap(({ lock }) => lockName(lock) ?? []);
        const before = held.get(operation);
        held.set(operation, new Set(before ? names.filter((one) => before.has(one)) : names));
      },
    );
    // Operations of a select are reached with what its block leaves.
    for (const [id, { end }] of model.blocks.entries())
      if (end.kind === "select") {
        const names = leftBy(model, id, held);
        for (const { operation } of end.cases) held.set(operation, names);
      }
    this.#known.set(model.id, held);
    return held;
  }
}

/** What is held at the end of a block: where nothing happens in it, at the end of all those that lead there. */
function leftBy({ blocks }: FunctionModel, id: number, held: ReadonlyMap<Operation, Names>): Names {
  const seen = new Set<number>();
  const waiting = [id];
  let left: Names | undefined;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const last = blocks[at]?.operations.at(-1);
    if (last) {
      const names = after(last, held.get(last) ?? new Set());
      left = left ? new Set([...left].filter((one) => names.has(one))) : names;
    } else
      for (const [from, { end }] of blocks.entries())
        if (successors(end).includes(at)) waiting.push(from);
  }
  return left ?? new Set();
}

function after(last: Operation, names: Names): Names {
  const changed = new Set(names);
  if (last.kind === "acquire") changed.add(lockName(last.lock) ?? "");
  if (last.kind === "release") changed.delete(lockName(last.lock) ?? "");
  return changed;
}
