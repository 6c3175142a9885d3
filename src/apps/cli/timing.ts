import type { Io } from "./io.ts";

/** What phases, analyses and rules cost, in milliseconds. */
export interface Costs {
  add(what: string, milliseconds: number): void;
  /** Runs and adds what it took. */
  measure<T>(what: string, work: () => T): T;
  /** A table, dearest first. */
  print(): string;
}

export function createCosts({ clock }: Pick<Io, "clock">): Costs {
  const costs = new Map<string, { milliseconds: number; times: number }>();
  const add = (what: string, milliseconds: number) => {
    const known = costs.get(what) ?? { milliseconds: 0, times: 0 };
    costs.set(what, { milliseconds: known.milliseconds + milliseconds, times: known.times + 1 });
  };
  return {
    add,
    measure(what, work) {
      const started = clock();
      const result = work();
      if (!(result instanceof Promise)) {
        add(what, clock() - started);
        return result;
      }
      const finished = result.finally(() => add(what, clock() - started));
      return finished as typeof result;
    },
    print() {
      const rows = [...costs].sort(([, one], [, other]) => other.milliseconds - one.milliseconds);
      return rows
        .map(
          ([what, { milliseconds, times }]) =>
            `${milliseconds.toFixed(1).padStart(10)} ms ${String(times).padStart(7)} × ${what}\n`,
        )
        .join("");
    },
  };
}
