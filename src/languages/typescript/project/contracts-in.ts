import type { Contract } from "../../language.ts";
import { declaredNames } from "./declarations.ts";

/** The interfaces that a TypeScript text declares, with their own members: nothing is parsed. */
export function contractsIn(text: string): readonly Contract[] {
  return declaredNames({ path: "", text, isTest: false, isContext: false }).flatMap(
    ({ kind, name, bodyStart, end }) => {
      if (kind !== "interface") return [];
      const body = text.slice(bodyStart + 1, end);
      const members = [...body.matchAll(/(?:^|[\n;{,])\s*(?:readonly\s+)?([\w$]+)\??[ \t]*[:(<]/g)];
      return [{ name, members: members.map(([, member = ""]) => member) }];
    },
  );
}
