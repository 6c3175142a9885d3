import type { Rule, RuleOption } from "../core/rule.ts";

/** What the schema needs to know of a rule. */
export type RuleShape = Pick<Rule, "id" | "aliases" | "options"> & {
  readonly docs: Pick<Rule["docs"], "summary">;
};

/** A JSON schema, as far as we write them. */
export interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly then?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const LEVELS = ["off", "on", "error", "warning", "info"];
const GLOBS = { type: "array", items: { type: "string", minLength: 1 } };

/** The tool's own findings, which a configuration may set like rules. */
const OWN_RULES: readonly RuleShape[] = [
  {
    id: "chokepoint/useless-suppression",
    docs: { summary: "An ignore comment that silences nothing" },
  },
  {
    id: "chokepoint/missing-reason",
    docs: { summary: "An ignore comment that does not say why" },
  },
];

/** The JSON schema (draft 7) of `.chokepoint.yml`, for the given rules. */
export function configSchema(rules: readonly RuleShape[]): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Chokepoint configuration (.chokepoint.yml)",
    type: "object",
    additionalProperties: false,
    properties: {
      extends: {
        description:
          "A configuration file of the same repository that this one builds on; in the App also `organization`, the `.chokepoint.yml` of the owner's repository `.github`",
        type: "string",
        minLength: 1,
      },
      include: {
        description: "Files to look at; globs relative to this file",
        ...GLOBS,
        default: ["**"],
      },
      exclude: { description: "Files to leave out", ...GLOBS, default: [] },
      rules: { $ref: "#/$defs/rules" },
      "min-confidence": {
        description: "Findings below this are not shown",
        enum: ["high", "medium", "low"],
        default: "medium",
      },
      "fail-on": {
        description: "The severity from which on a run fails",
        enum: ["error", "warning", "info", "never"],
        default: "warning",
      },
      suppressions: {
        type: "object",
        additionalProperties: false,
        properties: {
          "require-reason": {
            description: "Whether `chokepoint:ignore` must say why",
            type: "boolean",
            default: true,
          },
        },
      },
      overrides: {
        description: "Rules set otherwise for some files; later ones win",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files", "rules"],
          properties: { files: { ...GLOBS, minItems: 1 }, rules: { $ref: "#/$defs/rules" } },
        },
      },
      review: reviewSchema(),
    },
    $defs: {
      level: { enum: LEVELS },
      rules: {
        type: "object",
        additionalProperties: false,
        properties: ruleProperties(rules),
      },
    },
  };
}

function reviewSchema(): Schema {
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      filter: {
        description:
          "Which findings get comments: those that the change brought, also those on lines that the diff shows, all in declarations that it touched, all in changed files, everything",
        enum: ["added", "context", "function", "file", "none"],
        default: "added",
      },
      "max-comments": { type: "integer", minimum: 0, default: 10 },
      mode: {
        description: "silent: a check alone, no comments",
        enum: ["comment", "silent"],
        default: "comment",
      },
      block: {
        description: "Whether the check fails where a finding reaches `fail-on`",
        type: "boolean",
        default: false,
      },
      "ignore-drafts": { type: "boolean", default: true },
      "ignore-authors": {
        description:
          "Pull requests that are left alone, by the login of who opened them; `*` stands for anything",
        ...GLOBS,
        default: ["*[bot]"],
      },
      "ignore-titles": { description: "The same by their titles", ...GLOBS, default: [] },
      "ignore-labels": { description: "The same by one of their labels", ...GLOBS, default: [] },
      "ignore-branches": {
        description: "The same by the branch that they go into",
        ...GLOBS,
        default: [],
      },
      "code-scanning": {
        description:
          "Whether findings go to code scanning as well: the App needs `security_events: write`",
        type: "boolean",
        default: false,
      },
      "resolve-threads": {
        description:
          "Whether answered threads of settled findings are resolved, and not only hidden: the App needs `contents: write`",
        type: "boolean",
        default: false,
      },
    },
  };
}

function ruleProperties(rules: readonly RuleShape[]): Record<string, Schema> {
  const properties: Record<string, Schema> = {};
  for (const { id, docs, options } of [...rules, ...OWN_RULES])
    properties[id] = { description: docs.summary, ...entrySchema(options) };
  const named = new Map<string, RuleShape[]>();
  for (const rule of rules) {
    for (const alias of rule.aliases ?? []) named.set(alias, [...(named.get(alias) ?? []), rule]);
  }
  for (const [alias, meant] of named) {
    const description = `Another name of ${meant.map(({ id }) => id).join(" and ")}`;
    const options = Object.assign({}, ...meant.map((rule) => rule.options));
    properties[alias] ??= { description, ...entrySchema(options) };
  }
  return properties;
}

function entrySchema(options: Rule["options"] = {}): Schema {
  const known = Object.entries(options).map(([name, option]) => [name, optionSchema(option)]);
  return {
    if: { type: "object" },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: {
      additionalProperties: false,
      properties: { severity: { $ref: "#/$defs/level" }, ...Object.fromEntries(known) },
    },
    else: { $ref: "#/$defs/level" },
  };
}

function optionSchema({ type, default: standard, description }: RuleOption): Schema {
  const shape = type === "string[]" ? { type: "array", items: { type: "string" } } : { type };
  return { description, ...shape, default: standard };
}
