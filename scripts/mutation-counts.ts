/** How many breaks of one kind were found: a row of docs/mutations.json, which `bench/mutate` writes. */
export interface MutationCount {
  /** What was cut out. */
  readonly cut: string;
  readonly mutants: number;
  readonly found: number;
}

export interface MutationCounts {
  readonly repositories: readonly string[];
  readonly seed: string;
  readonly rows: readonly MutationCount[];
}

/** The section of docs/precision.md on recall. */
export function recallSection({ repositories, seed, rows }: MutationCounts): string {
  const lines = rows.map(({ cut, mutants, found }) => {
    const share = mutants === 0 ? "–" : `${Math.round((100 * found) / mutants)} %`;
    return `| ${cut} | ${mutants} | ${found} | ${share} |`;
  });
  return [
    "# Recall on real code that was broken",
    "",
    `\`bench/mutate\` cuts something out of ${repositories.join(", ")}, one place at a time, and looks whether something new is`,
    `reported there (seed ${seed}). Not every cut makes a fault: an unbuffered channel may do as well, so the shares are lower bounds.`,
    "",
    "| what is cut | mutants | found | share |",
    "|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
