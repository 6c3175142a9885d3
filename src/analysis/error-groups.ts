import { defineAnalysis } from "../core/analysis.ts";
import type { Place } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../model/path.ts";
import { placeIn } from "../model/place-in.ts";
import { type Program, program } from "../model/program.ts";
import { successors } from "../model/successors.ts";
import { writtenBy } from "../model/written-by.ts";
import { findUnmetDuty } from "./lifetimes/unmet-duty.ts";
import { closureMentions, mentionsAtEnd, mentionsOf } from "./mentions.ts";

/** A fault in how a function uses an errgroup of its own. */
export interface ErrorGroupFault {
  readonly function: FunctionHeader;
  /** The group, or the context that came with it. */
  readonly name: string;
  readonly at: Place;
  /** Where the goroutines are started, or where Wait ended the context. */
  readonly otherAt: Place;
}

export interface ErrorGroupFaults {
  /** A return that passes by the Wait. */
  readonly missingWaits: readonly ErrorGroupFault[];
  /** The context of the group is handed to a call after Wait, which cancelled it. */
  readonly contextsAfterWait: readonly ErrorGroupFault[];
  /** SetLimit after the first Go. */
  readonly lateLimits: readonly ErrorGroupFault[];
}

const INTEREST = /\berrgroup\b/;
const WITH_CONTEXT = "golang.org/x/sync/errgroup.WithContext";
const SET_LIMIT = "golang.org/x/sync/errgroup.Group.SetLimit";
/** What may be asked of a context that is over: its values as well, from which a logger is taken. */
const ASKING =
  /^context\.(Cause|WithoutCancel|Context\.(Err|Done|Value|Deadline))$|(?:^|[./])\w*[lL]og\w*\.\w+$|\.(?:\w*FromContext|(?:Error|Warn|Warning|Info|Debug|Trace)(?:f|w|ln|Context)?)$/;

export const errorGroupFaults = defineAnalysis("error groups", (use): ErrorGroupFaults => {
  const functions = use(program);
  const inClosure = closureMentions(functions);
  const models = functions
    .functionsWith(INTEREST)
    .flatMap(({ id, file }) => (functions.isJudged(file) ? (functions.model(id) ?? []) : []))
    .filter(({ isDamaged }) => !isDamaged);
  return {
    missingWaits: models.flatMap((model) => missingWaits(model, inClosure)),
    contextsAfterWait: models.flatMap((model) => contextsAfterWait(functions, model)),
    lateLimits: models.flatMap(lateLimits),
  };
});

function missingWaits(
  model: FunctionModel,
  inClosure: ReturnType<typeof closureMentions>,
): ErrorGroupFault[] {
  const operations = operationsOf(model);
  return operations.flatMap((made) => {
    if (made.kind !== "make" || made.object !== "errgroup") return [];
    const { root, steps } = made.path;
    if (root.kind !== "variable" || steps.length > 0 || root.variable.declaredIn !== model.id)
      return [];
    const { variable } = root;
    const isGroup = (path: AccessPath | undefined): boolean =>
      path?.root.kind === "variable" && path.root.variable === variable;
    const begins = model.blocks
      .flatMap((block) => block.operations)
      .find((one): one is OperationOf<"spawn"> => one.kind === "spawn" && isGroup(one.group));
    const isUsed = (one: Operation): boolean =>
      one.kind !== "spawn" &&
      one !== made &&
      (mentionsOf(one).paths.some(isGroup) ||
        mentionsOf(one).functions.some((id) => inClosure(id, variable)));
    // A closure that has the group may wait for it.
    const isShared = operations.some(
      (one) =>
        one.kind === "spawn" && mentionsOf(one).functions.some((id) => inClosure(id, variable)),
    );
    if (!begins || isShared) return [];
    const unmet = findUnmetDuty(model, {
      begins,
      isMetBy: isUsed,
      isMetAtEnd: (end) =>
        mentionsAtEnd(end).paths.some(isGroup) ||
        mentionsAtEnd(end).functions.some((id) => inClosure(id, variable)),
      isLostBy: () => false,
    });
    if (unmet?.how !== "returned") return [];
    const { text } = made.path;
    return [
      {
        function: model,
        name: text,
        at: placeIn(model, unmet.at),
        otherAt: placeIn(model, begins.at),
      },
    ];
  });
}

function contextsAfterWait(functions: Program, model: FunctionModel): ErrorGroupFault[] {
  return operationsOf(model).flatMap((made) => {
    if (made.kind !== "call" || made.callee.kind !== "external") return [];
    const [group, context] = made.callee.name === WITH_CONTEXT ? made.results : [];
    const groupKey = group && pathKey(group);
    const contextKey = context && pathKey(context);
    if (groupKey === undefined || contextKey === undefined) return [];
    const found = afterwards(model, {
      begins: (one) => one.kind === "wait" && pathKey(one.on) === groupKey,
      ends: (one) => writtenBy(one).some((path) => path && pathKey(path) === contextKey),
      matches: (one) =>
        one.kind === "call" &&
        !(one.callee.kind !== "static" && ASKING.test(one.callee.name)) &&
        !asksForValues(functions, one, contextKey, CALLS_BELOW) &&
        !one.results.some((result) => result && pathKey(result) === contextKey) &&
        one.arguments.some((value) => value.kind === "path" && pathKey(value.path) === contextKey),
    });
    return found.map(({ at, after }) => ({
      function: model,
      name: context?.text ?? "",
      at: placeIn(model, at.at),
      otherAt: placeIn(model, after.at),
    }));
  });
}

/** How many calls a context is followed down. */
const CALLS_BELOW = 3;

/** The bodies of a unit, and those of the other units of its module. */
interface Bodies extends Pick<Program, "model"> {
  elsewhere?(id: FunctionId): Pick<Program, "model"> | undefined;
}

/** Whether a call is of the module, and what is called does nothing with the context but ask for its values. */
function asksForValues(
  bodies: Bodies,
  { callee, arguments: given }: OperationOf<"call">,
  context: string,
  depth: number,
): boolean {
  if (callee.kind !== "static" && callee.kind !== "external") return false;
  const { function: id } = callee;
  if (id === undefined || depth === 0) return false;
  const around = callee.kind === "static" ? bodies : bodies.elsewhere?.(id);
  const model = around?.model(id);
  if (!around || !model || model.isDamaged) return false;
  const inside: Bodies = {
    model: (one) => around.model(one),
    elsewhere: (one) => bodies.elsewhere?.(one),
  };
  return given.every((value, index) => {
    if (value.kind !== "path" || pathKey(value.path) !== context) return true;
    const parameter = model.parameters[index];
    return parameter !== undefined && usesValuesOnly(inside, model, parameter.id, depth - 1);
  });
}

function usesValuesOnly(
  bodies: Bodies,
  model: FunctionModel,
  context: string,
  depth: number,
): boolean {
  const isIt = (path: AccessPath): boolean =>
    path.root.kind === "variable" && path.root.variable.id === context;
  const isAsking = (one: Operation): boolean =>
    one.kind === "call" &&
    ((one.callee.kind !== "static" && ASKING.test(one.callee.name)) ||
      asksForValues(bodies, one, context, depth));
  return model.blocks.every(
    ({ operations, end }) =>
      !mentionsAtEnd(end).paths.some(isIt) &&
      operations.every((one) => !mentionsOf(one).paths.some(isIt) || isAsking(one)),
  );
}

function lateLimits(model: FunctionModel): ErrorGroupFault[] {
  return model.blocks
    .flatMap((block) => block.operations)
    .flatMap((limit) => {
      if (limit.kind !== "call" || limit.callee.kind !== "external") return [];
      const { name, receiver } = limit.callee;
      const key =
        name === SET_LIMIT && receiver?.kind === "path" ? pathKey(receiver.path) : undefined;
      if (key === undefined) return [];
      const isSame = (path: AccessPath | undefined): boolean => !!path && pathKey(path) === key;
      const found = afterwards(model, {
        begins: (one) => one.kind === "spawn" && isSame(one.group),
        ends: (one) =>
          (one.kind === "wait" && isSame(one.on)) || (one.kind === "make" && isSame(one.path)),
        matches: (one) => one === limit,
      });
      return found.slice(0, 1).map(({ after }) => ({
        function: model,
        name: receiver?.kind === "path" ? receiver.path.text : "",
        at: placeIn(model, limit.at),
        otherAt: placeIn(model, after.at),
      }));
    });
}

interface Search {
  begins(operation: Operation): boolean;
  ends(operation: Operation): boolean;
  matches(operation: Operation): boolean;
}

/** Operations that can come after one that begins, before one that ends; each once. */
function afterwards(
  model: FunctionModel,
  search: Search,
): { readonly at: Operation; readonly after: Operation }[] {
  const found = new Map<Operation, Operation>();
  const seen = new Set<string>();
  const waiting: { readonly block: number; readonly after: Operation | undefined }[] = [
    { block: 0, after: undefined },
  ];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const key = `${at.block} ${at.after?.at.start}`;
    const block = model.blocks[at.block];
    if (!block || seen.has(key)) continue;
    seen.add(key);
    let { after } = at;
    for (const operation of block.operations) {
      if (after && search.matches(operation) && !found.has(operation)) found.set(operation, after);
      if (search.begins(operation)) after = operation;
      else if (search.ends(operation)) after = undefined;
    }
    for (const next of successors(block.end)) waiting.push({ block: next, after });
  }
  return [...found].map(([operation, after]) => ({ at: operation, after }));
}
