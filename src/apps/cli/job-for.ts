import { resolve } from "node:path";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { loadRules, rulesNamed } from "./load-rules.ts";
import { type Job, readConfigFile, type Source } from "./session.ts";

/** The job that options ask for; throws UsageError for an unknown rule, ConfigError for a `--config` that is not there. */
export async function jobFor(
  { only, skip, config }: Pick<LintOptions, "only" | "skip" | "config">,
  source: Source,
  overlay: Job["overlay"],
  io: Io,
): Promise<Job> {
  const rules = await loadRules();
  const asked = rulesNamed(only, rules);
  const skipped = rulesNamed(skip, rules);
  const ids = rules
    .map(({ id }) => id)
    .filter((id) => (only.length === 0 || asked.has(id)) && !skipped.has(id));
  return {
    source,
    overlay,
    config:
      config === undefined ? undefined : readConfigFile(resolve(io.directory, config), config),
    rules: { ids, areAskedFor: only.length > 0 },
  };
}
