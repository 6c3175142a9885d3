/**
 * The texts under review, by path relative to its root and with `/`; pure for its readers. What was asked for and is
 * neither there nor known to be absent is remembered, so that the conductor can fetch it and run again.
 */
export interface Snapshot {
  /** The text of a file, or undefined where there is none (or none yet). */
  read(path: string): string | undefined;
  /** Names in a directory (`""` is the root), directories with a trailing `/`; empty where there is none. */
  list(directory: string): readonly string[];
  /** Paths that were asked for and could not be answered; empty when the snapshot reads through. */
  missing(): readonly string[];
}

/** A file of a commit or of the index, as git knows it. */
export interface TreeEntry {
  readonly path: string;
  /** Hash of its content. */
  readonly id: string;
  /** Bytes, where the listing tells. */
  readonly size: number | undefined;
}

/** A snapshot of texts in memory. `absent` holds paths that are known not to exist. */
export function memorySnapshot(
  files: ReadonlyMap<string, string>,
  absent: ReadonlySet<string> = new Set(),
): Snapshot {
  const missing = new Set<string>();
  const directories = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let depth = 0; depth < parts.length; depth++) {
      const directory = parts.slice(0, depth).join("/");
      const name = depth === parts.length - 1 ? (parts[depth] ?? "") : `${parts[depth]}/`;
      const names = directories.get(directory) ?? new Set();
      directories.set(directory, names.add(name));
    }
  }
  return {
    read(path) {
      const text = files.get(path);
      if (text === undefined && !absent.has(path)) missing.add(path);
      return text;
    },
    list: (directory) => [...(directories.get(directory) ?? [])].sort(),
    missing: () => [...missing].sort(),
  };
}
