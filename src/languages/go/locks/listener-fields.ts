import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver, GoType } from "../type.ts";

const INTEREST = /\bfunc\s*\(|Func\b|Handler\b|Listener\b|Callback\b|Hook\b/;
/** `called with mu held`, `must not block`. */
const WARNS = /\/\/.*(?:lock|mutex|\bheld\b|must not|should not|may not|re-?entr)/i;

/** Fields of the package that hold functions without results, or slices or maps of them, by their slots: who calls one tells somebody, and asks nothing. */
export const listenerFields = defineAnalysis("listener fields", (use): ReadonlySet<string> => {
  const pkg = use(goPackage);
  const resolver = use(goResolver);
  const home = pkg.importPath === "" ? pkg.name : pkg.importPath;
  const slots = pkg.files.flatMap((file) => {
    if (file.isTest || !INTEREST.test(file.text)) return [];
    return file.declarations.types.flatMap(({ name, tree, node }) => {
      const struct = tree.childIn(node, "type");
      if (struct === NONE || tree.kindOf(struct) !== "struct_type") return [];
      const list = tree.childOfKind(struct, "field_declaration_list");
      const fields = list === NONE ? [] : tree.namedChildren(list);
      return fields.flatMap((field, index) => {
        const type = tree.childIn(field, "type");
        if (type === NONE || !tells(resolver.typeFrom(file.path, type), resolver)) return [];
        const before = fields[index - 1];
        const from = before !== undefined && tree.kindOf(before) === "comment" ? before : field;
        const text = tree.text.slice(tree.start[from], lineEnd(tree.text, tree.end[field] ?? 0));
        if (WARNS.test(text)) return [];
        return tree.childrenIn(field, "name").map((one) => `${home}.${name}.${tree.textOf(one)}`);
      });
    });
  });
  return new Set(slots);
});

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function tells(type: GoType, resolver: GoResolver): boolean {
  const structure = resolver.underlying(type);
  if (structure.kind === "function") return structure.results.length === 0;
  const element =
    structure.kind === "slice"
      ? structure.element
      : structure.kind === "map"
        ? structure.value
        : undefined;
  if (!element) return false;
  const inside = resolver.underlying(element);
  return inside.kind === "function" && inside.results.length === 0;
}
