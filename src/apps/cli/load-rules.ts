import { manifest } from "../../../rules/manifest.ts";
import { nearest } from "../../core/nearest.ts";
import type { Rule } from "../../core/rule.ts";
import { createRuleNames } from "../../core/rule-names.ts";
import { UsageError } from "./usage-error.ts";

/** Every rule there is, in order of id. */
export async function loadRules(): Promise<readonly Rule[]> {
  const modules = await Promise.all(manifest.map(({ load }) => load()));
  return modules.map((module) => module.default);
}

/** The rules that names mean; throws UsageError with the nearest name for one that nobody answers to. */
export function rulesNamed(names: readonly string[], rules: readonly Rule[]): Set<string> {
  const known = createRuleNames(
    rules.map(({ id }) => id),
    rules,
  );
  const ids = names.flatMap((name) => {
    if (name.startsWith("chokepoint/")) return [name];
    const inGroup = /^(go|ts)\/\*$/.test(name)
      ? known.ids.filter((id) => id.startsWith(name.slice(0, 3)))
      : known.find(name);
    if (inGroup.length > 0) return inGroup;
    const like =
      nearest(name, known.ids) ??
      nearest(
        name,
        known.ids.map((id) => id.slice(3)),
      );
    throw new UsageError(
      `there is no rule \`${name}\`; ${like ? `did you mean \`${like}\`?` : "`chokepoint rules` lists them"}`,
    );
  });
  return new Set(ids);
}
