import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { isNode, LineCounter, parseDocument } from "yaml";
import { nearest } from "../core/nearest.ts";
import type { Config, ConfigProblem } from "./config.ts";
import { configSchema, type RuleShape, type Schema } from "./schema.ts";

/** A configuration file as written: keys that are not there have their defaults, or come from `extends`. */
export interface WrittenConfig {
  readonly extends?: string;
  readonly include?: Config["include"];
  readonly exclude?: Config["exclude"];
  readonly rules?: Config["rules"];
  readonly "min-confidence"?: Config["minConfidence"];
  readonly "fail-on"?: Config["failOn"];
  readonly suppressions?: { readonly "require-reason"?: boolean };
  readonly overrides?: Config["overrides"];
  readonly review?: {
    readonly filter?: Config["review"]["filter"];
    readonly "max-comments"?: number;
    readonly mode?: Config["review"]["mode"];
    readonly block?: boolean;
    readonly "ignore-drafts"?: boolean;
    readonly "ignore-authors"?: readonly string[];
    readonly "ignore-titles"?: readonly string[];
    readonly "ignore-labels"?: readonly string[];
    readonly "ignore-branches"?: readonly string[];
    readonly "code-scanning"?: boolean;
    readonly "resolve-threads"?: boolean;
  };
}

export type ParsedConfig =
  | { readonly ok: true; readonly written: WrittenConfig; readonly extendsAt: number }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export type ParseConfig = (file: string, text: string) => ParsedConfig;

/** Larger files are no configuration. UTF-16 units. */
const LARGEST = 1_000_000;

/** Reads texts of `.chokepoint.yml` against the schema of the given rules. Data only; aliases are bounded. */
export function configParser(rules: readonly RuleShape[]): ParseConfig {
  const schema = configSchema(rules);
  let validate: ValidateFunction | undefined;
  return (file, text) => {
    const lines = new LineCounter();
    const problem = (offset: number, message: string): ConfigProblem => {
      const { line, col } = lines.linePos(offset);
      return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
    };
    if (text.length > LARGEST)
      return { ok: false, problems: [problem(0, "this file is too large for a configuration")] };
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length > 0) {
      const problems = document.errors.map(({ pos, message }) =>
        problem(pos[0], lowerFirst(message)),
      );
      return { ok: false, problems };
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 100 }) ?? {};
    } catch (error) {
      return {
        ok: false,
        problems: [problem(0, error instanceof Error ? error.message : "not readable")],
      };
    }
    const offsetOf = (path: readonly (string | number)[]): number => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return node.range[0];
      }
      return 0;
    };
    validate ??= new Ajv({ allErrors: true, strict: false, validateSchema: false }).compile(schema);
    if (validate(value)) {
      return { ok: true, written: value as WrittenConfig, extendsAt: offsetOf(["extends"]) };
    }
    const problems = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== "if")
      .map((error) => {
        const path = pathOf(error.instancePath, value);
        const key = unknownKey(error);
        const at = key === undefined ? offsetOf(path) : keyOffset(text, offsetOf(path), key);
        return problem(at, sentence(error, path, schema));
      });
    return { ok: false, problems };
  };
}

function unknownKey({ keyword, params }: ErrorObject): string | undefined {
  return keyword === "additionalProperties"
    ? String((params as { additionalProperty: unknown }).additionalProperty)
    : undefined;
}

/** Where a key stands in the text, from the map that holds it on. */
function keyOffset(text: string, from: number, key: string): number {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = text.slice(from).search(new RegExp(`(?<![\\w/-])["']?${escaped}["']?\\s*:`));
  return found === -1 ? from : from + found;
}

/** A JSON pointer's steps; those into lists as numbers. */
function pathOf(pointer: string, root: unknown): (string | number)[] {
  let value = root;
  return pointer
    .split("/")
    .slice(1)
    .map((step) => {
      const name = step.replace(/~1/g, "/").replace(/~0/g, "~");
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string | number, unknown> | undefined)?.[key];
      return key;
    });
}

function sentence(error: ErrorObject, path: readonly (string | number)[], schema: Schema): string {
  const { keyword, params } = error;
  const where = path.length === 0 ? "the file" : `\`${printPath(path)}\``;
  const key = unknownKey(error);
  if (key !== undefined) {
    const known = keysAt(schema, path);
    const kind = path.at(-1) === "rules" ? "rule" : "key";
    const like = nearest(key, known, kind === "key" ? 1 / 2 : 1 / 3);
    const hint = like ? `did you mean \`${like}\`?` : listed(kind, known);
    return `unknown ${kind} \`${key}\`${path.length === 0 ? "" : ` in ${where}`}; ${hint}`;
  }
  if (keyword === "enum") {
    const allowed = (params as { allowedValues: readonly unknown[] }).allowedValues;
    return `${where} should be one of ${allowed.map((one) => `\`${one}\``).join(", ")}`;
  }
  if (keyword === "type") return `${where} should be ${article((params as { type: string }).type)}`;
  if (keyword === "required")
    return `${where} lacks \`${(params as { missingProperty: string }).missingProperty}\``;
  return `${where} ${error.message ?? "is not valid"}`;
}

function listed(kind: string, known: readonly string[]): string {
  return kind === "rule"
    ? "`chokepoint rules` lists them"
    : `known ${known.length === 1 ? "is" : "are"} ${known.map((name) => `\`${name}\``).join(", ")}`;
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    array: "a list",
    object: "a map of keys to values",
    integer: "a whole number",
    boolean: "`true` or `false`",
    string: "a text",
  };
  return names[type] ?? `a ${type}`;
}

function printPath(path: readonly (string | number)[]): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join("");
}

/** The keys that the schema knows at a path. */
function keysAt(schema: Schema, path: readonly (string | number)[]): string[] {
  let at: Schema | undefined = schema;
  for (const step of path) {
    at = resolve(at, schema);
    at = typeof step === "number" ? at?.items : at?.properties?.[step];
  }
  return Object.keys(resolve(at, schema)?.properties ?? {});
}

function resolve(at: Schema | undefined, root: Schema): Schema | undefined {
  const target = at?.$ref === undefined ? at : root.$defs?.[at.$ref.replace("#/$defs/", "")];
  return target?.then ?? target;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
