import { parseType } from "./parse-type.ts";
import { standardApi } from "./standard-api.ts";
import type { GoType } from "./type.ts";

/** A type parameter of a generic function or type, with the core of its constraint (`~[]E`) where there is one. */
export interface StandardTypeParameter {
  readonly name: string;
  readonly core: GoType | undefined;
}

export type StandardSymbol =
  | {
      readonly kind: "function" | "variable" | "constant" | "alias";
      readonly parameters: readonly StandardTypeParameter[];
      readonly type: GoType;
    }
  | {
      readonly kind: "type";
      readonly parameters: readonly StandardTypeParameter[];
      /** Undefined for structs and interfaces, whose members are asked for by name. */
      readonly structure: GoType | undefined;
      readonly isInterface: boolean;
    };

/** A method or field, promoted ones included. */
export interface StandardMember {
  readonly kind: "method" | "field";
  readonly type: GoType;
}

/** Exported names of a package that the tables know; undefined for an unknown package or name. */
export function standardSymbol(path: string, name: string): StandardSymbol | undefined {
  const entry = packageOf(path)?.get(name);
  if (!entry) return undefined;
  entry.symbol ??= readSymbol(path, entry);
  return entry.symbol;
}

/** The member of a type; undefined where the type has none of that name, or is not known: ask `standardSymbol`. */
export function standardMember(
  path: string,
  typeName: string,
  name: string,
): StandardMember | undefined {
  const entry = packageOf(path)?.get(typeName);
  const text = entry?.members.get(name);
  if (!entry || text === undefined) return undefined;
  const parsed = entry.parsed.get(name);
  if (parsed) return parsed;
  const scope = namesOf(entry.parameters);
  const isField = text.startsWith(".");
  const type = parseType(isField ? text.slice(text.indexOf(" ") + 1) : text, path, scope);
  const member: StandardMember = { kind: isField ? "field" : "method", type };
  entry.parsed.set(name, member);
  return member;
}

/** Names of the methods of a type, sorted; undefined where the type is not known. */
export function standardMethods(path: string, typeName: string): readonly string[] | undefined {
  const entry = packageOf(path)?.get(typeName);
  if (entry?.letter !== "T") return undefined;
  return [...entry.members].filter(([, text]) => !text.startsWith(".")).map(([name]) => name);
}

/** A type of the tables with its methods. */
export interface StandardType {
  readonly path: string;
  readonly name: string;
  readonly isInterface: boolean;
  readonly methods: readonly string[];
}

let allTypes: readonly StandardType[] | undefined;

/** All types with methods that the tables hold. */
export function standardTypes(): readonly StandardType[] {
  allTypes ??= [...Object.keys(standardApi), ...Object.keys(extendedApi)].flatMap((path) =>
    [...(packageOf(path) ?? [])].flatMap(([name, { letter, text }]): StandardType[] => {
      const methods = letter === "T" ? (standardMethods(path, name) ?? []) : [];
      return methods.length === 0
        ? []
        : [{ path, name, isInterface: text === "interface", methods }];
    }),
  );
  return allTypes;
}

/** Whether the tables hold the package, so that what they don't name isn't there. */
export function isStandardKnown(path: string): boolean {
  return Object.hasOwn(standardApi, path) || Object.hasOwn(extendedApi, path);
}

/** `unsafe`, and packages beside the standard library that matter to concurrency, in the same format. */
const extendedApi: Readonly<Record<string, string>> = {
  unsafe: `T Pointer struct
F Sizeof func(any) uintptr
F Alignof func(any) uintptr
F Offsetof func(any) uintptr`,
  "golang.org/x/sync/errgroup": `T Group struct
 Go func(func() error)
 SetLimit func(int)
 TryGo func(func() error) bool
 Wait func() error
F WithContext func(context.Context) (*Group, context.Context)`,
  "golang.org/x/sync/semaphore": `T Weighted struct
 Acquire func(context.Context, int64) error
 Release func(int64)
 TryAcquire func(int64) bool
F NewWeighted func(int64) *Weighted`,
  "golang.org/x/sync/singleflight": `T Group struct
 Do func(string, func() (any, error)) (any, error, bool)
 DoChan func(string, func() (any, error)) <-chan Result
 Forget func(string)
T Result struct
 .Err error
 .Shared bool
 .Val any`,
};

interface Entry {
  readonly letter: string;
  readonly parameters: string;
  readonly text: string;
  readonly members: Map<string, string>;
  readonly parsed: Map<string, StandardMember>;
  symbol: StandardSymbol | undefined;
}

const packages = new Map<string, ReadonlyMap<string, Entry>>();

function packageOf(path: string): ReadonlyMap<string, Entry> | undefined {
  const known = packages.get(path);
  if (known) return known;
  const text = Object.hasOwn(standardApi, path) ? standardApi[path] : extendedApi[path];
  if (text === undefined) return undefined;
  const read = readPackage(text);
  packages.set(path, read);
  return read;
}

function readPackage(text: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  let type: Entry | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith(" ")) {
      const end = line.indexOf(" ", 1);
      const name = line.slice(1, end).replace(".", "");
      type?.members.set(name, line[1] === "." ? line.slice(1) : line.slice(end + 1));
      continue;
    }
    if (line.startsWith("C ")) {
      const colon = line.indexOf(": ");
      for (const name of line.slice(colon + 2).split(" "))
        entries.set(name, entryOf("C", "", line.slice(2, colon)));
      continue;
    }
    const match = /^(\w) (\w+)(?:\[((?:[^[\]]|\[[^\]]*\])*)\])? (.*)$/.exec(line);
    if (!match) continue;
    const [, letter = "", name = "", parameters = "", rest = ""] = match;
    const entry = entryOf(letter, parameters, rest);
    if (letter === "T") type = entry;
    entries.set(name, entry);
  }
  return entries;
}

function entryOf(letter: string, parameters: string, text: string): Entry {
  return { letter, parameters, text, members: new Map(), parsed: new Map(), symbol: undefined };
}

const KINDS = { F: "function", V: "variable", C: "constant", A: "alias" } as const;

function readSymbol(path: string, entry: Entry): StandardSymbol {
  const scope = namesOf(entry.parameters);
  const parameters =
    entry.parameters === ""
      ? []
      : entry.parameters.split("; ").map((written) => {
          const [name = "", ...core] = written.split(" ");
          const type = core.length === 0 ? undefined : parseType(core.join(" "), path, scope);
          return { name, core: type };
        });
  if (entry.letter === "T") {
    const isOpaque = entry.text === "struct" || entry.text === "interface";
    const structure = isOpaque ? undefined : parseType(entry.text, path, scope);
    return { kind: "type", parameters, structure, isInterface: entry.text === "interface" };
  }
  const kind = KINDS[entry.letter as keyof typeof KINDS];
  return { kind, parameters, type: parseType(entry.text, path, scope) };
}

function namesOf(parameters: string): ReadonlySet<string> {
  if (parameters === "") return new Set();
  return new Set(parameters.split("; ").map((written) => written.split(" ")[0] ?? ""));
}
