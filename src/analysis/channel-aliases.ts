import { defineAnalysis } from "../core/analysis.ts";
import type { FunctionModel } from "../model/function.ts";
import type { Operation, Value } from "../model/operation.ts";
import { type AccessPath, identityOf, pathKey, type Variable } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { CHANNEL_INTEREST } from "./channel-census.ts";

/** What other names channels of a unit have: locals that hold a field's channel, parameters that are handed one. */
export interface ChannelAliases {
  /** The channel that a name stands for, where that is one; else the name itself. */
  resolve(path: AccessPath): AccessPath;
  /** Names (keys of variables) that may stand for a channel, by its field or variable. */
  namesOf(identity: string): readonly string[];
}

/** Functions that start others: they may hand a channel on without saying a word of channels. */
const STARTS = /\bgo\s+[\w.]+\(/;
/** From name to name. */
const STEPS = 4;

export const channelAliases = defineAnalysis("channel aliases", (use): ChannelAliases => {
  const functions = use(program);
  const sources = new Map<string, Map<string, AccessPath>>();
  const interest = new RegExp(`${CHANNEL_INTEREST.source}|${STARTS.source}`);
  for (const { id } of functions.functionsWith(interest)) {
    const model = functions.model(id);
    if (!model) continue;
    for (const { variable, path } of bindingsIn(model, functions)) {
      const identity = identityOf(path);
      if (identity === undefined || identity === variable.id) continue;
      const known = sources.get(variable.id);
      if (known) known.set(identity, path);
      else sources.set(variable.id, new Map([[identity, path]]));
    }
  }
  // Who hands on what it ranges over says no word of channels.
  const ranged = ({ root }: AccessPath): Map<string, AccessPath> => {
    const declaredIn = root.kind === "variable" ? root.variable.declaredIn : undefined;
    const model = declaredIn === undefined ? undefined : functions.model(declaredIn);
    const bindings = model ? bindingsIn(model, functions) : [];
    const own = bindings.filter(({ variable, path }) => {
      const isOwn = root.kind === "variable" && variable.id === root.variable.id;
      return isOwn && path.slot?.endsWith("[*]");
    });
    return new Map(own.map(({ path }) => [path.slot ?? "", path]));
  };
  const names = new Map<string, string[]>();
  for (const [name, given] of sources) {
    for (const identity of given.keys())
      names.set(identity, [...(names.get(identity) ?? []), name]);
  }
  return {
    resolve(path) {
      let at = path;
      for (let step = 0; step < STEPS; step++) {
        const key = at.slot === undefined && at.steps.length === 0 ? pathKey(at) : undefined;
        const given = key === undefined ? undefined : (sources.get(key) ?? ranged(at));
        const [only, ...more] = given?.values() ?? [];
        if (!only || more.length > 0) break;
        at = { ...only, text: path.text };
      }
      return at;
    },
    namesOf(identity) {
      const found = new Set<string>();
      let front = [identity];
      for (let step = 0; step < STEPS && front.length > 0; step++) {
        front = front.flatMap((one) => names.get(one) ?? []).filter((one) => !found.has(one));
        for (const one of front) found.add(one);
      }
      return [...found];
    },
  };
});

interface Binding {
  readonly variable: Variable;
  readonly path: AccessPath;
}

function bindingsIn({ blocks }: FunctionModel, functions: Program): Binding[] {
  return blocks.flatMap(({ operations }) =>
    operations
      .flatMap((one) => (one.kind === "defer" ? one.operations : [one]))
      .flatMap((one) => bindingsOf(one, functions)),
  );
}

function bindingsOf(operation: Operation, functions: Program): Binding[] {
  if (operation.kind === "assign") {
    const { root, steps } = operation.target;
    return root.kind === "variable" && steps.length === 0 && root.variable.role === "local"
      ? binding(root.variable, operation.value)
      : [];
  }
  if (operation.kind !== "call" && operation.kind !== "spawn") return [];
  const { callee } = operation;
  const header = callee.kind === "static" ? functions.header(callee.function) : undefined;
  return (header?.parameters ?? []).flatMap((parameter, index) =>
    binding(parameter, operation.arguments[index]),
  );
}

function binding(variable: Variable, value: Value | undefined): Binding[] {
  if (value?.kind !== "path" || variable.isReassigned) return [];
  return [{ variable, path: value.path }];
}
