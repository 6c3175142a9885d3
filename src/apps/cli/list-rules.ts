import { manifest } from "../../../rules/manifest.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { loadRules } from "./load-rules.ts";

/** `chokepoint rules`: a table, or all that is known of each rule as JSON. */
export async function listRules({ json }: { json?: boolean }, io: Io): Promise<ExitCode> {
  if (!json) {
    const width = Math.max(0, ...manifest.map(({ id }) => id.length));
    for (const { id, severity, summary } of manifest)
      io.out(`${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`);
    return 0;
  }
  const rules = (await loadRules()).map((rule) => ({
    id: rule.id,
    group: rule.group,
    severity: rule.severity,
    confidence: rule.confidence ?? "high",
    stage: rule.stage ?? "released",
    since: rule.since,
    summary: rule.docs.summary,
    aliases: rule.aliases ?? [],
    options: rule.options ?? {},
  }));
  io.out(`${JSON.stringify(rules, null, 2)}\n`);
  return 0;
}
