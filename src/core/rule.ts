import type { Use } from "./analysis.ts";
import type { Confidence, Problem, Severity } from "./finding.ts";

export type LanguageName = "go" | "typescript";
export type RuleGroup =
  | "locks"
  | "waitgroups"
  | "channels"
  | "goroutines"
  | "context"
  | "atomics"
  | "promises"
  | "races"
  | "events"
  | "interfaces";

/** Examples by caption; the caption is the test's name. `// want "regexp"` marks the lines that are found. */
export type Examples = Readonly<Record<string, string>>;

export interface RuleDocs {
  /** One sentence without a full stop; the first words of the rule's page. */
  readonly summary: string;
  /** Why it matters: what the user sees when it happens. */
  readonly why: string;
  /** What to do. */
  readonly instead: string;
  readonly bad: Examples;
  readonly good: Examples;
  /** What makes the rule silent, and what it cannot see. */
  readonly limits: readonly string[];
  /** When a team would turn it off. */
  readonly whenNotToUse?: string;
  readonly references?: readonly string[];
}

/** An option of a rule in `.chokepoint.yml`. */
export interface RuleOption {
  readonly type: "number" | "boolean" | "string[]";
  readonly default: number | boolean | readonly string[];
  readonly description: string;
}

export type RuleOptions = Readonly<Record<string, number | boolean | readonly string[]>>;

export interface RuleContext {
  readonly use: Use;
  readonly options: RuleOptions;
}

/** One rule: what it looks for, and everything it owes its user. `check` runs once for each unit. */
export interface Rule {
  /** `go/<noun-phrase>` or `ts/<noun-phrase>`; never changes meaning once released. */
  readonly id: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** Of its findings, where they do not say otherwise; `high` by default. */
  readonly confidence?: Confidence;
  readonly since: string;
  /** trial: off unless asked for, outside the compatibility promise. */
  readonly stage?: "trial";
  /** project: it compares the whole module or workspace, runs when all units have been judged, and is left out where too much of that would have to be fetched. */
  readonly scope?: "project";
  /** change: it asks about what a change introduces. Only a review asks it, once, at a place that the change wrote. */
  readonly subject?: "change";
  /** Cheap text test: a unit in which no judged file matches is not asked. */
  readonly interest: RegExp;
  /** Peers' rules that this one covers, as their users write them in suppressions: `SA2001`, `copylocks`. */
  readonly aliases?: readonly string[];
  /** Rules that are more specific: where one of them speaks about the same operation, this one is silent. */
  readonly yieldsTo?: readonly string[];
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly docs: RuleDocs;
  check(context: RuleContext): Iterable<Problem>;
}

/** Declares a rule; validates what types cannot (house.md: bad rules stop the start, not the run). */
export function defineRule(rule: Rule): Rule {
  if (!/^(go|ts)\/[a-z][a-z-]*[a-z]$/.test(rule.id))
    throw new Error(`rule id "${rule.id}" is not go/<name> or ts/<name>`);
  return rule;
}

/** The language that a rule id speaks of. */
export function languageOfRule(id: string): LanguageName {
  return id.startsWith("go/") ? "go" : "typescript";
}
