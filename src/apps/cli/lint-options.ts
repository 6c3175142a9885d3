import type { FailOn } from "../../config/config.ts";
import type { Confidence } from "../../core/finding.ts";

/** Options of `lint` and `review`, as commander hands them over. */
export interface LintOptions {
  readonly format: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Rules whose level this run sets: off, a warning, an error. */
  readonly allow: readonly string[];
  readonly warn: readonly string[];
  readonly deny: readonly string[];
  readonly minConfidence?: Confidence;
  readonly failOn?: FailOn;
  /** With more warnings the run fails, whatever `failOn` says. */
  readonly maxWarnings?: number;
  /** How often each rule spoke, as talk. */
  readonly statistics?: boolean;
  readonly config?: string;
  /** False with `--no-cache`. */
  readonly cache: boolean;
  readonly cacheLocation?: string;
  readonly threads?: number;
  readonly timing?: boolean;
  /** False with `--no-ignore-comments`. */
  readonly ignoreComments: boolean;
  readonly color: "auto" | "always" | "never";
  readonly quiet?: boolean;
  readonly strict?: boolean;
  /** A file with paths to judge, or `-`. */
  readonly filesFrom?: string;
  readonly stdinFilename?: string;
  readonly forceExclude?: boolean;
  /** False with `--no-error-on-unmatched`. */
  readonly errorOnUnmatched?: boolean;
  readonly baseline?: string;
  /** Apply safe fixes; with `fixSuggestions` the others as well. */
  readonly fix?: boolean;
  readonly fixSuggestions?: boolean;
  /** Print what a fix would write, and write nothing. */
  readonly diff?: boolean;
  readonly staged?: boolean;
  readonly newFromRev?: string;
  readonly newFromMergeBase?: string;
  readonly newFromPatch?: string;
  /** With the four above: everything in the files that changed. */
  readonly wholeFiles?: boolean;
}
