import type { Language } from "web-tree-sitter";
import type { Grammar, GrammarName } from "./tree.ts";

/** tree-sitter's number for an ERROR node. */
export const ERROR_KIND = 65535;

/** Reads a grammar's names once, so that later lookups are array and map reads. */
export function readGrammar(name: GrammarName, language: Language): Grammar {
  const kinds = language.types;
  const named = kinds.map((_, kind) => language.nodeTypeIsNamed(kind));
  const fields = new Map<string, number>();
  language.fields.forEach((fieldName, field) => {
    if (fieldName) fields.set(fieldName, field);
  });
  return {
    name,
    kindName: (kind) => (kind === ERROR_KIND ? "ERROR" : (kinds[kind] ?? "")),
    isNamed: (kind) => kind === ERROR_KIND || (named[kind] ?? false),
    kind(kindName, wantNamed = true) {
      const kind = language.idForNodeType(kindName, wantNamed);
      if (kind === null)
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
