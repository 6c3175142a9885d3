import type { Severity } from "./finding.ts";
import type { LanguageName, Rule } from "./rule.ts";

/** What is known of a rule before it is loaded. */
export interface ManifestEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly languages: readonly LanguageName[];
  readonly summary: string;
  readonly load: () => Promise<{ readonly default: Rule }>;
}
