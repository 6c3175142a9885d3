import { PLATFORM_CALLS, PLATFORM_PROPERTIES, PLATFORM_VALUES } from "./platform-tables.ts";
import { NEVER, PRIMITIVE, promiseOf, type TsType, UNKNOWN, VOID } from "./ts-type.ts";

/**
 * What a function of the platform or of a well-known library yields, by its name (`node:fs/promises:readFile`,
 * `global:Response.json`); undefined where the tables do not know it.
 */
export function platformCall(name: string): TsType | undefined {
  const text = lookup(PLATFORM_CALLS, name);
  return text === undefined ? undefined : parseResult(text);
}

/** The type of a property that is no function: `vitest:Assertion.resolves`. */
export function platformProperty(name: string): TsType | undefined {
  const text = lookup(PLATFORM_PROPERTIES, name);
  return text === undefined ? undefined : parseResult(text);
}

/** Whether the class or interface of that name is known, and its values are no promises. */
export function isPlatformValue(name: string): boolean {
  return PLATFORM_VALUES.has(name);
}

/** An entry of its own, or the entry for all members of the owner. */
function lookup(table: ReadonlyMap<string, string>, name: string): string | undefined {
  const own = table.get(name);
  if (own !== undefined) return own;
  const dot = name.lastIndexOf(".");
  return dot === -1 ? undefined : table.get(`${name.slice(0, dot)}.*`);
}

/** `Promise<T>`, `T[]`, `plain`, `void`, `unknown`, or the name of a class. */
function parseResult(text: string): TsType {
  if (text === "plain") return PRIMITIVE;
  if (text === "void") return VOID;
  if (text === "never") return NEVER;
  if (text === "unknown") return UNKNOWN;
  if (text === "Promise") return promiseOf();
  const promised = /^Promise<(.*)>$/.exec(text)?.[1];
  if (promised !== undefined) return promiseOf(() => parseResult(promised));
  if (text.endsWith("[]")) {
    const element = text.slice(0, -2);
    return { kind: "array", element: () => parseResult(element) };
  }
  const colon = text.lastIndexOf(":");
  return {
    kind: "external",
    module: text.slice(0, colon),
    path: text.slice(colon + 1).split("."),
    isInstance: true,
  };
}
