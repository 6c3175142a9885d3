/**
 * Runs a scenario in every order in which its pending steps can end, and counts how often it goes wrong. A step stands for what the
 * outside world does in its own time: a query, a timer, a message. Nothing is left to chance: the orders are tried one by one.
 */
export interface World {
  /** A promise that settles when its turn comes. */
  step<T>(value: T): Promise<T>;
  fails(error: Error): Promise<never>;
  /** Something that may happen at any time, such as the tick of a timer. */
  happens(action: () => void): void;
}

/** Says what went wrong; undefined when nothing did. */
export type Scenario = (world: World) => Promise<string | undefined>;

export interface Orders {
  readonly tried: number;
  /** What went wrong, each once. */
  readonly wrong: readonly string[];
}

const MOST_ORDERS = 2_000;
const MOST_STEPS = 60;

export async function everyOrder(scenario: Scenario): Promise<Orders> {
  const wrong = new Set<string>();
  let tried = 0;
  let choices: number[] | undefined = [];
  while (choices && tried < MOST_ORDERS) {
    const { outcome, options } = await oneOrder(scenario, choices);
    tried++;
    if (outcome !== undefined) wrong.add(outcome);
    choices = nextChoices(choices, options);
  }
  return { tried, wrong: [...wrong] };
}

/** Follows the choices, then always the first option; tells how many options there were at each step. */
async function oneOrder(
  scenario: Scenario,
  choices: readonly number[],
): Promise<{ outcome: string | undefined; options: number[] }> {
  const pending: (() => void)[] = [];
  const world: World = {
    step: (value) => new Promise((resolve) => pending.push(() => resolve(value))),
    fails: (error) => new Promise((_, reject) => pending.push(() => reject(error))),
    happens: (action) => pending.push(action),
  };
  let ended: { outcome: string | undefined } | undefined;
  const run = scenario(world).then(
    (outcome) => {
      ended = { outcome };
    },
    (error: unknown) => {
      ended = { outcome: `throws ${String(error)}` };
    },
  );
  const options: number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    await idle();
    if (ended || pending.length === 0) break;
    options.push(pending.length);
    pending.splice(choices[step] ?? 0, 1)[0]?.();
  }
  if (!ended) return { outcome: "hangs", options };
  await run;
  return { outcome: (ended as { outcome: string | undefined }).outcome, options };
}

/** The next combination: the last choice that can still grow grows, what follows begins anew. */
function nextChoices(choices: readonly number[], options: readonly number[]): number[] | undefined {
  const full = options.map((_, index) => choices[index] ?? 0);
  for (let index = full.length - 1; index >= 0; index--) {
    const choice = (full[index] as number) + 1;
    if (choice < (options[index] as number)) return [...full.slice(0, index), choice];
  }
  return undefined;
}

/** Until all that can go on without the world has done so. */
async function idle(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}
