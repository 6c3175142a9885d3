import type { GoType } from "./type.ts";

/** The type that a pointer points to; any other type itself. */
export function behindPointer(type: GoType): GoType {
  return type.kind === "pointer" ? type.to : type;
}
