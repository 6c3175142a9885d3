import { defineAnalysis } from "../core/analysis.ts";
import type { FunctionModel } from "../model/function.ts";
import type { Capacity, Operation } from "../model/operation.ts";
import { type AccessPath, identityOf, type Variable } from "../model/path.ts";
import { enclosingOf, type Program, program } from "../model/program.ts";
import { channelAliases } from "./channel-aliases.ts";
import { type CallSites, callSites } from "./locks/call-sites.ts";

/**
 * What the channels are called elsewhere that a map or slice in a field holds, as its values or keys: one for each subscriber, say.
 *
 *     func (h *hub) subscribe() chan event { c := make(chan event); h.subscribers[c] = true; return c }
 *
 *     events := h.subscribe(); for { e := <-events; … }
 */
export interface ElementChannels {
  /** Of a slot such as `hub.subscribers[*]`. */
  of(slot: string): Elements;
}

export interface Elements {
  /** Keys of variables, slots of fields. */
  readonly names: ReadonlySet<string>;
  /** The buffer of each `make`. */
  readonly capacities: readonly (Capacity | undefined)[];
}

/** From name to name. */
const STEPS = 4;

export const elementChannels = defineAnalysis("element channels", (use): ElementChannels => {
  const functions = use(program);
  const sites = use(callSites);
  const aliases = use(channelAliases);
  const known = new Map<string, Elements>();
  const find = (slot: string): Elements => {
    const capacities: (Capacity | undefined)[] = [];
    const names = new Set<string>();
    let front = storesOf(functions, slot);
    for (let step = 0; step < STEPS && front.length > 0; step++) {
      const next: Stored[] = [];
      for (const { variable, model: id } of front) {
        if (names.has(variable.id)) continue;
        names.add(variable.id);
        for (const name of aliases.namesOf(variable.id)) names.add(name);
        const model = functions.model(id);
        if (!model) continue;
        capacities.push(...capacitiesOf(model, variable));
        for (const one of speaking(functions, model, variable))
          next.push(...handedOn(one, variable, functions));
        for (const path of namesAtCallers(model, variable, sites)) {
          const name = identityOf(path);
          const { root, steps } = path;
          if (root.kind === "variable" && root.variable.declaredIn && steps.length === 0)
            next.push({ variable: root.variable, model: root.variable.declaredIn });
          else if (name !== undefined) names.add(name);
        }
      }
      front = next;
    }
    return { names, capacities };
  };
  return {
    of(slot) {
      const elements = known.get(slot) ?? find(slot);
      known.set(slot, elements);
      return elements;
    },
  };
});

interface Stored {
  readonly variable: Variable;
  readonly model: string;
}

/** `h.subscribers[name] = c`, `h.subscribers[c] = name`, `h.subscribers = append(h.subscribers, c)`. */
function storesOf(functions: Program, slot: string): Stored[] {
  const field = /(\w+)\[\*\]$/.exec(slot)?.[1];
  if (field === undefined) return [];
  return functions.functionsWith(new RegExp(`\\b${field}\\b`)).flatMap(({ id }) => {
    const operations = functions.model(id)?.blocks.flatMap((block) => block.operations) ?? [];
    return operations.flatMap((one): Stored[] => {
      if (slotOf(one) !== slot || !("value" in one) || one.value.kind !== "path") return [];
      const { root, steps } = one.value.path;
      const isName = root.kind === "variable" && steps.length === 0;
      return isName ? [{ variable: root.variable, model: id }] : [];
    });
  });
}

function slotOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case "assign":
      return operation.target.slot;
    case "write":
      return operation.path.slot;
    case "escape":
      return operation.into?.slot;
    default:
      return undefined;
  }
}

function capacitiesOf({ blocks }: FunctionModel, { id }: Variable): (Capacity | undefined)[] {
  return blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => {
      if (one.kind !== "make" || one.object !== "channel") return [];
      const { root, steps } = one.path;
      return root.kind === "variable" && root.variable.id === id && steps.length === 0
        ? [one.capacity]
        : [];
    }),
  );
}

/** What callers call what a function returns, or what they hand it. */
function namesAtCallers(model: FunctionModel, variable: Variable, sites: CallSites): AccessPath[] {
  if (variable.declaredIn !== model.id) return [];
  const results = resultsThatAre(model, variable);
  return sites.of(model.id).flatMap(({ operation }): AccessPath[] => {
    if (variable.role === "parameter") {
      const given = operation.arguments[variable.index];
      return given?.kind === "path" ? [given.path] : [];
    }
    if (operation.kind !== "call") return [];
    return results.flatMap((index) => operation.results[index] ?? []);
  });
}

/** The function that declares a variable, and its closures that speak of it. */
function speaking(functions: Program, model: FunctionModel, { name }: Variable): FunctionModel[] {
  const closures = functions.functionsWith(new RegExp(`\\b${name}\\b`)).filter((header) => {
    const isClosure = header.file === model.file && header.enclosing !== undefined;
    return isClosure && enclosingOf(functions, header).includes(model.id);
  });
  return [model, ...closures.flatMap(({ id }) => functions.model(id) ?? [])];
}

/** Parameters of the functions that are given the variable. */
function handedOn({ blocks }: FunctionModel, { id }: Variable, functions: Program): Stored[] {
  return blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => {
      if ((one.kind !== "call" && one.kind !== "spawn") || one.callee.kind !== "static") return [];
      const header = functions.header(one.callee.function);
      return one.arguments.flatMap((value, index): Stored[] => {
        const variable = header?.parameters[index];
        if (!header || !variable || value.kind !== "path" || value.path.steps.length > 0) return [];
        const { root } = value.path;
        const isGiven = root.kind === "variable" && root.variable.id === id;
        return isGiven ? [{ variable, model: header.id }] : [];
      });
    }),
  );
}

function resultsThatAre({ blocks }: FunctionModel, { id }: Variable): number[] {
  const found = blocks.flatMap(({ end }) => {
    const values = end.kind === "return" ? end.values : [];
    return values.flatMap((value, index) => {
      if (value.kind !== "path" || value.path.steps.length > 0) return [];
      const { root } = value.path;
      return root.kind === "variable" && root.variable.id === id ? [index] : [];
    });
  });
  return [...new Set(found)];
}
