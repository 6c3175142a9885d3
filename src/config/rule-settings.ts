import type { Severity } from "../core/finding.ts";
import type { Rule, RuleOptions } from "../core/rule.ts";

/** How a rule is set for one file. */
export interface RuleSettings {
  readonly severity: Severity | "off";
  readonly options: RuleOptions;
}

/** Settings by file and rule, as the configuration that is nearest to the file has them. */
export type SettingsFor = (file: string, rule: Rule) => RuleSettings;

/** What a rule is without any configuration. Trial rules are off until somebody asks for them. */
export function defaultSettings(rule: Rule): RuleSettings {
  return {
    severity: rule.stage === "trial" ? "off" : rule.severity,
    options: defaultOptions(rule),
  };
}

/** The defaults of a rule's options. */
export function defaultOptions({ options = {} }: Pick<Rule, "options">): RuleOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.default]),
  );
}
