import type { Language } from "web-tree-sitter";
import type { Grammar, GrammarName } from "./tree.ts";

/** tree-sitter's number for an ERROR node. */
export const ERROR_KIND = 65535;

/** Reads a grammar's names once, so that later lookups are array and map reads. */
export function readGrammar(name: GrammarName, language: Language): Grammar {
  const kinds: string[] = [];
  const named: boolean[] = [];
  for (let kind = 0; kind < language.nodeTypeCount; kind++) {
    kinds.push(language.nodeTypeForId(kind) ?? "");
    named.push(language.nodeTypeIsNamed(kind));
  }
  const fields = new Map<string, number>();
  for (let field = 1; field <= language.fieldCount; field++) {
    const fieldName = language.fieldNameForId(field);
    if (fieldName) fields.set(fieldName, field);
  }
  return {
    name,
    kindName: (kind) => (kind === ERROR_KIND ? "ERROR" : (kinds[kind] ?? "")),
    isNamed: (kind) => kind === ERROR_KIND || (named[kind] ?? false),
    kind(kindName, wantNamed = true) {
      const kind = kinds.findIndex(
        (candidate, at) => candidate === kindName && named[at] === wantNamed,
      );
      if (kind === -1)
        throw new Error(
          `the ${name} grammar has no ${wantNamed ? "" : "anonymous "}kind "${kindName}"`,
        );
      return kind;
    },
    field(fieldName) {
      const field = fields.get(fieldName);
      if (field === undefined) throw new Error(`the ${name} grammar has no field "${fieldName}"`);
      return field;
    },
  };
}
