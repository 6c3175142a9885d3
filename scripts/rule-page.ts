import type { Examples, Rule } from "../src/core/rule.ts";
import { languageOfRule } from "../src/core/rule.ts";

/** A rule's page in docs/rules as markdown: what `chokepoint explain` prints, for the web. */
export function rulePage(rule: Rule): string {
  const { id, severity, confidence = "high", group, since, stage, aliases = [], docs } = rule;
  const trial = stage === "trial" ? " · on trial: off unless asked for" : "";
  const sections = [
    `# ${id}`,
    `${docs.summary}.`,
    `*${severity}* · confidence *${confidence}* · group *${group}* · since ${since}${trial}`,
    `## Why it matters\n\n${docs.why}`,
    `## What to do\n\n${docs.instead}`,
    ...examples("Found", rule, docs.bad),
    ...examples("Not found", rule, docs.good),
    options(rule),
    `## When it is silent\n\n${list(docs.limits)}`,
    docs.whenNotToUse && `## When not to use it\n\n${docs.whenNotToUse}`,
    `## How to silence it\n\n\`\`\`\n// chokepoint:ignore ${id} -- reason\n\`\`\`\n\nAt the end of the line, or alone above the statement; \`chokepoint:ignore-file\` for the file.`,
    aliases.length > 0 &&
      `## Names in other tools\n\nHonoured in their comments: ${aliases.map((alias) => `\`${alias}\``).join(", ")}.`,
    docs.references && `## See\n\n${list(docs.references)}`,
  ];
  return `${sections.filter((section) => section).join("\n\n")}\n`;
}

/** docs/rules/README.md: every rule with its page, by language and group. */
export function ruleList(rules: readonly Rule[]): string {
  const sections = new Map<string, Rule[]>();
  for (const rule of rules) {
    const title = `${languageOfRule(rule.id) === "go" ? "Go" : "TypeScript"}: ${rule.group}`;
    sections.set(title, [...(sections.get(title) ?? []), rule]);
  }
  const tables = [...sections]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([title, members]) => `## ${title}\n\n${ruleTable(members)}`);
  return `${["# Rules", ...tables].join("\n\n")}\n`;
}

function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const trial = rule.stage ? ", off by default" : "";
    const { id, severity, docs } = rule;
    return `| [\`${id}\`](${pagePath(rule)}) | ${severity}${trial} | ${docs.summary} |`;
  });
  return ["| rule | severity | finds |", "|---|---|---|", ...rows].join("\n");
}

/** Below docs/rules: `go/copied-lock.md`. */
export function pagePath({ id }: Rule): string {
  return `${id}.md`;
}

function examples(title: string, rule: Rule, all: Examples): string[] {
  const language = languageOfRule(rule.id);
  return Object.entries(all).map(([caption, code]) => {
    const shown = code.replace(/[ \t]*\/\/ want (.*)$/gm, "  // ← here");
    return `## ${title}: ${caption}\n\n\`\`\`${language}\n${shown.trimEnd()}\n\`\`\``;
  });
}

function options({ options: all = {} }: Rule): string | undefined {
  const rows = Object.entries(all).map(
    ([name, { type, default: standard, description }]) =>
      `| \`${name}\` | ${type} | \`${JSON.stringify(standard)}\` | ${description} |`,
  );
  if (rows.length === 0) return undefined;
  return ["## Options\n", "| key | type | default | means |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
