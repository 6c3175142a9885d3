import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { calleesOf } from "../../model/callees-of.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { writtenBy } from "../../model/written-by.ts";
import { type CallSites, callSites } from "../locks/call-sites.ts";
import { closureMentions, mentionsAtEnd, mentionsOf } from "../mentions.ts";

/**
 * A cancel function in a field that another one takes the place of, while a goroutine waits for it:
 *
 *     func (t *Tunnel) Open(target Target) {
 *         ctx, cancel := context.WithCancel(context.Background())
 *         t.cancel = cancel                    // and the one before?
 *         go t.keepAlive(ctx, target)
 *     }
 *
 *     func (t *Tunnel) Retarget(host string) { …; t.Open(target) }
 *
 * Something has to show that there may be one before: the function asks whether there is, or a method that calls it on the same
 * object is called as what is done again.
 */
export interface OverwrittenCancel {
  readonly function: FunctionModel;
  readonly cancel: AccessPath;
  readonly at: Place;
  readonly startedAt: Place;
  /** What shows that there may be one before. */
  readonly againAt: Place;
}

const MAKES = /\bWith(?:Cancel|Timeout|Deadline)(?:Cause)?\(/;
const MAKER = /^context\.With(?:Cancel|Timeout|Deadline)(?:Cause)?$/;
/** What is done to something that runs already. */
const AGAIN =
  /^(?:re(?:open|start|connect|load|set|fresh|target|new|dial|subscribe|schedule|create|build|init)|switch|change)/i;
/** Calls that are followed for somebody who cancels first. */
const DEPTH = 3;

export const overwrittenCancels = defineAnalysis(
  "overwritten cancels",
  (use): OverwrittenCancel[] => {
    const functions = use(program);
    const inClosure = closureMentions(functions);
    return functions.functionsWith(MAKES).flatMap(({ id, file, isTest }) => {
      const model = functions.isJudged(file) && !isTest ? functions.model(id) : undefined;
      if (!model || model.isDamaged || !model.receiver) return [];
      const search = new Search(functions, use(callSites), inClosure, model);
      return operationsOf(model).flatMap((one) => (one.kind === "call" ? search.from(one) : []));
    });
  },
);

/** `context.WithCancel(ctx)` of a ctx that was given: the caller ends it, perhaps before it calls again. */
function endsWithCaller({ arguments: [parent] }: OperationOf<"call">): boolean {
  if (parent?.kind !== "path" || parent.path.steps.length > 0) return false;
  const { root } = parent.path;
  return root.kind === "variable" && root.variable.role === "parameter";
}

class Search {
  readonly #functions: Program;
  readonly #sites: CallSites;
  readonly #inClosure: ReturnType<typeof closureMentions>;
  readonly #model: FunctionModel;

  constructor(
    functions: Program,
    sites: CallSites,
    inClosure: ReturnType<typeof closureMentions>,
    model: FunctionModel,
  ) {
    this.#functions = functions;
    this.#sites = sites;
    this.#inClosure = inClosure;
    this.#model = model;
  }

  from(made: OperationOf<"call">): OverwrittenCancel[] {
    if (made.callee.kind !== "external" || !MAKER.test(made.callee.name)) return [];
    if (endsWithCaller(made)) return [];
    const [context, cancel] = made.results;
    const kept = cancel && this.#keptAt(made, cancel);
    const started = context && this.#startedWith(context);
    if (!kept || !started) return [];
    const { slot } = kept.cancel;
    if (slot === undefined || this.#isCaredFor(this.#model, slot, DEPTH)) return [];
    const againAt = this.#askedFor(kept) ?? this.#doneAgain(slot);
    if (!againAt) return [];
    const model = this.#model;
    return [
      {
        function: model,
        cancel: kept.cancel,
        at: placeIn(model, kept.operation.at),
        startedAt: placeIn(model, started.at),
        againAt,
      },
    ];
  }

  /** The field of the receiver, or of what one of its fields points to, that gets the cancel function. */
  #keptAt(made: OperationOf<"call">, cancel: AccessPath): Kept | undefined {
    const isOwn = ({ root, steps }: AccessPath) =>
      root.kind === "variable" &&
      root.variable === this.#model.receiver &&
      steps.length > 0 &&
      steps.every(({ kind }) => kind === "field");
    if (isOwn(cancel)) return { operation: made, cancel };
    const key = pathKey(cancel);
    for (const operation of operationsOf(this.#model)) {
      if (operation.kind !== "assign" || operation.value.kind !== "path") continue;
      if (key !== undefined && pathKey(operation.value.path) === key && isOwn(operation.target))
        return { operation, cancel: operation.target };
    }
    return undefined;
  }

  #startedWith(context: AccessPath): OperationOf<"spawn"> | undefined {
    const { root } = context;
    const key = pathKey(context);
    if (root.kind !== "variable" || key === undefined) return undefined;
    return operationsOf(this.#model).find((one): one is OperationOf<"spawn"> => {
      if (one.kind !== "spawn") return false;
      const { paths, functions } = mentionsOf(one);
      return (
        paths.some((path) => pathKey(path) === key) ||
        (context.steps.length === 0 && functions.some((id) => this.#inClosure(id, root.variable)))
      );
    });
  }

  /** Whether a function, or one that it calls, calls or reads the field. */
  #isCaredFor(model: FunctionModel, slot: string, depth: number): boolean {
    const isRead = (one: Operation): boolean => {
      const written = writtenBy(one);
      const { paths } = mentionsOf(one);
      if (paths.some((path) => path.slot === slot && !written.includes(path))) return true;
      if (one.kind !== "call" && one.kind !== "defer") return false;
      return calledBy(one).some((id) => {
        const callee = depth > 0 ? this.#functions.model(id) : undefined;
        return callee !== undefined && this.#isCaredFor(callee, slot, depth - 1);
      });
    };
    return (
      operationsOf(model).some(isRead) ||
      model.blocks.some(({ end }) => mentionsAtEnd(end).paths.some((path) => path.slot === slot))
    );
  }

  /** `if t.current != nil { … }` goes on to where another one is put there. */
  #askedFor({ operation, cancel }: Kept): Place | undefined {
    const { blocks } = this.#model;
    const keys = [cancel, ownerOf(cancel)].flatMap((path) => pathKey(path) ?? []);
    const goal = blocks.findIndex(({ operations }) => operations.includes(operation));
    for (const { end } of blocks) {
      if (end.kind !== "branch" || !end.condition) continue;
      const { key, negated, at } = end.condition;
      if (!keys.some((one) => key === `${one}==nil` || key === `#${one}==nil`)) continue;
      const set = negated ? end.then : end.otherwise;
      if (set === goal || reaches(blocks, set, goal)) return placeIn(this.#model, at);
    }
    return undefined;
  }

  /** By the name of a method which calls it on its own object, and does not cancel before. */
  #doneAgain(slot: string): Place | undefined {
    const { id, receiver } = this.#model;
    for (const { caller, operation } of this.#sites.of(id)) {
      const model = this.#functions.model(caller);
      if (!model || caller === id || !AGAIN.test(lastOf(model.name)) || model.isTest) continue;
      const owner = operation.callee.kind === "static" ? operation.callee.receiver : undefined;
      const isSame =
        owner?.kind === "path" &&
        owner.path.steps.length === 0 &&
        owner.path.root.kind === "variable" &&
        owner.path.root.variable === model.receiver;
      if (receiver && isSame && !this.#isCaredFor(model, slot, DEPTH))
        return placeIn(model, operation.at);
    }
    return undefined;
  }
}

interface Kept {
  readonly operation: Operation;
  readonly cancel: AccessPath;
}

function ownerOf({ root, steps, text }: AccessPath): AccessPath {
  return { root, steps: steps.slice(0, -1), text, slot: undefined };
}

function calledBy(operation: Operation): readonly FunctionId[] {
  if (operation.kind === "defer") return operation.operations.flatMap(calledBy);
  return operation.kind === "call" ? calleesOf(operation.callee) : [];
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
