import { invariant } from "../core/invariant.ts";
import type { Place } from "../core/position.ts";

/** A function of a unit: `file:offset of its declaration`. */
export type FunctionId = string;

export type VariableRole = "receiver" | "parameter" | "result" | "local" | "global";

/** A declared name that holds a value: one object for all its uses, closures included. */
export interface Variable {
  /** Unique in the unit: `file:offset of the declaring identifier`; `package path.name` for a global of another unit. */
  readonly id: string;
  readonly name: string;
  readonly role: VariableRole;
  /** Position among the parameters or results; 0 for a receiver; -1 otherwise. */
  readonly index: number;
  /** The function that declares it; undefined for globals. */
  readonly declaredIn: FunctionId | undefined;
  /** Whether anything but its declaration assigns it (or takes its address to do so). */
  readonly isReassigned: boolean;
  /** Go: its address is taken, so that it may be assigned where its name is not to be seen. */
  readonly isAddressed?: boolean;
  /** Go: holds a struct itself, so that who is given it gets a copy. */
  readonly isStruct?: boolean;
  /** Go: a parameter that takes the rest of the arguments, as a slice of them. */
  readonly isVariadic?: boolean;
  /** Go: the key or value of a range loop, which each pass has anew. */
  readonly isRanged?: boolean;
  readonly at: Place;
}

/** Where a path begins. `site`: an allocation that has no name yet, by its place. */
export type Root =
  | { readonly kind: "variable"; readonly variable: Variable }
  | { readonly kind: "site"; readonly at: Place }
  | { readonly kind: "unknown" };

/** `element` is an index or key: `key` is its canonical text when it is a constant or an unmodified variable, else undefined. */
export type Step =
  /** `owner`: `package.Type` that declares it. `isPart`: it is a struct that lies within its owner, no pointer to another one. */
  | {
      readonly kind: "field";
      readonly name: string;
      readonly owner?: string;
      readonly isPart?: boolean;
    }
  | { readonly kind: "element"; readonly key: string | undefined }
  | { readonly kind: "call"; readonly method: string };

/**
 * How a function names an object: `h.mu`, `h.clients[*]`, `ctx.Done()`. Pointers are transparent: `p.x` and `(*p).x` are
 * one path; promoted fields are written out (`h.Mutex` for `h.Lock()` through embedding).
 */
export interface AccessPath {
  readonly root: Root;
  readonly steps: readonly Step[];
  /** As the user wrote it. */
  readonly text: string;
  /**
   * Where the object lives, as far as declarations tell: `package.Type.field` for a field, `package.name` for a global;
   * undefined for locals and what is unknown. Two paths with one slot are the same field, perhaps of two instances.
   */
  readonly slot: string | undefined;
}

/** Equal keys in one unit are the same object as far as paths can tell; undefined: unknown root, compares with nothing. */
export function pathKey(path: AccessPath): string | undefined {
  let key: string;
  switch (path.root.kind) {
    case "unknown":
      return undefined;
    case "site":
      key = `@${path.root.at.file}:${path.root.at.start}`;
      break;
    case "variable":
      key = path.root.variable.id;
      break;
  }
  for (const step of path.steps) {
    if (step.kind === "field") key += `.${step.name}`;
    else if (step.kind === "call") key += `.${step.method}()`;
    else if (step.key === undefined) return undefined;
    else key += `[${step.key}]`;
  }
  return key;
}

/** What a path is known by over functions: the field of a type, all its instances together, or the variable. */
export function identityOf(path: AccessPath): string | undefined {
  return path.slot ?? pathKey(path);
}

/** Replaces the root variable of a path by another path: a parameter by its argument. */
export function rebase(path: AccessPath, onto: AccessPath): AccessPath {
  invariant(path.root.kind === "variable" ? path : undefined, "only a variable is replaced");
  if (path.steps.length === 0) return { ...onto, slot: onto.slot ?? path.slot };
  const suffix = path.steps.map(stepText).join("");
  return {
    root: onto.root,
    steps: [...onto.steps, ...path.steps],
    text: onto.text + suffix,
    slot: path.slot,
  };
}

/** A step as a reader would write it. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case "field":
      return `.${step.name}`;
    case "call":
      return `.${step.method}()`;
    case "element":
      return `[${step.key ?? "*"}]`;
  }
}
