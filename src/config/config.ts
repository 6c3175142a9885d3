import type { Confidence, Severity } from "../core/finding.ts";

/** A rule's entry in the configuration: a level alone, or a level and options. */
export type RuleEntry =
  | "off"
  | "on"
  | Severity
  | ({ readonly severity?: "off" | "on" | Severity } & Readonly<Record<string, unknown>>);

export type RuleEntries = Readonly<Record<string, RuleEntry>>;

/** A level at which a run fails. */
export type FailOn = Severity | "never";

export interface ReviewConfig {
  /** added: what the change brought. context: also on lines that the diff shows. function: changed declarations. file: changed files. none: everything. */
  readonly filter: "added" | "context" | "function" | "file" | "none";
  readonly maxComments: number;
  /** silent: a check alone, no comments. */
  readonly mode: "comment" | "silent";
  /** Whether the check fails where a finding reaches `fail-on`; otherwise it only tells. */
  readonly block: boolean;
  readonly ignoreDrafts: boolean;
  /** Pull requests that are left alone: by their author, title, a label, the branch that they go into. */
  readonly ignoreAuthors: readonly string[];
  readonly ignoreTitles: readonly string[];
  readonly ignoreLabels: readonly string[];
  readonly ignoreBranches: readonly string[];
  /** Whether findings go to code scanning as well. */
  readonly codeScanning: boolean;
  /** Whether threads of settled comments are resolved, which takes the right to write contents. */
  readonly resolveThreads: boolean;
}

export interface ConfigOverride {
  readonly files: readonly string[];
  readonly rules: RuleEntries;
}

/** A whole configuration, defaults filled in. Globs are relative to `directory`. */
export interface Config {
  /** Where it was written; undefined for the defaults alone. */
  readonly file: string | undefined;
  /** Its directory, `""` for the root. */
  readonly directory: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: RuleEntries;
  readonly minConfidence: Confidence;
  readonly failOn: FailOn;
  readonly suppressions: { readonly requireReason: boolean };
  readonly overrides: readonly ConfigOverride[];
  readonly review: ReviewConfig;
}

export const DEFAULT_CONFIG: Config = {
  file: undefined,
  directory: "",
  include: ["**"],
  exclude: [],
  rules: {},
  minConfidence: "medium",
  failOn: "warning",
  suppressions: { requireReason: true },
  overrides: [],
  review: {
    filter: "added",
    maxComments: 10,
    mode: "comment",
    block: false,
    ignoreDrafts: true,
    ignoreAuthors: ["*[bot]"],
    ignoreTitles: [],
    ignoreLabels: [],
    ignoreBranches: [],
    codeScanning: false,
    resolveThreads: false,
  },
};

/** What is wrong with a configuration, and where; `line` and `column` count from 1. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Thrown where a configuration cannot be used; the run ends with exit code 2. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)
        .join("\n"),
    );
    this.problems = problems;
  }
}
