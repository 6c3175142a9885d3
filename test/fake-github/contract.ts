import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ajv as AjvClass, ValidateFunction } from "ajv";
import ajvModule from "ajv";
import { ownDirectory } from "../../src/apps/own-package.ts";

const Ajv = ajvModule as unknown as typeof AjvClass;

export type Json = { readonly [key: string]: unknown };

interface Operation {
  readonly query: readonly { readonly name: string; readonly required: boolean }[];
  readonly body?: object;
  readonly status: number;
  readonly answer?: object;
  readonly example?: unknown;
}

/** An operation of GitHub's description that a request is for, with the values in its path. */
export interface Matched {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number;
  /** What GitHub would refuse in the query and the body; empty where it would not. */
  check(query: URLSearchParams, body: unknown): readonly string[];
  /** GitHub's own example, with other values; for a list one for each of them. */
  fill(values: Json | readonly Json[]): unknown;
  /** How an answer is not as described. */
  checkAnswer(answer: unknown): readonly string[];
}

const { operations, components } = JSON.parse(
  readFileSync(join(ownDirectory(), "test/fake-github/operations.json"), "utf8"),
) as { operations: Record<string, Operation>; components: object };
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: "github", components });
const compiled = new Map<object, ValidateFunction>();

/** GitHub's own example of an answer. */
export function exampleOf(name: string): unknown {
  return operations[name]?.example;
}

/** Finds the operation of a request; undefined for one that we did not say that we call. */
export function matchOperation(method: string, path: string): Matched | undefined {
  const steps = path.split("/");
  for (const [name, operation] of Object.entries(operations)) {
    const [verb, template = ""] = name.split(" ");
    const wanted = template.split("/");
    // The last step of a comparison has dots and slashes of its own.
    if (verb !== method || wanted.length !== steps.length) continue;
    const parameters: Record<string, string> = {};
    const fits = wanted.every((one, index) => {
      const step = steps[index] ?? "";
      if (!one.startsWith("{")) return one === step;
      parameters[one.slice(1, -1)] = decodeURIComponent(step);
      return step !== "";
    });
    if (fits) return matched(name, operation, parameters);
  }
  return undefined;
}

function matched(name: string, operation: Operation, parameters: Matched["parameters"]): Matched {
  const { query: known, body: schema, answer: answerSchema, example, status } = operation;
  return {
    name,
    parameters,
    status,
    check(query, body) {
      const names = new Set(known.map((one) => one.name));
      const missing = known.filter((one) => one.required && !query.has(one.name));
      const perPage = Number(query.get("per_page") ?? 30);
      return [
        ...[...query.keys()].filter((key) => !names.has(key)).map((key) => `no parameter ${key}`),
        ...missing.map((one) => `parameter ${one.name} is missing`),
        ...(perPage >= 1 && perPage <= 100 ? [] : ["per_page is not from 1 to 100"]),
        ...(schema ? errorsOf(schema, body ?? {}) : []),
      ];
    },
    fill(values) {
      if (!Array.isArray(values)) return { ...(example as Json), ...values };
      const [first] = example as readonly Json[];
      return values.map((one) => ({ ...first, ...one }));
    },
    checkAnswer: (answer) => (answerSchema ? errorsOf(answerSchema, answer) : []),
  };
}

/** The description has it that a comment keeps its line; after a push that takes the line away GitHub answers null. */
const UNTRUE = /\/line must be integer$/;

function errorsOf(schema: object, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"github#/')));
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .map((error) => `${error.instancePath} ${error.message}`)
    .filter((error) => !UNTRUE.test(error));
}
