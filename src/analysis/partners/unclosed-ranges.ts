import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { enclosingOf, type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { leavesFor } from "../locks/leads-to.ts";
import { mentionsAtEnd, mentionsOf } from "../mentions.ts";

/**
 * A loop over a channel that a function makes and keeps to itself and to those whom it starts and calls, none of whom closes it:
 *
 *     lines := make(chan string)
 *     go func() { for _, file := range files { lines <- read(file) } }()
 *     go func() { for line := range lines { index(line) } }()     // after the last file: waits for ever
 *
 * Not reported: loops that leave by themselves, and senders that never end.
 */
export interface UnclosedRange {
  readonly maker: FunctionModel;
  readonly madeAt: Place;
  readonly channel: string;
  readonly reader: FunctionModel;
  readonly at: Place;
  readonly lastSendAt: Place;
  readonly trace: Trace;
}

type Use<K extends "send" | "receive" | "close"> = {
  readonly model: FunctionModel;
  readonly operation: OperationOf<K>;
};

interface Uses {
  readonly sends: Use<"send">[];
  readonly receives: Use<"receive">[];
  readonly closes: Use<"close">[];
}

/** Functions that a channel is handed on to, in turn. */
const MOST_HOLDERS = 12;
const MAKES = /\bmake\(\s*chan\b/;

export const unclosedRanges = defineAnalysis("unclosed ranges", (use): UnclosedRange[] => {
  const functions = use(program);
  return functions.functionsWith(MAKES).flatMap(({ id, file, name }) => {
    const model = functions.isJudged(file) && name !== "main" ? functions.model(id) : undefined;
    if (!model || model.isDamaged || !mayReturn(model)) return [];
    return madeIn(model).flatMap((made) => rangeOver(functions, model, made) ?? []);
  });
});

function madeIn({ id, blocks }: FunctionModel): OperationOf<"make">[] {
  return blocks.flatMap(({ operations }, index) =>
    operations.filter((one): one is OperationOf<"make"> => {
      if (one.kind !== "make" || one.object !== "channel" || reaches(blocks, index, index))
        return false;
      const { root, steps } = one.path;
      return root.kind === "variable" && steps.length === 0 && isOwn(root.variable, id);
    }),
  );
}

function isOwn({ role, declaredIn, isReassigned }: Variable, id: FunctionId): boolean {
  return role === "local" && declaredIn === id && !isReassigned;
}

function mayReturn({ blocks }: FunctionModel): boolean {
  return blocks.some(({ end }) => end.kind === "return");
}

function rangeOver(
  functions: Program,
  maker: FunctionModel,
  made: OperationOf<"make">,
): UnclosedRange | undefined {
  const { root } = made.path;
  if (root.kind !== "variable") return undefined;
  const uses = usesOf(functions, maker, root.variable);
  if (!uses || uses.closes.length > 0) return undefined;
  const [send] = uses.sends;
  const range = uses.receives.find(
    ({ model, operation }) =>
      operation.isRange &&
      functions.isJudged(model.file) &&
      !leavesFor(model, operation.at, "return"),
  );
  if (!send || !range || !uses.sends.every(ends)) return undefined;
  return describe(maker, made, range, send);
}

/** Whether a sender comes to its end some time after the send. */
function ends({ model: { blocks }, operation }: Use<"send">): boolean {
  const at = blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(operation) ||
      (end.kind === "select" && end.cases.some((one) => one.operation === operation)),
  );
  return blocks.some(
    ({ end }, index) => end.kind === "return" && (index === at || reaches(blocks, at, index)),
  );
}

/** All that is done with a variable's channel; undefined where somebody else may have it. */
function usesOf(functions: Program, maker: FunctionModel, made: Variable): Uses | undefined {
  const uses: Uses = { sends: [], receives: [], closes: [] };
  const waiting: { readonly holder: FunctionModel; readonly variable: Variable }[] = [
    { holder: maker, variable: made },
  ];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.variable.id)) continue;
    seen.add(next.variable.id);
    if (seen.size > MOST_HOLDERS) return undefined;
    for (const model of speaking(functions, next.holder, next.variable)) {
      if (model.isDamaged) return undefined;
      for (const operation of operationsIn(model)) {
        const given = noteUse(functions, model, operation, next.variable, uses);
        if (!given) return undefined;
        waiting.push(...given);
      }
      const isReturned = model.blocks.some(
        ({ end }) => end.kind === "return" && mentionsAtEnd(end).paths.some(isOf(next.variable)),
      );
      if (isReturned) return undefined;
    }
  }
  return uses;
}

type Holder = { readonly holder: FunctionModel; readonly variable: Variable };

/** Who is given the channel by an operation, which is noted; undefined where it may go anywhere. */
function noteUse(
  functions: Program,
  model: FunctionModel,
  operation: Operation,
  variable: Variable,
  { sends, receives, closes }: Uses,
): Holder[] | undefined {
  const isIt = isOf(variable);
  switch (operation.kind) {
    case "make":
    case "defer":
      return [];
    case "send":
      if (isIt(operation.channel)) sends.push({ model, operation });
      return [];
    case "receive":
      if (isIt(operation.channel)) receives.push({ model, operation });
      return [];
    case "close":
      if (isIt(operation.channel)) closes.push({ model, operation });
      return [];
    case "call":
    case "spawn": {
      const given = operation.arguments.flatMap((value, index) =>
        value.kind === "path" && isIt(value.path) ? [index] : [],
      );
      const { callee } = operation;
      const isElsewhere = mentionsOf(operation).paths.filter(isIt).length > given.length;
      if (isElsewhere) return undefined;
      if (given.length === 0) return [];
      const holder = callee.kind === "static" ? functions.model(callee.function) : undefined;
      const variables = given.map((index) => holder?.parameters[index]);
      if (!holder) return undefined;
      const isKnown = variables.every((one) => one && !one.isVariadic && !one.isReassigned);
      return isKnown
        ? variables.flatMap((one) => (one ? [{ holder, variable: one }] : []))
        : undefined;
    }
    default:
      return mentionsOf(operation).paths.some(isIt) ? undefined : [];
  }
}

function isOf({ id }: Variable): (path: AccessPath) => boolean {
  return ({ root }) => root.kind === "variable" && root.variable.id === id;
}

function operationsIn({ blocks }: FunctionModel): Operation[] {
  return blocks.flatMap(({ operations, end }) => [
    ...operations.flatMap((one) => (one.kind === "defer" ? [one, ...one.operations] : [one])),
    ...(end.kind === "select" ? end.cases.map(({ operation }) => operation) : []),
  ]);
}

/** The function that declares a variable, and its closures that speak of it. */
function speaking(functions: Program, model: FunctionModel, { name }: Variable): FunctionModel[] {
  const closures = functions
    .functionsWith(new RegExp(`\\b${name}\\b`))
    .filter(
      (header) => header.file === model.file && enclosingOf(functions, header).includes(model.id),
    );
  return [model, ...closures.flatMap(({ id }) => functions.model(id) ?? [])];
}

function describe(
  maker: FunctionModel,
  made: OperationOf<"make">,
  { model: reader, operation }: Use<"receive">,
  send: Use<"send">,
): UnclosedRange {
  const at = placeIn(reader, operation.at);
  const lastSendAt = placeIn(send.model, send.operation.at);
  const channel = operation.channel.text;
  return {
    maker,
    madeAt: placeIn(maker, made.at),
    channel,
    reader,
    at,
    lastSendAt,
    trace: {
      threads: [send.model.name, reader.name],
      steps: [
        {
          thread: 0,
          at: lastSendAt,
          action: `sends on ${send.operation.channel.text} for the last time`,
          waits: false,
        },
        { thread: 1, at, action: `waits for another value of ${channel}, for ever`, waits: true },
      ],
    },
  };
}
