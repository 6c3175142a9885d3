import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isBegunOnPurpose } from "./begun-on-purpose.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { hasToken, namedNodes } from "./nodes.ts";
import { parameterNames } from "./parameter-names.ts";

const TOLD = /^(?:done|testDone|cb|callback)$/;
const EXPECTING = /^(?:expect|assert\.(?:throws|doesNotThrow))$/;

/**
 * Whether a node of a test stands where nothing could wait for it: in a test that ends when `done` is called
 * or as many assertions as planned are made, in the executor of a
 * promise, in a listener or another callback that is not async, or in a function of which only what it throws at once is asked. What
 * rejects there goes to the runner, and fails the test. Neither does anybody wait for a call that the test began on purpose
 * (`isBegunOnPurpose`), nor for a rejection that the test makes itself.
 */
export function isToldTest(tree: Tree, node: NodeId): boolean {
  if (isExpectedToThrow(tree, node) || isBegunOnPurpose(tree, node)) return true;
  if (isInTitle(tree, node)) return true;
  if (tree.textOf(node).startsWith("Promise.reject(")) return true;
  const innermost = enclosingFunction(tree, node);
  if (innermost !== NONE && isListener(tree, innermost)) return true;
  for (let of = innermost; of !== NONE; of = enclosingFunction(tree, of)) {
    if (parameterNames(tree, of).some((name) => TOLD.test(name))) return true;
    if (!hasToken(tree, of, "async") && /\bt\.plan\(/.test(tree.textOf(of))) return true;
    const owner = tree.parentOf(tree.parentOf(of));
    if (owner === NONE || tree.kindOf(tree.parentOf(of)) !== "arguments") continue;
    if (tree.kindOf(owner) === "new_expression") {
      if (tree.textOf(tree.childIn(owner, "constructor")) === "Promise") return true;
    } else if (EXPECTING.test(tree.textOf(tree.childIn(owner, "function")))) return true;
  }
  return false;
}

/** `it("goes on when an unawaited send fails", …)`. */
function isInTitle(tree: Tree, node: NodeId): boolean {
  for (let of = enclosingFunction(tree, node); of !== NONE; of = enclosingFunction(tree, of)) {
    const list = tree.parentOf(of);
    const [title] = tree.kindOf(list) === "arguments" ? namedNodes(tree, list) : [];
    if (title === undefined || title === of || !TITLE.has(tree.kindOf(title))) continue;
    if (UNAWAITED.test(tree.textOf(title))) return true;
  }
  return false;
}

const TITLE: ReadonlySet<string> = new Set(["string", "template_string"]);
const UNAWAITED =
  /\b(?:unawaited|floating|fire[- ]and[- ]forget)\b|\b(?:not|never|without|isn't|aren't)(?: being)? await/i;

/** `try { send(); } catch (error) { expect(error)… }`: what it throws at once is expected. */
function isExpectedToThrow(tree: Tree, node: NodeId): boolean {
  const block = tree.parentOf(tree.parentOf(node));
  const owner = block === NONE ? NONE : tree.parentOf(block);
  if (owner === NONE || tree.kindOf(owner) !== "try_statement") return false;
  const handler = tree.childIn(owner, "handler");
  return handler !== NONE && handler > node && /\b(?:expect|assert)\b/.test(tree.textOf(handler));
}

/** Functions that run what they are given as part of a test, and could wait for it. */
const RUNNING =
  /^(?:it|test|specify|describe|context|suite|bench|before|after|setup|teardown)(?:[A-Z]\w*)?(?:\.|$)/;
/** Methods whose callbacks are part of the function around them. */
const WITHIN =
  /\.(?:then|catch|finally|forEach|map|flatMap|filter|reduce|some|every|find|test|step)$/;

const HANDLER = /^(?:handle|on)[A-Z]/;
const LISTENING = /\.(?:on|once|add\w*Listener)$/;

/** `button.on("click", () => …)`, `<Page onClick={() => …} />`, `act(() => …)`, `const onClick = () => …`: who calls it does not wait. */
function isListener(tree: Tree, of: NodeId): boolean {
  if (hasToken(tree, of, "async")) return false;
  const place = tree.parentOf(of);
  if (tree.kindOf(place) === "jsx_expression") return true;
  if (tree.kindOf(place) === "pair")
    return /^(?:callback|on[A-Z]\w*)$/.test(tree.textOf(tree.childIn(place, "key")));
  const named = tree.kindOf(place) === "variable_declarator" ? place : of;
  const own = tree.kindOf(named) === "arrow_function" ? NONE : tree.childIn(named, "name");
  if (own !== NONE && HANDLER.test(tree.textOf(own))) return true;
  const call = tree.kindOf(place) === "arguments" ? tree.parentOf(place) : NONE;
  const callee =
    call !== NONE && tree.kindOf(call) === "call_expression"
      ? tree.childIn(call, "function")
      : NONE;
  if (callee === NONE) return false;
  const name = tree.textOf(callee);
  if (LISTENING.test(name)) return true;
  if (enclosingFunction(tree, of) === NONE) return false;
  return !RUNNING.test(name) && !WITHIN.test(name);
}
