import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver, TypeDeclaration } from "../type.ts";
import { standardLock } from "./lock-calls.ts";

/** A field whose declaration says which lock beside it guards it. */
export interface GuardedField {
  /** As in access paths: `package.Type.field`. */
  readonly slot: string;
  readonly lockSlot: string;
  readonly lock: string;
  readonly at: Place;
}

const INTEREST = /\b(?:guard|protect)(?:s|ed by)\b|\+checklocks:/i;
/** `guarded by mu`, `protected by s.mu`, `+checklocks:mu`. */
const GUARDED =
  /(?:\b(?:guarded|protected) by (?:the )?|\+checklocks:)[`'"]?(?:([\p{L}_]\w*)\.)?([\p{L}_]\w*)/iu;
/** `mu guards a, b and c`, `protects items`. */
const GUARDS =
  /\b(?:guards|protects)(?: access to)?:?\s+((?:[\p{L}_]\w*(?:,\s*(?:and\s+)?|\s+and\s+))*[\p{L}_]\w*)\s*\.?\s*$/iu;

/** Of all files of the package: the field may stand in another one than its uses. */
export const guardedFields = defineAnalysis("guarded fields", (use): GuardedField[] => {
  const pkg = use(goPackage);
  const resolver = use(goResolver);
  const home = pkg.importPath === "" ? pkg.name : pkg.importPath;
  return pkg.files.flatMap((file) => {
    if (file.isTest || !INTEREST.test(file.text)) return [];
    return file.declarations.types.flatMap((type) => fieldsOf(file, type, home, resolver));
  });
});

function fieldsOf(
  file: GoFile,
  { name, tree, node }: TypeDeclaration,
  home: string,
  resolver: GoResolver,
): GuardedField[] {
  const struct = tree.childIn(node, "type");
  const list =
    struct === NONE || tree.kindOf(struct) !== "struct_type"
      ? NONE
      : tree.childOfKind(struct, "field_declaration_list");
  if (list === NONE) return [];
  const fields = tree.namedChildren(list).filter((one) => tree.kindOf(one) === "field_declaration");
  const names = new Map(
    fields.flatMap((field) => tree.childrenIn(field, "name").map((one) => [tree.textOf(one), one])),
  );
  const isLock = (field: NodeId): boolean =>
    standardLock(resolver.typeFrom(file.path, tree.childIn(field, "type"))) !== undefined;
  const locks = new Set(
    fields
      .filter(isLock)
      .flatMap((field) => tree.childrenIn(field, "name").map((one) => tree.textOf(one))),
  );
  const found: GuardedField[] = [];
  const add = (field: string, lock: string): void => {
    const at = names.get(field);
    if (at === undefined || !locks.has(lock) || locks.has(field)) return;
    const slot = `${home}.${name}.${field}`;
    if (found.some((one) => one.slot === slot)) return;
    found.push({
      slot,
      lockSlot: `${home}.${name}.${lock}`,
      lock,
      at: { file: file.path, ...tree.spanOf(at) },
    });
  };
  for (const field of fields) {
    const own = tree.childrenIn(field, "name").map((one) => tree.textOf(one));
    const comment = commentOf(tree, field);
    const [, owner, lock] = GUARDED.exec(comment) ?? [];
    if (lock !== undefined && (owner === undefined || owner === name || !/^\p{Lu}/u.test(owner)))
      for (const one of own) add(one, lock);
    const [mutex] = own;
    if (mutex === undefined || !locks.has(mutex)) continue;
    const [, guarded = ""] = GUARDS.exec(comment) ?? [];
    for (const one of guarded.split(/,\s*(?:and\s+)?|\s+and\s+/)) add(one, mutex);
  }
  return found;
}

/** What stands behind a field on its line, and in the lines of comment directly above. */
function commentOf(tree: Tree, field: NodeId): string {
  const { start, end } = tree.spanOf(field);
  const { text } = tree;
  const [, behind = ""] = /^[^\n]*?\/\/([^\n]*)/.exec(text.slice(end)) ?? [];
  const lines = text.slice(0, start).split(/\r?\n/).slice(0, -1);
  const above: string[] = [];
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const [, words] = /^\s*\/\/(.*)$/.exec(line) ?? [];
    if (words === undefined) break;
    above.unshift(words);
  }
  return [...above, behind].join(" ").trim();
}
