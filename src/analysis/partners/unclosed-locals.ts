import { defineAnalysis } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";
import { enclosingOf, type Program, program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { leftOpen, type SkippedClose, wayPast } from "./skipped-closes.ts";

/**
 * A channel of a function over which a goroutine of its own ranges, and an error that comes before the only close:
 *
 *     roots := make(chan node)
 *     go func() { for n := range roots { … } }()
 *     if err := c.scan(tx, roots); err != nil { return err }      // roots stays open
 *     close(roots)
 *
 * Those that it is given to may send on it, in function literals that they hand on as well: whoever ranges waits again then.
 */
export const unclosedLocals = defineAnalysis("unclosed locals", (use): SkippedClose[] => {
  const functions = use(program);
  return use(channelCensus).channels.flatMap((record) => unclosed(functions, record) ?? []);
});

function unclosed(
  functions: Program,
  { makes: [make, ...otherMakes], closes, receives }: ChannelRecord,
): SkippedClose | undefined {
  const [closing, ...otherCloses] = closes;
  const [receiving, ...otherReceives] = receives;
  if (!make || !closing || !receiving) return undefined;
  if (otherMakes.length + otherCloses.length + otherReceives.length > 0) return undefined;
  const model = functions.model(make.function.id);
  const { operation: close } = closing;
  const { operation: receive } = receiving;
  if (make.operation.kind !== "make" || close.kind !== "close" || receive.kind !== "receive")
    return undefined;
  const { root, steps } = make.operation.path;
  if (root.kind !== "variable" || steps.length > 0 || root.variable.isReassigned) return undefined;
  if (!model || !isAsked(functions, model) || closing.function.id !== model.id) return undefined;
  const spawn = operationsOf(model).find(
    (one) => one.kind === "spawn" && startsIt(one, receiving.function.id),
  );
  const goroutine = spawn && functions.model(receiving.function.id);
  if (!goroutine || goroutine.isDamaged || !rangesToTheEnd(goroutine, receive)) return undefined;
  if (!isLentOnly(functions, model, root.variable.id)) return undefined;
  const from = model.blocks.findIndex(({ operations }) => operations.includes(spawn));
  const returnAt = from < 0 ? undefined : wayPast(model.blocks, close, from);
  return (
    returnAt &&
    leftOpen(
      { model, close, returnAt },
      { model: goroutine, at: receive.at },
      "waits to receive from",
    )
  );
}

function isAsked(functions: Program, { file, name, isTest, isDamaged }: FunctionModel): boolean {
  return functions.isJudged(file) && !isTest && !isDamaged && name !== "main";
}

function startsIt({ callee }: OperationOf<"spawn">, id: FunctionId): boolean {
  return callee.kind === "static" && callee.function === id;
}

/** A loop over the channel that no way leaves but its end. */
function rangesToTheEnd({ blocks }: FunctionModel, receive: OperationOf<"receive">): boolean {
  const head = blocks.findIndex(({ operations }) => operations.includes(receive));
  const end = blocks[head]?.end;
  if (!receive.isRange || end?.kind !== "loop") return false;
  const seen = new Set([head]);
  const waiting = [end.body];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    const next = successors(block.end);
    if (at === end.exit || next.length === 0) return false;
    waiting.push(...next);
  }
  return true;
}

/** Whether nobody has the channel for longer than a call, and nobody who has it closes it. */
function isLentOnly(functions: Program, model: FunctionModel, channel: string): boolean {
  return bodiesOf(functions, model).every((body) =>
    body.blocks.every(
      ({ operations, end }) =>
        (end.kind === "loop" ||
          !mentionsAtEnd(end).paths.some((path) => isVariable(path, channel))) &&
        operations.every((one) => isLending(functions, one, channel)),
    ),
  );
}

function isLending(functions: Program, operation: Operation, channel: string): boolean {
  if (operation.kind === "defer")
    return operation.operations.every((one) => isLending(functions, one, channel));
  if (!mentionsOf(operation).paths.some((path) => isVariable(path, channel))) return true;
  if (operation.kind !== "call") return USES.has(operation.kind);
  const { callee, arguments: given } = operation;
  const called = callee.kind === "static" ? functions.model(callee.function) : undefined;
  if (!called || called.isDamaged) return false;
  return given.every((value, index) => {
    if (value.kind !== "path" || !isVariable(value.path, channel)) return true;
    const parameter = called.parameters[index];
    return parameter !== undefined && sendsOnly(functions, called, parameter.id);
  });
}

const USES: ReadonlySet<Operation["kind"]> = new Set(["make", "send", "receive", "close"]);

/** A function and its literals do nothing with a channel but send. */
function sendsOnly(functions: Program, model: FunctionModel, channel: string): boolean {
  const isIt = (path: AccessPath): boolean => isVariable(path, channel);
  return bodiesOf(functions, model).every((body) =>
    body.blocks.every(({ operations, end }) => {
      const cases = end.kind === "select" ? end.cases.map(({ operation }) => operation) : [];
      if (end.kind !== "select" && mentionsAtEnd(end).paths.some(isIt)) return false;
      return [...operations, ...cases].every(
        (one) => one.kind === "send" || !mentionsOf(one).paths.some(isIt),
      );
    }),
  );
}

function bodiesOf(functions: Program, model: FunctionModel): FunctionModel[] {
  const literals = functions.functions.filter(
    (header) => header.file === model.file && enclosingOf(functions, header).includes(model.id),
  );
  return [model, ...literals.flatMap(({ id }) => functions.model(id) ?? [])];
}

function isVariable({ root }: AccessPath, id: string): boolean {
  return root.kind === "variable" && root.variable.id === id;
}
