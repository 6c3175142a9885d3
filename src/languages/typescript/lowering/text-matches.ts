/** Where expressions match in files: found once for each, asked for many stretches. Matches are taken to be short: a few words. */
export class TextMatches {
  readonly #starts = new Map<RegExp, Map<string, readonly number[]>>();

  /** Whether the expression matches anywhere in the file. */
  has(path: string, text: string, interest: RegExp): boolean {
    return this.#startsIn(path, text, interest).length > 0;
  }

  /** Whether a match begins in `[start, end)`. */
  within(path: string, text: string, interest: RegExp, start: number, end: number): boolean {
    const starts = this.#startsIn(path, text, interest);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    const found = starts[low];
    return found !== undefined && found < end;
  }

  #startsIn(path: string, text: string, interest: RegExp): readonly number[] {
    let files = this.#starts.get(interest);
    if (!files) {
      files = new Map();
      this.#starts.set(interest, files);
    }
    let starts = files.get(path);
    if (!starts) {
      const flags = interest.flags.includes("g") ? interest.flags : `${interest.flags}g`;
      const global = new RegExp(interest.source, flags.replace("y", ""));
      starts = [...text.matchAll(global)].map(({ index }) => index);
      files.set(path, starts);
    }
    return starts;
  }
}
