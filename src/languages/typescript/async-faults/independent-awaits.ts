import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { isTestPath } from "../test-path.ts";
import { methodCall } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { isCaught, ownNodes } from "./own-nodes.ts";

/** Waits one after the other for reads that do not need each other: `loop` over an array, or a `pair` of declarations. */
type IndependentAwait = AsyncFault<"loop" | "pair">;

/** The independent awaits of the judged files, tests left out, in order. */
export const independentAwaits = defineAnalysis("independent awaits", (use) => {
  const facts = use(promises);
  return inJudgedModules(use, /\bawait\b/, (module) =>
    isTestPath(module.path) ? [] : [...loops(module, facts), ...pairs(module)],
  );
});

/** Calls that by their name read, and change nothing that the next one could see. */
const READING =
  /^(?:get|fetch|load|read|find|query|list|lookup|download|stat|request|search|count)(?![a-z])/;

/** The name of the function that is awaited, where it reads; undefined otherwise. */
function readBy(tree: Tree, wait: NodeId): string | undefined {
  const call = unwrapped(tree, firstNamed(tree, wait));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return undefined;
  const callee = tree.childIn(call, "function");
  const isMember = tree.kindOf(callee) === "member_expression";
  const name = tree.textOf(isMember ? tree.childIn(callee, "property") : callee);
  return READING.test(name) ? expressionName(tree, call) : undefined;
}

function* loops(module: TypeScriptModule, facts: PromiseFacts): Generator<IndependentAwait> {
  const { tree, path } = module;
  for (const wait of indexOf(tree).awaits) {
    const name = readBy(tree, wait);
    const loop = name === undefined ? NONE : loopOver(tree, wait);
    if (name === undefined || loop === NONE || isDamaged(tree, loop)) continue;
    if (ONE_CONNECTION.test(name) || WRITING.test(tree.textOf(wait))) continue;
    if (isOverPortions(tree, loop)) continue;
    const list = tree.childIn(loop, "right");
    if (facts.typeOf({ module, node: list }).kind !== "array") continue;
    if (!isIndependent(tree, loop, wait)) continue;
    yield fault({ file: path, ...tree.spanOf(wait) }, "loop", name, {
      related: [{ file: path, ...tree.spanOf(list) }],
    });
  }
}

/** The `for (… of …)` of the same function whose body a wait stands in directly; NONE where it is another loop, or a `try`. */
function loopOver(tree: Tree, wait: NodeId): NodeId {
  const owner = enclosingFunction(tree, wait);
  for (let at = tree.parentOf(wait); at !== owner && at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (/^(?:while|do|for|try|switch)_statement$/.test(kind)) return NONE;
    if (kind !== "for_in_statement") continue;
    // The list itself is waited for once.
    const isInBody = wait >= tree.childIn(at, "body");
    return isInBody && hasToken(tree, at, "of") && !hasToken(tree, at, "await") ? at : NONE;
  }
  return NONE;
}

/** `for (const batch of batches)`: portions are there to be asked for one after the other. */
function isOverPortions(tree: Tree, loop: NodeId): boolean {
  return /(?:batch|chunk|portion)(?:e?s)?\b/i.test(
    `${tree.textOf(tree.childIn(loop, "left"))} ${tree.textOf(tree.childIn(loop, "right"))}`,
  );
}

/** `request("POST /runs", …)`, `request({ method: "PUT" })`: it writes, whatever its name. */
const WRITING =
  /\(\s*["'`](?:POST|PUT|PATCH|DELETE)\b|\bmethod:\s*["'`](?:POST|PUT|PATCH|DELETE)\b/;

/** Statements and expressions by which one pass can end the loop, or leave something to the next. */
const DEPENDING: ReadonlySet<string> = new Set([
  "break_statement",
  "return_statement",
  "throw_statement",
  "yield_expression",
  "assignment_expression",
  "augmented_assignment_expression",
  "update_expression",
]);

/** Whether no pass sees what an earlier one did: one wait, no early end, nothing written but a list or a map that is filled. */
function isIndependent(tree: Tree, loop: NodeId, wait: NodeId): boolean {
  const body = tree.childIn(loop, "body");
  if (body === NONE || handsCollection(tree, wait)) return false;
  for (const node of ownNodes(tree, body)) {
    const kind = tree.kindOf(node);
    if (DEPENDING.has(kind)) return false;
    if (kind === "await_expression" && node !== wait) return false;
    if (kind === "call_expression" && !isFilling(tree, node, wait)) return false;
  }
  return !looksIntoFilled(tree, body, wait);
}

/** `if (seen.has(key)) continue; await …; seen.add(key);`: whether a pass waits depends on what an earlier one has left. */
function looksIntoFilled(tree: Tree, body: NodeId, wait: NodeId): boolean {
  const called = [...ownNodes(tree, body)].flatMap((node) => methodCall(tree, node) ?? []);
  const filled = new Set(
    called
      .filter(({ method }) => /^(?:set|add)$/.test(method))
      .map(({ object }) => tree.textOf(object)),
  );
  return called.some(
    ({ call, object, method }) =>
      call < wait && /^(?:has|get)$/.test(method) && filled.has(tree.textOf(object)),
  );
}

/** `await findImports(file, seen)` with `const seen = new Set()`: all passes look into one collection; or `load({ container, name })`. */
function handsCollection(tree: Tree, wait: NodeId): boolean {
  return argumentsOf(tree, unwrapped(tree, firstNamed(tree, wait))).some((given) => {
    const parts = tree.kindOf(given) === "object" ? namedNodes(tree, given) : [given];
    if (parts.some((part) => IS_REGISTERED_IN.test(tree.textOf(part)))) return true;
    const [declared] = scopesOf(tree).bindingAt(given)?.declarations ?? [];
    if (!declared || tree.kindOf(declared.node) !== "variable_declarator") return false;
    const value = tree.childIn(declared.node, "value");
    return value !== NONE && /^(?:new (?:Set|Map)\b|\[|\{)/.test(tree.textOf(value));
  });
}

/** What passes leave to each other by its name. */
const IS_REGISTERED_IN = /^(?:\w*Container|container|\w*Registry|registry)$/;

/** The awaited call and what stands inside of it, `push`, `set`, `add`, and calls whose value is used. */
function isFilling(tree: Tree, call: NodeId, wait: NodeId): boolean {
  if (call > wait && call < tree.afterSubtree(wait)) return true;
  if (tree.kindOf(tree.parentOf(call)) !== "expression_statement") return true;
  return /\.(?:push|set|add)\s*$/.test(tree.textOf(tree.childIn(call, "function")));
}

/** Two declarations in a row, the second of which mentions nothing of the first. */
function* pairs({ tree, path }: TypeScriptModule): Generator<IndependentAwait> {
  for (const wait of indexOf(tree).awaits) {
    const name = readBy(tree, wait);
    const declaration = name === undefined ? NONE : declarationOf(tree, wait);
    if (name === undefined || declaration === NONE || isDamaged(tree, declaration)) continue;
    const before = previous(tree, declaration);
    const first = before === NONE ? NONE : waitIn(tree, before);
    const other = first === NONE ? undefined : readBy(tree, first);
    if (other === undefined || mentions(tree, wait, namesIn(tree, before))) continue;
    const owner = enclosingFunction(tree, wait);
    if (owner === NONE || isCaught(tree, wait, owner)) continue;
    if (ONE_AT_A_TIME.test(tree.textOf(wait))) continue;
    yield fault({ file: path, ...tree.spanOf(wait) }, "pair", name, {
      related: [{ file: path, ...tree.spanOf(first) }],
    });
  }
}

/** On one connection the queries would wait for each other anyway. */
const ONE_CONNECTION =
  /(?:connection|conn|driver|trx?|tx|transaction|session|queryRunner|queryInterface)\.\w+\(\)$|client\.(?:query|execute|exec)\(\)$/i;

/** Connections and transactions, which answer one question at a time. */
const ONE_AT_A_TIME =
  /connection|\bconn\b|client|\btrx?\b|\btx\b|transaction|session|queryInterface/i;

/** The `const` whose only value a wait is. */
function declarationOf(tree: Tree, wait: NodeId): NodeId {
  const declarator = tree.parentOf(wait);
  const declaration = tree.parentOf(declarator);
  const isOnly =
    tree.kindOf(declarator) === "variable_declarator" &&
    tree.kindOf(declaration) === "lexical_declaration" &&
    namedNodes(tree, declaration).length === 1;
  return isOnly ? declaration : NONE;
}

function waitIn(tree: Tree, declaration: NodeId): NodeId {
  if (tree.kindOf(declaration) !== "lexical_declaration") return NONE;
  const [declarator, ...others] = namedNodes(tree, declaration);
  if (declarator === undefined || others.length > 0) return NONE;
  const value = tree.childIn(declarator, "value");
  return value !== NONE && tree.kindOf(value) === "await_expression" ? value : NONE;
}

function previous(tree: Tree, statement: NodeId): NodeId {
  const siblings = namedNodes(tree, tree.parentOf(statement));
  return siblings[siblings.indexOf(statement) - 1] ?? NONE;
}

function namesIn(tree: Tree, declaration: NodeId): ReadonlySet<string> {
  const [declarator] = namedNodes(tree, declaration);
  const pattern = declarator === undefined ? NONE : tree.childIn(declarator, "name");
  if (pattern === NONE) return new Set();
  return new Set([...patternNames(tree, pattern)].map((name) => tree.textOf(name)));
}

function mentions(tree: Tree, root: NodeId, names: ReadonlySet<string>): boolean {
  const end = tree.afterSubtree(root);
  for (let node = root; node < end; node++) {
    if (/identifier/.test(tree.kindOf(node)) && names.has(tree.textOf(node))) return true;
  }
  return false;
}
