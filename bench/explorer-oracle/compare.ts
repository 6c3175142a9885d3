import type { SourceParser } from "../../src/syntax/parser.ts";
import { randomFrom } from "../random.ts";
import { type Explored, explored } from "./explored.ts";
import { type GoCase, goCase } from "./generate.ts";
import { buildGo, type GoPrograms, type Observed } from "./run-go.ts";

export interface Disagreement {
  readonly program: GoCase;
  /** What the explorer says and no run did. */
  readonly onlyExplorer: readonly string[];
  /** What a run did and the explorer excludes. */
  readonly onlyGo: readonly string[];
}

export interface Comparison {
  readonly programs: number;
  /** Programs that some run left stuck or panicking. */
  readonly withFaults: number;
  /** Programs that the explorer saw whole, and both say the same of. */
  readonly agreed: number;
  /** Programs that the explorer saw in part; all that it said happened. */
  readonly partial: number;
  readonly disagreements: readonly Disagreement[];
}

export interface Request {
  readonly count: number;
  readonly seed: number;
  /** Runs of each program. */
  readonly rounds: number;
}

/** Rounds are multiplied by this before the explorer alone is said to be wrong. */
const PATIENCE = 12;

/** Generates programs, lets both sides speak, and compares place by place. */
export function compareWithGo(parser: SourceParser, { count, seed, rounds }: Request): Comparison {
  const random = randomFrom(seed);
  const programs = Array.from({ length: count }, (_, index) => goCase(random, index));
  const go = buildGo(programs);
  try {
    let [agreed, partial, withFaults] = [0, 0, 0];
    const disagreements: Disagreement[] = [];
    for (const [index, program] of programs.entries()) {
      const ours = explored(parser, program);
      const theirs = runs(go, index, rounds, ours);
      const onlyExplorer = without(sayings(ours), sayings(theirs));
      const onlyGo = ours.isPartial ? [] : without(sayings(theirs), sayings(ours));
      if (sayings(theirs).length > 0) withFaults++;
      if (onlyExplorer.length + onlyGo.length > 0)
        disagreements.push({ program, onlyExplorer, onlyGo });
      else if (ours.isPartial) partial++;
      else agreed++;
    }
    return { programs: count, withFaults, agreed, partial, disagreements };
  } finally {
    go.close();
  }
}

function runs(
  go: GoPrograms,
  index: number,
  rounds: number,
  ours: Explored,
): Pick<Observed, "stuck" | "panics"> {
  const first = go.run(index, rounds);
  if (without(sayings(ours), sayings(first)).length === 0) return first;
  const second = go.run(index, rounds * PATIENCE);
  return {
    stuck: new Set([...first.stuck, ...second.stuck]),
    panics: new Set([...first.panics, ...second.panics]),
  };
}

/** The search returns from a function at once, so that it need not see somebody stuck before that as well. */
function sayings({ stuck, panics }: Pick<Observed, "stuck" | "panics">): string[] {
  const places = [...stuck];
  const said = [
    ...places.map((place) => `stuck at ${place.replace(" after", "")}`),
    ...places.filter((place) => place.endsWith(" after")).map((place) => `stuck at ${place}`),
    ...[...panics].map((place) => `panics at ${place}`),
  ];
  return [...new Set(said)];
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one));
}
