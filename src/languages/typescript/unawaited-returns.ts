import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { mayFail } from "./async-faults/may-reject.ts";
import { isDamaged } from "./damage.ts";
import { expressionName } from "./expression-name.ts";
import { isGenerator } from "./function-result.ts";
import { returnsSwallowed } from "./guarded-results.ts";
import { handlesRejection } from "./handled-chain.ts";
import { indexOf } from "./module-index.ts";
import { typescriptModules } from "./modules.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "./nodes.ts";
import { type PromiseFacts, promises } from "./promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { typescriptResolver } from "./typescript-resolver.ts";
import { valueLeaves } from "./value-leaves.ts";

/** What a function that returns a promise without `await` leaves too early. */
export type LeftEarly =
  | { readonly kind: "catch"; readonly at: Place }
  | { readonly kind: "finally"; readonly at: Place }
  /** A `using` declaration; `name` is the resource. */
  | { readonly kind: "using"; readonly at: Place; readonly name: string };

/** `return promise` where an `await` would change what happens. */
export interface UnawaitedReturn {
  /** The returned expression. */
  readonly at: Place;
  readonly name: string;
  readonly left: LeftEarly;
  /** Whether a rejection can escape the `catch`, as far as the called functions show. */
  readonly mayEscape: boolean;
  /** Puts `await` before each part that is a promise. */
  readonly edits: readonly Edit[];
}

/** The unawaited returns of the async functions in the judged files, in order. */
export const unawaitedReturns = defineAnalysis("unawaited returns", (use) => {
  const modules = use(typescriptModules);
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return modules.judged.flatMap((path) => {
    if (!/\btry\b|\busing\b/.test(modules.text(path) ?? "")) return [];
    const module = modules.module(path);
    return module ? inModule(module, facts, resolver) : [];
  });
});

function inModule(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): UnawaitedReturn[] {
  const { tree } = module;
  const found: UnawaitedReturn[] = [];
  for (const [of, returns] of indexOf(tree).returns) {
    // An async generator awaits what it returns by itself.
    if (of === NONE || !hasToken(tree, of, "async") || isGenerator(tree, of)) continue;
    for (const statement of returns) {
      const unawaited = fromReturn(module, statement, of, facts, resolver);
      if (unawaited && !isDamaged(tree, statement)) found.push(unawaited);
    }
  }
  return found.sort((one, other) => one.at.start - other.at.start);
}

function calleeOf(
  { module, node }: ModuleNode,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  const call = unwrapped(module.tree, node);
  if (module.tree.kindOf(call) !== "call_expression") return undefined;
  const callee = resolver.calleeOf({ module, node: call });
  return callee.kind === "function" ? callee.function : undefined;
}

/** A function that tries again: what the inner call rejects with has been through the same `catch`, and it has its own to clean up. */
function isSame(one: ModuleNode, other: ModuleNode): boolean {
  return one.node === other.node && one.module.path === other.module.path;
}

function fromReturn(
  module: TypeScriptModule,
  statement: NodeId,
  of: NodeId,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): UnawaitedReturn | undefined {
  const { tree, path } = module;
  const value = firstNamed(tree, statement);
  if (value === NONE || tree.kindOf(value) === "await_expression") return undefined;
  const left = leftEarly(module, statement, of);
  if (!left) return undefined;
  const leaves = valueLeaves(tree, value, false).filter((node) => {
    const share = facts.shareOf({ module, node });
    if (share !== "always" && share !== "maybe-absent") return false;
    const callee = calleeOf({ module, node }, resolver);
    if (left.kind === "finally") {
      if (isSettledAtOnce(tree, node)) return false;
      return !callee || !isSame(callee, { module, node: of });
    }
    if (left.kind !== "catch") return true;
    if (isSettled({ module, node }, facts)) return false;
    if (handlesRejection(tree, node) || isWrittenOut(tree, node)) return false;
    if (!callee) return true;
    if (isSame(callee, { module, node: of }) || returnsSwallowed(callee, resolver)) return false;
    return !answersAlike(callee, tree, catchAround(tree, statement, of));
  });
  const [first] = leaves;
  if (first === undefined) return undefined;
  return {
    at: { file: path, ...tree.spanOf(value) },
    name: expressionName(tree, first),
    left,
    mayEscape: left.kind !== "catch" || leaves.some((node) => mayFail({ module, node }, resolver)),
    edits: leaves.flatMap((leaf) => awaiting(tree, path, leaf)),
  };
}

/** `return Promise.reject(new StaleError())`, where `throw` would have done: it is meant to go past the `catch`. */
function isWrittenOut(tree: Tree, node: NodeId): boolean {
  const call = unwrapped(tree, node);
  if (tree.kindOf(call) !== "call_expression") return false;
  return tree.textOf(tree.childIn(call, "function")) === "Promise.reject";
}

/** The handler of the innermost `try` around a statement. */
function catchAround(tree: Tree, statement: NodeId, of: NodeId): NodeId {
  for (
    let node = tree.parentOf(statement);
    node !== of && node !== NONE;
    node = tree.parentOf(node)
  ) {
    const handler = tree.kindOf(node) === "try_statement" ? tree.childIn(node, "handler") : NONE;
    if (handler !== NONE) return handler;
  }
  return NONE;
}

/** Whether a called function has a `catch` that does the same, to the letter, so that nothing is left for this one. */
function answersAlike({ module, node }: ModuleNode, tree: Tree, handler: NodeId): boolean {
  if (handler === NONE) return false;
  const text = withoutSpace(tree.textOf(handler));
  for (let inner = node; inner < module.tree.afterSubtree(node); inner++) {
    if (module.tree.kindOf(inner) !== "catch_clause") continue;
    if (withoutSpace(module.tree.textOf(inner)) === text) return true;
  }
  return false;
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

/** `Promise.reject(error)`: it waits for nothing that a `finally` could come before. */
function isSettledAtOnce(tree: Tree, node: NodeId): boolean {
  const call = unwrapped(tree, node);
  if (tree.kindOf(call) !== "call_expression") return false;
  const name = tree.textOf(tree.childIn(call, "function"));
  const [value] = argumentsOf(tree, call);
  return name === "Promise.reject" || (name === "Promise.resolve" && value === undefined);
}

/** `Promise.resolve(count)`: there is no rejection that could escape. */
function isSettled({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = module;
  const call = unwrapped(tree, node);
  if (tree.kindOf(call) !== "call_expression") return false;
  if (tree.textOf(tree.childIn(call, "function")) !== "Promise.resolve") return false;
  return argumentsOf(tree, call).every((value) => {
    const share = facts.shareOf({ module, node: value });
    return share === "never" || (share === "unknown" && LITERALS.has(tree.kindOf(value)));
  });
}

const LITERALS: ReadonlySet<string> = new Set(["identifier", "object", "array", "template_string"]);

/** `catch (error) { throw error; }` and `catch (error) { return Promise.reject(error); }` change nothing of what goes past them. */
function onlyHandsOn(tree: Tree, handler: NodeId): boolean {
  const parameter = tree.childIn(handler, "parameter");
  const [only, ...more] = namedNodes(tree, tree.childIn(handler, "body"));
  if (only === undefined || more.length > 0 || parameter === NONE) return false;
  const error = tree.textOf(parameter);
  const value = firstNamed(tree, only);
  if (value === NONE) return false;
  const text = tree.textOf(value);
  if (tree.kindOf(only) === "throw_statement") return text === error;
  return tree.kindOf(only) === "return_statement" && text === `Promise.reject(${error})`;
}

/** What the innermost `try` or `using` around a return still has to do; nothing where nobody waits for the outcome. */
function leftEarly(
  { tree, path }: TypeScriptModule,
  statement: NodeId,
  of: NodeId,
): LeftEarly | undefined {
  let inner = statement;
  for (let node = tree.parentOf(statement); node !== of && node !== NONE; ) {
    if (tree.kindOf(node) === "statement_block") {
      const using = usingBefore(tree, node, inner);
      if (using !== NONE) return usingAt(tree, path, using);
    }
    if (tree.kindOf(node) === "try_statement") {
      const handler = tree.childIn(node, "handler");
      const finalizer = tree.childIn(node, "finalizer");
      const isInBody = tree.childIn(node, "body") === inner;
      if (isInBody && handler !== NONE && !onlyHandsOn(tree, handler))
        return { kind: "catch", at: keyword(tree, path, handler) };
      if (inner !== finalizer && finalizer !== NONE)
        return { kind: "finally", at: keyword(tree, path, finalizer) };
    }
    inner = node;
    node = tree.parentOf(node);
  }
  return undefined;
}

/** The word `catch` or `finally`. */
function keyword(tree: Tree, file: string, clause: NodeId): Place {
  const word = tree.firstChild[clause] ?? NONE;
  return { file, ...tree.spanOf(word) };
}

/** A `using` declaration in a block, before a statement of it. The grammar reads it as `const`; the text tells. */
function usingBefore(tree: Tree, block: NodeId, before: NodeId): NodeId {
  for (const statement of tree.namedChildren(block)) {
    if (statement >= before) return NONE;
    if (tree.kindOf(statement) !== "lexical_declaration") continue;
    const start = tree.start[statement] as number;
    if (/^(?:await\s+)?using\b/.test(tree.text.slice(start, start + 40))) return statement;
  }
  return NONE;
}

function usingAt(tree: Tree, file: string, declaration: NodeId): LeftEarly {
  const declarator = tree.childOfKind(declaration, "variable_declarator");
  const name = declarator === NONE ? NONE : tree.childIn(declarator, "name");
  return {
    kind: "using",
    at: { file, ...tree.spanOf(declaration) },
    name: name === NONE ? "the resource" : tree.textOf(name),
  };
}

const NEEDS_NO_PARENTHESES: ReadonlySet<string> = new Set([
  "call_expression",
  "identifier",
  "member_expression",
  "subscript_expression",
  "new_expression",
  "parenthesized_expression",
  "non_null_expression",
  "this",
]);

function awaiting(tree: Tree, file: string, leaf: NodeId): Edit[] {
  const { start, end } = tree.spanOf(leaf);
  if (NEEDS_NO_PARENTHESES.has(tree.kindOf(leaf)))
    return [{ file, start, end: start, text: "await " }];
  return [
    { file, start, end: start, text: "await (" },
    { file, start: end, end, text: ")" },
  ];
}
