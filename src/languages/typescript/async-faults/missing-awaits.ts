import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";

/** A promise that is used as if it were what it is a promise of. */
export interface MissingAwait {
  readonly at: Place;
  readonly name: string;
  readonly use: PromiseUse;
  /** The property that is read, for `property`. */
  readonly property: string;
  readonly canAwait: boolean;
}

export type PromiseUse = "condition" | "comparison" | "text" | "spread" | "property" | "loop";

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
  const found: NodeId[] = [];
  for (const call of indexOf(tree).calls) {
    if (tree.kindOf(call) === "call_expression") found.push(call);
  }
  for (const constant of constantsOf({ module, node: 0 }, resolver)) found.push(constant);
  for (const node of found.sort((one, other) => one - other)) {
    const usedAs = useOf(tree, node) ?? testedLater({ module, node }, resolver);
    if (!usedAs || facts.shareOf({ module, node }) !== "always" || isDamaged(tree, node)) continue;
    // Promises that somebody gave more members are intersections, or classes of their own.
    if (usedAs.use === "property" && facts.typeOf({ module, node }).kind !== "promise") continue;
    if (usedAs.use === "property" && givesIt({ module, node }, usedAs.property, resolver)) continue;
    yield {
      at: { file: path, ...tree.spanOf(node) },
      name: expressionName(tree, node),
      ...usedAs,
      canAwait: isInAsync(tree, node),
    };
  }
}

/** `promise.updates = …; return promise`: the called function gives its promise the member. */
function givesIt(call: ModuleNode, property: string, resolver: TypeScriptResolver): boolean {
  if (call.module.tree.kindOf(call.node) !== "call_expression") return false;
  const callee = resolver.calleeOf(call);
  if (callee.kind !== "function") return false;
  const { module, node } = callee.function;
  return module.tree.textOf(node).includes(`.${property} =`);
}

/** Uses of constants that are initialised with a call and have no annotation. */
function* constantsOf({ module }: ModuleNode, resolver: TypeScriptResolver): Generator<NodeId> {
  const { tree } = module;
  for (const call of indexOf(tree).calls) {
    const declarator = tree.parentOf(call);
    if (tree.kindOf(declarator) !== "variable_declarator") continue;
    const name = tree.childIn(declarator, "name");
    if (tree.kindOf(name) !== "identifier" || tree.childIn(declarator, "type") !== NONE) continue;
    const variable = resolver.variableAt({ module, node: name });
    if (variable?.kind === "const") yield* variable.references();
  }
}

type Use = Pick<MissingAwait, "use" | "property">;

/** What is done with the value of an expression, where a promise is of no use for it. */
function useOf(tree: Tree, expression: NodeId): Use | undefined {
  let node = expression;
  let parent = tree.parentOf(node);
  while (tree.kindOf(parent) === "parenthesized_expression" && !isTested(tree, parent)) {
    node = parent;
    parent = tree.parentOf(node);
  }
  const used = (use: PromiseUse, property = ""): Use => ({ use, property });
  switch (tree.kindOf(parent)) {
    case "parenthesized_expression":
      return used("condition");
    case "ternary_expression":
      return tree.childIn(parent, "condition") === node ? used("condition") : undefined;
    case "unary_expression":
      return hasToken(tree, parent, "!") ? used("condition") : undefined;
    case "binary_expression":
      return inBinary(tree, parent, node);
    case "template_substitution":
      return isTagged(tree, parent) ? undefined : used("text");
    case "spread_element":
      return used("spread");
    case "member_expression": {
      const property = tree.textOf(tree.childIn(parent, "property"));
      const isOther = tree.childIn(parent, "object") !== node || PROMISE_MEMBERS.has(property);
      return isOther || isWritten(tree, parent) || isInType(tree, parent)
        ? undefined
        : used("property", property);
    }
    case "for_in_statement":
      return tree.childIn(parent, "right") === node && !hasToken(tree, parent, "await")
        ? used("loop")
        : undefined;
    default:
      return undefined;
  }
}

/** `should` is what chai gives to everything; the last ones are Bluebird's, which projects give to the promise of the platform. */
const PROMISE_MEMBERS: ReadonlySet<string> = new Set([
  "then",
  "catch",
  "finally",
  "should",
  ...["delay", "timeout", "tap", "tapCatch", "spread", "asCallback", "nodeify", "reflect"],
]);

function isWritten(tree: Tree, member: NodeId): boolean {
  const parent = tree.parentOf(member);
  return tree.kindOf(parent) === "assignment_expression" && tree.childIn(parent, "left") === member;
}

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

/** `!x`, `a < b`, `true`. */
function isBoolean(tree: Tree, node: NodeId): boolean {
  if (node === NONE) return false;
  switch (tree.kindOf(node)) {
    case "true":
    case "false":
      return true;
    case "unary_expression":
      return hasToken(tree, node, "!");
    case "binary_expression":
      return COMPARING.has(tree.kindOf(tree.childIn(node, "operator")));
    default:
      return false;
  }
}

/** The grammar reads `import("x").A` in a type as an expression. */
function isInType(tree: Tree, node: NodeId): boolean {
  let inner = node;
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (/type|annotation/.test(kind)) return true;
    if (/^(?:as|satisfies)_expression$/.test(kind) && firstNamed(tree, at) !== inner) return true;
    inner = at;
    if (/statement|declaration|function|arguments/.test(kind)) return false;
  }
  return false;
}

/** The parentheses of `if (…)`, `while (…)`. */
function isTested(tree: Tree, parentheses: NodeId): boolean {
  const owner = tree.parentOf(parentheses);
  return (
    /^(?:if|while|do)_statement$/.test(tree.kindOf(owner)) &&
    tree.childIn(owner, "condition") === parentheses
  );
}

const COMPARING: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "==", "===", "!=", "!=="]);
const LITERALS: ReadonlySet<string> = new Set(["number", "string", "true", "false"]);

function inBinary(tree: Tree, binary: NodeId, node: NodeId): Use | undefined {
  const word = tree.kindOf(tree.childIn(binary, "operator"));
  const isLeft = tree.childIn(binary, "left") === node;
  if (word === "&&" || word === "||")
    return isLeft || useOf(tree, binary)?.use === "condition"
      ? { use: "condition", property: "" }
      : undefined;
  const other = unwrapped(tree, tree.childIn(binary, isLeft ? "right" : "left"));
  const otherKind = tree.kindOf(other);
  if (COMPARING.has(word)) {
    const isOrder = word.startsWith("<") || word.startsWith(">");
    return isOrder || LITERALS.has(otherKind) ? { use: "comparison", property: "" } : undefined;
  }
  const isText = otherKind === "string" || otherKind === "template_string";
  return word === "+" && isText ? { use: "text", property: "" } : undefined;
}

/** What a tag function does with promises is its own affair. */
function isTagged(tree: Tree, substitution: NodeId): boolean {
  return tree.kindOf(tree.parentOf(tree.parentOf(substitution))) === "call_expression";
}

function isInAsync(tree: Tree, node: NodeId): boolean {
  const around = enclosingFunction(tree, node);
  return around !== NONE && hasToken(tree, around, "async");
}
