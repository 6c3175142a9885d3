import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { mayReject } from "./async-faults/may-reject.ts";
import { ownNodes } from "./async-faults/own-nodes.ts";
import { isDamaged } from "./damage.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { expressionName } from "./expression-name.ts";
import { indexOf } from "./module-index.ts";
import { typescriptModules } from "./modules.ts";
import { neverRejects } from "./never-rejects.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import { type PromiseFacts, promises } from "./promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { isSaidNotToWait } from "./said-comments.ts";
import { withoutNullish } from "./ts-type.ts";
import { typescriptResolver } from "./typescript-resolver.ts";

/**
 * An async function given to a method of arrays that does not wait for it: `forEach` drops the promise, a predicate finds every
 * promise true, a comparator gets no number, and nobody waits for what `map` gives where only its length is asked. Receivers are arrays by type, by literal, or by a method that gives one.
 */
export interface AsyncArrayCallback {
  /** The callback's head, or its name. */
  readonly at: Place;
  readonly method: string;
  readonly array: string;
  readonly effect: "dropped" | "unawaited" | "always-true" | "not-a-number";
  readonly neverRejects: boolean;
  /** Whether it is an array for sure. */
  readonly isArray: boolean;
  /** What the callback fills in, and the function reads without having waited for it. */
  readonly readTooEarly: string | undefined;
}

const EFFECTS: ReadonlyMap<string, AsyncArrayCallback["effect"]> = new Map([
  ["forEach", "dropped"],
  ["map", "unawaited"],
  ["filter", "always-true"],
  ["some", "always-true"],
  ["every", "always-true"],
  ["find", "always-true"],
  ["findIndex", "always-true"],
  ["findLast", "always-true"],
  ["findLastIndex", "always-true"],
  ["sort", "not-a-number"],
  ["toSorted", "not-a-number"],
]);
const INTEREST = /\.(?:forEach|map|filter|some|every|find\w*|sort|toSorted)\s*\(/;

export const asyncArrayCallbacks = defineAnalysis("async array callbacks", (use) => {
  const { judged, module: moduleOf, text } = use(typescriptModules);
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return judged.flatMap((path) => {
    const module = INTEREST.test(text(path) ?? "") ? moduleOf(path) : undefined;
    return module ? callbacksIn(module, facts, resolver) : [];
  });
});

function callbacksIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): AsyncArrayCallback[] {
  const { tree, path } = module;
  const call = tree.grammar.kind("call_expression");
  const found: AsyncArrayCallback[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== call) continue;
    const callee = tree.childIn(node, "function");
    if (tree.kindOf(callee) !== "member_expression") continue;
    const method = tree.textOf(tree.childIn(callee, "property"));
    const effect = EFFECTS.get(method);
    const [argument] = argumentsOf(tree, node);
    if (effect === undefined || argument === undefined) continue;
    if (effect === "unawaited" && !isOnlyCounted({ module, node }, resolver)) continue;
    const at: ModuleNode = { module, node: unwrapped(tree, argument) };
    const callback =
      asyncFunction(at, resolver) ?? (effect === "dropped" ? undefined : promising(at, facts));
    const array = tree.childIn(callee, "object");
    if (!callback || isDamaged(tree, node)) continue;
    if (effect === "unawaited" && waitsForNothing(callback)) continue;
    if (effect === "dropped" && isSaidNotToWait(tree, argument)) continue;
    const isKnown = isArray({ module, node: array }, facts);
    if (!isKnown && !isDropped({ module, node }, effect, facts)) continue;
    found.push({
      at: { file: path, ...headOf(tree, argument) },
      method,
      array: expressionName(tree, array),
      effect,
      neverRejects:
        neverRejects(callback, resolver) ||
        waitsForNothing(callback) ||
        givesCalm(callback, resolver),
      isArray: isKnown,
      readTooEarly:
        effect === "dropped" ? readTooEarly({ module, node }, callback, resolver) : undefined,
    });
  }
  return found;
}

/** `const sent = mails.map(async …); return sent.length`: the promises are kept, and nobody looks at them. */
function isOnlyCounted({ module, node: call }: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  const declarator = tree.parentOf(call);
  if (tree.kindOf(declarator) !== "variable_declarator") return false;
  const name = tree.childIn(declarator, "name");
  const variable =
    tree.kindOf(name) === "identifier" ? resolver.variableAt({ module, node: name }) : undefined;
  const uses =
    variable?.kind === "const" && variable.function !== NONE ? variable.references() : [];
  return (
    uses.length > 0 &&
    uses.every((use) => {
      const member = tree.parentOf(use);
      return (
        tree.kindOf(member) === "member_expression" &&
        tree.textOf(tree.childIn(member, "property")) === "length"
      );
    })
  );
}

/** `async (event) => track(event)`, where the called function waits for nothing that may fail. */
function givesCalm(callback: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = callback.module;
  const body = tree.childIn(callback.node, "body");
  const isExpression = body !== NONE && tree.kindOf(body) !== "statement_block";
  return isExpression && !mayReject(callback, resolver);
}

/** `async (item) => { pending.push(load(item)); }`: all is done when it returns. */
function waitsForNothing({ module: { tree }, node }: ModuleNode): boolean {
  const body = tree.childIn(node, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block" || !hasToken(tree, node, "async"))
    return false;
  for (const inner of ownNodes(tree, body)) {
    const kind = tree.kindOf(inner);
    if (kind === "await_expression" || kind === "throw_statement") return false;
    if (kind === "return_statement" && firstNamed(tree, inner) !== NONE) return false;
    if (kind === "for_in_statement" && hasToken(tree, inner, "await")) return false;
  }
  return true;
}

/** A function without `async` whose result is a promise all the same: `list.filter((name) => exists(name))`. */
function promising(at: ModuleNode, facts: PromiseFacts): ModuleNode | undefined {
  if (!PASSED.has(at.module.tree.kindOf(at.node))) return undefined;
  const callback = facts.callbackOf(at);
  return callback?.share === "always" ? (callback.function ?? at) : undefined;
}

const PASSED: ReadonlySet<string> = new Set([
  "arrow_function",
  "function_expression",
  "identifier",
  "member_expression",
]);

/** The async function that an argument is, written in place or named. */
function asyncFunction(at: ModuleNode, resolver: TypeScriptResolver): ModuleNode | undefined {
  const { tree } = at.module;
  const kind = tree.kindOf(at.node);
  if (kind === "arrow_function" || kind === "function_expression") {
    return hasToken(tree, at.node, "async") ? at : undefined;
  }
  if (kind !== "identifier") return undefined;
  const variable = resolver.variableAt(at);
  if (!variable || variable.isReassigned()) return undefined;
  const { module, node } = variable.declaration;
  const declaration = module.tree.parentOf(node);
  const value =
    module.tree.kindOf(declaration) === "variable_declarator"
      ? module.tree.childIn(declaration, "value")
      : declaration;
  const isFunction =
    value !== NONE &&
    /^(arrow_function|function_expression|function_declaration)$/.test(module.tree.kindOf(value));
  return isFunction && hasToken(module.tree, value, "async") ? { module, node: value } : undefined;
}

/** A local of the function that the callback changes after an await, and that is read after the call. */
function readTooEarly(
  { module, node: call }: ModuleNode,
  callback: ModuleNode,
  resolver: TypeScriptResolver,
): string | undefined {
  const { tree } = module;
  if (callback.module !== module) return undefined;
  const around = enclosingFunction(tree, call);
  const [firstAwait] = indexOf(tree).awaits.filter(
    (node) => enclosingFunction(tree, node) === callback.node,
  );
  if (around === NONE || firstAwait === undefined) return undefined;
  const end = tree.afterSubtree(callback.node);
  for (let node = firstAwait; node < end; node++) {
    const variable = CHANGES.has(tree.kindOf(tree.parentOf(node)))
      ? resolver.variableAt({ module, node })
      : undefined;
    if (!variable || variable.function !== around || !variable.isReassigned()) continue;
    const isRead = variable
      .references()
      .some((use) => use > end && enclosingFunction(tree, use) === around);
    if (isRead) return variable.name;
  }
  return undefined;
}

const CHANGES: ReadonlySet<string> = new Set([
  "update_expression",
  "augmented_assignment_expression",
  "assignment_expression",
]);

function isArray(at: ModuleNode, facts: PromiseFacts): boolean {
  const members = withoutNullish(facts.typeOf(at));
  return members.length > 0 && members.every(({ kind }) => kind === "array");
}

/**
 * `items.forEach(async …)` as a statement, of what nobody knows: where it is no array, and has a `forEach` of its own that waits, then
 * nobody waits for that.
 */
function isDropped(
  call: ModuleNode,
  effect: AsyncArrayCallback["effect"],
  facts: PromiseFacts,
): boolean {
  const { tree } = call.module;
  if (effect !== "dropped" || facts.shareOf(call) !== "unknown") return false;
  return tree.kindOf(tree.parentOf(call.node)) === "expression_statement";
}

/** All before the body of a function that is written in place. */
function headOf(tree: Tree, argument: NodeId): { readonly start: number; readonly end: number } {
  const { start, end } = tree.spanOf(argument);
  const inner = unwrapped(tree, argument);
  const body = tree.kindOf(inner) === "identifier" ? NONE : tree.childIn(inner, "body");
  return {
    start,
    end: body === NONE ? end : tree.text.slice(0, tree.start[body] as number).trimEnd().length,
  };
}
