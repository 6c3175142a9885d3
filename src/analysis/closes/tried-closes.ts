import { defineAnalysis } from "../../core/analysis.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { writtenBy } from "../../model/written-by.ts";
import { channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { HeldOnTheWay } from "./held-on-the-way.ts";
import type { StaleCloseCheck } from "./stale-close-checks.ts";
import { type Site, type Way, Ways } from "./ways.ts";

/**
 * A close that asks by a select whether somebody has closed before, where goroutines of one loop come to it:
 *
 *     for _, source := range f.sources {
 *         go func() { if err := source.Fetch(); err != nil { f.stop() } }()
 *     }
 *
 *     func (f *fetcher) stop() {
 *         select {
 *         case <-f.stopped:
 *         default:
 *             close(f.stopped)         // two may both have found it open
 *         }
 *     }
 */
export const triedCloses = defineAnalysis("tried closes", (use): StaleCloseCheck[] => {
  const functions = use(program);
  const closes = use(channelCensus).channels.flatMap((channel) => channel.closes);
  const ways = new Ways(functions, use(callSites));
  const held = new HeldOnTheWay(use(heldLocks));
  return closes.flatMap(({ function: { id }, operation }) => {
    const model = functions.model(id);
    if (!model || operation.kind !== "close" || !functions.isJudged(model.file)) return [];
    if (model.isDamaged || model.isTest) return [];
    const asked = askedBefore(model, operation);
    const several = asked && ways.to({ model, operation }).find((way) => isOfSeveral(way, held));
    return several ? [describe(model, operation, asked)] : [];
  });
});

/** The receive, in a select with a default that leads to the close and to nothing else before it. */
function askedBefore(
  { blocks }: FunctionModel,
  close: OperationOf<"close">,
): OperationOf<"receive"> | undefined {
  const key = pathKey(close.channel);
  const goal = blocks.findIndex(({ operations }) => operations.includes(close));
  for (const { end } of blocks) {
    if (end.kind !== "select" || end.otherwise !== goal || key === undefined) continue;
    for (const { operation } of end.cases)
      if (operation.kind === "receive" && pathKey(operation.channel) === key) return operation;
  }
  return undefined;
}

/** Whether goroutines that one loop starts come this way, on an object that they share, with no lock. */
function isOfSeveral(way: Way, held: HeldOnTheWay): boolean {
  const { kind, startedBy, steps } = way;
  if (kind !== "goroutine" || !startedBy || startedBy.model.isTest) return false;
  const { blocks } = startedBy.model;
  const start = blocks.findIndex(({ operations }) => operations.includes(startedBy.operation));
  if (start < 0 || !reaches(blocks, start, start)) return false;
  return isSharedByPasses(startedBy, steps[0], start) && held.of(way).size === 0;
}

/** Whether what the goroutines work on was there before the loop: the starter's own, or declared outside of the loop. */
function isSharedByPasses({ model, operation }: Site, first: Site, start: BlockId): boolean {
  const started = operation.kind === "spawn" ? operation.callee : undefined;
  if (started?.kind !== "static") return false;
  // A closure names it itself; of a method it is the one that it is started on.
  const path = first.model.role === "closure" ? subjectOf(first) : pathOf(started);
  const root = path?.root;
  if (root?.kind !== "variable") return false;
  const { variable } = root;
  if (variable.role !== "local") return true;
  return !variable.isRanged && !isGivenInLoop(model, variable, start);
}

function isGivenInLoop({ blocks }: FunctionModel, { id }: Variable, start: BlockId): boolean {
  return blocks.some(
    ({ operations }, at) =>
      operations.some((one) => {
        const given = one.kind === "make" ? [one.path] : writtenBy(one);
        return given.some((path) => path?.root.kind === "variable" && path.root.variable.id === id);
      }) &&
      reaches(blocks, start, at) &&
      reaches(blocks, at, start),
  );
}

function subjectOf({ operation }: Site): AccessPath | undefined {
  if (operation.kind === "close") return operation.channel;
  return operation.kind === "call" ? pathOf(operation.callee) : undefined;
}

function pathOf(callee: OperationOf<"call">["callee"]): AccessPath | undefined {
  const receiver = "receiver" in callee ? callee.receiver : undefined;
  return receiver?.kind === "path" ? receiver.path : undefined;
}

function describe(
  model: FunctionModel,
  close: OperationOf<"close">,
  asked: OperationOf<"receive">,
): StaleCloseCheck {
  const channel = close.channel.text;
  const at = placeIn(model, close.at);
  const askedAt = placeIn(model, asked.at);
  const threads = ["one of the goroutines", "another one of them"];
  return {
    function: model,
    channel,
    at,
    askedAt,
    setAt: at,
    trace: {
      threads,
      steps: [
        { thread: 0, at: askedAt, action: "finds it open", waits: false },
        { thread: 1, at: askedAt, action: "finds it open as well", waits: false },
        { thread: 0, at, action: `closes ${channel}`, waits: false },
        { thread: 1, at, action: `closes ${channel}, which panics`, waits: false },
      ],
    },
  };
}
