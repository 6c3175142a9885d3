import type { TreeEntry } from "../core/snapshot.ts";

/** The names in a directory, directories with a `/` at the end. */
export interface Listing {
  readonly names: Set<string>;
  sorted(): readonly string[];
}

/** The directories of a tree, from the paths of its files alone. */
export function directoriesOf(entries: readonly TreeEntry[]): Map<string, Listing> {
  const directories = new Map<string, Listing>();
  for (const { path } of entries) {
    let name = path.slice(path.lastIndexOf("/") + 1);
    for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
      const known = directories.get(directory);
      const listing = known ?? newListing();
      if (!known) directories.set(directory, listing);
      listing.names.add(name);
      if (known || directory === "") break;
      name = `${directory.slice(directory.lastIndexOf("/") + 1)}/`;
    }
  }
  return directories;
}

function newListing(): Listing {
  const names = new Set<string>();
  let sorted: readonly string[] | undefined;
  return {
    names,
    sorted() {
      sorted ??= [...names].sort();
      return sorted;
    },
  };
}

/** The directory that a path is in, `""` for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}
