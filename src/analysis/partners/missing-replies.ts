import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, identityOf, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { findUnmetDuty } from "../lifetimes/unmet-duty.ts";
import { closureMentions, mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/**
 * A function that answers a request on most of its ways, and forgets to on one:
 *
 *     price, ok := t.prices[q.article]
 *     if !ok { t.misses++; return }       // no answer
 *     q.reply <- price
 *
 *     t.questions <- q; p := <-q.reply    // elsewhere: waits for ever
 */
export interface MissingReply {
  readonly at: Place;
  readonly channel: string;
  readonly answerer: FunctionHeader;
  readonly answerAt: Place;
  readonly asker: FunctionHeader;
  readonly waitAt: Place;
  readonly trace: Trace;
}

export const missingReplies = defineAnalysis("missing replies", (use): MissingReply[] => {
  const functions = use(program);
  const inClosure = closureMentions(functions);
  return use(channelCensus).channels.flatMap(
    (record) => missingIn(functions, record, inClosure) ?? [],
  );
});

type InClosure = ReturnType<typeof closureMentions>;

function missingIn(
  functions: Program,
  record: ChannelRecord,
  inClosure: InClosure,
): MissingReply | undefined {
  const answers = [...record.sends, ...record.closes];
  const [answer] = answers;
  const [wait] = record.receives;
  if (!answer || !wait || !functions.isJudged(answer.function.file)) return undefined;
  const { id } = answer.function;
  if (!answers.every((one) => one.function.id === id) || !record.receives.every(isOwnWait))
    return undefined;
  const name = fieldNameOf(record.identity);
  const model = functions.model(id);
  const request = requestOf(answer, model);
  if (!name || !isPrivate(name) || !model || model.isDamaged || !request) return undefined;
  if (isRepeated(model, answer)) return undefined;
  if (isHandedOn(modelsNaming(functions, name), isField(record.identity, name))) return undefined;
  const at = silentWay(model, request, record.identity, inClosure);
  return at && describe(model, at, answer, wait);
}

/** The asker waits for nothing but the answer to a request of its own. */
function isOwnWait({ select, operation, function: { id } }: ChannelUse): boolean {
  if (select || operation.kind !== "receive" || operation.isRange) return false;
  const { root } = operation.channel;
  return (
    root.kind === "variable" && root.variable.role === "local" && root.variable.declaredIn === id
  );
}

/** The parameter that holds the request. */
function requestOf(
  { operation, select }: ChannelUse,
  model: FunctionModel | undefined,
): Variable | undefined {
  if (select || (operation.kind !== "send" && operation.kind !== "close")) return undefined;
  const { root, steps } = operation.channel;
  if (root.kind !== "variable" || root.variable.role !== "parameter" || steps.length !== 1)
    return undefined;
  return root.variable.declaredIn === model?.id && !root.variable.isReassigned
    ? root.variable
    : undefined;
}

/** In a loop it is an answer to one of the passes: that there may be none is no way without an answer. */
function isRepeated({ blocks }: FunctionModel, { operation }: ChannelUse): boolean {
  const at = blocks.findIndex(({ operations }) => operations.includes(operation));
  return at >= 0 && reaches(blocks, at, at);
}

function silentWay(
  model: FunctionModel,
  request: Variable,
  channel: string,
  inClosure: InClosure,
): Operation["at"] | undefined {
  const [entry, ...others] = model.blocks;
  if (!entry) return undefined;
  const asksForChannel = `${request.id}.${/\w+$/.exec(channel)?.[0]}==nil`;
  const begins: Operation = { kind: "escape", value: { kind: "unknown" }, at: model.nameAt };
  const begun = {
    ...model,
    blocks: [{ ...entry, operations: [begins, ...entry.operations] }, ...others],
  };
  const hasIt = ({ root, steps, slot }: AccessPath): boolean =>
    root.kind === "variable" &&
    root.variable === request &&
    (steps.length === 0 || slot === channel);
  const unmet = findUnmetDuty(begun, {
    begins,
    isMetBy: (operation) => {
      const { paths, functions } = mentionsOf(operation);
      return paths.some(hasIt) || functions.some((id) => inClosure(id, request));
    },
    isMetAtEnd: (end: Terminator) =>
      // Where there is no channel nobody waits.
      (end.kind === "branch" && end.condition?.key === asksForChannel) ||
      (end.kind === "select"
        ? end.cases.some(({ operation }) => identityOf(operation.channel) === channel)
        : mentionsAtEnd(end).paths.some(hasIt)),
    isLostBy: () => false,
  });
  return unmet?.how === "returned" ? unmet.at : undefined;
}

function describe(
  answerer: FunctionModel,
  returnAt: Operation["at"],
  answer: ChannelUse,
  wait: ChannelUse,
): MissingReply {
  const nameOf = ({ operation }: ChannelUse): string =>
    operation.kind === "make" ? operation.path.text : operation.channel.text;
  const at = placeIn(answerer, returnAt);
  const waitAt = placeIn(wait.function, wait.operation.at);
  return {
    at,
    channel: nameOf(answer),
    answerer,
    answerAt: placeIn(answerer, answer.operation.at),
    asker: wait.function,
    waitAt,
    trace: {
      threads: [answerer.name, wait.function.name],
      steps: [
        { thread: 0, at, action: `returns without a send on ${nameOf(answer)}`, waits: false },
        {
          thread: 1,
          at: waitAt,
          action: `waits to receive from ${nameOf(wait)}, for ever`,
          waits: true,
        },
      ],
    },
  };
}
