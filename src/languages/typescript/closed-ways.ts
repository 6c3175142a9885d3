import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { ownNodes } from "./async-faults/own-nodes.ts";
import { argumentsOf, namedNodes, unwrapped } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";

/**
 * The branches of a function that a call closes by what it gives: with `this.setTitle(title, false)` the body of `if (persist && …)`, where
 * `persist` is the second parameter and is never written. A parameter that is given nothing has its default.
 */
export function closedWays(call: ModuleNode, { module: { tree }, node: of }: ModuleNode): NodeId[] {
  if (call.module.tree.kindOf(call.node) !== "call_expression") return [];
  const known = knownFlags(call, tree, of);
  const body = tree.childIn(of, "body");
  if (known.size === 0 || body === NONE) return [];
  return [...ownNodes(tree, body)].flatMap((node) => {
    if (tree.kindOf(node) !== "if_statement") return [];
    const answer = truthOf(tree, tree.childIn(node, "condition"), known);
    const closed =
      answer === undefined ? NONE : tree.childIn(node, answer ? "alternative" : "consequence");
    return closed === NONE ? [] : [closed];
  });
}

/** The parameters that are `true` or `false` in this call. */
function knownFlags(call: ModuleNode, tree: Tree, of: NodeId): ReadonlyMap<string, boolean> {
  const known = new Map<string, boolean>();
  const given = argumentsOf(call.module.tree, call.node);
  if (given.some((node) => call.module.tree.kindOf(node) === "spread_element")) return known;
  const parameters = tree.childIn(of, "parameters");
  for (const [index, parameter] of (parameters === NONE
    ? []
    : namedNodes(tree, parameters)
  ).entries()) {
    for (const [flag, isSet] of optionsOf(call.module.tree, given[index], tree, parameter))
      if (!isWritten(tree, of, flag)) known.set(flag, isSet);
    const name = nameOf(tree, parameter);
    const value = tree.childIn(parameter, "value");
    const argument = given[index];
    const text =
      argument !== undefined
        ? call.module.tree.textOf(argument)
        : value === NONE
          ? ""
          : tree.textOf(value);
    if (name === NONE || !/^(?:true|false)$/.test(text)) continue;
    if (!isWritten(tree, of, tree.textOf(name))) known.set(tree.textOf(name), text === "true");
  }
  return known;
}

/** `{ silent = false }`, given `{ silent: true }`, or nothing. */
function* optionsOf(
  givenTree: Tree,
  given: NodeId | undefined,
  tree: Tree,
  parameter: NodeId,
): Generator<readonly [string, boolean]> {
  const pattern =
    tree.kindOf(parameter) === "object_pattern" ? parameter : tree.childIn(parameter, "pattern");
  if (pattern === NONE || tree.kindOf(pattern) !== "object_pattern") return;
  if (given !== undefined && givenTree.kindOf(given) !== "object") return;
  const pairs = given === undefined ? [] : namedNodes(givenTree, given);
  if (pairs.some((pair) => givenTree.kindOf(pair) === "spread_element")) return;
  const texts = new Map(
    pairs.map((pair) => {
      const key = givenTree.childIn(pair, "key");
      const value = givenTree.childIn(pair, "value");
      return key === NONE || value === NONE
        ? [givenTree.textOf(pair), ""]
        : [givenTree.textOf(key), givenTree.textOf(value)];
    }),
  );
  for (const part of namedNodes(tree, pattern)) {
    const hasDefault = tree.kindOf(part) === "object_assignment_pattern";
    const name = tree.textOf(hasDefault ? tree.childIn(part, "left") : part);
    const text = texts.get(name) ?? (hasDefault ? tree.textOf(tree.childIn(part, "right")) : "");
    if (/^(?:true|false)$/.test(text)) yield [name, text === "true"];
  }
}

function nameOf(tree: Tree, parameter: NodeId): NodeId {
  const name =
    tree.kindOf(parameter) === "identifier" ? parameter : tree.childIn(parameter, "pattern");
  return name !== NONE && tree.kindOf(name) === "identifier" ? name : NONE;
}

function isWritten(tree: Tree, of: NodeId, name: string): boolean {
  for (let node = of; node < tree.afterSubtree(of); node++) {
    const isWrite = /^(?:augmented_)?assignment_expression$/.test(tree.kindOf(node));
    if (isWrite && tree.textOf(tree.childIn(node, "left")) === name) return true;
  }
  return false;
}

/** What a condition comes to, as far as the flags say. */
function truthOf(
  tree: Tree,
  condition: NodeId,
  known: ReadonlyMap<string, boolean>,
): boolean | undefined {
  const node = unwrapped(tree, condition);
  if (node === NONE) return undefined;
  switch (tree.kindOf(node)) {
    case "identifier":
      return known.get(tree.textOf(node));
    case "unary_expression": {
      if (tree.kindOf(tree.childIn(node, "operator")) !== "!") return undefined;
      const inner = truthOf(tree, tree.childIn(node, "argument"), known);
      return inner === undefined ? undefined : !inner;
    }
    case "binary_expression": {
      const word = tree.kindOf(tree.childIn(node, "operator"));
      if (word !== "&&" && word !== "||") return undefined;
      const sides = [tree.childIn(node, "left"), tree.childIn(node, "right")].map((side) =>
        truthOf(tree, side, known),
      );
      const deciding = word === "||";
      if (sides.includes(deciding)) return deciding;
      return sides.every((side) => side === !deciding) ? !deciding : undefined;
    }
    default:
      return undefined;
  }
}
