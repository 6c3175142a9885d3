import { defineAnalysis } from "../core/analysis.ts";
import type { Place } from "../core/position.ts";
import { describeCallee } from "../model/describe-operation.ts";
import type { FunctionModel } from "../model/function.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../model/path.ts";
import { program } from "../model/program.ts";
import { reaches } from "../model/reaches.ts";
import { successors } from "../model/successors.ts";
import { valuesOf } from "./mentions.ts";
import { flowFrom, reachedFrom } from "./sharing/reached.ts";

/** A fault in how the functions of a unit use a condition variable. */
export interface ConditionFault {
  readonly condition: string;
  readonly at: Place;
  /** Other places that the fault is about. */
  readonly others: readonly Place[];
}

export interface ConditionFaults {
  /** Wait that no loop comes back to: what it waits for may not be so when it returns. */
  readonly waitsWithoutLoop: readonly ConditionFault[];
  /** Wait of a condition that nothing in the unit signals. */
  readonly neverSignalled: readonly ConditionFault[];
  /** Signal, which wakes one, where functions wait for different things and nothing wakes all. */
  readonly wakesOneOfSeveral: readonly ConditionFault[];
}

interface Use<Kind extends "wait" | "signal"> {
  readonly model: FunctionModel;
  readonly operation: OperationOf<Kind>;
  readonly path: AccessPath;
}

const INTEREST = /\bsync\.(New)?Cond\b|\.(Wait|Signal|Broadcast)\(/;

/** Condition variables of a unit, by field, global or local. */
export const conditionFaults = defineAnalysis("condition variables", (use): ConditionFaults => {
  const functions = use(program);
  const models = functions
    .functionsWith(INTEREST)
    .flatMap(({ id }) => functions.model(id) ?? [])
    .filter(({ isDamaged }) => !isDamaged);
  const waits: Use<"wait">[] = [];
  const signals = new Map<string, Use<"signal">[]>();
  const shared = new Set<string>();
  for (const model of models) {
    for (const operation of operationsOf(model)) {
      if (operation.kind === "wait" && operation.object === "condition")
        waits.push({ model, operation, path: operation.on });
      else if (operation.kind === "signal") {
        const identity = identityOf(operation.condition) ?? "";
        const others = signals.get(identity) ?? [];
        signals.set(identity, [...others, { model, operation, path: operation.condition }]);
      } else for (const identity of handedOn(operation)) shared.add(identity);
    }
  }
  const judged = waits.filter(({ model }) => functions.isJudged(model.file));
  return {
    waitsWithoutLoop: judged
      .filter((wait) => !isInLoop(wait) && goesOn(wait) && !isWaitForOther(wait))
      .map((wait) => fault(wait, [])),
    neverSignalled: judged
      .filter(({ path, model }) => {
        const identity = identityOf(path);
        // `if p.changed != nil`: there may be none at all.
        if (isTested(model, path)) return false;
        return (
          isPrivate(path) &&
          identity !== undefined &&
          !signals.has(identity) &&
          !shared.has(identity)
        );
      })
      .map((wait) => fault(wait, [])),
    wakesOneOfSeveral: wakesOne(judged, signals, shared),
  };
});

/** Conditions that go where their uses are not seen: `&h.cond` as an argument, in another value, in a closure's place. */
function handedOn(operation: Operation): string[] {
  if (operation.kind === "assign") {
    const value = operation.value.kind === "path" ? identityOf(operation.value.path) : undefined;
    const target = identityOf(operation.target);
    return [value, value === undefined ? undefined : target].filter((one) => one !== undefined);
  }
  return valuesOf(operation).flatMap((value) => {
    const identity = value.kind === "path" ? identityOf(value.path) : undefined;
    return identity === undefined ? [] : [identity];
  });
}

/** A local, or a field or global that other packages cannot name. */
function isPrivate({ root, steps, slot }: AccessPath): boolean {
  const last = steps.at(-1);
  if (last?.kind === "field") return /^[^\p{Lu}]/u.test(last.name) && slot !== undefined;
  if (root.kind !== "variable" || steps.length > 0) return false;
  const { role, name } = root.variable;
  return role === "local" || (role === "global" && /^[^\p{Lu}]/u.test(name));
}

function isTested({ blocks }: FunctionModel, path: AccessPath): boolean {
  const key = pathKey(path);
  return blocks.some(
    ({ end }) => end.kind === "branch" && end.condition?.reads.some((read) => read === key),
  );
}

function fault(
  { model, operation, path }: Use<"wait"> | Use<"signal">,
  others: readonly Place[],
): ConditionFault {
  return { condition: path.text, at: { file: model.file, ...operation.at }, others };
}

/** Whether the function does anything after the wait: one that returns at once leaves the test to its caller. */
function goesOn({ model, operation }: Use<"wait">): boolean {
  const start = model.blocks.findIndex(({ operations }) => operations.includes(operation));
  const waiting = [start];
  const seen = new Set(waiting);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = model.blocks[at];
    if (!block) continue;
    const { operations, end } = block;
    const later = at === start ? operations.slice(operations.indexOf(operation) + 1) : operations;
    if (end.kind === "branch" || later.some(({ kind }) => kind !== "release")) return true;
    for (const next of successors(end)) {
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return false;
}

/** `go func() { c.cond.Wait(); close(woken) }()`: a wait that another one waits for, and tests. */
function isWaitForOther({ model, operation }: Use<"wait">): boolean {
  if (model.role !== "closure") return false;
  if (flowFrom(model, "entry", (one) => one === operation).isLeft) return false;
  const after = reachedFrom(model, operation, () => false);
  const kinds = new Set([...after].map(({ kind }) => kind));
  return kinds.has("close") && [...kinds].every((kind) => kind === "close" || kind === "release");
}

function isInLoop({ model, operation }: Use<"wait">): boolean {
  const start = model.blocks.findIndex(({ operations }) => operations.includes(operation));
  const waiting = [start];
  const seen = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = model.blocks[at];
    for (const next of block ? successors(block.end) : []) {
      if (next === start) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return start < 0;
}

function wakesOne(
  waits: readonly Use<"wait">[],
  signals: ReadonlyMap<string, readonly Use<"signal">[]>,
  shared: ReadonlySet<string>,
): ConditionFault[] {
  return [...signals].flatMap(([identity, wakers]) => {
    const waiters = waits.filter(({ path }) => identityOf(path) === identity);
    const functions = new Set(waiters.map(({ model }) => model.id));
    if (areForTheSame(waiters)) return [];
    const [first] = wakers;
    if (!first || functions.size < 2 || shared.has(identity) || !isPrivate(first.path)) return [];
    if (wakers.some(({ operation }) => operation.all)) return [];
    const others = waiters.map(({ model, operation }) => ({ file: model.file, ...operation.at }));
    return [fault(first, others)];
  });
}

/** Waits in loops that ask the same in the same order: whoever is woken can go on. */
function areForTheSame(waiters: readonly Use<"wait">[]): boolean {
  const [first, ...others] = waiters.map(askedAround);
  return first !== undefined && first !== "" && others.every((one) => one === first);
}

/** What the loop around a wait calls and tests, its receiver by no name. */
function askedAround({ model, operation }: Use<"wait">): string {
  const { blocks, receiver } = model;
  const at = blocks.findIndex(({ operations }) => operations.includes(operation));
  const asked = blocks.flatMap(({ operations, end }, id) => {
    if (id !== at && !(reaches(blocks, at, id) && reaches(blocks, id, at))) return [];
    const calls = operations.flatMap((one) =>
      one.kind === "call" ? describeCallee(one.callee) : [],
    );
    return end.kind === "branch" ? [...calls, end.condition?.key ?? "?"] : calls;
  });
  const text = asked.join(";");
  return receiver ? text.replaceAll(receiver.id, "") : text;
}
