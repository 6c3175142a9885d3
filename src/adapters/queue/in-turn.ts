type Work = () => Promise<unknown>;
/** Does something when its line's turn has come. */
export type Line = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lines that share a database which does one thing at a time: from each line in turn, so that what somebody waits for has one
 * statement before it, and not those of a batch of jobs.
 */
export function inTurn(count: number): readonly Line[] {
  const lines = Array.from({ length: count }, (): Work[] => []);
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (lines.some((line) => line.length > 0)) for (const line of lines) await line.shift()?.();
    isRunning = false;
  }

  return lines.map(
    (line): Line =>
      (work) =>
        new Promise((resolve, reject) => {
          line.push(() => work().then(resolve, reject));
          if (!isRunning) void run();
        }),
  );
}
