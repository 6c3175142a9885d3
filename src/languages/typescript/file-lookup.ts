import type { Snapshot } from "../../core/snapshot.ts";
import { directoryOf, fileNameOf } from "./paths.ts";

/** Asks a snapshot whether files are there; each directory and each absent file is asked for once. */
export class FileLookup {
  readonly #snapshot: Snapshot;
  readonly #listed = new Map<string, ReadonlySet<string>>();
  readonly #read = new Map<string, boolean>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Whether the path is a file of the snapshot. What no listing knows is asked for, and so remembered as missing. */
  has(path: string): boolean {
    if (this.isListed(path)) return true;
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const there = this.#snapshot.read(path) !== undefined;
    this.#read.set(path, there);
    return there;
  }

  /** Whether a listing names the path: cheaper, and asks for nothing. */
  isListed(path: string): boolean {
    return this.names(directoryOf(path)).has(fileNameOf(path));
  }

  /** Names in a directory, directories with a trailing `/`. */
  names(directory: string): ReadonlySet<string> {
    let names = this.#listed.get(directory);
    if (!names) {
      names = new Set(this.#snapshot.list(directory));
      this.#listed.set(directory, names);
    }
    return names;
  }

  text(path: string): string | undefined {
    return this.#read.get(path) === false ? undefined : this.#snapshot.read(path);
  }
}
