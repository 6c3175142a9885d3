import type { RealFile } from "./real-files.ts";

/** Numbers from 0 to below `limit`, always the same for the same seed. */
export function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % Math.max(1, limit);
  };
}

/** The file with a few stretches cut out and others doubled somewhere else. */
export function damagedCopy(file: RealFile, seed: number): RealFile {
  const next = numbers(seed);
  let { text } = file;
  for (let edits = 1 + next(4); edits > 0; edits--) {
    const at = next(text.length);
    const length = 1 + next(60);
    const piece = next(2) === 0 ? "" : text.slice(next(text.length)).slice(0, 1 + next(60));
    text = text.slice(0, at) + piece + text.slice(at + length);
  }
  return { ...file, text };
}
