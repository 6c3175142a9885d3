import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { beside } from "../inference.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { externalName, type TsType } from "../ts-type.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { assignedUses } from "./assigned-places.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { isBoolean, type Use, useOf } from "./promise-uses.ts";

/** A promise that is used as if it were what it is a promise of. */
export interface MissingAwait extends Use {
  readonly at: Place;
  readonly name: string;
  readonly canAwait: boolean;
  /** The value of the constant that it is a use of, where an `await` there is enough for all of its uses. */
  readonly madeAt: Place | undefined;
}

/** The promises of the judged files that are used unawaited, in order: calls, and constants that hold one. */
export const missingAwaits = defineAnalysis("missing awaits", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\basync\b|\bPromise\b|\bawait\b/, (module) =>
    usesIn(module, facts, resolver),
  );
});

function* usesIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<MissingAwait> {
  const { tree, path } = module;
  const found: Value[] = [];
  for (const node of indexOf(tree).calls) {
    if (tree.kindOf(node) === "call_expression")
      found.push({ node, isMade: !isToldByCaller(tree, node), isKnown: false });
  }
  for (const value of constantsOf({ module, node: 0 }, resolver)) found.push(value);
  for (const assigned of assignedHere(module, resolver)) found.push(assigned);
  const told = new Set<NodeId>();
  for (const value of found.sort((one, other) => one.node - other.node)) {
    const { node, isMade, isKnown, call, holder } = value;
    if (holder !== undefined && told.has(holder)) continue;
    const at = { module, node };
    const usedAs =
      call === undefined
        ? (useOf(tree, node) ??
          testedLater(at, resolver) ??
          besideAwait(at, resolver) ??
          givenAway(at, facts))
        : useOf(tree, node);
    // An element or a property may be absent, whatever its type.
    if (!usedAs || (!isMade && /^(?:condition|comparison)$/.test(usedAs.use))) continue;
    const source = call === undefined ? at : { module, node: call };
    if (holder !== undefined && isManyModules(tree, holder)) continue;
    if (facts.shareOf(source) !== "always" || isDamaged(tree, node)) continue;
    // Promises that somebody gave more members are intersections, or classes of their own.
    if (usedAs.use === "property" && (isKnown || !isBare(facts.typeOf(source)))) continue;
    if (usedAs.use === "condition" && asksWhetherPromise(tree, node)) continue;
    if (usedAs.use === "property" && givesIt(at, usedAs.property, resolver)) continue;
    if (holder !== undefined) told.add(holder);
    yield {
      at: { file: path, ...tree.spanOf(node) },
      name: expressionName(tree, node),
      ...usedAs,
      canAwait: tree.kindOf(node) !== SHORT && isInAsync(tree, node),
      madeAt: holder === undefined ? undefined : madeAt(module, holder, node),
    };
  }
}

function madeAt({ tree, path }: TypeScriptModule, holder: NodeId, use: NodeId): Place | undefined {
  const value = tree.childIn(tree.parentOf(holder), "value");
  const isHere = enclosingFunction(tree, holder) === enclosingFunction(tree, use);
  if (!isHere || !isInAsync(tree, holder) || tree.kindOf(value) !== "call_expression")
    return undefined;
  return { file: path, ...tree.spanOf(value) };
}

/** `import("./pages/*.js")`: a bundler gives an object of functions for it. */
function isManyModules(tree: Tree, holder: NodeId): boolean {
  const value = tree.childIn(tree.parentOf(holder), "value");
  return value !== NONE && /^import\(\s*["'`][^"'`]*\*/.test(tree.textOf(value));
}

/** `{ line }`, which has no place for a word. */
const SHORT = "shorthand_property_identifier";

/** `done && typeof done.then === "function"`: who asks whether it is a promise knows that it may be one. */
function asksWhetherPromise(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "identifier") return false;
  let whole = tree.parentOf(node);
  while (/^(?:binary|parenthesized|unary)_expression$/.test(tree.kindOf(tree.parentOf(whole))))
    whole = tree.parentOf(whole);
  return new RegExp(`\\b${tree.textOf(node).replaceAll("$", "\\$")}\\??\\.(?:then|catch)\\b`).test(
    tree.textOf(whole),
  );
}

/** A promise of the platform, and nothing more. */
function isBare(type: TsType): boolean {
  const members = type.kind === "union" ? type.members : [type];
  return members.every(({ kind }) => kind === "promise");
}

/** `write(load())`, where what is written is a string by its type; not what says that it is a promise: `Promise.resolve([])`. */
function givenAway(at: ModuleNode, facts: PromiseFacts): Use | undefined {
  const { tree } = at.module;
  const parent = tree.parentOf(at.node);
  if (/^Promise\.(?:resolve|reject)\(/.test(tree.textOf(at.node))) return undefined;
  if (!TAKING.has(tree.kindOf(parent)) || !isBare(facts.typeOf(at))) return undefined;
  return isCast(at, facts) ||
    takesText(beside(at, tree.parentOf(parent)), facts) ||
    facts.isPlainPlace(at)
    ? { use: "value", property: "" }
    : undefined;
}

/** `isRemote ? load() : await read()`: the other way waits; unless what comes of both is awaited after all. */
function besideAwait({ module, node }: ModuleNode, resolver: TypeScriptResolver): Use | undefined {
  const { tree } = module;
  const choice = tree.parentOf(node);
  if (tree.kindOf(choice) !== "ternary_expression") return undefined;
  const [one, other] = [tree.childIn(choice, "consequence"), tree.childIn(choice, "alternative")];
  if (node !== one && node !== other) return undefined;
  if (tree.kindOf(unwrapped(tree, node === one ? other : one)) !== "await_expression")
    return undefined;
  let outer = tree.parentOf(choice);
  while (tree.kindOf(outer) === "parenthesized_expression") outer = tree.parentOf(outer);
  if (tree.kindOf(outer) !== "variable_declarator") return undefined;
  const name = tree.childIn(outer, "name");
  if (tree.kindOf(name) !== "identifier") return { use: "value", property: "" };
  const uses = resolver.variableAt({ module, node: name })?.references() ?? [];
  const isTaken = uses.some(
    (use) =>
      isUsedAsPromise(tree, use) ||
      /^(?:return_statement|arrow_function|arguments)$/.test(tree.kindOf(tree.parentOf(use))),
  );
  return uses.length === 0 || isTaken ? undefined : { use: "value", property: "" };
}

/** `response.json() as Settings`: a promise of anything may be called anything. What is awaited or returned after all does no harm. */
function isCast({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = module;
  const cast = tree.parentOf(node);
  if (tree.kindOf(cast) !== "as_expression" || firstNamed(tree, cast) !== node) return false;
  let outer = tree.parentOf(cast);
  while (tree.kindOf(outer) === "parenthesized_expression") outer = tree.parentOf(outer);
  if (/^(?:await_expression|return_statement|arrow_function)$/.test(tree.kindOf(outer)))
    return false;
  const type = facts.typeOf({ module, node: cast });
  return type.kind !== "never" && facts.shareOf({ module, node: cast }) === "never";
}

/** `JSON.parse(load())`: functions of the platform that can do nothing with a promise. */
function takesText(call: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = call.module;
  if (!/^(?:call|new)_expression$/.test(tree.kindOf(call.node))) return false;
  const callee = tree.childIn(
    call.node,
    tree.kindOf(call.node) === "new_expression" ? "constructor" : "function",
  );
  const type = facts.typeOf(beside(call, callee));
  return type.kind === "external" && TEXT_TAKERS.test(externalName(type));
}

const TEXT_TAKERS =
  /^(?:global:(?:JSON\.\w+|parse(?:Int|Float)|Number|String|atob|btoa|(?:en|de)codeURI\w*|Math\.\w+|Object\.(?:keys|values|entries|fromEntries)|Array\.isArray|WebSocket\.send|URL|Headers|URLSearchParams|Date|Map|Set|Buffer\.(?:from|concat|byteLength))|node:buffer:Buffer\.(?:from|concat|byteLength)|(?:express|express-serve-static-core):Response\.(?:json|jsonp|send|end|write|render|redirect)|node:fs:\w+Sync|node:fs\/promises:\w+|node:path:\w+|node:url:\w+)$/;

const TAKING: ReadonlySet<string> = new Set([
  "arguments",
  "variable_declarator",
  "assignment_expression",
  "pair",
  "jsx_expression",
  "as_expression",
  "object",
]);

/** `promise.updates = …; return promise`: the called function gives its promise the member. */
function givesIt(call: ModuleNode, property: string, resolver: TypeScriptResolver): boolean {
  if (call.module.tree.kindOf(call.node) !== "call_expression") return false;
  const callee = resolver.calleeOf(call);
  if (callee.kind !== "function") return false;
  const { module, node } = callee.function;
  return module.tree.textOf(node).includes(`.${property} =`);
}

/** An expression that may be a promise. */
interface Value {
  readonly node: NodeId;
  /** By a call, and not found in an object or a list. */
  readonly isMade: boolean;
  /** Elsewhere it is awaited, or given a handler: who reads another member means one that somebody gave it. */
  readonly isKnown: boolean;
  /** The name of the constant that it is a use of: one await is missing, however often that is used. */
  readonly holder?: NodeId;
  /** The call whose result a name or field has, where the value is a mention of that. */
  readonly call?: NodeId;
}

/** Mentions of what was assigned just before; constants and names without a second value are looked at for themselves. */
function* assignedHere(module: TypeScriptModule, resolver: TypeScriptResolver): Generator<Value> {
  for (const { call, use } of assignedUses(module.tree)) {
    const variable = resolver.variableAt({ module, node: use });
    if (variable && (variable.kind === "const" || !variable.isReassigned())) continue;
    yield { node: use, isMade: false, isKnown: false, call };
  }
}

/** `cache.get<Promise<User>>(key)`: the caller says what it would be, and there may be none. */
function isToldByCaller(tree: Tree, call: NodeId): boolean {
  const types = tree.childIn(call, "type_arguments");
  return types !== NONE && /\bPromise\b/.test(tree.textOf(types));
}

function isUsedAsPromise(tree: Tree, use: NodeId): boolean {
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) === "await_expression") return true;
  return (
    tree.kindOf(parent) === "member_expression" &&
    tree.childIn(parent, "object") === use &&
    /^(?:then|catch|finally)$/.test(tree.textOf(tree.childIn(parent, "property")))
  );
}

/** Uses of names that are initialised with what may be a promise, have no annotation, and are never written again. */
function* constantsOf({ module }: ModuleNode, resolver: TypeScriptResolver): Generator<Value> {
  const { tree } = module;
  for (const declarator of indexOf(tree).declarators) {
    if (tree.childIn(declarator, "type") !== NONE) continue;
    const value = tree.childIn(declarator, "value");
    if (value === NONE || !HOLDING.has(tree.kindOf(value))) continue;
    const name = tree.childIn(declarator, "name");
    if (tree.kindOf(name) !== "identifier") {
      if (tree.kindOf(value) !== "call_expression")
        yield { node: value, isMade: false, isKnown: false };
      continue;
    }
    const isMade =
      /^(?:call|new)_expression$/.test(tree.kindOf(value)) && !isToldByCaller(tree, value);
    const variable = resolver.variableAt({ module, node: name });
    if (!variable || (variable.kind !== "const" && variable.isReassigned())) continue;
    const uses = variable.references();
    const isKnown = uses.some((use) => isUsedAsPromise(tree, use));
    for (const node of uses) yield { node, isMade, isKnown, holder: name };
  }
}

const HOLDING: ReadonlySet<string> = new Set([
  "call_expression",
  "new_expression",
  "member_expression",
  "subscript_expression",
  "identifier",
  "non_null_expression",
  "ternary_expression",
]);

/**
 * `const isStored = !isEnabled || hasKey();` where the constant is only ever tested: the other side is a boolean, so that this one was
 * to be one too.
 */
function testedLater({ module, node }: ModuleNode, resolver: TypeScriptResolver): Use | undefined {
  const { tree } = module;
  const binary = tree.parentOf(node);
  if (tree.kindOf(binary) !== "binary_expression" || tree.childIn(binary, "right") !== node)
    return undefined;
  const word = tree.kindOf(tree.childIn(binary, "operator"));
  if (word !== "&&" && word !== "||") return undefined;
  if (!isBoolean(tree, unwrapped(tree, tree.childIn(binary, "left")))) return undefined;
  let declarator = tree.parentOf(binary);
  while (tree.kindOf(declarator) === "parenthesized_expression")
    declarator = tree.parentOf(declarator);
  if (tree.kindOf(declarator) !== "variable_declarator") return undefined;
  const name = tree.childIn(declarator, "name");
  const variable =
    tree.kindOf(name) === "identifier" ? resolver.variableAt({ module, node: name }) : undefined;
  if (variable?.kind !== "const") return undefined;
  const uses = variable.references();
  const areTests = uses.length > 0 && uses.every((one) => useOf(tree, one)?.use === "condition");
  return areTests ? { use: "condition", property: "" } : undefined;
}

function isInAsync(tree: Tree, node: NodeId): boolean {
  const around = enclosingFunction(tree, node);
  return around !== NONE && hasToken(tree, around, "async");
}
