import { createHash } from "node:crypto";
import type { Snapshot } from "../core/snapshot.ts";
import type { TellingSnapshot } from "./disk-snapshot.ts";

/** What an analysis has asked of a snapshot, with hashes of the answers: absent files and directories count as well. */
export interface ReadLog {
  readonly texts: ReadonlyMap<string, string>;
  readonly listings: ReadonlyMap<string, string>;
}

/** A snapshot that takes down what it is asked. */
export interface LoggingSnapshot extends TellingSnapshot {
  /** What was asked since it was last taken. */
  takeLog(): ReadLog;
}

export function loggingSnapshot(below: TellingSnapshot): LoggingSnapshot {
  const seen = { texts: new Set<string>(), listings: new Set<string>() };
  let texts = new Map<string, string>();
  let listings = new Map<string, string>();
  return {
    ...below,
    read(path) {
      const text = below.read(path);
      if (!seen.texts.has(path)) texts.set(path, hashOfText(text));
      seen.texts.add(path);
      return text;
    },
    list(directory) {
      const names = below.list(directory);
      if (!seen.listings.has(directory)) listings.set(directory, hashOfNames(names));
      seen.listings.add(directory);
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
export function stillHolds({ texts, listings }: ReadLog, snapshot: Snapshot): boolean {
  for (const [directory, hash] of listings)
    if (hashOfNames(snapshot.list(directory)) !== hash) return false;
  for (const [path, hash] of texts) if (hashOfText(snapshot.read(path)) !== hash) return false;
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

/** Of what a snapshot answers for a file. */
export function hashOfText(text: string | undefined): string {
  return text === undefined ? "absent" : createHash("sha256").update(text).digest("base64");
}

function hashOfNames(names: readonly string[]): string {
  return hashOfText(names.join("\n"));
}
