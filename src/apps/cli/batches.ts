import type { Snapshot } from "../../core/snapshot.ts";
import type { Unit } from "../../languages/language.ts";

/** So much text is worth asking a thread for: neighbours share what they import, and it is parsed once. */
const WORTH_A_BATCH = 400_000;

/** Units that one thread does after each other. */
export interface Batch {
  readonly units: readonly Unit[];
  /** The length of their texts, in UTF-16 units. */
  readonly weight: number;
}

/** Puts together the parts of one directory, in their order, up to a length. */
export function batchesOf(units: readonly Unit[], snapshot: Snapshot): Batch[] {
  const batches: Batch[] = [];
  for (const unit of units) {
    const weight = unit.files.reduce((sum, path) => sum + (snapshot.read(path)?.length ?? 0), 0);
    const last = batches.at(-1);
    const first = last?.units[0];
    const fits =
      last &&
      last.weight + weight <= WORTH_A_BATCH &&
      first?.language === unit.language &&
      first.directory === unit.directory;
    if (fits) batches.splice(-1, 1, { units: [...last.units, unit], weight: last.weight + weight });
    else batches.push({ units: [unit], weight });
  }
  return batches;
}
