import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { handlesRejection } from "../handled-chain.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule, TypeScriptResolver, TypeScriptVariable } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { mayFail, mayReject } from "./may-reject.ts";

/** Promises that all run already and are awaited in turn: who rejects while an earlier one is awaited has no handler. */
export interface ListAwaitedOneByOne {
  readonly list: string;
  /** Where the promises come from: the list's declaration, or the call that makes it. */
  readonly madeAt: Place;
  /** The `await`, or the head of a `for await`. */
  readonly awaitedAt: Place;
}

/**
 * `const parts = items.map(load); for (const part of parts) await part;`, also by index, with `for await`, and for lists that are given to
 * the function. Silent where the list is handed to anybody else (`Promise.all`, a catch on each), and where none of its promises can fail.
 */
export const listsAwaitedOneByOne = defineAnalysis("lists awaited one by one", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\bawait\b/, (module) =>
    isTestPath(module.path) ? [] : inModule(module, facts, resolver),
  );
});

function* inModule(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<ListAwaitedOneByOne> {
  const { tree, path } = module;
  for (const { at, list } of waitsInLoops(tree)) {
    if (isDamaged(tree, at) || !isPromiseList(module, list, facts)) continue;
    const made = madeAt(module, list, resolver);
    if (made === undefined) continue;
    yield {
      list: expressionName(tree, list),
      madeAt: { file: path, ...tree.spanOf(made) },
      awaitedAt: { file: path, ...tree.spanOf(at) },
    };
  }
}

function isPromiseList(module: TypeScriptModule, node: NodeId, facts: PromiseFacts): boolean {
  const share = facts.elementShareOf({ module, node });
  return share === "always" || share === "sometimes";
}

interface Wait {
  readonly at: NodeId;
  readonly list: NodeId;
}

/** The awaits of one element after the other, with the list that the elements are of. */
function* waitsInLoops(tree: Tree): Generator<Wait> {
  for (const wait of indexOf(tree).awaits) {
    const awaited = unwrapped(tree, firstNamed(tree, wait));
    if (awaited === NONE) continue;
    const loop = loopAround(tree, wait);
    if (loop === NONE) continue;
    if (tree.kindOf(awaited) === "subscript_expression") {
      const list = unwrapped(tree, tree.childIn(awaited, "object"));
      const index = unwrapped(tree, tree.childIn(awaited, "index"));
      if (isName(tree, list) && isName(tree, index)) yield { at: wait, list };
    } else if (isName(tree, awaited) && tree.kindOf(loop) === "for_in_statement") {
      const left = tree.childIn(loop, "left");
      const isElement = hasToken(tree, loop, "of") && tree.textOf(left) === tree.textOf(awaited);
      if (isElement) yield { at: wait, list: unwrapped(tree, tree.childIn(loop, "right")) };
    }
  }
  for (let node = 0; node < tree.kind.length; node++) {
    if (tree.kindOf(node) !== "for_in_statement" || !hasToken(tree, node, "await")) continue;
    yield { at: node, list: unwrapped(tree, tree.childIn(node, "right")) };
  }
}

function isName(tree: Tree, node: NodeId): boolean {
  return node !== NONE && tree.kindOf(node) === "identifier";
}

/** The loop that a wait is in, in the same function. */
function loopAround(tree: Tree, node: NodeId): NodeId {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (FUNCTION_KINDS.has(kind)) return NONE;
    if (/^(?:for|for_in|while|do)_statement$/.test(kind)) return at;
  }
  return NONE;
}

/** Where a list of promises is made that nobody else has and that may fail; undefined where that is not seen. */
function madeAt(
  module: TypeScriptModule,
  list: NodeId,
  resolver: TypeScriptResolver,
): NodeId | undefined {
  const { tree } = module;
  if (tree.kindOf(list) === "call_expression")
    return mapMayFail(module, list, resolver) ? list : undefined;
  const variable = isName(tree, list) ? resolver.variableAt({ module, node: list }) : undefined;
  if (!variable || variable.declaration.module !== module || variable.isReassigned())
    return undefined;
  const { node: name } = variable.declaration;
  if (enclosingFunction(tree, name) !== enclosingFunction(tree, list) && variable.index < 0)
    return undefined;
  const pushed = pushedInto(tree, variable);
  if (!pushed) return undefined;
  // Whoever calls hands the promises over, and with them the duty.
  if (variable.kind === "parameter") return name;
  const declarator = tree.parentOf(name);
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  if (tree.kindOf(declarator) !== "variable_declarator" || value === NONE) return undefined;
  const parts = tree.kindOf(value) === "array" ? tree.namedChildren(value) : [];
  const mayBeRejected = [...pushed, ...parts].some((part) => isUnheard(module, part, resolver));
  const isMade = mayBeRejected || mapMayFail(module, value, resolver);
  return isMade ? name : undefined;
}

/** What is pushed into a list of which nothing else is known than its elements and length; undefined where it is handed on. */
function pushedInto(tree: Tree, variable: TypeScriptVariable): NodeId[] | undefined {
  const pushed: NodeId[] = [];
  for (const reference of variable.references()) {
    const parent = tree.parentOf(reference);
    switch (tree.kindOf(parent)) {
      case "for_in_statement":
        // `for (const part of parts) part.catch(ignored);`
        if (!waits(tree, parent)) return undefined;
        continue;
      case "subscript_expression":
        if (tree.childIn(parent, "object") !== reference) return undefined;
        continue;
      case "member_expression": {
        const member = tree.textOf(tree.childIn(parent, "property"));
        if (member === "length") continue;
        if (member !== "push") return undefined;
        pushed.push(...argumentsOf(tree, tree.parentOf(parent)));
        continue;
      }
      default:
        return undefined;
    }
  }
  return pushed;
}

function waits(tree: Tree, loop: NodeId): boolean {
  const end = tree.afterSubtree(loop);
  return (
    hasToken(tree, loop, "await") || indexOf(tree).awaits.some((node) => node > loop && node < end)
  );
}

function isUnheard(module: TypeScriptModule, node: NodeId, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  const value = unwrapped(tree, node);
  const isCall = value !== NONE && tree.kindOf(value) === "call_expression";
  return isCall && !handlesRejection(tree, value) && mayFail({ module, node: value }, resolver);
}

/** `items.map((item) => load(item))` whose callback may reject. */
function mapMayFail(module: TypeScriptModule, call: NodeId, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  if (tree.kindOf(call) !== "call_expression") return false;
  const callee = unwrapped(tree, tree.childIn(call, "function"));
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
  if (tree.textOf(tree.childIn(callee, "property")) !== "map") return false;
  const [callback] = argumentsOf(tree, call);
  if (callback === undefined || !FUNCTION_KINDS.has(tree.kindOf(callback))) return false;
  if (hasToken(tree, callback, "async")) return mayReject({ module, node: callback }, resolver);
  return isUnheard(module, tree.childIn(callback, "body"), resolver);
}
