import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseBaseline } from "../../engine/baseline.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** The fingerprints that a baseline file knows; throws UsageError where it cannot be used. */
export function readBaseline(path: string, io: Io): ReadonlySet<string> {
  try {
    const { known } = parseBaseline(readFileSync(resolve(io.directory, path), "utf8"));
    return new Set(known.map(({ fingerprint }) => fingerprint));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the baseline ${path} cannot be used: ${why}`);
  }
}
