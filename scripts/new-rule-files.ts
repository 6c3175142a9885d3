/** The files of a new rule: texts by path from the repository's root. Throws for an id that is none. */
export function newRuleFiles(id: string): Map<string, string> {
  const [, prefix, name] = /^(go|ts)\/([a-z][a-z-]*[a-z])$/.exec(id) ?? [];
  if (!prefix || !name)
    throw new Error(
      `\`${id}\` is no rule id; one is go/<noun-phrase> or ts/<noun-phrase>, for instance go/lost-cancel`,
    );
  const isGo = prefix === "go";
  const folder = isGo ? "go" : "typescript";
  return new Map([
    [`rules/${folder}/${name}.ts`, ruleText(id, isGo)],
    [`test/fixtures/${folder}/${name}/${name}.${isGo ? "go" : "ts"}`, fixtureText(isGo, name)],
  ]);
}

function ruleText(id: string, isGo: boolean): string {
  const { analysis, bad, good, loop } = isGo ? GO : TYPESCRIPT;
  return `import { ${analysis}, defineRule, source } from "#kit";

export default defineRule({
  id: "${id}",
  group: "${isGo ? "channels" : "promises"}",
  severity: "warning",
  since: "0.1.0",
  interest: /./,

  docs: {
    summary: "What it finds, as a noun phrase without a full stop",
    why: "What the user sees when it happens.",
    instead: "What to do.",
    bad: {
      "what is wrong in it": source\`
        ${bad}
      \`,
    },
    good: {
      "what is right in it": source\`
        ${good}
      \`,
    },
    limits: ["What makes the rule silent, and what it cannot see."],
  },

  *check({ use }) {
${loop}
  },
});
`;
}

const GO = {
  analysis: "channelCensus",
  bad: 'func found(events chan int) { events <- 1 } // want "what happens"',
  good: "func fine(events chan int) { close(events) }",
  loop: `    for (const { sends } of use(channelCensus).channels) {
      for (const { function: sender, operation } of sends) {
        const { start, end } = operation.at;
        yield { at: { file: sender.file, start, end }, message: "what happens, and to whom" };
      }
    }`,
};

const TYPESCRIPT = {
  analysis: "floatingPromises",
  bad: 'export function found(): void {\n          fetch("/"); // want "what happens"\n        }',
  good: "export function fine(): void {}",
  loop: `    for (const { at } of use(floatingPromises)) {
      yield { at, message: "what happens, and to whom" };
    }`,
};

function fixtureText(isGo: boolean, name: string): string {
  if (!isGo)
    return 'export function found(): void {\n  fetch("/"); // want "what happens"\n}\n\n// Not reported: say why.\nexport function fine(): void {}\n';
  const packageName = name.replaceAll("-", "");
  return `package ${packageName}\n\nfunc found(events chan int) { events <- 1 } // want "what happens"\n\n// Not reported: say why.\nfunc fine(events chan int) { close(events) }\n`;
}
