import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage } from "../go-analyses.ts";
import { statementsOf } from "../statements.ts";
import { type LockCall, lockCalls, neighbour, statementOf } from "./lock-calls.ts";

/** A lock that is never held around anything but one send or receive: `c.mu.Lock(); c.events <- event; c.mu.Unlock()`. */
export interface ChannelLock {
  readonly at: Place;
  readonly lock: string;
  readonly operation: string;
  readonly operationAt: Place;
}

/** Locks are told apart by the last name before `Lock`, in the whole package: another one of that name may be the same. */
export const channelLocks = defineAnalysis("channel locks", (use): ChannelLock[] => {
  const { files } = use(goPackage);
  const calls = use(lockCalls).filter(({ method }) => /^R?Lock$/.test(method));
  const byName = new Map<string, LockCall[]>();
  for (const call of calls) {
    const name = lastName(call.text);
    byName.set(name, [...(byName.get(name) ?? []), call]);
  }
  return [...byName].flatMap(([name, those]) => {
    const around = those.map((call) => operationUnder(call));
    if (around.some((one) => one === NONE)) return [];
    // Every mention is a call that was looked at: nobody hands it on, or asks `TryLock`.
    const mention = new RegExp(`\\b${name}\\.(?:Try)?R?Lock\\(`, "g");
    const mentions = files.reduce((sum, { text }) => sum + (text.match(mention)?.length ?? 0), 0);
    if (mentions !== those.length) return [];
    return those.flatMap((call, index): ChannelLock[] => {
      const operation = around[index] ?? NONE;
      const { file, tree, node, text } = call;
      if (file.isTest || operation === NONE) return [];
      return [
        {
          at: { file: file.path, ...tree.spanOf(node) },
          lock: text,
          operation: tree.textOf(operation),
          operationAt: { file: file.path, ...tree.spanOf(operation) },
        },
      ];
    });
  });
});

function lastName(text: string): string {
  return /(\w+)$/.exec(text)?.[1] ?? text;
}

/** The one send or receive between the lock and its unlock; NONE where there is something else. */
function operationUnder(call: LockCall): NodeId {
  const { tree, text } = call;
  const statement = statementOf(call);
  if (statement === NONE) return NONE;
  const first = neighbour(tree, statement, 1);
  const second = first === NONE ? NONE : neighbour(tree, first, 1);
  if (second === NONE) return NONE;
  const unlock = new RegExp(`^${escaped(text)}\\.R?Unlock\\(\\)$`);
  if (unlock.test(tree.textOf(second))) return isOperation(tree, first) ? first : NONE;
  const isDeferred = unlock.test(tree.textOf(first).replace(/^defer\s+/, ""));
  if (!isDeferred || tree.kindOf(first) !== "defer_statement") return NONE;
  return isOperation(tree, second) && isLast(tree, second) ? second : NONE;
}

function isLast(tree: Tree, statement: NodeId): boolean {
  const block = tree.parentOf(tree.parentOf(statement));
  return statementsOf(tree, block).at(-1) === statement;
}

/** `events <- event`, `event := <-events`, `<-events`, `return <-events`. */
function isOperation(tree: Tree, statement: NodeId): boolean {
  const kind = tree.kindOf(statement);
  if (kind === "send_statement") return true;
  return /^(?:return\s+|[\w.,\s]+:?=\s*)?<-\s*[\w.]+$/.test(tree.textOf(statement));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
