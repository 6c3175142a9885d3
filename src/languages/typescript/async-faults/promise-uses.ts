import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";

/** What is done with a value for which a promise is of no use. */
export type PromiseUse =
  | "condition"
  | "comparison"
  | "text"
  | "spread"
  | "property"
  | "loop"
  /** Given to what takes no promise: a parameter, a variable, a property by its type. */
  | "value";

export interface Use {
  readonly use: PromiseUse;
  /** The property that is read, for `property`. */
  readonly property: string;
}

/** What is done with the value of an expression, as the syntax around it tells. */
export function useOf(tree: Tree, expression: NodeId): Use | undefined {
  let node = expression;
  let parent = tree.parentOf(node);
  while (tree.kindOf(parent) === "parenthesized_expression" && !isTested(tree, parent)) {
    node = parent;
    parent = tree.parentOf(node);
  }
  const used = (use: PromiseUse, property = ""): Use => ({ use, property });
  switch (tree.kindOf(parent)) {
    case "parenthesized_expression":
      return used("condition");
    case "ternary_expression":
      return tree.childIn(parent, "condition") === node ? used("condition") : undefined;
    case "unary_expression":
      return hasToken(tree, parent, "!") ? used("condition") : undefined;
    case "binary_expression":
      return inBinary(tree, parent, node);
    case "template_substitution":
      return isTagged(tree, parent) ? undefined : used("text");
    case "spread_element":
      return used("spread");
    case "member_expression": {
      const property = tree.textOf(tree.childIn(parent, "property"));
      const isOther = tree.childIn(parent, "object") !== node || PROMISE_MEMBERS.has(property);
      return isOther || isWritten(tree, parent) || isInType(tree, parent)
        ? undefined
        : used("property", property);
    }
    case "variable_declarator":
      return tree.childIn(parent, "value") === node ? takenApart(tree, parent) : undefined;
    case "for_in_statement":
      return tree.childIn(parent, "right") === node && !hasToken(tree, parent, "await")
        ? used("loop")
        : undefined;
    default:
      return undefined;
  }
}

/** `const { id } = load();`, `const [first] = load();`. */
function takenApart(tree: Tree, declarator: NodeId): Use | undefined {
  const pattern = tree.childIn(declarator, "name");
  if (tree.kindOf(pattern) === "array_pattern") return { use: "loop", property: "" };
  if (tree.kindOf(pattern) !== "object_pattern") return undefined;
  const [first] = namedNodes(tree, pattern);
  if (first === undefined) return undefined;
  const key = tree.childIn(first, tree.kindOf(first) === "pair_pattern" ? "key" : "left");
  const property = tree.textOf(key === NONE ? first : key);
  const isOther = tree.kindOf(first) === "rest_pattern" || PROMISE_MEMBERS.has(property);
  return isOther ? undefined : { use: "property", property };
}

/** `should` is what chai gives to everything; the last ones are Bluebird's, which projects give to the promise of the platform. */
const PROMISE_MEMBERS: ReadonlySet<string> = new Set([
  "then",
  "catch",
  "finally",
  "should",
  ...["delay", "timeout", "tap", "tapCatch", "spread", "asCallback", "nodeify", "reflect"],
]);

function isWritten(tree: Tree, member: NodeId): boolean {
  const parent = tree.parentOf(member);
  return tree.kindOf(parent) === "assignment_expression" && tree.childIn(parent, "left") === member;
}

/** `!x`, `a < b`, `true`. */
export function isBoolean(tree: Tree, node: NodeId): boolean {
  if (node === NONE) return false;
  switch (tree.kindOf(node)) {
    case "true":
    case "false":
      return true;
    case "unary_expression":
      return hasToken(tree, node, "!");
    case "binary_expression":
      return COMPARING.has(tree.kindOf(tree.childIn(node, "operator")));
    default:
      return false;
  }
}

/** The grammar reads `import("x").A` in a type as an expression. */
function isInType(tree: Tree, node: NodeId): boolean {
  let inner = node;
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (/type|annotation/.test(kind)) return true;
    if (/^(?:as|satisfies)_expression$/.test(kind) && firstNamed(tree, at) !== inner) return true;
    inner = at;
    if (/statement|declaration|function|arguments/.test(kind)) return false;
  }
  return false;
}

/** The parentheses of `if (…)`, `while (…)`. */
function isTested(tree: Tree, parentheses: NodeId): boolean {
  const owner = tree.parentOf(parentheses);
  return (
    /^(?:if|while|do)_statement$/.test(tree.kindOf(owner)) &&
    tree.childIn(owner, "condition") === parentheses
  );
}

const COMPARING: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "==", "===", "!=", "!=="]);
const LITERALS: ReadonlySet<string> = new Set([
  "number",
  "string",
  "true",
  "false",
  "null",
  "undefined",
]);

function inBinary(tree: Tree, binary: NodeId, node: NodeId): Use | undefined {
  const word = tree.kindOf(tree.childIn(binary, "operator"));
  const isLeft = tree.childIn(binary, "left") === node;
  if (word === "&&" || word === "||")
    return isLeft || useOf(tree, binary)?.use === "condition"
      ? { use: "condition", property: "" }
      : undefined;
  const other = unwrapped(tree, tree.childIn(binary, isLeft ? "right" : "left"));
  const otherKind = tree.kindOf(other);
  if (word === "instanceof" && isLeft)
    return otherKind !== "identifier" || /promise|thenable/i.test(tree.textOf(other))
      ? undefined
      : { use: "comparison", property: "" };
  if (COMPARING.has(word)) {
    const isOrder = word.startsWith("<") || word.startsWith(">");
    return isOrder || LITERALS.has(otherKind) ? { use: "comparison", property: "" } : undefined;
  }
  const isText = otherKind === "string" || otherKind === "template_string";
  return word === "+" && isText ? { use: "text", property: "" } : undefined;
}

/** What a tag function does with promises is its own affair. */
function isTagged(tree: Tree, substitution: NodeId): boolean {
  return tree.kindOf(tree.parentOf(tree.parentOf(substitution))) === "call_expression";
}
