import type { Notice } from "../core/finding.ts";
import type { TreeEntry } from "../core/snapshot.ts";
import { decodeText, LARGEST_FILE, tooLarge } from "./decode-text.ts";
import type { TellingSnapshot } from "./disk-snapshot.ts";
import { directoriesOf, directoryOf } from "./tree-listing.ts";

/** Reads blobs by their ids, in order; undefined for one that is not here. */
export type ReadBlobs = (ids: readonly string[]) => readonly (Buffer | undefined)[];

/** What a language may read of a directory when it reads one file of it. */
const SOURCES = /\.(go|mod|work|[cm]?[jt]sx?|json|ya?ml)$/;
/** Bytes that are fetched at a time. */
const BATCH = 32 * 1024 * 1024;

/**
 * The files of a tree that git knows. Starting git costs more than reading: with one file of a directory its other sources
 * come along.
 */
export function gitSnapshot(entries: readonly TreeEntry[], readBlobs: ReadBlobs): TellingSnapshot {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const directories = directoriesOf(entries);
  const texts = new Map<string, string | undefined>();
  const notices: Notice[] = [];

  function fetch(wanted: readonly TreeEntry[]): void {
    const blobs = readBlobs(wanted.map(({ id }) => id));
    wanted.forEach(({ path }, index) => {
      const blob = blobs[index];
      const decoded = blob && decodeText(blob);
      texts.set(path, decoded?.ok ? decoded.text : undefined);
      if (decoded && !decoded.ok)
        notices.push({ file: path, kind: decoded.kind, message: decoded.message });
      if (!blob)
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
    fetch(batch);
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

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
