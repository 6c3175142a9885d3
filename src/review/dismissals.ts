import type { Finding } from "../core/finding.ts";

/** Something that somebody does not want to hear again. */
export interface Dismissal {
  /**
   * finding: wherever it turns up in the repository. rule: in one pull request. file: a rule in one file of the repository.
   * repository: a rule in all of it.
   */
  readonly kind: "finding" | "rule" | "file" | "repository";
  /** A fingerprint, the id of a rule, or both a rule's and a path: `inFile`. */
  readonly key: string;
  /** Which rule it is about, where that is known. */
  readonly rule?: string | undefined;
  readonly reason: string;
  readonly author: string;
}

export type DismissalKey = Pick<Dismissal, "kind" | "key">;

/** The key of a rule in one file. */
export function inFile(rule: string, file: string): string {
  return `${rule} ${file}`;
}

/** What was dismissed in a repository, and which of its pull requests are left alone. */
export interface Dismissals {
  dismiss(pull: number, dismissals: readonly Dismissal[]): Promise<void>;
  /**
   * Takes dismissals back: these, or of a pull request all that reach no further than somebody's who opened it. Answers how
   * many there were.
   */
  undo(pull: number, which: readonly DismissalKey[] | "all"): Promise<number>;
  /** Those that hold for a pull request. */
  list(pull: number): Promise<readonly Dismissal[]>;
  pause(pull: number, isPaused: boolean): Promise<void>;
  isPaused(pull: number): Promise<boolean>;
}

/** Which dismissal, if any, is about a finding. */
export function dismissalOf(
  { fingerprint, rule, at }: Pick<Finding, "fingerprint" | "rule" | "at">,
  dismissals: readonly Dismissal[],
): Dismissal | undefined {
  const keys = { finding: fingerprint, rule, repository: rule, file: inFile(rule, at.file) };
  return dismissals.find(({ kind, key }) => key === keys[kind]);
}
