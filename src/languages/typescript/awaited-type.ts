import { declaredType, type TsType, UNKNOWN, unionOf } from "./ts-type.ts";

/** Promises in promises beyond this are nobody's. */
const DEEPEST = 10;

/** What `await` makes of a value: promises give what they are promises of, everything else stays itself. */
export function awaitedType(type: TsType): TsType {
  let current = type;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const declared = declaredType(current);
    if (declared.kind === "promise" || declared.kind === "union") current = declared;
    if (current.kind === "promise") current = current.awaited();
    else if (current.kind === "union" && current.members.some(({ kind }) => kind === "promise"))
      current = unionOf(
        current.members.map((member) => (member.kind === "promise" ? member.awaited() : member)),
      );
    else return current;
  }
  return UNKNOWN;
}
