import type { Rule } from "../../core/rule.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { loadRules, rulesNamed } from "./load-rules.ts";

/** `chokepoint explain`: a rule's documentation as text; of all rules, where a peer's name means several. */
export async function explainRule(name: string, io: Io): Promise<ExitCode> {
  const rules = await loadRules();
  const ids = rulesNamed([name], rules);
  for (const rule of rules) if (ids.has(rule.id)) io.out(explain(rule));
  return 0;
}

function explain(rule: Rule): string {
  const { id, severity, confidence = "high", group, since, docs } = rule;
  const facts = `${severity}, confidence ${confidence}, group ${group}, since ${since}`;
  const sections = [
    `${id}\n\n${docs.summary}\n${facts}${rule.stage === "trial" ? ", on trial: off unless asked for" : ""}`,
    section("Why it matters", docs.why),
    section("What to do", docs.instead),
    ...examples("Found", docs.bad),
    ...examples("Not found", docs.good),
    options(rule),
    docs.limits.length > 0 &&
      `When it is silent\n${docs.limits.map((limit) => `\n  - ${limit}`).join("")}`,
    docs.whenNotToUse && section("When not to use it", docs.whenNotToUse),
    `How to silence it\n\n  // chokepoint:ignore ${id} -- reason\n  at the end of the line, or alone above the statement; for the file: chokepoint:ignore-file`,
    rule.aliases &&
      rule.aliases.length > 0 &&
      section("Names in other tools, honoured in their comments", rule.aliases.join(", ")),
    docs.references &&
      docs.references.length > 0 &&
      `See\n${docs.references.map((one) => `\n  - ${one}`).join("")}`,
  ];
  return `${sections.filter((text) => text).join("\n\n")}\n`;
}

function section(title: string, text: string): string {
  return `${title}\n\n${indented(text)}`;
}

function examples(title: string, all: Readonly<Record<string, string>>): string[] {
  return Object.entries(all).map(([caption, code]) => {
    const shown = code.replace(/[ \t]*\/\/ want .*$/gm, "");
    return `${title}: ${caption}\n\n${indented(shown.trimEnd(), "    ")}`;
  });
}

function options({ options: all = {} }: Rule): string | undefined {
  const rows = Object.entries(all).map(
    ([name, { type, default: standard, description }]) =>
      `\n  ${name} (${type}, default ${JSON.stringify(standard)}): ${description}`,
  );
  return rows.length === 0 ? undefined : `Options\n${rows.join("")}`;
}

function indented(text: string, by = "  "): string {
  return text.replace(/^(?=.)/gm, by);
}
