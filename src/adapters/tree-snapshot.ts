import type { Notice } from "../core/finding.ts";
import type { TreeEntry } from "../core/snapshot.ts";
import type { FetchedText } from "../review/ports.ts";
import type { TellingSnapshot } from "./disk-snapshot.ts";
import { directoriesOf } from "./tree-listing.ts";

/** A snapshot of a tree of which some texts were fetched so far; `missing` are the ids of those that it was asked for. */
export function treeSnapshot(
  entries: readonly TreeEntry[],
  fetched: ReadonlyMap<string, FetchedText>,
): TellingSnapshot {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const directories = directoriesOf(entries);
  const missing = new Set<string>();
  const notices = new Map<string, Notice>();
  return {
    read(path) {
      const entry = byPath.get(path);
      if (!entry) return undefined;
      const found = fetched.get(entry.id);
      if (!found) missing.add(entry.id);
      else if ("text" in found) return found.text;
      else notices.set(path, { file: path, kind: found.kind, message: found.why });
      return undefined;
    },
    list: (directory) => directories.get(directory)?.sorted() ?? [],
    missing: () => [...missing],
    notices: () => [...notices.values()],
  };
}
