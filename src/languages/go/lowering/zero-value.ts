import type { Span } from "../../../core/position.ts";
import type { AccessPath } from "../../../model/path.ts";
import type { GoType } from "../type.ts";
import type { Lowering } from "./lowering.ts";
import { isHolderType } from "./object-type.ts";
import { fieldPath } from "./paths.ts";

/**
 * Emits the objects that come into being with a variable of the type: locks, groups and the like are ready to use as zero values.
 * Those in the fields of a struct are made as well, one level deep. Says whether there was one.
 */
export function makeZero(lowering: Lowering, path: AccessPath, type: GoType, at: Span): boolean {
  if (type.kind === "pointer") return false;
  const object = zeroObject(lowering, type);
  if (object) {
    lowering.emit({ kind: "make", object, path, at });
    return true;
  }
  const under =
    type.kind === "named" && !type.declaration ? type : lowering.unit.resolver.underlying(type);
  if (under.kind !== "struct") return false;
  let isMade = makeStruct(lowering, path, type, at);
  for (const field of under.fields) {
    const held = zeroObject(lowering, field.type);
    if (!held) continue;
    isMade = true;
    const inside = fieldPath(lowering, path, type, field.name);
    lowering.emit({ kind: "make", object: held, path: inside, at });
  }
  return isMade;
}

function makeStruct(lowering: Lowering, path: AccessPath, type: GoType, at: Span): boolean {
  if (type.kind !== "named") return false;
  const isHolder = isHolderType(lowering.unit.resolver, type);
  // Who asks for accesses asks whose object is whose.
  if (isHolder || lowering.notesAccesses) {
    const nilFields = nilFieldsOf(lowering, type);
    const nil = nilFields.length > 0 ? { nilFields } : {};
    lowering.emit({ kind: "make", object: "struct", path, type: type.name, ...nil, at });
  }
  return isHolder;
}

/** Channels, and the functions that cancel a context: whether they are set says whether something runs. */
function nilFieldsOf(lowering: Lowering, type: GoType): string[] {
  const { resolver } = lowering.unit;
  const under = resolver.underlying(type);
  if (under.kind !== "struct") return [];
  return under.fields
    .filter((field) => isCancel(field.type) || resolver.underlying(field.type).kind === "channel")
    .map(({ name }) => name);
}

function isCancel(type: GoType): boolean {
  return (
    type.kind === "named" && type.package === "context" && /^Cancel(?:Cause)?Func$/.test(type.name)
  );
}

const READY: ReadonlySet<string> = new Set(["mutex", "rwmutex", "waitgroup", "once", "errgroup"]);

function zeroObject(lowering: Lowering, type: GoType): ReturnType<Lowering["unit"]["objectOf"]> {
  if (type.kind !== "named" || (type.package === "sync" && type.name === "Locker"))
    return undefined;
  const object = lowering.unit.objectOf(type);
  return object && READY.has(object) ? object : undefined;
}
