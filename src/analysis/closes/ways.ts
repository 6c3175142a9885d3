import type { Place } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { FunctionId } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import type { CallSites } from "../locks/call-sites.ts";
import type { StoredFunctions } from "../locks/stored-functions.ts";

/** An operation of a function, deferred or not. */
export interface Site {
  readonly model: FunctionModel;
  /** As it stands in its block, or in a case of a select: a `defer` where it is deferred. */
  readonly operation: Operation;
}

/** How an operation is reached: from a goroutine, from outside, by a function that is handed on, or from one that nobody else calls. */
export interface Way {
  /** The calls on the way, the first in the root; the operation itself comes last. */
  readonly steps: readonly [Site, ...Site[]];
  readonly root: FunctionModel;
  readonly kind: "goroutine" | "exported" | "callback" | "root";
  /** Of a goroutine, who starts it. */
  readonly startedBy: Site | undefined;
}

const DEPTH = 5;
const MOST_WAYS = 16;
const MOST_CALLERS = 12;

/** Ways to operations, over the calls of a unit. */
export class Ways {
  readonly #functions: Program;
  readonly #sites: CallSites;
  readonly #stored: StoredFunctions | undefined;
  readonly #callers = new Map<FunctionId, readonly Site[]>();

  /** @param stored - where given, calls through the fields that methods are kept in are ways as well */
  constructor(functions: Program, sites: CallSites, stored?: StoredFunctions) {
    this.#functions = functions;
    this.#sites = sites;
    this.#stored = stored;
  }

  /** All ways, or as many as anybody wants to look at. */
  to(site: Site): readonly Way[] {
    const found: Way[] = [];
    this.#collect([site], DEPTH, found);
    return found;
  }

  #collect(steps: readonly [Site, ...Site[]], depth: number, found: Way[]): void {
    const { model } = steps[0];
    if (found.length >= MOST_WAYS || depth === 0) return;
    const callers = this.#callersOf(model);
    if (model.isExported && model.role !== "closure" && !model.isTest)
      found.push({ steps, root: model, kind: "exported", startedBy: undefined });
    else if (model.role === "method" && !model.isTest && this.#isGivenToOthers(model))
      found.push({ steps, root: model, kind: "callback", startedBy: undefined });
    else if (callers.length === 0 && model.role !== "closure")
      found.push({ steps, root: model, kind: "root", startedBy: undefined });
    for (const caller of callers) {
      if (caller.operation.kind === "spawn")
        found.push({ steps, root: model, kind: "goroutine", startedBy: caller });
      else if (!steps.some((step) => step.model.id === caller.model.id))
        this.#collect([caller, ...steps], depth - 1, found);
    }
  }

  /** Not kept by its own object alone, `s.handle = s.handleJob`, for its other methods to call. */
  #isGivenToOthers({ id, name }: FunctionHeader): boolean {
    if (!this.#sites.isHandedOn(id)) return false;
    const [, own] = /^\(?\*?(\w+)/.exec(name) ?? [];
    const kept = this.#stored?.slotsOf(id) ?? [];
    return kept.length === 0 || kept.some((slot) => slot.split(".").at(-2) !== own);
  }

  #callersOf(header: FunctionHeader): readonly Site[] {
    const known = this.#callers.get(header.id);
    if (known) return known;
    const sites: Site[] = [];
    for (const { id } of this.#mayCall(header)) {
      const model = this.#functions.model(id);
      if (!model || model.isDamaged) continue;
      for (const { operations } of model.blocks)
        for (const operation of operations)
          if (calls(operation, header.id) && sites.length < MOST_CALLERS)
            sites.push({ model, operation });
    }
    if (this.#stored && this.#sites.isHandedOn(header.id))
      for (const slot of this.#stored.slotsOf(header.id)) sites.push(...this.#callsThrough(slot));
    this.#callers.set(header.id, sites);
    return sites;
  }

  /** `r.action(e)`, of a field that holds few functions. */
  #callsThrough(slot: string): Site[] {
    const kept = this.#stored?.in(slot) ?? [];
    const field = /(\w+)$/.exec(slot)?.[1];
    if (kept.length === 0 || field === undefined) return [];
    const naming = this.#functions.functionsWith(new RegExp(`\\b${field}\\(`));
    const sites = naming.flatMap(({ id }): Site[] => {
      const model = this.#functions.model(id);
      if (!model || model.isDamaged) return [];
      const operations = model.blocks.flatMap((block) => block.operations);
      return operations
        .filter((one) => isCallThrough(one, slot))
        .map((operation) => ({ model, operation }));
    });
    return sites.length <= MOST_CALLERS ? sites : [];
  }

  #mayCall(header: FunctionHeader): readonly FunctionHeader[] {
    if (header.role === "closure") {
      const around = header.enclosing && this.#functions.header(header.enclosing);
      return around ? [around] : [];
    }
    const name = header.name.slice(header.name.lastIndexOf(".") + 1);
    return /^\w+$/.test(name) ? this.#functions.functionsWith(new RegExp(`\\b${name}\\b`)) : [];
  }
}

function isCallThrough(operation: Operation, slot: string): boolean {
  if (operation.kind !== "call" || operation.callee.kind !== "dynamic") return false;
  const { through, receiver } = operation.callee;
  return through === "value" && receiver?.kind === "path" && receiver.path.slot === slot;
}

function calls(operation: Operation, id: FunctionId): boolean {
  if (operation.kind === "defer") return operation.operations.some((one) => calls(one, id));
  if (operation.kind !== "call" && operation.kind !== "spawn") return false;
  const { callee } = operation;
  if (callee.kind === "static") return callee.function === id;
  return callee.kind === "dynamic" && callee.candidates.includes(id);
}

export function placeOfSite({ model, operation }: Site): Place {
  return { file: model.file, start: operation.at.start, end: operation.at.end };
}

export function isSameSite(one: Site, other: Site): boolean {
  return (
    one.model.id === other.model.id &&
    one.operation.at.start === other.operation.at.start &&
    one.operation.kind === other.operation.kind
  );
}
