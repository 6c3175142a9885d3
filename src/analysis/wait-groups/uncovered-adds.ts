import type { Place } from "../../core/position.ts";
import { calleesOf } from "../../model/callees-of.ts";
import type { Block, BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import type { Program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import type { UnmetDones } from "./unmet-dones.ts";
import { seenByStarter, type Worker } from "./workers.ts";

/** An Add(1) for a goroutine that is not started on every way: `group.Add(1); if err != nil { continue }; go …`. */
export interface UncoveredAdd {
  readonly function: FunctionModel;
  readonly group: AccessPath;
  readonly at: Place;
  /** The `continue`, `break`, `return` or test that passes by the goroutine. */
  readonly leavesAt: Place;
  readonly startedAt: Place;
  readonly waitAt: Place;
}

/** Calls that are followed for somebody who calls Done after all. */
const DEPTH = 3;

/** Of the workers of a unit that are counted one by one; `waits` are its Waits, by group. */
export function uncoveredAdds(
  functions: Program,
  workers: readonly Worker[],
  waits: ReadonlyMap<string, Place>,
  dones: UnmetDones,
): UncoveredAdd[] {
  return workers.flatMap((worker) => {
    const { starter, spawn, model } = worker;
    const chain = spawn.group ? undefined : dones.of(model);
    const group = chain && seenByStarter(worker, chain.group);
    const identity = group && identityOf(group);
    const waitAt = identity === undefined ? undefined : waits.get(identity);
    if (identity === undefined || !waitAt) return [];
    const search = new Search(functions, starter, identity);
    return search.adds().flatMap((add) => {
      const leavesAt = search.passesBy(add, spawn);
      if (!leavesAt) return [];
      const places = { at: placeIn(starter, add.at), startedAt: placeIn(starter, spawn.at) };
      return [{ function: starter, group: add.group, ...places, leavesAt, waitAt }];
    });
  });
}

class Search {
  readonly #functions: Program;
  readonly #model: FunctionModel;
  readonly #identity: string;

  constructor(functions: Program, model: FunctionModel, identity: string) {
    this.#functions = functions;
    this.#model = model;
    this.#identity = identity;
  }

  /** Adds of one, in a function that does not call Done itself when it returns. */
  adds(): OperationOf<"add">[] {
    const { blocks } = this.#model;
    const isDeferred = blocks.some(({ operations }) =>
      operations.some((one) => one.kind === "defer" && this.#covers(one)),
    );
    if (isDeferred) return [];
    return blocks.flatMap(({ operations }) =>
      operations.flatMap((one) =>
        one.kind === "add" && one.delta === 1 && this.#isOwn(one.group) ? [one] : [],
      ),
    );
  }

  /** Where a way from the Add to the next one, to the Wait or out passes by the goroutine, and by everybody who could call Done. */
  passesBy(add: OperationOf<"add">, spawn: Operation): Place | undefined {
    const { blocks } = this.#model;
    const home = blocks.findIndex(({ operations }) => operations.includes(add));
    const start = blocks[home];
    if (!start) return undefined;
    const rest = start.operations.slice(start.operations.indexOf(add) + 1);
    // The goroutine of another Add.
    if (!this.#leadsTo(home, rest, spawn)) return undefined;
    if (rest.some((one) => this.#covers(one))) return undefined;
    const seen = new Set<string>();
    const waiting = this.#onwards(start, undefined);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const key = `${next.to} ${next.because?.start}`;
      const block = blocks[next.to];
      if (!block || seen.has(key)) continue;
      seen.add(key);
      const { because } = next;
      const end = this.#endOf(block, add);
      if (end === "uncovered" && because) return placeIn(this.#model, because);
      if (!end) waiting.push(...this.#onwards(block, because));
    }
    return undefined;
  }

  #leadsTo(home: BlockId, rest: readonly Operation[], spawn: Operation): boolean {
    if (rest.includes(spawn)) return true;
    const { blocks } = this.#model;
    const seen = new Set([home]);
    const waiting = [...successors((blocks[home] as Block).end)];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const block = blocks[at];
      if (!block || seen.has(at)) continue;
      seen.add(at);
      if (block.operations.includes(spawn)) return true;
      if (
        block.operations.some(
          (one) => one.kind === "spawn" || (one.kind === "add" && this.#isOwn(one.group)),
        )
      )
        continue;
      waiting.push(...successors(block.end));
    }
    return false;
  }

  /** Whether the count is answered for in a block, or the way comes to where it should have been. */
  #endOf({ operations, end }: Block, add: Operation): "covered" | "uncovered" | undefined {
    for (const one of operations) {
      if (one === add) return "uncovered";
      if (one.kind === "wait" && this.#isOwn(one.on)) return "uncovered";
      if (this.#covers(one)) return "covered";
    }
    if (end.kind === "select") return "covered";
    if (end.kind === "return") return this.#isLocal() ? "covered" : "uncovered";
    return successors(end).length === 0 ? "covered" : undefined;
  }

  /** A local group that nobody waits for is nobody's trouble. */
  #isLocal(): boolean {
    return operationsOf(this.#model).some(
      (one) => one.kind === "make" && identityOf(one.path) === this.#identity,
    );
  }

  /** The ways on, with what makes them other than the common one: a jump, or an error. */
  #onwards({ end }: Block, because: Operation["at"] | undefined): Onward[] {
    if (end.kind === "goto") return [{ to: end.to, because: end.at ?? because }];
    if (end.kind === "branch" && end.condition?.isErrorTest) {
      const { negated, at } = end.condition;
      const [failed, fine] = negated ? [end.then, end.otherwise] : [end.otherwise, end.then];
      return [
        { to: failed, because: because ?? at },
        { to: fine, because },
      ];
    }
    return successors(end).map((to) => ({ to, because }));
  }

  /** Whether an operation may lead to a Done: it starts or tells somebody, or hands the group or a function on. */
  #covers(operation: Operation): boolean {
    switch (operation.kind) {
      case "add":
        return this.#isOwn(operation.group) && operation.delta !== 1;
      case "spawn":
      case "send":
      case "close":
      case "signal":
      case "escape":
        return true;
      case "assign":
        return operation.value.kind === "function";
      case "defer":
        return operation.operations.some((one) => this.#covers(one));
      case "call":
        return this.#callCovers(operation);
      default:
        return false;
    }
  }

  #callCovers({ callee, arguments: given }: OperationOf<"call">): boolean {
    if (
      given.some((one) => one.kind === "function" || (one.kind === "path" && this.#isOwn(one.path)))
    )
      return true;
    // Whoever is not given the group, nor a function, has nothing to call Done on, but for the owner of a field.
    return !this.#isLocal() && calleesOf(callee).some((id) => this.#hasDone(id, DEPTH));
  }

  /** Whether a function, or one that it calls or starts, calls Done. */
  #hasDone(id: FunctionId, depth: number): boolean {
    const model = depth === 0 ? undefined : this.#functions.model(id);
    if (!model) return false;
    return operationsOf(model).some((one) => {
      if (one.kind === "add") return this.#isOwn(one.group) && one.delta !== 1;
      if (one.kind !== "call" && one.kind !== "spawn") return false;
      return calleesOf(one.callee).some((callee) => this.#hasDone(callee, depth - 1));
    });
  }

  #isOwn(group: AccessPath): boolean {
    return identityOf(group) === this.#identity;
  }
}

interface Onward {
  readonly to: BlockId;
  readonly because: Operation["at"] | undefined;
}
