import type { Snapshot } from "../core/snapshot.ts";
import type { Contract, Language } from "../languages/language.ts";
import type { ChangedFile } from "./diff.ts";
import { FOREIGN_DIRECTORIES, isInForeignDirectory } from "./foreign-files.ts";
import { languageOf } from "./language-of.ts";

/** Of other files with interfaces; what a change of so many touches is not told one by one. */
const MOST_FILES = 40;
/** A bound for strangers' trees. */
const MOST_DIRECTORIES = 20_000;
/** One method is asked for in many places, and means nothing yet. */
const FEWEST_EQUAL = 2;

/** The two states of a change. */
export interface ChangedStates {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly changes: readonly ChangedFile[];
}

/**
 * Unchanged files with an interface that a change may have made worse: it took away a word that is the interface's name or
 * one of its members (an implementation, a use, a call that was the last), or it writes an interface with the same members.
 * Read from texts: a wider answer than the truth costs time alone.
 */
export function touchedContracts(states: ChangedStates, languages: readonly Language[]): string[] {
  const touched = languages.flatMap((language) => {
    const search = searchOf(language, states);
    return search ? [{ language, search }] : [];
  });
  if (touched.length === 0) return [];
  const changed = new Set(states.changes.map(({ file }) => file));
  const found: string[] = [];
  for (const path of sourcesOf(states.after)) {
    const language = languageOf(path, languages);
    const search = touched.find((one) => one.language === language)?.search;
    if (!search || changed.has(path)) continue;
    const text = states.after.read(path);
    if (text === undefined || !text.includes("interface")) continue;
    if (search.language.contractsIn(text).some(search.isTouched)) found.push(path);
    if (found.length === MOST_FILES) break;
  }
  return found.sort();
}

interface Search {
  readonly language: Language;
  isTouched(contract: Contract): boolean;
}

function searchOf(
  language: Language,
  { before, after, changes }: ChangedStates,
): Search | undefined {
  const counts = new Map<string, number>();
  const written = new Set<string>();
  for (const { file, oldFile, status } of changes) {
    if (languageOf(file, [language]) === undefined || isInForeignDirectory(file)) continue;
    const old = status === "added" ? "" : (before.read(oldFile ?? file) ?? "");
    const text = status === "deleted" ? "" : (after.read(file) ?? "");
    count(old, 1, counts);
    count(text, -1, counts);
    for (const { members } of language.contractsIn(text))
      if (members.length >= FEWEST_EQUAL) written.add(shapeOf(members));
  }
  const isLost = (word: string) => (counts.get(word) ?? 0) > 0;
  if (written.size === 0 && ![...counts.values()].some((left) => left > 0)) return undefined;
  return {
    language,
    isTouched: ({ name, members }) =>
      isLost(name) || members.some(isLost) || written.has(shapeOf(members)),
  };
}

function count(text: string, step: number, counts: Map<string, number>): void {
  for (const [word] of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu))
    counts.set(word, (counts.get(word) ?? 0) + step);
}

function shapeOf(members: readonly string[]): string {
  return [...members].sort().join(" ");
}

/** All files of a tree, those of other people left out, in order of path. */
function* sourcesOf(snapshot: Snapshot): Generator<string> {
  const waiting = [""];
  let directories = 0;
  for (
    let at = waiting.pop();
    at !== undefined && directories < MOST_DIRECTORIES;
    at = waiting.pop()
  ) {
    directories++;
    const inner: string[] = [];
    for (const name of snapshot.list(at)) {
      const path = at === "" ? name : `${at}/${name}`;
      if (!name.endsWith("/")) yield path;
      else if (!FOREIGN_DIRECTORIES.has(name.slice(0, -1))) inner.push(path.slice(0, -1));
    }
    waiting.push(...inner.reverse());
  }
}
