import type { Assumption } from "./outcome.ts";

/** One way on from a state: those of one transition differ in what was assumed about data. */
interface Edge {
  readonly to: number;
  readonly transition: number;
  readonly assumptions: readonly Assumption[];
  /** Nothing that one should count on. */
  readonly isUnlikely: boolean;
}

interface Graph {
  readonly states: readonly { readonly next: readonly Edge[]; readonly isCrashed: boolean }[];
  readonly first: readonly Edge[];
}

/**
 * Whether some of the targets is reached however the data turns out: by an order of events, a choice of a select or an error
 * alone. Where a branch on data stands in the way, each of its sides has to lead there:
 *
 *     if len(queue) > limit { return }      // may never be so: what follows from it alone is not certain
 *     if verbose { log.Println("…") }       // does not matter
 */
export function isCertain({ states, first }: Graph, targets: readonly number[]): boolean {
  const isSure = states.map(() => false);
  for (const target of targets) isSure[target] = true;
  const isCrashed = states.map((state) => state.isCrashed);
  const waiting = [...targets];
  const before = predecessors(states);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const from of before[at] ?? []) {
      if (isSure[from] || !leadsThere(states[from]?.next ?? [], isSure, isCrashed)) continue;
      isSure[from] = true;
      waiting.push(from);
    }
  }
  return leadsThere(first, isSure, isCrashed);
}

function leadsThere(
  edges: readonly Edge[],
  isSure: readonly boolean[],
  isCrashed: readonly boolean[],
): boolean {
  const likely = edges.filter(({ isUnlikely }) => !isUnlikely);
  const byTransition = groupBy(likely, ({ transition }) => String(transition));
  return [...byTransition.values()].some((group) => holds(group, 0, isSure, isCrashed));
}

/** Any outcome will do; but of a branch on data every side has to, those apart that end the process. */
function holds(
  edges: readonly Edge[],
  depth: number,
  isSure: readonly boolean[],
  isCrashed: readonly boolean[],
): boolean {
  if (edges.some(({ to, assumptions }) => assumptions.length === depth && isSure[to])) return true;
  const assuming = edges.filter(({ assumptions }) => assumptions.length > depth);
  const branches = groupBy(assuming, ({ assumptions }) => assumptions[depth]?.branch ?? "");
  return [...branches.entries()].some(([branch, group]) => {
    const bySide = groupBy(group, ({ assumptions }) => String(assumptions[depth]?.side));
    const sides = [...bySide.values()].filter((side) => !side.every(({ to }) => isCrashed[to]));
    const sure = sides.filter((side) => holds(side, depth + 1, isSure, isCrashed));
    if (sure.some(([edge]) => edge?.assumptions[depth]?.isUsual)) return true;
    if (sure.length === 0 || sure.length < sides.length) return false;
    const asBefore = edges.filter(
      (edge) => !group.includes(edge) && wentBefore(edge, branch, depth),
    );
    return asBefore.every(({ to }) => isCrashed[to]) || holds(asBefore, depth, isSure, isCrashed);
  });
}

/** A branch that is passed again, in a loop, and to the same side: that is not written down a second time. */
function wentBefore({ assumptions }: Edge, branch: string, depth: number): boolean {
  return assumptions.slice(0, depth).some((one) => one.branch === branch);
}

function groupBy(edges: readonly Edge[], keyOf: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = keyOf(edge);
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  return groups;
}

function predecessors(states: Graph["states"]): number[][] {
  const before: number[][] = states.map(() => []);
  for (const [from, { next }] of states.entries())
    for (const { to } of next) before[to]?.push(from);
  return before;
}
