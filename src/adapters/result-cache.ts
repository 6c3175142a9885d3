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
import type { UnitResult } from "../engine/analyze-unit.ts";
import type { AnalysisResult } from "../engine/merge-results.ts";
import { type LoggingSnapshot, type ReadLog, stillHolds } from "./read-log.ts";

/** Results beyond so many, or so many bytes, are thrown away, the longest unused first. */
const ENTRIES_KEPT = 64;
const BYTES_KEPT = 256_000_000;

/**
 * Results of earlier runs in a directory, one file each. An entry holds as long as everything that the run has read is as it
 * was. The cache is a convenience: what cannot be read or written is as if it were not there.
 */
export interface ResultCache {
  /** `key` names all that decides a result beside what is read: the tool, the job, the files. */
  load(key: unknown, snapshot: LoggingSnapshot): AnalysisResult | undefined;
  save(key: unknown, log: ReadLog, result: AnalysisResult): void;
  /** What single units came to, the last of each. */
  loadUnits(key: unknown): ReadonlyMap<string, KeptUnit>;
  saveUnits(key: unknown, units: ReadonlyMap<string, KeptUnit>): void;
}

/** A question with its answer. */
type Answered = readonly [question: string, answer: string];

/** Results of a unit, which hold as long as its digest is the same, and what it was judged by. */
export interface KeptUnit {
  readonly digest: string;
  /** Other files that were read, or that the results name, with hashes of their texts. */
  readonly texts: readonly Answered[];
  /** What the language was asked about others. */
  readonly answers: readonly Answered[];
  readonly results: readonly UnitResult[];
}

/** As it is written: units share most of what they have read. */
interface StoredUnits {
  readonly answered: readonly Answered[];
  /** By their places among `answered`. */
  readonly units: readonly {
    readonly name: string;
    readonly digest: string;
    readonly texts: readonly number[];
    readonly answers: readonly number[];
    readonly results: readonly UnitResult[];
  }[];
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
      const stored = readJson<StoredUnits>(fileOf(key));
      return stored?.answered && stored.units
        ? opened({ answered: stored.answered, units: stored.units })
        : new Map();
    },
    saveUnits: (key, units) => write(directory, fileOf(key), stored(units)),
  };
}

function stored(units: ReadonlyMap<string, KeptUnit>): StoredUnits {
  const answered: Answered[] = [];
  const places = new Map<string, number>();
  const placesOf = (pairs: readonly Answered[]) =>
    pairs.map((pair) => {
      const key = pair.join("\0");
      const place = places.get(key) ?? answered.push(pair) - 1;
      places.set(key, place);
      return place;
    });
  return {
    units: [...units].map(([name, { digest, texts, answers, results }]) => ({
      name,
      digest,
      texts: placesOf(texts),
      answers: placesOf(answers),
      results,
    })),
    answered,
  };
}

function opened({ answered, units }: StoredUnits): Map<string, KeptUnit> {
  const pairsOf = (places: readonly number[]) =>
    places.flatMap((place) => {
      const pair = answered[place];
      return pair ? [pair] : [];
    });
  return new Map(
    units.map(({ name, digest, texts, answers, results }) => [
      name,
      { digest, texts: pairsOf(texts), answers: pairsOf(answers), results },
    ]),
  );
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
  const byAge = files
    .map((file) => ({ file, stat: statSync(file) }))
    .sort((one, other) => other.stat.mtimeMs - one.stat.mtimeMs);
  let bytes = 0;
  for (const [place, { file, stat }] of byAge.entries()) {
    bytes += stat.size;
    if (place >= ENTRIES_KEPT || bytes > BYTES_KEPT) rmSync(file, { force: true });
  }
}
