import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

const LONGEST = 60;
const DEEPEST = 12;

/**
 * How a message names an expression, on one line and without arguments: `this.store.save()`, `fetch().then()`,
 * `new Promise()`; an ellipsis stands for what has no short name.
 */
export function expressionName(tree: Tree, expression: NodeId): string {
  const parts: string[] = [];
  let node = expression;
  for (let depth = 0; node !== NONE; depth++) {
    if (depth === DEEPEST) {
      parts.push("…");
      break;
    }
    const part = partOf(tree, node);
    parts.push(part.text);
    node = part.rest;
  }
  const name = parts.reverse().join("");
  return name.length <= LONGEST ? name : `…${name.slice(-LONGEST)}`;
}

/** The last part of a name, and the node that the rest names. */
function partOf(tree: Tree, node: NodeId): { readonly text: string; readonly rest: NodeId } {
  switch (tree.kindOf(node)) {
    case "identifier":
    case "shorthand_property_identifier":
    case "this":
    case "super":
      return { text: tree.textOf(node), rest: NONE };
    case "import":
      return { text: "import", rest: NONE };
    case "member_expression": {
      const dot = tree.childIn(node, "optional_chain") === NONE ? "." : "?.";
      const property = tree.childIn(node, "property");
      const text = property === NONE ? "" : tree.textOf(property);
      return { text: dot + text, rest: tree.childIn(node, "object") };
    }
    case "subscript_expression":
      return { text: "[…]", rest: tree.childIn(node, "object") };
    case "call_expression":
      return { text: "()", rest: tree.childIn(node, "function") };
    case "new_expression":
      return { text: newName(tree, node), rest: NONE };
    case "parenthesized_expression":
    case "non_null_expression":
    case "as_expression":
    case "satisfies_expression":
    case "await_expression":
      return { text: "", rest: tree.namedChildren(node)[0] ?? NONE };
    case "arrow_function":
    case "function_expression":
      return { text: "(async () => …)", rest: NONE };
    default:
      return { text: "…", rest: NONE };
  }
}

function newName(tree: Tree, node: NodeId): string {
  const made = tree.childIn(node, "constructor");
  const text = made === NONE ? "" : tree.textOf(made);
  return /^[\w$.#]+$/.test(text) ? `new ${text}()` : "new …()";
}
