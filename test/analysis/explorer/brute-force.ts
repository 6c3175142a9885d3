import type { SmallProgram, Statement } from "./random-program.ts";

/**
 * Every interleaving of a small program, one statement at a time and with nothing left out: the oracle for the explorer.
 * Gives `thread@statement` for each thread that can be stuck for good, with `after` where the function had returned.
 */
export function stuckByBruteForce(program: SmallProgram): Set<string> {
  const graph = new Map<
    string,
    {
      readonly state: State;
      readonly next: { readonly key: string; readonly movers: readonly number[] }[];
    }
  >();
  const start: State = {
    threads: program.threads.map((statements) => [...statements]),
    channels: program.capacities.map((capacity) => ({ capacity, length: 0, isClosed: false })),
    count: 0,
    isLocked: false,
  };
  const waiting = [start];
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const key = JSON.stringify(state);
    if (graph.has(key)) continue;
    const next = steps(state).map(({ state: to, movers }) => ({
      key: JSON.stringify(to),
      movers,
      to,
    }));
    graph.set(key, { state, next });
    waiting.push(...next.map(({ to }) => to));
  }
  const stuck = new Set<string>();
  for (const thread of program.threads.keys()) {
    const hope = new Set(
      [...graph].flatMap(([key, { next }]) =>
        next.some(({ movers }) => movers.includes(thread)) ? [key] : [],
      ),
    );
    for (let before = -1; before !== hope.size; ) {
      before = hope.size;
      for (const [key, { next }] of graph) if (next.some((one) => hope.has(one.key))) hope.add(key);
    }
    for (const [key, { state }] of graph) {
      const [at] = state.threads[thread] ?? [];
      if (!at || hope.has(key) || at.kind === "choose") continue;
      stuck.add(`${thread}@${at.id}${state.threads[0]?.length === 0 ? " after" : ""}`);
    }
  }
  return stuck;
}

interface State {
  readonly threads: readonly (readonly Statement[])[];
  readonly channels: readonly {
    readonly capacity: number;
    readonly length: number;
    readonly isClosed: boolean;
  }[];
  readonly count: number;
  readonly isLocked: boolean;
}

interface Step {
  readonly state: State;
  readonly movers: readonly number[];
  readonly isPanic?: true;
}

/** A way on for one thread: what it wants of a channel, if anything, and what it does next. */
interface Way {
  readonly kind: "send" | "receive";
  readonly channel: number;
  readonly rest: readonly Statement[];
}

function steps(state: State): Step[] {
  return state.threads.flatMap((_, thread) => stepsOf(state, thread));
}

/** Whether a thread can have been waiting: of two that meet, one has to. */
function mayWait(state: State, thread: number): boolean {
  const [first] = state.threads[thread] ?? [];
  if (first?.kind === "select" && first.hasDefault) return false;
  return !ways(state.threads[thread]).some(({ kind, channel }) => {
    const at = state.channels[channel];
    if (!at) return false;
    return at.isClosed || (kind === "send" ? at.length < at.capacity : at.length > 0);
  });
}

function ways(statements: readonly Statement[] | undefined): Way[] {
  const [first, ...rest] = statements ?? [];
  if (first?.kind === "send" || first?.kind === "receive")
    return [{ kind: first.kind, channel: first.channel, rest }];
  if (first?.kind !== "select") return [];
  return first.cases.map(({ kind, channel, body }) => ({
    kind,
    channel,
    rest: [...body, ...rest],
  }));
}

/** The process ends: whoever waited doesn't wait for ever. */
function panic(state: State): Step {
  const everybody = [...state.threads.keys()];
  return {
    movers: everybody,
    state: { ...state, threads: state.threads.map(() => []) },
    isPanic: true,
  };
}

function stepsOf(state: State, thread: number): Step[] {
  const [first, ...rest] = state.threads[thread] ?? [];
  if (!first) return [];
  const go = (change: Partial<State>, next: readonly Statement[] = rest): Step => ({
    movers: [thread],
    state: {
      ...state,
      ...change,
      threads: state.threads.map((old, index) => (index === thread ? next : old)),
    },
  });
  switch (first.kind) {
    case "choose":
      return [go({}, [...first.left, ...rest]), go({}, [...first.right, ...rest])];
    case "add":
      return [go({ count: state.count + 1 })];
    case "done":
      return state.count > 0 ? [go({ count: state.count - 1 })] : [panic(state)];
    case "wait":
      return state.count === 0 ? [go({})] : [];
    case "lock":
      return state.isLocked ? [] : [go({ isLocked: true })];
    case "unlock":
      return [go({ isLocked: false })];
    case "close": {
      const channel = state.channels[first.channel];
      return channel?.isClosed
        ? [panic(state)]
        : [go({ channels: changed(state, first.channel, { isClosed: true }) })];
    }
    default: {
      const communications = ways([first, ...rest]).flatMap((way) =>
        communicate(state, thread, way),
      );
      if (first.kind !== "select" || !first.hasDefault) return communications;
      return communications.some(({ movers, isPanic }) => movers.length === 1 || isPanic)
        ? communications
        : [...communications, go({})];
    }
  }
}

function changed(
  state: State,
  channel: number,
  change: Partial<State["channels"][number]>,
): State["channels"] {
  return state.channels.map((old, index) => (index === channel ? { ...old, ...change } : old));
}

function communicate(state: State, thread: number, { kind, channel, rest }: Way): Step[] {
  const at = state.channels[channel];
  if (!at) return [];
  const threads = state.threads.map((old, index) => (index === thread ? rest : old));
  if (kind === "receive") {
    if (at.length > 0)
      return [
        {
          movers: [thread],
          state: {
            ...state,
            threads,
            channels: changed(state, channel, { length: at.length - 1 }),
          },
        },
      ];
    return at.isClosed ? [{ movers: [thread], state: { ...state, threads } }] : [];
  }
  if (at.isClosed) return [panic(state)];
  if (at.length < at.capacity)
    return [
      {
        movers: [thread],
        state: { ...state, threads, channels: changed(state, channel, { length: at.length + 1 }) },
      },
    ];
  if (at.capacity > 0) return [];
  return state.threads.flatMap((other, receiver) => {
    if (receiver === thread || !(mayWait(state, thread) || mayWait(state, receiver))) return [];
    const receives = ways(other).filter((way) => way.kind === "receive" && way.channel === channel);
    return receives.map((way) => ({
      movers: [thread, receiver],
      state: {
        ...state,
        threads: threads.map((old, index) => (index === receiver ? way.rest : old)),
      },
    }));
  });
}
