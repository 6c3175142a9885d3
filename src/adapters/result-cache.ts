import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Snapshot } from "../core/snapshot.ts";
import type { UnitResult } from "../engine/analyze-unit.ts";
import type { AnalysisResult } from "../engine/merge-results.ts";
import { type ReadLog, stillHolds } from "./read-log.ts";

/** Results beyond this many are thrown away, the longest unused first. */
const ENTRIES_KEPT = 64;

/**
 * Results of earlier runs in a directory, one file each. An entry holds as long as everything that the run has read is as it
 * was. The cache is a convenience: what cannot be read or written is as if it were not there.
 */
export interface ResultCache {
  /** `key` names all that decides a result beside what is read: the tool, the job, the files. */
  load(key: unknown, snapshot: Snapshot): AnalysisResult | undefined;
  save(key: unknown, log: ReadLog, result: AnalysisResult): void;
  /** What single units came to, the last of each directory. */
  loadUnits(key: unknown): ReadonlyMap<string, KeptUnit>;
  saveUnits(key: unknown, units: ReadonlyMap<string, KeptUnit>): void;
}

/** Results of a unit, which hold as long as its digest is the same. */
export interface KeptUnit {
  readonly digest: string;
  /** Files of others that the results name, with hashes of their texts: places in them may have moved. */
  readonly named: readonly (readonly [path: string, hash: string])[];
  readonly results: readonly UnitResult[];
}

interface Entry {
  readonly texts: readonly (readonly [path: string, hash: string])[];
  readonly listings: readonly (readonly [directory: string, hash: string])[];
  readonly result: AnalysisResult;
}

export function resultCache(directory: string): ResultCache {
  const fileOf = (key: unknown) => {
    const name = createHash("sha256").update(JSON.stringify(key)).digest("hex");
    return join(directory, `${name}.json`);
  };
  return {
    load(key, snapshot) {
      const entry = readJson<Entry>(fileOf(key));
      if (!entry?.texts || !entry.listings) return undefined;
      const log = { texts: new Map(entry.texts), listings: new Map(entry.listings) };
      return stillHolds(log, snapshot) ? entry.result : undefined;
    },
    save(key, { texts, listings }, result) {
      const entry: Entry = { texts: [...texts], listings: [...listings], result };
      write(directory, fileOf(key), entry);
    },
    loadUnits(key) {
      const units = readJson<readonly (readonly [string, KeptUnit])[]>(fileOf(key));
      return new Map(Array.isArray(units) ? units : []);
    },
    saveUnits: (key, units) => write(directory, fileOf(key), [...units]),
  };
}

function readJson<T>(file: string): Partial<T> | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function write(directory: string, file: string, entry: unknown): void {
  try {
    mkdirSync(directory, { recursive: true });
    // Two runs at once must not mix: each writes a file of its own, and the name changes hands in one step.
    const written = join(directory, `${randomUUID()}.part`);
    writeFileSync(written, JSON.stringify(entry));
    renameSync(written, file);
    prune(directory);
  } catch {
    // A full or read-only disk: the next run computes anew.
  }
}

function prune(directory: string): void {
  const files = readdirSync(directory).map((name) => join(directory, name));
  if (files.length <= ENTRIES_KEPT) return;
  const byAge = files
    .map((file) => ({ file, written: statSync(file).mtimeMs }))
    .sort((one, other) => other.written - one.written);
  for (const { file } of byAge.slice(ENTRIES_KEPT)) rmSync(file, { force: true });
}
