import type { Location, Place } from "./position.ts";

export type Severity = "error" | "warning" | "info";

/**
 * high: a closed-world argument or a definite misuse of an API. medium: one assumption, named in the message.
 * low: a heuristic; not shown unless asked for.
 */
export type Confidence = "high" | "medium" | "low";

export interface Related<P extends Place = Place> {
  readonly at: P;
  readonly note: string;
}

/** One step of an interleaving: which thread does what. `waits` marks the step where it stays for ever. */
export interface TraceStep<P extends Place = Place> {
  /** Index into `threads`. */
  readonly thread: number;
  readonly at: P;
  readonly action: string;
  readonly waits: boolean;
}

/** An interleaving, in order. Thread names read like `main` or `goroutine at hub.go:12`. */
export interface Trace<P extends Place = Place> {
  readonly threads: readonly string[];
  readonly steps: readonly TraceStep<P>[];
}

/** Replaces `[start, end)` of the file as read by `text`. */
export interface Edit extends Place {
  readonly text: string;
}

/** safe: meaning is kept, `--fix` applies it. suggestion: the reader must choose. */
export interface Fix {
  readonly kind: "safe" | "suggestion";
  readonly description: string;
  readonly edits: readonly Edit[];
}

/** What a rule yields. */
export interface Problem {
  readonly at: Place;
  /** Lower case, no full stop, with the user's own names: `send on h.events blocks while h.mu is held`. */
  readonly message: string;
  /** Overrides the rule's own. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly related?: readonly Related[];
  readonly trace?: Trace;
  readonly fixes?: readonly Fix[];
  /** The operations that the fault is about, for precedence among rules; by default `at` alone. */
  readonly about?: readonly Place[];
}

/** A problem as the engine hands it on: with its rule, its lines, and an identity that survives moved lines. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly at: Location;
  /** Lines of the enclosing declaration, where there is one. */
  readonly within?: { readonly from: number; readonly to: number };
  readonly message: string;
  /** Hash of rule, enclosing declaration, normalised statement and an ordinal among equals: no path, no line. */
  readonly fingerprint: string;
  /** The same without the ordinal: what findings have in common that nothing but their order tells apart. */
  readonly identity: string;
  readonly related: readonly Related<Location>[];
  readonly trace?: Trace<Location>;
  readonly fixes: readonly Fix[];
}

/** Why a finding is shown or not. Findings are marked, never dropped. */
export type Verdict =
  | { readonly kind: "report" }
  | { readonly kind: "outside-diff" }
  | { readonly kind: "suppressed"; readonly by: Location; readonly reason?: string }
  | { readonly kind: "known" }
  | { readonly kind: "below-threshold" }
  | { readonly kind: "over-limit" };

export interface JudgedFinding extends Finding {
  readonly verdict: Verdict;
}

export type NoticeKind =
  | "syntax"
  | "encoding"
  | "too-large"
  | "timed-out"
  | "budget"
  | "config"
  | "unreadable"
  | "internal";

/** Something that was not, or not wholly, looked at, and why. */
export interface Notice {
  readonly file: string;
  readonly kind: NoticeKind;
  readonly message: string;
}
