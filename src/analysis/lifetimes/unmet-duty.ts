import type { Span } from "../../core/position.ts";
import type { FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import {
  afterWrites,
  factsKey,
  type PathFacts,
  repeatedConditions,
  waysOn,
} from "../path-facts.ts";

/**
 * Something that a function owes from an operation on: a cancel function to be called, a ticker to be stopped.
 *
 *     ctx, cancel := context.WithCancel(parent)   // begins
 *     if err != nil { return err }                // unmet here
 *     defer cancel()                              // met, as by handing cancel on
 */
export interface Duty {
  readonly begins: Operation;
  /** Whether an operation does what is owed or hands it on; a deferred call counts where it is deferred. */
  isMetBy(operation: Operation): boolean;
  /** Whether the end of a block does: a result that is returned, a test of the thing itself. */
  isMetAtEnd(end: Terminator): boolean;
  /** Whether the operation gives the only name of what is owed to something else. */
  isLostBy(operation: Operation): boolean;
}

/** A path on which a duty is not met. */
export interface UnmetDuty {
  readonly how: "returned" | "overwritten";
  readonly at: Span;
  /** The last condition before it, if there was one. */
  readonly decidedAt: Span | undefined;
}

/** Blocks entered in different states: a size, never a time. */
const MOST_STATES = 2_000;

interface PathState {
  readonly block: number;
  /** before: not begun; met: met before it begins, by a deferred closure; open: owed. */
  readonly phase: "before" | "met" | "open";
  readonly facts: PathFacts;
  readonly decidedAt: Span | undefined;
}

/** The first path to a return on which the duty is not met; undefined where there is none, or too many to look at. */
export function findUnmetDuty(model: FunctionModel, duty: Duty): UnmetDuty | undefined {
  const repeated = repeatedConditions(model);
  const seen = new Set<string>();
  const waiting: PathState[] = [
    { block: 0, phase: "before", facts: new Map(), decidedAt: undefined },
  ];
  for (let at = 0; at < waiting.length; at++) {
    const state = waiting[at] as PathState;
    const key = stateKey(state);
    if (seen.has(key)) continue;
    if (seen.size >= MOST_STATES) return undefined;
    seen.add(key);
    const block = model.blocks[state.block];
    if (!block) continue;
    const { phase, lostAt } = throughOperations(block.operations, state, duty);
    if (lostAt) return { how: "overwritten", at: lostAt, decidedAt: state.decidedAt };
    if (phase === "open" && duty.isMetAtEnd(block.end)) continue;
    if (phase === "open" && block.end.kind === "return")
      return { how: "returned", at: block.end.at, decidedAt: state.decidedAt };
    const facts = afterWrites(state.facts, block.operations);
    waiting.push(...nextStates({ ...state, phase, facts }, block.end, repeated));
  }
  return undefined;
}

/** Operations that hand on a closure: what it does covers whatever begins later. */
const LASTING: ReadonlySet<Operation["kind"]> = new Set(["defer", "assign", "escape", "spawn"]);

function throughOperations(
  operations: readonly Operation[],
  state: PathState,
  duty: Duty,
): { readonly phase: PathState["phase"]; readonly lostAt?: Span } {
  let { phase } = state;
  for (const operation of operations) {
    if (operation === duty.begins) {
      if (phase === "open") return { phase, lostAt: operation.at };
      if (phase === "before") phase = "open";
    } else if (duty.isMetBy(operation)) {
      const lasts = phase === "open" ? operation.kind === "defer" : LASTING.has(operation.kind);
      phase = lasts || phase === "met" ? "met" : "before";
    } else if (phase === "open" && duty.isLostBy(operation)) {
      return { phase, lostAt: operation.at };
    }
  }
  return { phase };
}

function nextStates(state: PathState, end: Terminator, repeated: ReadonlySet<string>): PathState[] {
  return waysOn(state.facts, end, repeated).map(({ block, facts, condition }) => ({
    ...state,
    block,
    facts,
    decidedAt: condition?.at ?? state.decidedAt,
  }));
}

function stateKey({ block, phase, facts }: PathState): string {
  return `${block}|${phase}|${factsKey(facts)}`;
}
