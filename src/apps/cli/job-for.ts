import { resolve } from "node:path";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { loadRules, rulesNamed } from "./load-rules.ts";
import { type Job, readConfigFile, type Source } from "./session.ts";

/** What options say of the rules. */
type RuleChoice = Pick<LintOptions, "only" | "skip" | "config"> &
  Partial<Pick<LintOptions, "allow" | "warn" | "deny">> & {
    /** Whether a change is looked at, of which some rules ask. */
    readonly isReview?: boolean;
  };

/** The job that options ask for; throws UsageError for an unknown rule, ConfigError for a `--config` that is not there. */
export async function jobFor(
  { only, skip, config, allow = [], warn = [], deny = [], isReview = false }: RuleChoice,
  source: Source,
  overlay: Job["overlay"],
  io: Io,
): Promise<Job> {
  const rules = await loadRules();
  const asked = rulesNamed(only, rules);
  const skipped = rulesNamed(skip, rules);
  const ids = rules
    .filter(({ subject }) => isReview || subject !== "change")
    .map(({ id }) => id)
    .filter((id) => (only.length === 0 || asked.has(id)) && !skipped.has(id));
  const levels = [
    ...[...rulesNamed(allow, rules)].map((id) => [id, "off"] as const),
    ...[...rulesNamed(warn, rules)].map((id) => [id, "warning"] as const),
    ...[...rulesNamed(deny, rules)].map((id) => [id, "error"] as const),
  ];
  return {
    source,
    overlay,
    config:
      config === undefined ? undefined : readConfigFile(resolve(io.directory, config), config),
    rules: { ids, areAskedFor: only.length > 0 },
    levels,
  };
}
