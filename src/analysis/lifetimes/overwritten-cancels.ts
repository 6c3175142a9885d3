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
import { asksForChange, calledInLoop } from "./called-again.ts";

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
 * object is called as what is done again. Of a context that the caller gives, and may end: that the function leaves what it started as
 * it is where nothing has changed, or that a loop calls it with one context.
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
    const [context, cancel] = made.results;
    const kept = cancel && this.#keptAt(made, cancel);
    const started = context && this.#startedWith(context);
    if (!kept || !started) return [];
    const { slot } = kept.cancel;
    if (slot === undefined || this.#isCaredFor(this.#model, slot, DEPTH)) return [];
    const againAt =
      this.#calledAgain(kept, slot) ??
      (endsWithCaller(made) ? undefined : (this.#askedFor(kept) ?? this.#doneAgain(slot)));
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
      const [result] = operation.kind === "call" ? operation.results : [];
      if (operation.kind === "call" && result && isOwn(result) && this.#isWrapped(operation, key))
        return { operation, cancel: result };
      if (operation.kind !== "assign" || operation.value.kind !== "path") continue;
      if (key !== undefined && pathKey(operation.value.path) === key && isOwn(operation.target))
        return { operation, cancel: operation.target };
    }
    return undefined;
  }

  /** `s.stop = s.wrap(cancel)`, which yields a function that calls it. */
  #isWrapped(
    { callee, arguments: given }: OperationOf<"call">,
    cancel: string | undefined,
  ): boolean {
    const index = given.findIndex((one) => one.kind === "path" && pathKey(one.path) === cancel);
    const model = callee.kind === "static" ? this.#functions.model(callee.function) : undefined;
    const parameter = cancel === undefined ? undefined : model?.parameters[index];
    if (!model || !parameter) return false;
    return model.blocks.some(
      ({ end }) =>
        end.kind === "return" &&
        end.values.some(
          (one) => one.kind === "function" && this.#inClosure(one.function, parameter),
        ),
    );
  }

  #startedWith(context: AccessPath): Start | undefined {
    const { root } = context;
    const key = pathKey(context);
    if (root.kind !== "variable" || key === undefined) return undefined;
    return operationsOf(this.#model).find((one): one is Start => {
      if (one.kind === "call") return this.#startsWith(one, key);
      if (one.kind !== "spawn") return false;
      const { paths, functions } = mentionsOf(one);
      return (
        paths.some((path) => pathKey(path) === key) ||
        (context.steps.length === 0 && functions.some((id) => this.#inClosure(id, root.variable)))
      );
    });
  }

  /** Whether a callee starts a goroutine with the context that it is given. */
  #startsWith({ callee, arguments: given }: OperationOf<"call">, context: string): boolean {
    const index = given.findIndex((one) => one.kind === "path" && pathKey(one.path) === context);
    const model = callee.kind === "static" ? this.#functions.model(callee.function) : undefined;
    const parameter = model?.parameters[index];
    if (!model || !parameter) return false;
    return operationsOf(model).some(
      (one) =>
        one.kind === "spawn" &&
        mentionsOf(one).paths.some((path) => pathKey(path) === parameter.id),
    );
  }

  /** Whether a function, or one that it calls, calls or reads the field. */
  #isCaredFor(model: FunctionModel, slot: string, depth: number): boolean {
    return (
      operationsOf(model).some((one) => this.#cares(one, slot, depth)) ||
      model.blocks.some(({ end }) => mentionsAtEnd(end).paths.some((path) => path.slot === slot))
    );
  }

  #cares(one: Operation, slot: string, depth: number): boolean {
    const written = writtenBy(one);
    const { paths } = mentionsOf(one);
    if (paths.some((path) => path.slot === slot && !written.includes(path))) return true;
    if (one.kind !== "call" && one.kind !== "defer") return false;
    return calledBy(one).some((id) => {
      const callee = depth > 0 ? this.#functions.model(id) : undefined;
      return callee !== undefined && this.#isCaredFor(callee, slot, depth - 1);
    });
  }

  /** Whoever has given the context has not ended it either. */
  #calledAgain({ operation }: Kept, slot: string): Place | undefined {
    const { blocks } = this.#model;
    const goal = blocks.findIndex(({ operations }) => operations.includes(operation));
    const isCaredFor = (one: Operation) => this.#cares(one, slot, DEPTH);
    return (
      asksForChange(this.#model, goal) ??
      calledInLoop(this.#functions, this.#sites, this.#model, isCaredFor)
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

type Start = OperationOf<"spawn"> | OperationOf<"call">;

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
