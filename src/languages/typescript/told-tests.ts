import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { parameterNames } from "./parameter-names.ts";

const TOLD = /^(?:done|testDone|cb|callback)$/;
const EXPECTING = /^(?:expect|assert\.(?:throws|doesNotThrow))$/;

/**
 * Whether a node of a test stands where nothing could wait for it: in a test that ends when `done` is called, in the executor of a
 * promise, or in a function of which only what it throws at once is asked. What rejects there goes to the runner, and fails the test.
 */
export function isToldTest(tree: Tree, node: NodeId): boolean {
  if (isExpectedToThrow(tree, node)) return true;
  for (let of = enclosingFunction(tree, node); of !== NONE; of = enclosingFunction(tree, of)) {
    if (parameterNames(tree, of).some((name) => TOLD.test(name))) return true;
    const owner = tree.parentOf(tree.parentOf(of));
    if (owner === NONE || tree.kindOf(tree.parentOf(of)) !== "arguments") continue;
    if (tree.kindOf(owner) === "new_expression") {
      if (tree.textOf(tree.childIn(owner, "constructor")) === "Promise") return true;
    } else if (EXPECTING.test(tree.textOf(tree.childIn(owner, "function")))) return true;
  }
  return false;
}

/** `try { send(); } catch (error) { expect(error)… }`: what it throws at once is expected. */
function isExpectedToThrow(tree: Tree, node: NodeId): boolean {
  const block = tree.parentOf(tree.parentOf(node));
  const owner = block === NONE ? NONE : tree.parentOf(block);
  if (owner === NONE || tree.kindOf(owner) !== "try_statement") return false;
  const handler = tree.childIn(owner, "handler");
  return handler !== NONE && handler > node && /\b(?:expect|assert)\b/.test(tree.textOf(handler));
}
