import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { isGenerator } from "../function-result.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";

/** `await` of a value that cannot be a promise. */
export interface NeedlessAwait {
  readonly at: Place;
  readonly name: string;
  /** The function that is called, where it is one. */
  readonly callee: Place | undefined;
  /** Whether no other code can stand in for what is awaited: not for a method that a subclass may override, nor for a callback. */
  readonly isCertain: boolean;
  /** Takes the `await` away. */
  readonly edits: readonly Edit[];
}

/** The needless awaits of the judged files, in order: literals, and calls of functions whose code is in sight and not asynchronous. */
export const needlessAwaits = defineAnalysis("needless awaits", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\bawait\b/, (module) => awaitsIn(module, facts, resolver));
});

function* awaitsIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<NeedlessAwait> {
  const { tree, path } = module;
  for (const node of indexOf(tree).awaits) {
    const inner = firstNamed(tree, node);
    const value = unwrapped(tree, inner);
    if (inner === NONE || value === NONE || isDamaged(tree, node)) continue;
    const callee = synchronousCallee({ module, node: value }, facts, resolver);
    const isLiteral = LITERALS.has(tree.kindOf(value)) || makesPlain(tree, value);
    const share = callee || isLiteral ? "certain" : plainness({ module, node: value }, facts);
    if (share === "unknown") continue;
    const { start } = tree.spanOf(node);
    yield {
      at: { file: path, ...tree.spanOf(node) },
      name: isLiteral ? literalName(tree, value) : expressionName(tree, value),
      callee: callee && nameOf(callee),
      isCertain: share === "certain",
      edits: [{ file: path, start, end: tree.start[inner] as number, text: "" }],
    };
  }
}

/** Not numbers, null and the like: who awaits one of them lets others run. */
const LITERALS: ReadonlySet<string> = new Set(["string", "template_string", "array", "regex"]);

/** `new Map()` of the platform. */
function makesPlain(tree: Tree, value: NodeId): boolean {
  if (tree.kindOf(value) !== "new_expression") return false;
  const name = tree.childIn(value, "constructor");
  return PLAIN_CLASSES.test(tree.textOf(name)) && !scopesOf(tree).bindingAt(name);
}

const PLAIN_CLASSES =
  /^(?:Map|Set|WeakMap|WeakSet|Date|Array|Error|TypeError|RangeError|RegExp|URL|URLSearchParams|Headers|FormData|Uint8Array|TextEncoder|TextDecoder)$/;

function literalName(tree: Tree, literal: NodeId): string {
  const text = tree.textOf(literal);
  return text.length > 30 || text.includes("\n") ? "the literal" : text;
}

/** The function that a call calls, if by its type and by its body it yields no promise, and nobody can put another in its place. */
function synchronousCallee(
  call: ModuleNode,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  if (call.module.tree.kindOf(call.node) !== "call_expression") return undefined;
  const callee = resolver.calleeOf(call);
  if (callee.kind !== "function") return undefined;
  const of = callee.function;
  const { tree } = of.module;
  if (tree.childIn(of.node, "body") === NONE || isGenerator(tree, of.node)) return undefined;
  if (isMember(tree, of.node) && !isPrivate(tree, of.node)) return undefined;
  if (facts.shareOf(call) !== "never" || facts.bodyShareOf(of) !== "never") return undefined;
  return isPlain(facts, call) ? of : undefined;
}

const TYPED: ReadonlySet<string> = new Set(["call_expression", "identifier", "member_expression"]);

/** Whether a value is plain by its type; `certain` where nobody but us or the platform says what is called. */
function plainness(at: ModuleNode, facts: PromiseFacts): "certain" | "typed" | "unknown" {
  const { tree } = at.module;
  if (!TYPED.has(tree.kindOf(at.node))) return "unknown";
  if (facts.shareOf(at) !== "never" || !isPlain(facts, at)) return "unknown";
  const type = facts.typeOf(at);
  const isValue = type.kind === "primitive" || type.kind === "array";
  const callee =
    tree.kindOf(at.node) === "call_expression" ? tree.childIn(at.node, "function") : NONE;
  if (!isValue || callee === NONE) return "typed";
  const called = facts.typeOf({ module: at.module, node: callee });
  return called.kind === "external" && PLATFORM.test(called.module) ? "certain" : "typed";
}

const PLATFORM = /^(?:global$|node:)/;

/** Objects may have a `then` of their own. */
function isPlain(facts: PromiseFacts, call: ModuleNode): boolean {
  const type = facts.typeOf(call);
  const members = type.kind === "union" ? type.members : [type];
  return members.every(({ kind }) => PLAIN.has(kind));
}

const PLAIN: ReadonlySet<string> = new Set(["primitive", "nullish", "void", "array"]);

function isMember(tree: Tree, node: NodeId): boolean {
  return (
    tree.kindOf(node) === "method_definition" ||
    /^(?:public_field_definition|pair)$/.test(tree.kindOf(tree.parentOf(node)))
  );
}

/** `private` and `#name`: no subclass overrides it. */
function isPrivate(tree: Tree, node: NodeId): boolean {
  const member = tree.kindOf(node) === "method_definition" ? node : tree.parentOf(node);
  if (hasToken(tree, member, "private")) return true;
  const modifier = tree.childOfKind(member, "accessibility_modifier");
  if (modifier !== NONE && tree.textOf(modifier) === "private") return true;
  const name = tree.childIn(member, "name");
  return name !== NONE && tree.textOf(name).startsWith("#");
}

function nameOf({ module: { tree, path }, node }: ModuleNode): Place {
  const owner =
    tree.kindOf(tree.parentOf(node)) === "variable_declarator" ? tree.parentOf(node) : node;
  const name = tree.kindOf(owner) === "arrow_function" ? NONE : tree.childIn(owner, "name");
  return { file: path, ...tree.spanOf(name === NONE ? owner : name) };
}
