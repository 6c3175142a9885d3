import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { scopesOf } from "../scopes.ts";
import { methodCall, methodCalls } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

/** `test`: a test that is async and takes `done`. `chain`: a callback that `catch` calls again when it throws itself. */
type MixedCallback = AsyncFault<"test" | "chain">;

/** Callbacks and promises of the judged files that are mixed so that one of them is lost, in order. */
export const mixedCallbacks = defineAnalysis("mixed callbacks", (use) =>
  inJudgedModules(use, /\bdone\b|\.catch\b/, ({ tree, path }) =>
    [...tests(tree, path), ...chains(tree, path)].sort(
      (one, other) => one.at.start - other.at.start,
    ),
  ),
);

/** `it("…", async (done) => …)`: runners refuse it, or wait for both. */
function* tests(tree: Tree, file: string): Generator<MixedCallback> {
  for (const call of indexOf(tree).calls) {
    if (tree.kindOf(call) !== "call_expression") continue;
    const callee = tree.textOf(tree.childIn(call, "function"));
    if (!/^(?:it|test|before|after|beforeEach|afterEach|beforeAll|afterAll)$/.test(callee))
      continue;
    const callback = argumentsOf(tree, call).find((node) => FUNCTION_KINDS.has(tree.kindOf(node)));
    if (callback === undefined || !hasToken(tree, callback, "async")) continue;
    const parameter = firstParameter(tree, callback);
    if (parameter === NONE || tree.textOf(parameter) !== "done" || isDamaged(tree, call)) continue;
    yield fault({ file, ...tree.spanOf(parameter) }, "test", callee);
  }
}

function firstParameter(tree: Tree, callback: NodeId): NodeId {
  const single = tree.childIn(callback, "parameter");
  const list = tree.childIn(callback, "parameters");
  const [first] = single === NONE ? (list === NONE ? [] : namedNodes(tree, list)) : [single];
  if (first === undefined) return NONE;
  const pattern = tree.childIn(first, "pattern");
  return pattern === NONE ? first : pattern;
}

/** `.then((x) => callback(null, x)).catch(callback)`: what the callback throws calls it again, with its own error. */
function* chains(tree: Tree, file: string): Generator<MixedCallback> {
  for (const { call, method, object } of methodCalls(tree)) {
    const before = method === "catch" ? methodCall(tree, unwrapped(tree, object)) : undefined;
    if (before?.method !== "then" || isDamaged(tree, call)) continue;
    const [handler] = argumentsOf(tree, call);
    const [fulfilled] = argumentsOf(tree, before.call);
    if (handler === undefined || fulfilled === undefined) continue;
    const name = calledIn(tree, handler);
    if (name === undefined || name !== calledIn(tree, fulfilled)) continue;
    yield fault({ file, ...tree.spanOf(handler) }, "chain", name);
  }
}

const CALLBACK = /^(?:callback|cb|next)$/;

/** The callback of the function around that a handler is or calls last. */
function calledIn(tree: Tree, handler: NodeId): string | undefined {
  const node = unwrapped(tree, handler);
  if (tree.kindOf(node) === "identifier") return isParameter(tree, node);
  if (!FUNCTION_KINDS.has(tree.kindOf(node))) return undefined;
  const body = tree.childIn(node, "body");
  if (body === NONE) return undefined;
  const last = tree.kindOf(body) === "statement_block" ? namedNodes(tree, body).at(-1) : body;
  const call = last === undefined ? NONE : innerCall(tree, last);
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  return callee !== NONE && tree.kindOf(callee) === "identifier"
    ? isParameter(tree, callee)
    : undefined;
}

function innerCall(tree: Tree, node: NodeId): NodeId {
  if (tree.kindOf(node) === "call_expression") return node;
  const [inner] = /^(?:expression|return)_statement$/.test(tree.kindOf(node))
    ? namedNodes(tree, node)
    : [];
  return inner !== undefined && tree.kindOf(inner) === "call_expression" ? inner : NONE;
}

function isParameter(tree: Tree, identifier: NodeId): string | undefined {
  const name = tree.textOf(identifier);
  const binding = CALLBACK.test(name) ? scopesOf(tree).bindingAt(identifier) : undefined;
  return binding?.kind === "parameter" ? name : undefined;
}
