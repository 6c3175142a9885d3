import type { AccessPath } from "../../../model/path.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import type { Lowering } from "./lowering.ts";
import type { NamedPath } from "./paths.ts";

/**
 * Whether others may see what a path names: members of `this` and of parameters, names of the module, and names that
 * closures share. A name that is never assigned again is no state; its members are.
 */
export function isShared(lowering: Lowering, { path, declared }: NamedPath): boolean {
  if (path.root.kind !== "variable") return false;
  const { variable } = path.root;
  const isMember = path.steps.length > 0;
  if (variable.role === "receiver") return isMember;
  if (!isMember && declared && !MUTABLE.has(declared.kind)) return false;
  if (variable.role === "global") return true;
  if (variable.role === "parameter" && isMember) return true;
  return variable.declaredIn !== lowering.id || lowering.captured.has(variable.name);
}

const MUTABLE: ReadonlySet<string> = new Set(["let", "var", "parameter", "catch"]);

export function emitRead(lowering: Lowering, node: NodeId, named: NamedPath): void {
  if (isShared(lowering, named))
    lowering.emit({ kind: "read", path: named.path, at: lowering.spanOf(node) });
}

/** The path alone, for what has no declared root. */
export function unnamed(path: AccessPath): NamedPath {
  return { path, declared: undefined };
}
