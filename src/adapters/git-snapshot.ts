import type { Notice } from "../core/finding.ts";
import type { TreeEntry } from "../core/snapshot.ts";
import { isInForeignDirectory } from "../engine/foreign-files.ts";
import { type Decoded, decodeText, LARGEST_FILE, tooLarge } from "./decode-text.ts";
import type { TellingSnapshot } from "./disk-snapshot.ts";
import { directoriesOf, directoryOf } from "./tree-listing.ts";

/** Reads blobs by their ids, in order; undefined for one that is not here. */
export type ReadBlobs = (ids: readonly string[]) => readonly (Buffer | undefined)[];

/** What a language may read of a directory when it reads one file of it. */
const SOURCES = /\.(go|mod|work|[cm]?[jt]sx?|json|ya?ml)$/;
/** Bytes that are fetched at a time. */
const BATCH = 32 * 1024 * 1024;
/** Whoever asked so often is reading the whole tree: then more than one directory comes along, twice as much each time. */
const PATIENCE = 6;

/**
 * The files of a tree that git knows. Starting git costs more than reading: with one file of a directory its other sources
 * come along.
 */
export function gitSnapshot(entries: readonly TreeEntry[], readBlobs: ReadBlobs): TellingSnapshot {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const directories = directoriesOf(entries);
  const texts = new Map<string, string | undefined>();
  const notices: Notice[] = [];
  let sources: readonly TreeEntry[] | undefined;
  let loads = 0;

  function fetch(wanted: readonly TreeEntry[]): void {
    const blobs = decodedBlobs(wanted, readBlobs);
    wanted.forEach(({ path }, index) => {
      const decoded = blobs[index];
      texts.set(path, decoded?.ok ? decoded.text : undefined);
      if (decoded && !decoded.ok)
        notices.push({ file: path, kind: decoded.kind, message: decoded.message });
      if (!decoded)
        notices.push({
          file: path,
          kind: "unreadable",
          message:
            "not looked at: this partial clone lacks it; run `git fetch --refetch --no-filter`",
        });
    });
  }

  function load(path: string): void {
    const entry = byPath.get(path);
    if (!entry) return;
    if ((entry.size ?? 0) > LARGEST_FILE) {
      const { kind, message } = tooLarge(entry.size ?? 0);
      notices.push({ file: path, kind, message });
      return;
    }
    const batch = [entry];
    let bytes = entry.size ?? 0;
    for (const name of directories.get(directoryOf(path))?.names ?? []) {
      const neighbour = byPath.get(join(directoryOf(path), name));
      if (!neighbour || neighbour === entry || texts.has(neighbour.path)) continue;
      if (!SOURCES.test(name) || (neighbour.size ?? 0) > LARGEST_FILE) continue;
      bytes += neighbour.size ?? 0;
      if (bytes > BATCH) break;
      batch.push(neighbour);
    }
    if (++loads > PATIENCE) addUnread(batch, bytes, 2 ** (loads - PATIENCE + 3));
    fetch(batch);
  }

  /** Adds so many sources of the tree that nobody read yet, in order. */
  function addUnread(batch: TreeEntry[], bytes: number, most: number): void {
    sources ??= entries.filter(
      ({ path, size }) =>
        SOURCES.test(path) && (size ?? 0) <= LARGEST_FILE && !isInForeignDirectory(path),
    );
    const isTaken = new Set(batch);
    let left = most;
    let sum = bytes;
    for (const entry of sources) {
      if (texts.has(entry.path) || isTaken.has(entry)) continue;
      sum += entry.size ?? 0;
      if (left-- === 0 || sum > BATCH) return;
      batch.push(entry);
    }
  }

  return {
    read(path) {
      if (!texts.has(path) && byPath.has(path)) load(path);
      return texts.get(path);
    },
    list: (directory) => directories.get(directory)?.sorted() ?? [],
    missing: () => [],
    notices: () => notices,
  };
}

/** Texts by the hashes of their contents, which two states of a tree mostly share; emptied when there are too many. */
const shared = new Map<string, Decoded>();
const MOST_SHARED = 64 * 1024 * 1024;
let charactersShared = 0;

function decodedBlobs(wanted: readonly TreeEntry[], readBlobs: ReadBlobs): (Decoded | undefined)[] {
  const found = new Map(wanted.map(({ id }) => [id, shared.get(id)]));
  const missing = [...found].flatMap(([id, decoded]) => (decoded ? [] : [id]));
  const blobs = missing.length === 0 ? [] : readBlobs(missing);
  missing.forEach((id, index) => {
    const blob = blobs[index];
    if (!blob) return;
    const decoded = decodeText(blob);
    found.set(id, decoded);
    share(id, decoded);
  });
  return wanted.map(({ id }) => found.get(id));
}

function share(id: string, decoded: Decoded): void {
  charactersShared += decoded.ok ? decoded.text.length : 0;
  if (charactersShared > MOST_SHARED) {
    shared.clear();
    charactersShared = 0;
  }
  shared.set(id, decoded);
}

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
