import { createHash } from "node:crypto";
import type { TellingSnapshot } from "./disk-snapshot.ts";

/** What an analysis has asked of a snapshot, with hashes of the answers: absent files and directories count as well. */
export interface ReadLog {
  readonly texts: ReadonlyMap<string, string>;
  readonly listings: ReadonlyMap<string, string>;
}

/** A snapshot that takes down what it is asked. */
export interface LoggingSnapshot extends TellingSnapshot {
  /** Of what it gives for a file, which counts as asked; each text is hashed once. */
  hashOf(path: string): string;
  /** What was asked since it was last taken. */
  takeLog(): ReadLog;
}

export function loggingSnapshot(below: TellingSnapshot): LoggingSnapshot {
  const hashes = new Map<string, string>();
  const listed = new Set<string>();
  let texts = new Map<string, string>();
  let listings = new Map<string, string>();
  function read(path: string): string | undefined {
    const text = below.read(path);
    if (!hashes.has(path)) {
      const hash = hashOfText(text);
      hashes.set(path, hash);
      texts.set(path, hash);
    }
    return text;
  }
  return {
    ...below,
    read,
    hashOf(path) {
      if (!hashes.has(path)) read(path);
      return hashes.get(path) ?? ABSENT;
    },
    list(directory) {
      const names = below.list(directory);
      if (!listed.has(directory)) listings.set(directory, hashOfNames(names));
      listed.add(directory);
      return names;
    },
    takeLog() {
      const taken = { texts, listings };
      texts = new Map();
      listings = new Map();
      return taken;
    },
  };
}

/** Whether a snapshot would give the same answers again. */
export function stillHolds(
  { texts, listings }: ReadLog,
  snapshot: Pick<LoggingSnapshot, "list" | "hashOf">,
): boolean {
  for (const [directory, hash] of listings)
    if (hashOfNames(snapshot.list(directory)) !== hash) return false;
  for (const [path, hash] of texts) if (snapshot.hashOf(path) !== hash) return false;
  return true;
}

/** What several threads have asked; undefined where they were told different things, since a file changed meanwhile. */
export function mergedLog(logs: readonly ReadLog[]): ReadLog | undefined {
  const texts = new Map<string, string>();
  const listings = new Map<string, string>();
  for (const log of logs) {
    if (!addAll(texts, log.texts) || !addAll(listings, log.listings)) return undefined;
  }
  return { texts, listings };
}

function addAll(to: Map<string, string>, from: ReadonlyMap<string, string>): boolean {
  for (const [key, hash] of from) {
    if ((to.get(key) ?? hash) !== hash) return false;
    to.set(key, hash);
  }
  return true;
}

const ABSENT = "absent";

/** Of what a snapshot answers for a file. */
function hashOfText(text: string | undefined): string {
  return text === undefined ? ABSENT : createHash("sha256").update(text).digest("base64");
}

function hashOfNames(names: readonly string[]): string {
  return hashOfText(names.join("\n"));
}
