import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { EMITTER_METHOD } from "../emitter-methods.ts";
import { judgedTrees, nodesOf, placeOf } from "../judged-trees.ts";
import { isTestPath } from "../test-path.ts";

/** Neighbouring overloads that differ in the type of one parameter, or by one parameter at the end. */
export const unifiableOverloads = defineAnalysis("unifiable overloads", (use): readonly Problem[] =>
  judgedTrees(use, /\)\s*:[^;{}]+;/)
    .filter(({ path }) => !isTestPath(path))
    .flatMap((file) =>
      nodesOf(file, "method_signature", "function_signature", "abstract_method_signature").flatMap(
        (node): Problem[] => {
          const { tree } = file;
          const next = nextSignature(tree, node);
          const how = next === NONE ? undefined : difference(tree, node, next);
          if (how === undefined) return [];
          return [
            {
              at: placeOf(file, tree.childIn(next, "name")),
              message: `the overloads of ${tree.textOf(tree.childIn(node, "name"))} could be one: ${how}`,
              related: [{ at: placeOf(file, node), note: "the one before" }],
            },
          ];
        },
      ),
    ),
);

/** The signature that follows at once, without a comment of its own between; `export` may stand around both. */
function nextSignature(tree: Tree, node: NodeId): NodeId {
  const isExported = tree.kindOf(tree.parentOf(node)) === "export_statement";
  const from = isExported ? tree.parentOf(node) : node;
  for (let at = tree.nextSibling[from] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
    if (!tree.isNamed(at)) continue;
    const inner = isExported ? (tree.namedChildren(at)[0] ?? NONE) : at;
    return inner !== NONE && tree.kindOf(inner) === tree.kindOf(node) ? inner : NONE;
  }
  return NONE;
}

function difference(tree: Tree, one: NodeId, other: NodeId): string | undefined {
  const same = (field: string) => textIn(tree, one, field) === textIn(tree, other, field);
  if (!same("name") || !same("return_type") || !same("type_parameters")) return undefined;
  if (/^\s*static\b/.test(tree.textOf(one)) !== /^\s*static\b/.test(tree.textOf(other)))
    return undefined;
  const [left, right] = [parametersOf(tree, one), parametersOf(tree, other)];
  const longer = left.length > right.length ? left : right;
  const shorter = left.length > right.length ? right : left;
  const last = longer.at(-1);
  if (longer.length === shorter.length + 1 && last !== undefined) {
    const isPrefix = shorter.every((each, index) => each === longer[index]);
    return isPrefix && !last.startsWith("...") ? `${nameIn(last)} is optional` : undefined;
  }
  if (left.length !== right.length) return undefined;
  const differing = left.flatMap((each, index) => (each === right[index] ? [] : [index]));
  const [index] = differing;
  if (differing.length !== 1 || index === undefined) return undefined;
  const [first = "", second = ""] = [left[index], right[index]];
  if (nameIn(first) !== nameIn(second) || first.includes("?:") !== second.includes("?:"))
    return undefined;
  if (isCompleted(first, second) || isCompleted(second, first)) return undefined;
  if (isLiteral(first) && isLiteral(second) && isTable(tree, one)) return undefined;
  return `${nameIn(first)} is of either type`;
}

/** `"btree" | "hash"` beside `string`: put into one union, editors would no longer propose the known values. */
function isCompleted(known: string, any: string): boolean {
  const typeOf = (parameter: string) => parameter.replace(/^[^:]*:\s*/, "");
  return /^(?:string|number)$/.test(typeOf(any)) && /^[A-Z][\w$.]*$|["'`\d]/.test(typeOf(known));
}

/** `"open"`, `Event.Open`: a value of its own, or a member of an enumeration. */
function isLiteral(parameter: string): boolean {
  return /:\s*(?:"[^"]*"|'[^']*'|-?\d+|(?:\w+\.)+\w+)$/.test(parameter);
}

/** Overloads that list events, one a line: of an emitter, or more than two of them, each of which is looked up by its literal. */
function isTable(tree: Tree, node: NodeId): boolean {
  const name = textIn(tree, node, "name");
  if (EMITTER_METHOD.test(name)) return true;
  const overloads = tree
    .namedChildren(tree.parentOf(node))
    .filter(
      (each) => tree.kindOf(each) === tree.kindOf(node) && textIn(tree, each, "name") === name,
    );
  return overloads.length > 2;
}

function parametersOf(tree: Tree, node: NodeId): string[] {
  const list = tree.childIn(node, "parameters");
  return list === NONE
    ? []
    : tree
        .namedChildren(list)
        .filter((each) => tree.kindOf(each) !== "comment")
        .map((each) => tree.textOf(each).replace(/\s+/g, " "));
}

function nameIn(parameter: string): string {
  return /^[\w$.]+/.exec(parameter)?.[0] ?? parameter;
}

function textIn(tree: Tree, node: NodeId, field: string): string {
  const child = tree.childIn(node, field);
  return child === NONE ? "" : tree.textOf(child).replace(/\s+/g, " ");
}
