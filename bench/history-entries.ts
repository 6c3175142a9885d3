import { readFileSync } from "node:fs";

/** A fault of the past that was fixed, and what should be said of it. */
export interface HistoryEntry {
  /** `owner/name`. */
  readonly repository: string;
  /** The commit that fixed it; the fault is in its first parent. */
  readonly fix: string;
  readonly file: string;
  /** Where a reviewer would comment, in the parent: the fault's own line. */
  readonly line: number;
  /** Rules that name the fault; any of them will do. */
  readonly rules: readonly string[];
  /** A few words: what was wrong. */
  readonly fault: string;
  /** Further directories that are needed to understand it, from the repository's root. */
  readonly with?: readonly string[];
}

/** Reads the list; throws where an entry is not whole. */
export function readHistory(path: string): HistoryEntry[] {
  const entries = JSON.parse(readFileSync(path, "utf8")) as HistoryEntry[];
  for (const [index, { repository, fix, file, line, rules, fault }] of entries.entries()) {
    const texts = [repository, fix, file, fault];
    const isWhole = texts.every((text) => typeof text === "string" && text !== "");
    if (!isWhole || typeof line !== "number" || !Array.isArray(rules) || rules.length === 0)
      throw new Error(
        `${path}: entry ${index + 1} has not all of repository, fix, file, line, rules and fault`,
      );
  }
  return entries;
}
