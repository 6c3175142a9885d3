import {
  PLATFORM_CALLS,
  PLATFORM_GIVEN,
  PLATFORM_PROPERTIES,
  PLATFORM_VALUES,
} from "./platform-tables.ts";
import { NEVER, PRIMITIVE, promiseOf, type TsType, UNKNOWN, VOID } from "./ts-type.ts";

/**
 * What a function of the platform or of a well-known library yields, by its name (`node:fs/promises:readFile`,
 * `global:Response.json`); undefined where the tables do not know it.
 */
export function platformCall(name: string): TsType | undefined {
  const text = lookup(PLATFORM_CALLS, name);
  return text === undefined ? undefined : parseResult(text);
}

/** What a function of a well-known library gives a parameter of its callbacks; undefined where the tables do not know it. */
export function platformGiven(name: string, index: number): TsType | undefined {
  const text = lookup(PLATFORM_GIVEN, name)?.split(" ")[index];
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

/**
 * An entry of its own, or the entry for all members of the owner, or for a member of all members; classes that a module exports
 * are as a rule members of its default export too.
 */
function lookup(table: ReadonlyMap<string, string>, name: string): string | undefined {
  const own = table.get(name);
  if (own !== undefined) return own;
  const dot = name.lastIndexOf(".");
  if (dot === -1) return undefined;
  const owner = name.slice(0, dot);
  const found =
    table.get(`${owner}.*`) ??
    table.get(`${owner.slice(0, owner.lastIndexOf("."))}.*${name.slice(dot)}`);
  if (found !== undefined || !CLASS_OF_DEFAULT.test(name)) return found;
  return lookup(table, name.replace(CLASS_OF_DEFAULT, ":"));
}

const CLASS_OF_DEFAULT = /:default\.(?=[A-Z])/;

/** `Promise<T>`, `T[]`, `plain`, `void`, `unknown`, the name of a class, or `Promise & Class`: a promise with further members. */
function parseResult(text: string): TsType {
  const [first, ...others] = text.split(" & ").map(parsePart);
  if (first === undefined) return UNKNOWN;
  return others.length === 0 ? first : { kind: "intersection", members: [first, ...others] };
}

function parsePart(text: string): TsType {
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
