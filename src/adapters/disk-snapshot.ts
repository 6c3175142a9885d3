import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Notice } from "../core/finding.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { decodeText, LARGEST_FILE, tooLarge } from "./decode-text.ts";

/** A snapshot that knows why it could not give some files. */
export interface TellingSnapshot extends Snapshot {
  notices(): readonly Notice[];
}

/**
 * The files below a directory, read when asked for and kept. Nothing outside the root is read, whatever symbolic links say,
 * and nothing of `.git`.
 */
export function diskSnapshot(root: string): TellingSnapshot {
  const realRoot = realpathSync.native(root);
  const texts = new Map<string, string | undefined>();
  const listings = new Map<string, readonly string[]>();
  const insideness = new Map<string, boolean>();
  const notices: Notice[] = [];

  function isInside(path: string): boolean {
    const real = realpathSync.native(path);
    return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
  }

  /** Whether a directory is really below the root; asked once for each. */
  function isDirectoryInside(directory: string): boolean {
    const known = insideness.get(directory);
    if (known !== undefined) return known;
    let inside: boolean;
    try {
      inside = isInside(join(realRoot, directory));
    } catch {
      inside = false;
    }
    insideness.set(directory, inside);
    return inside;
  }

  function load(path: string): string | undefined {
    const slash = path.lastIndexOf("/");
    if (!isPlain(path) || !isDirectoryInside(slash === -1 ? "" : path.slice(0, slash)))
      return undefined;
    const full = join(realRoot, path);
    try {
      const entry = lstatSync(full);
      if (entry.isSymbolicLink() && !isInside(full)) return undefined;
      const { size } = entry.isSymbolicLink() ? statSync(full) : entry;
      if (!(entry.isFile() || statSync(full).isFile())) return undefined;
      const decoded = size > LARGEST_FILE ? tooLarge(size) : decodeText(readFileSync(full));
      if (decoded.ok) return decoded.text;
      notices.push({ file: path, kind: decoded.kind, message: decoded.message });
    } catch (error) {
      const reason = whyUnreadable(error);
      if (reason)
        notices.push({ file: path, kind: "unreadable", message: `not looked at: ${reason}` });
    }
    return undefined;
  }

  function namesIn(directory: string): string[] {
    if (!isPlain(directory) || !isDirectoryInside(directory)) return [];
    const full = join(realRoot, directory);
    try {
      const entries = readdirSync(full, { withFileTypes: true });
      return entries
        .filter(({ name }) => name !== ".git")
        .map((entry) => {
          const leadsToDirectory = entry.isSymbolicLink() && isDirectory(join(full, entry.name));
          return entry.isDirectory() || leadsToDirectory ? `${entry.name}/` : entry.name;
        })
        .sort();
    } catch {
      return [];
    }
  }

  return {
    read(path) {
      if (!texts.has(path)) texts.set(path, load(path));
      return texts.get(path);
    },
    list(directory) {
      const names = listings.get(directory) ?? namesIn(directory);
      listings.set(directory, names);
      return names;
    },
    missing: () => [],
    notices: () => notices,
  };
}

/** A relative path that goes nowhere but down, and not into `.git`. */
function isPlain(path: string): boolean {
  if (path.startsWith("/") || path.includes("\0")) return false;
  return path.split("/").every((step) => step !== ".." && step !== ".git");
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** undefined where there is simply no file. */
export function whyUnreadable(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
  if (code === "EACCES" || code === "EPERM")
    return "no permission to read it; change its mode, or exclude it";
  if (code === "ELOOP") return "its symbolic links lead back to themselves";
  return message;
}
