import type { FunctionModel, Terminator } from "../../model/function.ts";
import { isRecover } from "../../model/is-recover.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, identityOf } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { findUnmetDuty, type UnmetDuty } from "../lifetimes/unmet-duty.ts";
import { mentionsOf } from "../mentions.ts";
import { seenByCaller } from "./workers.ts";

/** A way out of a worker, or of the function in which it does its work, that passes by the Done that other ways have. */
export interface UnmetDone {
  /** The function that is left without a Done. */
  readonly model: FunctionModel;
  readonly unmet: UnmetDuty;
  readonly done: OperationOf<"add">;
  /** Where the Done stands: `model`, or a function that it calls. */
  readonly doneIn: FunctionModel;
  /** The group, as the worker names it. */
  readonly group: AccessPath;
}

/** From a worker down to the function that calls Done. */
interface Level {
  readonly model: FunctionModel;
  /** The call of the next level; undefined where the Done stands here. */
  readonly call: OperationOf<"call"> | undefined;
}

interface Chain {
  readonly levels: readonly Level[];
  readonly done: OperationOf<"add">;
  readonly doneIn: FunctionModel;
  readonly group: AccessPath;
}

/** Calls between a worker and its Done. */
const DEPTH = 3;

/** Looks for ways out of workers without a Done; calls are followed to where the Done stands. */
export class UnmetDones {
  readonly #functions: Program;
  readonly #chains = new Map<FunctionId, Chain | undefined>();
  readonly #mentions = new Map<string, boolean>();

  constructor(functions: Program) {
    this.#functions = functions;
  }

  /** The one Done of a worker, and the group as the worker names it; undefined where it has none, or counts several times. */
  of(worker: FunctionModel): Pick<UnmetDone, "done" | "doneIn" | "group"> | undefined {
    return this.#chainOf(worker, DEPTH);
  }

  /** The first way out without a Done; `how` it ends. */
  find(worker: FunctionModel, how: "return" | "panic"): UnmetDone | undefined {
    const chain = this.#chainOf(worker, DEPTH);
    for (const { model, call } of chain?.levels ?? []) {
      if (!chain) break;
      const { done, doneIn, group } = chain;
      const unmet = this.#unmet(model, call, how);
      if (unmet) return { model, unmet, done, doneIn, group };
    }
    return undefined;
  }

  #chainOf(model: FunctionModel, depth: number): Chain | undefined {
    if (this.#chains.has(model.id)) return this.#chains.get(model.id);
    // Recursion tells nothing.
    this.#chains.set(model.id, undefined);
    const chain = this.#ownChain(model) ?? this.#calledChain(model, depth);
    this.#chains.set(model.id, chain);
    return chain;
  }

  #ownChain(model: FunctionModel): Chain | undefined {
    const dones = operationsOf(model).filter(isDone);
    const [done] = dones;
    const own = done && identityOf(done.group);
    if (!done || own === undefined || isInLoop(model, dones)) return undefined;
    if (dones.some(({ group }) => identityOf(group) !== own)) return undefined;
    return { levels: [{ model, call: undefined }], done, doneIn: model, group: done.group };
  }

  /** The one call of a worker without a Done of its own that leads to one. */
  #calledChain(model: FunctionModel, depth: number): Chain | undefined {
    if (depth === 0 || operationsOf(model).some(isDone)) return undefined;
    const found = operationsOf(model).flatMap((call) => {
      if (call.kind !== "call" || call.callee.kind !== "static") return [];
      const callee = this.#functions.model(call.callee.function);
      if (!callee || callee.isDamaged || callee.role === "closure") return [];
      const chain = this.#chainOf(callee, depth - 1);
      const group = chain && seenByCaller(call, callee, chain.group);
      return chain && group ? [{ chain, call, group }] : [];
    });
    const [only, ...others] = found;
    if (!only || others.length > 0 || isInLoop(model, [only.call])) return undefined;
    const { chain, call, group } = only;
    return { ...chain, levels: [{ model, call }, ...chain.levels], group };
  }

  #unmet(
    model: FunctionModel,
    call: OperationOf<"call"> | undefined,
    how: "return" | "panic",
  ): UnmetDuty | undefined {
    const group = this.#chains.get(model.id)?.group;
    const own = group && identityOf(group);
    if (!group || own === undefined) return undefined;
    const begins: Operation = { kind: "read", path: group, at: model.nameAt };
    return findUnmetDuty(this.#endingBy(model, begins, how), {
      begins,
      isMetBy: (operation) =>
        operation !== begins && (operation === call || this.#leadsTo(operation, own, DEPTH)),
      // `if wg != nil { defer wg.Done() }`
      isMetAtEnd: (end) =>
        end.kind === "branch" && (end.condition?.reads.some((read) => read === own) ?? false),
      isLostBy: () => false,
    });
  }

  /** Whether an operation names the group, or runs or makes a function that does. */
  #leadsTo(operation: Operation, identity: string, depth: number): boolean {
    const { paths, functions } = mentionsOf(operation);
    return (
      paths.some((path) => identityOf(path) === identity) ||
      functions.some((id) => this.#isNamedIn(id, identity, depth))
    );
  }

  #isNamedIn(id: FunctionId, identity: string, depth: number): boolean {
    if (depth === 0) return false;
    const key = `${id} ${identity}`;
    const known = this.#mentions.get(key);
    if (known !== undefined) return known;
    this.#mentions.set(key, false);
    const model = this.#functions.model(id);
    const isNamed =
      model !== undefined &&
      operationsOf(model).some((one) => this.#leadsTo(one, identity, depth - 1));
    this.#mentions.set(key, isNamed);
    return isNamed;
  }

  /** The function with a first operation, and with one way to end alone. */
  #endingBy(model: FunctionModel, first: Operation, how: "return" | "panic"): FunctionModel {
    // A panic that nobody stops ends the process, and with it who waits.
    const isRecovered = operationsOf(model).some((one) => this.#recovers(one, 1));
    const endOf = (end: Terminator): Terminator => {
      if (end.kind === "return") return how === "return" ? end : { kind: "stuck", at: end.at };
      const isPanic = end.kind === "goexit" || (end.kind === "panic" && isRecovered);
      return isPanic && how === "panic" ? { kind: "return", at: end.at, values: [] } : end;
    };
    const blocks = model.blocks.map((block, index) => ({
      ...block,
      operations: index === 0 ? [first, ...block.operations] : block.operations,
      end: endOf(block.end),
    }));
    return { ...model, blocks };
  }

  #recovers(operation: Operation, depth: number): boolean {
    if (operation.kind === "defer")
      return operation.operations.some((one) => this.#recovers(one, depth));
    if (isRecover(operation)) return true;
    if (operation.kind !== "call" || operation.callee.kind !== "static" || depth === 0)
      return false;
    const called = this.#functions.model(operation.callee.function);
    return (
      called !== undefined && operationsOf(called).some((one) => this.#recovers(one, depth - 1))
    );
  }
}

function isDone(operation: Operation): operation is OperationOf<"add"> {
  return operation.kind === "add" && operation.delta === -1;
}

function isInLoop(model: FunctionModel, operations: readonly Operation[]): boolean {
  return model.blocks.some(
    (block, index) =>
      block.operations.some((one) => operations.includes(one)) &&
      reaches(model.blocks, index, index),
  );
}
