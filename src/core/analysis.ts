/**
 * Analyses are asked for lazily, by a typed token, and computed once for each unit:
 *
 *     const locks = defineAnalysis("locks", (use) => heldLocks(use(program)));
 *     use(locks).heldAt(operation)
 *
 * An input is an analysis whose result the engine or a language hands in.
 */
export interface Analysis<T> {
  readonly name: string;
  compute(use: Use): T;
}

export type Use = <T>(analysis: Analysis<T>) => T;

export function defineAnalysis<T>(name: string, compute: (use: Use) => T): Analysis<T> {
  return { name, compute };
}

/** A token whose result is handed in with `seed`; asking for it unseeded is a bug and throws. */
export function defineInput<T>(name: string): Analysis<T> {
  return {
    name,
    compute() {
      throw new Error(`nothing was handed in for the input "${name}"`);
    },
  };
}

/** A result handed in for an input. Made by `seed` alone, so that token and result fit. */
export interface Seed {
  readonly analysis: Analysis<unknown>;
  readonly result: unknown;
}

export function seed<T>(analysis: Analysis<T>, result: T): Seed {
  return { analysis, result };
}

/** Receives each computed analysis with what it cost, its own dependencies included. */
export type OnComputed = (name: string, milliseconds: number) => void;

/**
 * The `use` of one unit. Results are memoised; a cycle throws and names the chain.
 * `clock` is handed in, since nothing below the apps may look at one.
 */
export function createUse(
  seeds: readonly Seed[],
  timing?: { readonly clock: () => number; readonly onComputed: OnComputed },
): Use {
  const results = new Map<Analysis<unknown>, unknown>();
  for (const { analysis, result } of seeds) results.set(analysis, result);
  const running: Analysis<unknown>[] = [];
  const use: Use = <T>(analysis: Analysis<T>): T => {
    if (results.has(analysis)) return results.get(analysis) as T;
    if (running.includes(analysis)) {
      const chain = [...running, analysis].map(({ name }) => name).join(" → ");
      throw new Error(`analyses ask for each other in a circle: ${chain}`);
    }
    running.push(analysis);
    const started = timing?.clock() ?? 0;
    try {
      const result = analysis.compute(use);
      results.set(analysis, result);
      timing?.onComputed(analysis.name, timing.clock() - started);
      return result;
    } finally {
      running.pop();
    }
  };
  return use;
}
