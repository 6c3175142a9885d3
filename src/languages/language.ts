import type { Seed } from "../core/analysis.ts";
import type { Notice } from "../core/finding.ts";
import type { Span } from "../core/position.ts";
import type { LanguageName } from "../core/rule.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { GrammarName, Tree } from "../syntax/tree.ts";

/** What is understood together: a Go package with its test variants; a TypeScript package. */
export interface Unit {
  readonly language: LanguageName;
  /** Directory of the unit, `""` for the root. */
  readonly directory: string;
  /** The files to judge, sorted. The language reads what else it needs through the snapshot. */
  readonly files: readonly string[];
}

/** What a language works with. */
export interface Workspace {
  readonly snapshot: Snapshot;
  /** Rises when trees were let go of: who holds on to trees begins anew. */
  readonly generation: number;
  /**
   * The tree of a file, parsed at most once a run; undefined where there is no text or it cannot be parsed (too large,
   * deadline): a notice says so. Damaged trees are returned.
   */
  parse(path: string): Tree | undefined;
  /** The tree of a file if it was parsed and is kept. */
  parsed(path: string): Tree | undefined;
  /** The tree of a text that stands for a file, such as its declarations alone; parsed at each call, without a notice. */
  parseText(path: string, text: string): Tree | undefined;
}

/** A comment: where it stands, and its text without the comment marks. */
export interface Comment extends Span {
  readonly text: string;
  /** Nothing but white space before it on its line. */
  readonly isAlone: boolean;
}

/** A unit opened: everything is computed when asked for. */
export interface UnitContents {
  /** Inputs for analyses: the program, and the language's own. */
  readonly seeds: readonly Seed[];
  /** Notices of the unit's own making (a broken go.mod, tsconfig). */
  notices(): readonly Notice[];
  comments(file: string): readonly Comment[];
  /** The innermost statement or declaration that begins at or after the offset (for suppressions above it) or holds it. */
  statementAt(file: string, offset: number): Span | undefined;
  /** First statement or declaration that begins at or after the offset, whole. */
  statementAfter(file: string, offset: number): Span | undefined;
  /** What was read so far; undefined where that cannot be said. */
  reads?(): Reads | undefined;
  /** Name of the enclosing declaration, for fingerprints: `(*Hub).Publish`, `Cache.get`; `""` at the top. */
  declarationAt(file: string, offset: number): string;
  /** The enclosing declaration, whole: a function, a method, a type; undefined at the top. */
  declarationSpanAt(file: string, offset: number): Span | undefined;
}

/** What judging a unit by itself may read. */
export interface Reach {
  /** Whole: which files of the language it holds, and what is in them. */
  readonly directory: string;
  /** Directories of what it imports: which files they hold, and what these declare. */
  readonly imported: readonly string[];
  /** Others, whether they are there or not. */
  readonly files: readonly string[];
}

/** What was read to judge a unit beside its own files, as it turned out. */
export interface Reads {
  /** Whether they are there or not. */
  readonly files: readonly string[];
  /** What else the language wanted to know, such as where an import leads, with the answers: it can be asked again. */
  readonly answers: readonly (readonly [question: string, answer: string])[];
}

/** An interface as its text tells. */
export interface Contract {
  readonly name: string;
  /** Names of the members that it writes itself. */
  readonly members: readonly string[];
}

/** The contract of a language folder. */
export interface Language {
  readonly name: LanguageName;
  /** With the dot: `.go`. */
  readonly extensions: readonly string[];
  /** The grammar that reads a file, by its extension. */
  grammarOf(path: string): GrammarName;
  /** Cheap test on the path and text: generated, minified, declarations only. Such files are context, never judged. */
  isGenerated(path: string, text: string): boolean;
  /**
   * Other files, as the directory lists them, in which a change of this one can bring a finding or end it: those of its Go
   * package. Not those that import it: they would be half the tree.
   */
  together(file: string, snapshot: Snapshot): readonly string[];
  /** The interfaces that a text declares; nothing is parsed. */
  contractsIn(text: string): readonly Contract[];
  /** Groups files to judge into units. */
  units(files: readonly string[], snapshot: Snapshot): readonly Unit[];
  open(unit: Unit, workspace: Workspace): UnitContents;
  /** What of a unit is judged by itself, but by rules that compare the whole project; by default the unit whole. */
  parts?(unit: Unit): readonly Unit[];
  /** Answers questions of `Reads`, for a snapshot that may have changed since. */
  answers?(snapshot: Snapshot): (question: string) => string;
  /** All that rules that look at a unit by itself may read of it, as far as it can be said beforehand; its `reads` tell the rest. */
  reach?(unit: Unit, snapshot: Snapshot): Reach;
  /** Equal for two texts of a file where those who import it cannot tell them apart, but for the places of what is in it. */
  declarationsOf?(text: string): string;
}
