import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { isRecovered } from "../panicking-operations.ts";

type Use = OperationOf<"send"> | OperationOf<"close">;

/** A send or close that comes after a close of the same channel in the same function, on every way that goes on from there. */
export interface UsedAfterClose {
  readonly kind: "send" | "close";
  readonly function: FunctionModel;
  readonly channel: string;
  readonly at: Place;
  readonly closedAt: Place;
  readonly trace: Trace;
}

/**
 * Channels that a function names alone, wherever they were made: parameters, fields, globals.
 *
 *     if failed {
 *         close(results)
 *     }
 *     results <- last      // whoever comes by the close comes here
 *
 * A way that leaves before says that the writer thought of it. What others may put in the channel's place is not followed.
 */
export const usedAfterClose = defineAnalysis("used after close", (use): UsedAfterClose[] => {
  const functions = use(program);
  return functions.functionsWith(/\bclose\(/).flatMap(({ id, file }) => {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model) return [];
    return closesIn(model).flatMap((close) =>
      [...usesAfter(model, close)]
        .filter((operation) => !isRecovered(functions, { file, operation }))
        .map((operation) => described(model, close, operation)),
    );
  });
});

interface Close {
  readonly block: BlockId;
  readonly index: number;
  readonly channel: AccessPath;
  readonly key: string;
  readonly at: Operation["at"];
  /** Deferred, it comes after every close that follows. */
  readonly isDeferred: boolean;
}

function closesIn({ blocks }: FunctionModel): Close[] {
  return blocks.flatMap(({ operations }, block) =>
    operations.flatMap((operation, index) => {
      const isDeferred = operation.kind === "defer";
      return (isDeferred ? operation.operations : [operation]).flatMap((one): Close[] => {
        if (one.kind !== "close") return [];
        const { channel, at } = one;
        const key = pathKey(channel);
        if (key === undefined || channel.steps.some(({ kind }) => kind !== "field")) return [];
        return [{ block, index, channel, key, at, isDeferred }];
      });
    }),
  );
}

/** What every way from a close comes to first; empty where one way comes to nothing. */
function usesAfter({ blocks }: FunctionModel, close: Close): ReadonlySet<Use> {
  const found = new Set<Use>();
  const seen = new Set<BlockId>();
  const open = [{ block: close.block, from: close.index + 1 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const block = blocks[at.block];
    if (!block) return NONE;
    const met = firstMet(block.operations.slice(at.from), close);
    if (met === "lost") return NONE;
    if (met) {
      found.add(met);
      continue;
    }
    const { end } = block;
    const sent = end.kind === "select" ? sendIn(end.cases, close) : undefined;
    if (sent) {
      found.add(sent);
      continue;
    }
    const next = successors(end);
    // Out of the function: a way without a use.
    if (next.length === 0) return NONE;
    for (const one of next) {
      if (!seen.has(one)) open.push({ block: one, from: 0 });
      seen.add(one);
    }
  }
  return found;
}

const NONE: ReadonlySet<Use> = new Set();

/** The first use of the channel among operations; "lost" where something may put another channel in its place before. */
function firstMet(operations: readonly Operation[], close: Close): Use | "lost" | undefined {
  for (const operation of operations) {
    const met = operation.kind === "defer" ? operation.operations : [operation];
    for (const one of met) {
      const isUse = one.kind === "close" || (one.kind === "send" && !close.isDeferred);
      // The next pass of a loop may have another channel by the name.
      if (isUse && pathKey(one.channel) === close.key)
        return one.at.start === close.at.start ? "lost" : one;
    }
    if (mayReplace(operation, close)) return "lost";
  }
  return undefined;
}

function sendIn(
  cases: readonly { readonly operation: Operation }[],
  close: Close,
): OperationOf<"send"> | undefined {
  if (close.isDeferred) return undefined;
  return cases
    .map(({ operation }) => operation)
    .find(
      (one): one is OperationOf<"send"> =>
        one.kind === "send" && pathKey(one.channel) === close.key,
    );
}

function mayReplace(operation: Operation, { key, channel }: Close): boolean {
  const isPart = (path: AccessPath | undefined): boolean => {
    const own = path && pathKey(path);
    return own !== undefined && (key === own || key.startsWith(`${own}.`));
  };
  switch (operation.kind) {
    case "make":
    case "write":
      return isPart(operation.path);
    case "assign":
      return isPart(operation.target);
    case "call":
      if (operation.results.some(isPart)) return true;
      return operation.callee.kind !== "external" && isOthersToo(channel);
    case "receive":
    case "wait":
    case "acquire":
      return isOthersToo(channel);
    default:
      return false;
  }
}

/** Whether somebody else can put another channel in its place. */
function isOthersToo({ root, steps }: AccessPath): boolean {
  if (root.kind !== "variable" || steps.length > 0) return true;
  return root.variable.role === "global" || root.variable.isReassigned;
}

function described(model: FunctionModel, close: Close, use: Use): UsedAfterClose {
  const { file, name } = model;
  const inFile = ({ start, end }: Operation["at"]): Place => ({ file, start, end });
  const channel = close.channel.text;
  const isDeferred = close.isDeferred;
  // What is deferred comes last, and panics.
  const [first, last] = isDeferred ? [use.at, close.at] : [close.at, use.at];
  const action = use.kind === "send" ? `sends on ${channel}` : `closes ${channel} again`;
  return {
    kind: use.kind,
    function: model,
    channel,
    at: inFile(last),
    closedAt: inFile(first),
    trace: {
      threads: [name],
      steps: [
        { thread: 0, at: inFile(first), action: `closes ${channel}`, waits: false },
        { thread: 0, at: inFile(last), action: `${action}, and panics`, waits: false },
      ],
    },
  };
}
