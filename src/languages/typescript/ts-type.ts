import { NONE, type NodeId } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";

/** Computed when asked for; what it stands on is memoised. */
export type Lazy = () => TsType;

/** What type parameters stand for. */
export type TypeArguments = ReadonlyMap<Binding, TsType>;

/** Something that can be called: a node with parameters and a result, as it was declared. */
export interface Signature {
  readonly at: ModuleNode;
  readonly typeArguments: TypeArguments;
  /** The value whose method it is, where it returns `this`. */
  readonly self?: TsType;
}

/**
 * Types as far as the question "is it a promise, and what is it a promise of" needs them. `unknown` is an answer: whoever
 * meets it is silent. Not modelled: literal types, conditional and mapped types, inference of type parameters beyond the plainest.
 */
export type TsType =
  | { readonly kind: "unknown" }
  /** Surely no promise: strings, numbers, booleans, symbols, regular expressions. */
  | { readonly kind: "primitive" }
  /** undefined and null: `a?.b()` may be one of them. */
  | { readonly kind: "nullish" }
  /** What callers are told to ignore: in `Promise<void> | void` the word for "perhaps asynchronous". */
  | { readonly kind: "void" }
  /** No value arrives: `throw`, process.exit(). */
  | { readonly kind: "never" }
  /** `isLike`: PromiseLike and other thenables, which not everybody calls a promise. */
  | { readonly kind: "promise"; readonly awaited: Lazy; readonly isLike?: boolean }
  /** `items` for tuples. */
  | { readonly kind: "array"; readonly element: Lazy; readonly items?: readonly Lazy[] }
  | { readonly kind: "union"; readonly members: readonly TsType[] }
  /** Overloads are several signatures; `implementation` is the function behind them. */
  | {
      readonly kind: "function";
      readonly signatures: readonly Signature[];
      readonly implementation?: ModuleNode;
    }
  /** A class itself: what `new` is applied to. */
  | { readonly kind: "class"; readonly at: ModuleNode }
  /** A value of a class, an interface (all its declarations) or an object type. */
  | {
      readonly kind: "instance";
      readonly declarations: readonly ModuleNode[];
      readonly typeArguments: TypeArguments;
    }
  /** All members must hold at once: the first that knows a name answers. */
  | { readonly kind: "intersection"; readonly members: readonly TsType[] }
  /** An object literal. */
  | { readonly kind: "object"; readonly at: ModuleNode }
  /** All exports of a module (`body` NONE), or of a `namespace` by its block. */
  | { readonly kind: "namespace"; readonly module: TypeScriptModule; readonly body: NodeId }
  /**
   * Something of a module that is not in the snapshot, or of the platform (`global`). `isInstance`: a value of the class or
   * interface that `path` names; otherwise what the path names itself. `declared`: what declarations say of it.
   */
  | {
      readonly kind: "external";
      readonly module: string;
      readonly path: readonly string[];
      readonly isInstance: boolean;
      readonly declared?: Lazy;
    };

export type ExternalType = Extract<TsType, { kind: "external" }>;

export const UNKNOWN: TsType = { kind: "unknown" };
export const PRIMITIVE: TsType = { kind: "primitive" };
export const NULLISH: TsType = { kind: "nullish" };
export const VOID: TsType = { kind: "void" };
export const NEVER: TsType = { kind: "never" };

export const NO_ARGUMENTS: TypeArguments = new Map();

/** A promise of that, or of what is not known. What it is a promise of may depend on itself, as in functions that try again: that part is unknown. */
export function promiseOf(awaited: Lazy = () => UNKNOWN): TsType {
  let isAsked = false;
  return {
    kind: "promise",
    awaited() {
      if (isAsked) return UNKNOWN;
      isAsked = true;
      try {
        return awaited();
      } finally {
        isAsked = false;
      }
    },
  };
}

/** More members than any union that somebody wrote; beyond, nothing is known. */
const MOST_MEMBERS = 40;

/** The union of types, flattened; `never` adds nothing, and one member is itself. */
export function unionOf(types: readonly TsType[]): TsType {
  const members: TsType[] = [];
  for (const type of types) {
    if (type.kind === "never") continue;
    const flat = type.kind === "union" ? type.members : [type];
    for (const member of flat) {
      const isKnown = SIMPLE.has(member.kind) && members.some(({ kind }) => kind === member.kind);
      if (!isKnown && !members.includes(member)) members.push(member);
    }
    if (members.length > MOST_MEMBERS) return UNKNOWN;
  }
  const [only] = members;
  if (only === undefined) return types.length === 0 ? NULLISH : NEVER;
  return members.length === 1 ? only : { kind: "union", members };
}

const SIMPLE: ReadonlySet<string> = new Set(["unknown", "primitive", "nullish", "void"]);

/** The members of a union without undefined, null and void; any other type alone. */
export function withoutNullish(type: TsType): readonly TsType[] {
  if (type.kind !== "union") return [type];
  return type.members.filter(({ kind }) => kind !== "nullish" && kind !== "void");
}

/**
 * A function from all its declarations: with overloads, callers see those without a body, and the one with a body is behind
 * them.
 */
export function functionOf(signatures: readonly Signature[]): TsType {
  const [only] = signatures;
  if (only && signatures.length === 1) return { kind: "function", signatures };
  const declared = signatures.filter(({ at }) => !hasBody(at));
  const implementation = signatures.find(({ at }) => hasBody(at))?.at;
  if (declared.length === 0 || !implementation) return { kind: "function", signatures };
  return { kind: "function", signatures: declared, implementation };
}

function hasBody({ module: { tree }, node }: ModuleNode): boolean {
  return tree.childOfKind(node, "statement_block") !== NONE;
}

/** A type that is computed at the first question, and kept. */
export function once(compute: Lazy): Lazy {
  let known: TsType | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

/** What declarations say of a type that has a name alone; any other type is itself. */
export function declaredType(type: TsType): TsType {
  const declared = type.kind === "external" ? type.declared?.() : undefined;
  return declared === undefined || declared.kind === "unknown" ? type : declared;
}

/** The types that a value may have, declarations followed: also where a name alone stands for a union. Without undefined, null and void. */
export function constituents(type: TsType): readonly TsType[] {
  const found: TsType[] = [];
  const open: TsType[] = [type];
  for (let steps = 0; open.length > 0 && steps < MOST_MEMBERS; steps++) {
    const member = declaredType(open.pop() as TsType);
    if (member.kind === "union") open.push(...withoutNullish(member).toReversed());
    else found.push(member);
  }
  return found;
}

/** `module:export.path`, as tables and callees name it. */
export function externalName(type: ExternalType): string {
  return `${type.module}:${type.path.join(".")}`;
}
