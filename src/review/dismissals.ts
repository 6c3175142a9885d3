import type { Finding } from "../core/finding.ts";

/** Something that somebody does not want to hear again. */
export interface Dismissal {
  /** finding: wherever it turns up in the repository. rule: in one pull request. */
  readonly kind: "finding" | "rule";
  /** A fingerprint, or the id of a rule. */
  readonly key: string;
  /** Which rule it is about, where that is known. */
  readonly rule?: string | undefined;
  readonly reason: string;
  readonly author: string;
}

/** What was dismissed in a repository, and which of its pull requests are left alone. */
export interface Dismissals {
  dismiss(pull: number, dismissals: readonly Dismissal[]): Promise<void>;
  /** Takes dismissals back: of these keys, or of everything in a pull request. Answers how many there were. */
  undo(pull: number, keys: readonly string[] | "all"): Promise<number>;
  /** Those that hold for a pull request. */
  list(pull: number): Promise<readonly Dismissal[]>;
  pause(pull: number, isPaused: boolean): Promise<void>;
  isPaused(pull: number): Promise<boolean>;
}

/** Which dismissal, if any, is about a finding. */
export function dismissalOf(
  { fingerprint, rule }: Pick<Finding, "fingerprint" | "rule">,
  dismissals: readonly Dismissal[],
): Dismissal | undefined {
  return dismissals.find(({ kind, key }) => key === (kind === "finding" ? fingerprint : rule));
}
