import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isDamaged } from "./damage.ts";
import { typescriptModules } from "./modules.ts";
import { namedNodes } from "./nodes.ts";
import { isTestPath } from "./test-path.ts";

/** An interface that says nothing of its own. */
export interface EmptyInterface {
  readonly name: string;
  /** The name in its declaration. */
  readonly at: Place;
  /** From the word `interface` to the end of the body. */
  readonly declaration: Place;
  /** The one interface that it extends, as written; undefined for an empty one. */
  readonly base: string | undefined;
  /** As they would stand in an alias: `<T>`, or nothing. */
  readonly typeParameters: string;
  /** Others can see it, and could merge members into it. */
  readonly isExported: boolean;
  readonly isDefaultExport: boolean;
}

/**
 * The interfaces without members in the judged files, but for those that wait for members: augmented in a `declare module`
 * or `declare global`, merged with a declaration of the same name, ambient, generic, marked by a comment, or markers that
 * classes and other interfaces name.
 */
export const emptyInterfaces = defineAnalysis(
  "empty interfaces",
  (use): readonly EmptyInterface[] => {
    const { judged, module, text, isLibrary } = use(typescriptModules);
    let augmentations: string | undefined;
    const isAugmented = (name: string) => {
      augmentations ??= judged
        .map((path) => text(path) ?? "")
        .filter((each) => AUGMENTS.test(each))
        .join("\n");
      return augmenting(name).test(augmentations);
    };
    return judged
      .filter((path) => EMPTY.test(text(path) ?? "") && !isTestPath(path))
      .flatMap((path) => {
        const tree = module(path)?.tree;
        return tree
          ? emptyIn(tree, path).filter(
              ({ name, isExported }) => !(isExported && isLibrary(path)) && !isAugmented(name),
            )
          : [];
      });
  },
);

const EMPTY = /\binterface\s+[^{}]+\{\s*\}/;
const AUGMENTS = /\bdeclare\s+(?:module|global|namespace)\b/;

/** Inside of a block, as its indentation tells. */
function augmenting(name: string): RegExp {
  return new RegExp(
    `^[ \\t]+(?:export\\s+)?interface\\s+${name.replaceAll("$", "\\$")}(?![\\w$])`,
    "m",
  );
}

function emptyIn(tree: Tree, file: string): EmptyInterface[] {
  const declared = tree.grammar.kind("interface_declaration");
  const found: EmptyInterface[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== declared) continue;
    const each = emptyInterface(tree, file, node);
    if (each) found.push(each);
  }
  return found;
}

function emptyInterface(tree: Tree, file: string, node: NodeId): EmptyInterface | undefined {
  const body = tree.childIn(node, "body");
  const nameNode = tree.childIn(node, "name");
  if (body === NONE || nameNode === NONE || tree.namedChildren(body).length > 0) return undefined;
  const parameters = tree.childIn(node, "type_parameters");
  const heritage = tree.childOfKind(node, "extends_type_clause");
  const bases = heritage === NONE ? [] : namedNodes(tree, heritage);
  const [base] = bases;
  // An empty one with parameters, and a base with arguments, give a type a name of its own.
  if (bases.length > 1 || (base === undefined && parameters !== NONE)) return undefined;
  if (base !== undefined && tree.kindOf(base) === "generic_type") return undefined;
  const name = tree.textOf(nameNode);
  const statement = statementOf(tree, node);
  if (isAmbient(tree, node) || isDamaged(tree, node) || isWaiting(tree, statement))
    return undefined;
  if (isNamedElsewhere(tree, name)) return undefined;
  const isExported = tree.kindOf(statement) === "export_statement" || isListed(tree, name);
  return {
    name,
    at: { file, ...tree.spanOf(nameNode) },
    declaration: { file, ...tree.spanOf(node) },
    base: base === undefined ? undefined : tree.textOf(base),
    typeParameters: parameters === NONE ? "" : tree.textOf(parameters),
    isExported,
    isDefaultExport: /^export\s+default\b/.test(tree.textOf(statement)),
  };
}

/** The declaration with its `export`. */
function statementOf(tree: Tree, node: NodeId): NodeId {
  const parent = tree.parentOf(node);
  return parent !== NONE && tree.kindOf(parent) === "export_statement" ? parent : node;
}

function isAmbient(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "ambient_declaration" || kind === "internal_module" || kind === "module")
      return true;
  }
  return false;
}

/** The comment above says that members are to come from elsewhere, or that there are to be none. */
function isWaiting(tree: Tree, statement: NodeId): boolean {
  const before = tree.text.slice(0, tree.start[statement]).trimEnd();
  if (!before.endsWith("*/") && !/\/\/[^\n]*$/.test(before)) return false;
  const opened = before.endsWith("*/") ? before.lastIndexOf("/*") : before.lastIndexOf("//");
  const comment = before.slice(Math.max(opened, before.length - 1_000));
  return /augment|merg|extend|placeholder|marker|brand|empty|overrid|plugin|regist/i.test(comment);
}

/** Merged with another declaration of the name, or a marker that others implement, extend or constrain by. */
function isNamedElsewhere(tree: Tree, name: string): boolean {
  const word = `${name.replaceAll("$", "\\$")}(?![\\w$])`;
  const merged = new RegExp(`\\b(?:interface|class|namespace|module|enum)\\s+${word}`, "g");
  const declarations = tree.text.match(merged) ?? [];
  return (
    declarations.length > 1 ||
    new RegExp(`\\b(?:implements|extends)\\s[^{};]*?(?<![\\w$.])${word}`).test(tree.text)
  );
}

/** `export { A }`, `export type { A }`, `export default A`. */
function isListed(tree: Tree, name: string): boolean {
  const word = `(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`;
  return new RegExp(`\\bexport\\s+(?:type\\s+)?(?:default\\s+|\\{[^}]*?)${word}`).test(tree.text);
}
