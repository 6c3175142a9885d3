import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { isGenerator } from "../function-result.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { methodCall, methodCalls, promiseStatics } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { isCaught, ownNodes } from "./own-nodes.ts";

const LITERALS: ReadonlySet<string> = new Set([
  "string",
  "template_string",
  "number",
  "true",
  "false",
  "null",
  "undefined",
  "object",
  "array",
]);

type NonErrorRejection = AsyncFault<"reject" | "throw">;

/** Promises that are rejected with a literal that is no Error, in the judged files, in order. */
export const nonErrorRejections = defineAnalysis("rejections with non-errors", (use) =>
  inJudgedModules(use, /\breject\b|\bthrow\b/, ({ tree, path }) => {
    if (isTestPath(path)) return [];
    const found: NonErrorRejection[] = [];
    const add = (value: NodeId, kind: "reject" | "throw") => {
      if (LITERALS.has(tree.kindOf(value)) && !isCopy(tree, value) && !isDamaged(tree, value))
        found.push(fault({ file: path, ...tree.spanOf(value) }, kind, shortText(tree, value)));
    };
    for (const call of indexOf(tree).calls) {
      const [value] = tree.kindOf(call) === "call_expression" ? argumentsOf(tree, call) : [];
      if (value !== undefined && isReject(tree, call)) add(value, "reject");
    }
    for (const node of indexOf(tree).functions) {
      const body = hasToken(tree, node, "async") ? tree.childIn(node, "body") : NONE;
      for (const inner of body === NONE ? [] : ownNodes(tree, body)) {
        if (tree.kindOf(inner) === "throw_statement" && !isCaught(tree, inner, body))
          add(firstNamed(tree, inner), "throw");
      }
    }
    return found.sort((one, other) => one.at.start - other.at.start);
  }),
);

/** `{ ...error }`: the error in a form that can be sent. */
function isCopy(tree: Tree, value: NodeId): boolean {
  return namedNodes(tree, value).some((node) => tree.kindOf(node) === "spread_element");
}

function shortText(tree: Tree, value: NodeId): string {
  const kind = tree.kindOf(value);
  if (kind === "object" || kind === "array") return `an ${kind}`;
  const text = tree.textOf(value);
  return text.length > 30 || text.includes("\n") ? "a text" : text;
}

/** `Promise.reject(…)`, and `reject(…)` of an executor around. */
function isReject(tree: Tree, call: NodeId): boolean {
  const callee = tree.textOf(tree.childIn(call, "function"));
  if (callee === "Promise.reject") return true;
  if (callee !== "reject") return false;
  for (let at = enclosingFunction(tree, call); at !== NONE; at = enclosingFunction(tree, at)) {
    const made = tree.parentOf(tree.parentOf(at));
    if (tree.kindOf(made) === "new_expression") return true;
  }
  return false;
}

/** Objects and classes of the judged files with a method `then` that is not one of a promise, in order. */
export const thenableObjects = defineAnalysis("thenable objects", (use) =>
  inJudgedModules(use, /\bthen\b\s*[(:]/, ({ tree, path }) =>
    indexOf(tree).functions.flatMap((node) => {
      // A test of what thenables do makes some.
      if (isTestPath(path)) return [];
      const owner = tree.kindOf(node) === "method_definition" ? node : tree.parentOf(node);
      const field = tree.kindOf(owner) === "pair" ? "key" : "name";
      const name = MEMBERS.has(tree.kindOf(owner)) ? tree.childIn(owner, field) : NONE;
      if (name === NONE || tree.textOf(name) !== "then" || isDamaged(tree, node)) return [];
      if (hasToken(tree, owner, "static") || takesHandler(tree, node)) return [];
      if (isPromiseOnPurpose(tree, owner) || onlyThrows(tree, node)) return [];
      const isObject = tree.kindOf(tree.parentOf(owner)) === "object";
      return [fault({ file: path, ...tree.spanOf(name) }, isObject ? "object" : "class", "then")];
    }),
  ),
);

const MEMBERS: ReadonlySet<string> = new Set([
  "method_definition",
  "pair",
  "public_field_definition",
]);

/** What has a `catch` beside its `then` is meant to be awaited. */
function isPromiseOnPurpose(tree: Tree, then: NodeId): boolean {
  return namedNodes(tree, tree.parentOf(then)).some((member) => {
    const name = tree.childIn(member, tree.kindOf(member) === "pair" ? "key" : "name");
    return name !== NONE && tree.textOf(name) === "catch";
  });
}

/** A guard that tells who awaits what is still missing. */
function onlyThrows(tree: Tree, node: NodeId): boolean {
  const body = tree.childIn(node, "body");
  return body !== NONE && tree.kindOf(firstNamed(tree, body)) === "throw_statement";
}

/** A parameter that is called or handed on: a thenable on purpose. */
function takesHandler(tree: Tree, node: NodeId): boolean {
  const list = tree.childIn(node, "parameters");
  const single = tree.childIn(node, "parameter");
  const count = single === NONE ? (list === NONE ? 0 : namedNodes(tree, list).length) : 1;
  return count > 0;
}

type NeedlessWrap = AsyncFault<"resolve" | "reject" | "executor">;

/** Promises of the judged files that are wrapped around a promise, or made where a value would do, in order. */
export const needlessWraps = defineAnalysis("needless wraps", (use) => {
  const facts = use(promises);
  return inJudgedModules(use, /\bPromise\s*\.\s*re|\bnew Promise\b/, (module) =>
    [...returnedStatics(module), ...wrappingExecutors(module, facts)].sort(
      (one, other) => one.at.start - other.at.start,
    ),
  );
});

/** `return Promise.resolve(x)` in an async function. */
function* returnedStatics({ tree, path }: TypeScriptModule): Generator<NeedlessWrap> {
  for (const { call, method } of promiseStatics(tree)) {
    if (method !== "resolve" && method !== "reject") continue;
    const statement = tree.parentOf(call);
    const owner = enclosingFunction(tree, call);
    const isBody = owner !== NONE && tree.childIn(owner, "body") === call;
    if ((tree.kindOf(statement) !== "return_statement" && !isBody) || owner === NONE) continue;
    // An arrow without braces has no place for a throw, and an object there needs parentheses.
    if (isBody && method === "reject") continue;
    if (!hasToken(tree, owner, "async") || isGenerator(tree, owner) || isDamaged(tree, call))
      continue;
    if (isInTry(tree, statement, owner)) continue;
    const given = argumentsOf(tree, call);
    const [value] = given;
    if (value === undefined || given.length > 1) continue;
    const { start, end } = tree.spanOf(method === "resolve" ? call : statement);
    const semicolon = tree.text[end - 1] === ";" ? ";" : "";
    const resolved = tree.textOf(value);
    const text =
      method === "resolve"
        ? isBody && resolved.startsWith("{")
          ? `(${resolved})`
          : resolved
        : `throw ${tree.textOf(value)}${semicolon}`;
    yield fault({ file: path, ...tree.spanOf(call) }, method, `Promise.${method}`, {
      edits: [{ file: path, start, end, text }],
    });
  }
}

function isInTry(tree: Tree, node: NodeId, owner: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== owner && at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) === "try_statement") return true;
  }
  return false;
}

/** `new Promise((resolve, reject) => { inner().then(resolve, reject) })`. */
function* wrappingExecutors(
  module: TypeScriptModule,
  facts: PromiseFacts,
): Generator<NeedlessWrap> {
  const { tree, path } = module;
  for (const made of indexOf(tree).calls) {
    if (tree.kindOf(made) !== "new_expression" || isDamaged(tree, made)) continue;
    if (tree.textOf(tree.childIn(made, "constructor")) !== "Promise") continue;
    const [executor] = argumentsOf(tree, made);
    if (executor === undefined || !FUNCTION_KINDS.has(tree.kindOf(executor))) continue;
    const only = onlyExpression(tree, tree.childIn(executor, "body"));
    const inner = only === NONE ? NONE : innerOfChain(tree, only);
    if (inner === NONE || facts.shareOf({ module, node: inner }) !== "always") continue;
    if (isSettledInside(tree, inner)) continue;
    const head = tree.start[executor] as number;
    yield fault(
      { file: path, start: tree.start[made] as number, end: head - 1 },
      "executor",
      "new Promise",
    );
  }
}

/** `read(resolve, source).catch(reject)`, or a listener in a callback that resolves later. */
function isSettledInside(tree: Tree, inner: NodeId): boolean {
  return /(?<![\w.])(?:resolve|reject)\b/.test(tree.textOf(inner));
}

function onlyExpression(tree: Tree, body: NodeId): NodeId {
  if (body === NONE || tree.kindOf(body) !== "statement_block") return body;
  const [only, ...others] = namedNodes(tree, body);
  if (only === undefined || others.length > 0) return NONE;
  return tree.kindOf(only) === "expression_statement" ? firstNamed(tree, only) : NONE;
}

/** `resolve`, and `(value) => resolve(value)`. */
const HANDS_ON = /^(?:\(?(\w+)\)?\s*=>\s*(?:resolve|reject)\(\1\)|resolve|reject)$/;

/** The promise below `.then(resolve, reject)` or `.then(resolve).catch(reject)`, nothing else done to it. */
function innerOfChain(tree: Tree, chain: NodeId): NodeId {
  let node = unwrapped(tree, chain);
  let links = 0;
  for (let call = methodCall(tree, node); call; call = methodCall(tree, node)) {
    const given = argumentsOf(tree, call.call).map((argument) => tree.textOf(argument));
    const isPlain = given.length > 0 && given.every((text) => HANDS_ON.test(text));
    if ((call.method !== "then" && call.method !== "catch") || !isPlain) break;
    links++;
    node = unwrapped(tree, call.object);
  }
  return links > 0 ? node : NONE;
}

type UnsafeFinally = AsyncFault<"return" | "throw" | "break" | "continue" | "parameter">;

/** What in the judged files leaves a `finally` for good, or waits there for a value that never comes, in order. */
export const unsafeFinallys = defineAnalysis("unsafe finallys", (use) => {
  const facts = use(promises);
  return inJudgedModules(use, /\bfinally\b/, (module) =>
    [...inClauses(module), ...inCallbacks(module, facts)].sort(
      (one, other) => one.at.start - other.at.start,
    ),
  );
});

function* inClauses({ tree, path }: TypeScriptModule): Generator<UnsafeFinally> {
  const kind = tree.grammar.kind("finally_clause");
  for (let node = 1; node < tree.size; node++) {
    if (tree.kind[node] !== kind || isDamaged(tree, node)) continue;
    for (const inner of ownNodes(tree, node)) {
      const word = leavingWord(tree, inner);
      if (word === undefined || isInInnerTry(tree, inner, node)) continue;
      if ((word === "break" || word === "continue") && staysInside(tree, inner, node)) continue;
      // `if (error) throw error;` is how transpilers end loops.
      if (word === "throw" && tree.kindOf(tree.parentOf(inner)) === "if_statement") continue;
      const at = { file: path, ...tree.spanOf(inner) };
      yield fault(at, word, word);
    }
  }
}

function leavingWord(
  tree: Tree,
  node: NodeId,
): Exclude<UnsafeFinally["kind"], "parameter"> | undefined {
  switch (tree.kindOf(node)) {
    case "return_statement":
      return "return";
    case "throw_statement":
      return "throw";
    case "break_statement":
      return "break";
    case "continue_statement":
      return "continue";
    default:
      return undefined;
  }
}

const BREAKABLE: ReadonlySet<string> = new Set([
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
  "switch_statement",
  "labeled_statement",
]);

/** A `break` or `continue` of a loop, switch or label inside of the clause. */
function staysInside(tree: Tree, node: NodeId, clause: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== clause && at !== NONE; at = tree.parentOf(at))
    if (BREAKABLE.has(tree.kindOf(at))) return true;
  return false;
}

function isInInnerTry(tree: Tree, node: NodeId, clause: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== clause && at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) === "try_statement") return true;
  }
  return false;
}

function* inCallbacks(module: TypeScriptModule, facts: PromiseFacts): Generator<UnsafeFinally> {
  const { tree, path } = module;
  for (const { call, object, method } of methodCalls(tree)) {
    const [callback] = method === "finally" ? argumentsOf(tree, call) : [];
    if (callback === undefined || !FUNCTION_KINDS.has(tree.kindOf(callback))) continue;
    const list = tree.childIn(callback, "parameters");
    const single = tree.childIn(callback, "parameter");
    const parameter =
      single === NONE ? (list === NONE ? undefined : namedNodes(tree, list)[0]) : single;
    if (parameter === undefined || /^_|=|^\.\.\./.test(tree.textOf(parameter))) continue;
    if (facts.shareOf({ module, node: object }) !== "always" || isDamaged(tree, call)) continue;
    yield fault({ file: path, ...tree.spanOf(parameter) }, "parameter", tree.textOf(parameter));
  }
}
