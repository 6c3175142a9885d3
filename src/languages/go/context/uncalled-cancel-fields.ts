import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, placeOf } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";

/** A field that gets a cancel function and is read nowhere in the package, so that nobody can call it. */
export interface UncalledCancelField {
  readonly type: string;
  readonly field: string;
  readonly declaredAt: Place;
  /** Where it is given its value; in order. */
  readonly setAt: readonly [Place, ...Place[]];
}

const INTEREST = /\bcontext\.Cancel(?:Cause)?Func\b/;

/** Unexported fields alone: others may be called from elsewhere. */
export const uncalledCancelFields = defineAnalysis(
  "uncalled cancel fields",
  (use): UncalledCancelField[] => {
    const pkg = use(goPackage);
    return pkg.files
      .filter(({ isJudged, isTest, text }) => isJudged && !isTest && INTEREST.test(text))
      .flatMap((file) => cancelFields(file).flatMap((field) => uncalled(pkg, field) ?? []));
  },
);

type Declared = Pick<UncalledCancelField, "type" | "field" | "declaredAt">;

function cancelFields(file: GoFile): Declared[] {
  const { tree } = file;
  return file.declarations.types.flatMap(({ node, name }) => {
    if (!tree) return [];
    const after = tree.afterSubtree(node);
    const found: Declared[] = [];
    for (let at = node; at < after; at++) {
      if (tree.kindOf(at) !== "field_declaration") continue;
      const type = tree.childIn(at, "type");
      if (
        type === NONE ||
        !INTEREST.test(tree.textOf(type)) ||
        tree.kindOf(type) !== "qualified_type"
      )
        continue;
      for (const field of tree.childrenIn(at, "name")) {
        const written = tree.textOf(field);
        if (/^\p{Ll}/u.test(written))
          found.push({ type: name, field: written, declaredAt: placeOf(file, tree, field) });
      }
    }
    return found;
  });
}

/** Every mention of a field of that name, whatever the type: one that reads is enough. */
function uncalled(pkg: GoPackage, declared: Declared): UncalledCancelField | undefined {
  const word = new RegExp(`\\b${declared.field}\\b`);
  const setAt: Place[] = [];
  for (const file of pkg.files) {
    const tree = word.test(file.text) ? file.tree : undefined;
    if (!tree) continue;
    for (let node = 0; node < tree.size; node++) {
      const use = useOfField(tree, node, declared.field);
      if (use === "read") return undefined;
      if (use === "set" && isOtherwiseCalled(tree, node)) return undefined;
      if (use === "set") setAt.push(placeOf(file, tree, node));
    }
  }
  const [first, ...others] = setAt;
  return first ? { ...declared, setAt: [first, ...others] } : undefined;
}

function useOfField(tree: Tree, node: NodeId, field: string): "read" | "set" | undefined {
  const kind = tree.kindOf(node);
  if (kind !== "field_identifier" && kind !== "identifier") return undefined;
  if (tree.textOf(node) !== field) return undefined;
  const parent = tree.parentOf(node);
  const parentKind = tree.kindOf(parent);
  if (parentKind === "selector_expression" && tree.childIn(parent, "field") === node)
    return isAssigned(tree, parent) ? "set" : "read";
  if (parentKind !== "literal_element" || tree.parentOf(parent) === NONE) return undefined;
  const keyed = tree.parentOf(parent);
  return tree.kindOf(keyed) === "keyed_element" && tree.childIn(keyed, "key") === parent
    ? "set"
    : undefined;
}

/** `s.cancel = cancel`, `session{cancel: cancel}`: whether the function uses the local for more than that. */
function isOtherwiseCalled(tree: Tree, field: NodeId): boolean {
  const holder = tree.parentOf(tree.parentOf(field));
  const value =
    tree.kindOf(holder) === "keyed_element"
      ? tree.childIn(holder, "value")
      : tree.childIn(tree.parentOf(holder), "right");
  const name = value === NONE ? "" : tree.textOf(value);
  if (!/^\w+$/.test(name)) return false;
  const owner = functionAround(tree, field);
  const uses =
    owner === NONE ? [] : [...tree.textOf(owner).matchAll(new RegExp(`\\b${name}\\b`, "g"))];
  // Its declaration, and this use; in a literal the key is called the same as a rule.
  return uses.length > (tree.textOf(field) === name ? 3 : 2);
}

function isAssigned(tree: Tree, selector: NodeId): boolean {
  const list = tree.parentOf(selector);
  const statement = list === NONE ? NONE : tree.parentOf(list);
  return (
    statement !== NONE &&
    tree.kindOf(statement) === "assignment_statement" &&
    tree.childIn(statement, "left") === list
  );
}
