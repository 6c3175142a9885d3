import type { ObjectKind } from "../../../model/operation.ts";
import { behindPointer } from "../behind-pointer.ts";
import type { GoResolver, GoType, TypeDeclaration } from "../type.ts";
import { goObjectType } from "./go-api.ts";

/** The kind of synchronization object that values of a type are, pointers seen through; undefined for ordinary values. */
export function objectOfType(resolver: GoResolver, type: GoType): ObjectKind | undefined {
  const pointed = behindPointer(type);
  if (pointed.kind === "channel") return "channel";
  if (pointed.kind !== "named") return undefined;
  const known = goObjectType(`${pointed.package}.${pointed.name}`);
  if (known) return known;
  return pointed.declaration && resolver.underlying(pointed).kind === "channel"
    ? "channel"
    : undefined;
}

/** A channel, lock, group or function: what may not be lost sight of. */
export function isTrackedType(resolver: GoResolver, type: GoType): boolean {
  const object = objectOfType(resolver, type);
  if (object) return object !== "context";
  return isFunction(resolver, type);
}

/** An interface or type parameter, behind which there may be a struct that others come to a channel through. */
export function mayHideHolder(resolver: GoResolver, type: GoType): boolean {
  if (type.kind === "type-parameter" || type.kind === "interface") return true;
  if (type.kind === "basic") return type.name === "any";
  return (
    type.kind === "named" &&
    type.declaration !== undefined &&
    objectOfType(resolver, type) === undefined &&
    resolver.underlying(type).kind === "interface"
  );
}

/** A struct, or a pointer to one, through which others may come to a channel, lock or group. */
export function isHolderType(resolver: GoResolver, type: GoType): boolean {
  const pointed = behindPointer(type);
  if (objectOfType(resolver, type) || pointed.kind !== "named" || !pointed.declaration)
    return false;
  if (holdsObject(resolver, pointed.declaration, pointed)) return true;
  const under = resolver.underlying(pointed);
  return (
    under.kind === "struct" &&
    under.fields.some(
      ({ type: field }) => field.kind === "pointer" && isRelevantType(resolver, field),
    )
  );
}

/** Tracked things, contexts, and structs that directly hold such a thing. */
export function isRelevantType(resolver: GoResolver, type: GoType): boolean {
  if (objectOfType(resolver, type) || isFunction(resolver, type)) return true;
  const pointed = behindPointer(type);
  if (pointed.kind === "named" && pointed.declaration) {
    return holdsObject(resolver, pointed.declaration, pointed);
  }
  return pointed.kind === "struct" && pointed.fields.some((field) => isHeld(resolver, field.type));
}

function isFunction(resolver: GoResolver, type: GoType): boolean {
  if (type.kind === "function") return true;
  if (type.kind !== "named") return false;
  return isCancelFunction(type) || resolver.underlying(type).kind === "function";
}

/** `context.CancelFunc` and its like, whose source is not looked at. */
export function isCancelFunction(type: GoType): boolean {
  return (
    type.kind === "named" &&
    type.package === "context" &&
    (type.name === "CancelFunc" || type.name === "CancelCauseFunc")
  );
}

const holding = new WeakMap<TypeDeclaration, boolean>();

function holdsObject(resolver: GoResolver, declaration: TypeDeclaration, type: GoType): boolean {
  let holds = holding.get(declaration);
  if (holds === undefined) {
    // A type that is asked about while its own fields are read holds itself behind a pointer.
    holding.set(declaration, false);
    const under = resolver.underlying(type);
    holds = under.kind === "struct" && under.fields.some((field) => isHeld(resolver, field.type));
    holding.set(declaration, holds);
  }
  return holds;
}

/** Of a field: the object itself, a function, or a struct by value that holds one. */
function isHeld(resolver: GoResolver, type: GoType): boolean {
  if (objectOfType(resolver, type) || type.kind === "function" || isCancelFunction(type))
    return true;
  if (type.kind === "named" && type.declaration)
    return holdsObject(resolver, type.declaration, type);
  return type.kind === "struct" && type.fields.some((field) => isHeld(resolver, field.type));
}
