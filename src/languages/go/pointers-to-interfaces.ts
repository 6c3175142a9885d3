import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { isHelperPath } from "./project/roles.ts";
import { standardMethods, standardSymbol } from "./standard-library.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoResolver } from "./type.ts";

/** Parameters, results and fields whose type is a pointer to an interface with methods. */
export const pointersToInterfaces = defineAnalysis(
  "pointers-to-interfaces",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    return use(goPackage)
      .files.filter((file) => file.isJudged && !isForTests(file) && /\*\s*[\w.]/.test(file.text))
      .flatMap((file) => (file.tree ? pointersIn(file, file.tree, resolver) : []));
  },
);

/** What a test sets up is often filled in later, behind a pointer. */
function isForTests({ isTest, path }: GoFile): boolean {
  return isTest || isHelperPath(path);
}

function pointersIn(file: GoFile, tree: Tree, resolver: GoResolver): Problem[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const found: Problem[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind.pointer_type) continue;
    const [target] = tree.namedChildren(node);
    if (target === undefined || !isInterface(file, target, resolver)) continue;
    const holder = holderOf(tree, node);
    if (!holder || isFilled(tree, holder)) continue;
    found.push({
      at: { file: file.path, ...tree.spanOf(node) },
      message: `${holder.what} is a pointer to the interface ${tree.textOf(target)}, which is a reference already`,
    });
  }
  return found;
}

function isInterface(file: GoFile, target: NodeId, resolver: GoResolver): boolean {
  const tree = file.tree as Tree;
  const { kind } = syntaxNumbers(tree.grammar);
  const written = tree.kind[target];
  if (written !== kind.type_identifier && written !== kind.qualified_type) return false;
  const type = resolver.typeFrom(file.path, target);
  if (type.kind !== "named") return false;
  if (!type.declaration) {
    const known = standardSymbol(type.package, type.name);
    const methods = standardMethods(type.package, type.name) ?? [];
    return known?.kind === "type" && known.isInterface && methods.length > 0;
  }
  const structure = resolver.underlying(type);
  return (
    structure.kind === "interface" &&
    !structure.isConstraint &&
    structure.methods.length + structure.embedded.length > 0
  );
}

interface Holder {
  readonly what: string;
  /** Its name, where it has one. */
  readonly name: string | undefined;
  /** Where it may be given a value. */
  readonly scope: NodeId;
}

/** The parameter of a function with a body, the result or the field whose type the pointer is, not a part of its type. */
function holderOf(tree: Tree, pointer: NodeId): Holder | undefined {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const parent = tree.parentOf(pointer);
  const parentKind = tree.kind[parent];
  if (tree.field[pointer] === field.result)
    return returnsAddress(tree, parent)
      ? undefined
      : { what: "the result", name: undefined, scope: NONE };
  if (tree.field[pointer] !== field.type) return undefined;
  const nameNode = childIn(tree, parent, field.name);
  const name = nameNode === NONE ? undefined : tree.textOf(nameNode);
  if (parentKind === kind.field_declaration)
    return { what: name === undefined ? "a field" : `the field ${name}`, name, scope: 0 };
  if (parentKind !== kind.parameter_declaration) return undefined;
  const list = tree.parentOf(parent);
  if (tree.field[list] === field.result)
    return returnsAddress(tree, tree.parentOf(list))
      ? undefined
      : { what: "a result", name, scope: NONE };
  if (tree.field[list] === field.receiver) return undefined;
  // Whoever implements a method, or is called through a function type, may fill it.
  if (childIn(tree, tree.parentOf(list), field.body) === NONE) return undefined;
  return {
    what: name === undefined ? "a parameter" : `the parameter ${name}`,
    name,
    scope: tree.parentOf(list),
  };
}

/** It returns where a variable of the package lies, which others may fill later. */
function returnsAddress(tree: Tree, holder: NodeId): boolean {
  const body = childIn(tree, holder, syntaxNumbers(tree.grammar).field.body);
  if (body === NONE) return false;
  const inside = tree.textOf(tree.parentOf(body));
  return [...inside.matchAll(/\breturn\s+&(\w+)/g)].some(
    ([, name = ""]) =>
      !new RegExp(`\\b${name}\\b[\\w, ]*:=|\\bvar\\s+${name}\\b|[(,]\\s*${name}\\s`).test(inside),
  );
}

/** Something is put behind the pointer, here (`*into = value`, `*into, err = open()`) or by whom it is handed on to. */
function isFilled(tree: Tree, { name, scope }: Holder): boolean {
  if (name === undefined || scope === NONE) return false;
  const text = tree.textOf(scope);
  if (new RegExp(`\\*\\(?(?:\\w+\\.)*${name}\\)?\\s*(?:=[^=]|,)`).test(text)) return true;
  // A function inside reads it later, when it may have another value.
  if (scope !== 0 && new RegExp(`\\bfunc\\([^{]*\\{[\\s\\S]*\\b${name}\\b`).test(bodyOf(text)))
    return true;
  return (
    scope !== 0 && new RegExp(`(?<![\\w.*])${name}(?=\\s*[,)}\\]]|\\s*$)`, "m").test(bodyOf(text))
  );
}

/** What stands behind the head of a function. */
function bodyOf(text: string): string {
  const brace = /\{[ \t]*\r?\n/.exec(text);
  return brace ? text.slice(brace.index) : "";
}
