import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { isTestPath } from "./test-path.ts";

/** `T extends any`, `T extends unknown`: constraints that every type meets. */
export const unneededConstraints = defineAnalysis(
  "unneeded constraints",
  (use): readonly Problem[] =>
    judgedTrees(use, /\bextends\s+(?:any|unknown)\b/).flatMap((file) =>
      nodesOf(file, "constraint").flatMap((node) => unneededConstraint(file, node) ?? []),
    ),
);

function unneededConstraint(file: JudgedTree, node: NodeId): Problem | undefined {
  const { tree, path } = file;
  const [type] = tree.namedChildren(node);
  const parameter = tree.parentOf(node);
  if (type === undefined || tree.kindOf(parameter) !== "type_parameter") return undefined;
  const text = tree.textOf(type);
  const name = tree.childIn(parameter, "name");
  if ((text !== "any" && text !== "unknown") || name === NONE) return undefined;
  const owner = tree.parentOf(tree.parentOf(parameter));
  // `<T,>(…) =>` needs something that isn't read as JSX.
  const isJsx = /\.[mc]?tsx$/.test(path) && tree.kindOf(owner) === "arrow_function";
  const edit = { file: path, start: tree.end[name] as number, end: tree.end[node] as number };
  return {
    at: placeOf(file, node),
    message: `every type extends ${text}: ${tree.textOf(name)} has no constraint`,
    fixes: isJsx
      ? []
      : [{ kind: "safe", description: "leave the constraint out", edits: [{ ...edit, text: "" }] }],
  };
}

/** Type parameters of functions that stand once in the signature, and so relate nothing to anything. */
export const singleUseTypeParameters = defineAnalysis(
  "single-use type parameters",
  (use): readonly Problem[] =>
    judgedTrees(use, /<[^<>]*>\s*\(/).flatMap((file) =>
      nodesOf(file, "type_parameter").flatMap((node) => singleUse(file, node) ?? []),
    ),
);

function singleUse(file: JudgedTree, parameter: NodeId): Problem | undefined {
  const { tree } = file;
  const list = tree.parentOf(parameter);
  const owner = tree.parentOf(list);
  const nameNode = tree.childIn(parameter, "name");
  if (nameNode === NONE || !FUNCTIONS.has(tree.kindOf(owner))) return undefined;
  if (isTestPath(file.path) || dependsOnOthers(tree, parameter, list)) return undefined;
  const body = tree.childIn(owner, "body");
  const result = tree.childIn(owner, "return_type");
  // An inferred result may have it as well.
  if (body !== NONE && result === NONE) return undefined;
  const name = tree.textOf(nameNode);
  const end = body === NONE ? tree.afterSubtree(owner) : body;
  const uses = namesIn(tree, list, end, name).filter((node) => node !== nameNode);
  const inBody = body === NONE ? [] : namesIn(tree, body, tree.afterSubtree(body), name);
  const [only] = uses;
  if (uses.length !== 1 || only === undefined || inBody.length > 0) return undefined;
  // A constraint of another parameter, a mapped or conditional type, `keyof T`, `typeof`: it shapes something.
  for (let at = tree.parentOf(only); at !== owner && at !== NONE; at = tree.parentOf(at))
    if (SHAPING.has(tree.kindOf(at))) return undefined;
  if (body !== NONE && isKeyWrittenTo(tree, only, body)) return undefined;
  const isResult = result !== NONE && only > result;
  if (isResult && tree.kindOf(tree.parentOf(only)) === "array_type") return undefined;
  // `raw<T = any>(…): T` says that callers may name it; `typeof parameter` in the result is a second use.
  if (isResult && tree.childIn(parameter, "value") !== NONE) return undefined;
  if (result !== NONE && /\btypeof\b/.test(tree.textOf(result))) return undefined;
  return {
    at: placeOf(file, nameNode),
    message: isResult
      ? `${name} stands in the result alone: the caller names any type, and nothing checks it`
      : `${name} is used once, and relates nothing to anything`,
    related: [{ at: placeOf(file, only), note: "its only use" }],
  };
}

/** `to[key] = from[key]` is allowed for one key that is not known, and refused for one of several. */
function isKeyWrittenTo(tree: Tree, only: NodeId, body: NodeId): boolean {
  const parameter = tree.parentOf(tree.parentOf(only));
  const name = tree.kindOf(parameter).endsWith("_parameter")
    ? tree.childIn(parameter, "pattern")
    : NONE;
  if (name === NONE || tree.kindOf(name) !== "identifier") return false;
  const written = `\\[\\s*${tree.textOf(name).replaceAll("$", "\\$")}\\s*\\]\\s*(?:[-+*/&|?]{1,2}|\\*\\*)?=(?!=|>)`;
  return new RegExp(written).test(tree.textOf(body));
}

/** Its constraint or default names another parameter: it may be there to infer that one. */
function dependsOnOthers(tree: Tree, parameter: NodeId, list: NodeId): boolean {
  const text = tree.textOf(parameter);
  return tree.namedChildren(list).some((other) => {
    const name = tree.childIn(other, "name");
    return (
      other !== parameter && name !== NONE && new RegExp(`\\b${tree.textOf(name)}\\b`).test(text)
    );
  });
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  "function_declaration",
  "function_signature",
  "function_expression",
  "arrow_function",
  "generator_function_declaration",
]);

const SHAPING: ReadonlySet<string> = new Set([
  "type_parameters",
  "mapped_type_clause",
  "conditional_type",
  "index_type_query",
  "lookup_type",
  "type_query",
  "type_predicate",
  "type_predicate_annotation",
  "asserts_annotation",
  "template_literal_type",
  "infer_type",
  "type_arguments",
  "rest_pattern",
  "rest_type",
  "tuple_type",
  "function_type",
  "object_type",
]);

function namesIn(tree: Tree, from: NodeId, end: NodeId, name: string): NodeId[] {
  const found: NodeId[] = [];
  for (let node = from; node < end; node++)
    if (tree.kindOf(node) === "type_identifier" && tree.textOf(node) === name) found.push(node);
  return found;
}
