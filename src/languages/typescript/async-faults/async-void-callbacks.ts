import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isAwaitingEmitter } from "../awaiting-emitters.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { handlesRejection } from "../handled-chain.ts";
import { beside } from "../inference.ts";
import { indexOf } from "../module-index.ts";
import { typescriptModules } from "../modules.ts";
import { argumentsOf, firstNamed, namedNodes, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isSaidNotToWait } from "../said-comments.ts";
import { handsOutStored } from "../stored-promise.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import type { Callback } from "../void-place.ts";
import { AwaitedMembers } from "./awaited-members.ts";
import { methodCall } from "./calls.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { mayReject } from "./may-reject.ts";

/** A function that yields a promise, given to somebody who ignores what it returns. */
export interface AsyncVoidCallback {
  /** The function's head, or its name. */
  readonly at: Place;
  /** Who gets it, as a message names it: `setTimeout`, `this.onClose`, `onClose`. */
  readonly receiver: string;
  /** `listener`: of an emitter of Node. `handler`: for an event of a page or the end of the process, and where a listener is taken away. */
  readonly place: "argument" | "listener" | "handler" | "variable" | "property" | "result";
  /** Whether it always gives a promise, something that it awaits can reject it, and nobody takes the result after all. */
  readonly mayReject: boolean;
}

/** The async callbacks of the judged files whose promise is dropped, in order. */
export const asyncVoidCallbacks = defineAnalysis("async void callbacks", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  const awaited = new AwaitedMembers(use(typescriptModules), facts);
  return inJudgedModules(use, /\)/, (module) => callbacksIn(module, facts, resolver, awaited));
});

function* callbacksIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
  awaited: AwaitedMembers,
): Generator<AsyncVoidCallback> {
  const { tree, path } = module;
  const mayBeLost = (value: ModuleNode, at: ModuleNode, callback: Callback): boolean =>
    !isHandled(at, callback) &&
    !isSaidNotToWait(tree, value.node) &&
    !isTaken(value, resolver) &&
    (callback.function === undefined
      ? !isNamedProperty(tree, value.node)
      : mayReject(callback.function, resolver) && !handsOutStored(callback.function));
  for (const value of candidates(tree)) {
    const at: ModuleNode = { module, node: unwrapped(tree, value) };
    if (!FUNCTION_LIKE.has(tree.kindOf(at.node))) continue;
    const callback = facts.callbackOf(at);
    if (!callback || !SOMETIMES.has(callback.share)) continue;
    const receiver = placeOf({ module, node: value }, facts);
    if (!receiver || isDamaged(tree, value)) continue;
    if (tree.kindOf(value) === "method_definition" && awaited.has({ module, node: value }))
      continue;
    yield {
      at: { file: path, ...headOf(tree, at.node) },
      ...receiver,
      mayReject: callback.share === "always" && mayBeLost({ module, node: value }, at, callback),
    };
  }
}

/** Functions that may return a promise; others never or nobody knows. */
const SOMETIMES: ReadonlySet<string> = new Set(["always", "sometimes", "maybe-absent"]);

const FUNCTION_LIKE: ReadonlySet<string> = new Set([
  "arrow_function",
  "function_expression",
  "identifier",
  "member_expression",
  "call_expression",
  "method_definition",
  "shorthand_property_identifier",
]);

/** The expressions that may be callbacks: arguments, what is assigned, and functions in objects and declarations; in order. */
function candidates(tree: Tree): NodeId[] {
  const { calls, assignments, functions, returns } = indexOf(tree);
  const found = new Set<NodeId>(calls.flatMap((call) => argumentsOf(tree, call)));
  for (const assignment of assignments) found.add(tree.childIn(assignment, "right"));
  for (const node of functions) {
    const parent = tree.kindOf(tree.parentOf(node));
    if (HOLDERS.has(parent)) found.add(node);
  }
  for (const node of attributeValues(tree)) found.add(node);
  for (const node of propertyValues(tree)) found.add(node);
  for (const [of, statements] of returns) {
    if (of === NONE || tree.childIn(of, "return_type") === NONE) continue;
    for (const statement of statements) found.add(firstNamed(tree, statement));
  }
  found.delete(NONE);
  return [...found].sort((one, other) => one - other);
}

/** Names that are values of properties: `{ onClose, onOpen: this.refresh }`. */
function propertyValues(tree: Tree): NodeId[] {
  const short = tree.grammar.kind("shorthand_property_identifier");
  const pair = tree.grammar.kind("pair");
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] === short) found.push(node);
    else if (tree.kind[node] === pair) {
      const value = tree.childIn(node, "value");
      if (value !== NONE && NAMES.has(tree.kindOf(value))) found.push(value);
    }
  }
  return found;
}

const NAMES: ReadonlySet<string> = new Set(["identifier", "member_expression"]);

/** What stands in the braces of attributes: `<Form onSubmit={save}>`. */
function attributeValues(tree: Tree): NodeId[] {
  if (tree.grammar.name !== "tsx") return [];
  const attribute = tree.grammar.kind("jsx_attribute");
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== attribute) continue;
    const braces = tree.childOfKind(node, "jsx_expression");
    if (braces !== NONE) found.push(firstNamed(tree, braces));
  }
  return found;
}

/** Methods of objects and classes count as their properties. */
const HOLDERS: ReadonlySet<string> = new Set([
  "pair",
  "variable_declarator",
  "public_field_definition",
  "return_statement",
  "object",
  "class_body",
]);

/** `{ preload: Page.preload }`: of a function from elsewhere nobody knows whether it fails, or who calls it. */
function isNamedProperty(tree: Tree, value: NodeId): boolean {
  return (
    tree.kindOf(value) === "shorthand_property_identifier" ||
    (tree.kindOf(tree.parentOf(value)) === "pair" && NAMES.has(tree.kindOf(value)))
  );
}

/** `() => save().catch(report)`. */
function isHandled(at: ModuleNode, { function: of }: Callback): boolean {
  if (!of || of.node !== at.node) return false;
  const { tree } = at.module;
  const body = tree.childIn(at.node, "body");
  return body !== NONE && handlesRejection(tree, body);
}

/** Whether the function that gets a callback awaits or returns what it yields, whatever the type says. */
function isTaken(at: ModuleNode, resolver: TypeScriptResolver): boolean {
  const found = parameterFor(at, resolver);
  const variable = found && resolver.variableAt(found);
  if (!variable) return false;
  const { tree } = found.module;
  return variable.references().some((reference) => {
    if (isLinked(tree, reference)) return true;
    const call = tree.parentOf(reference);
    if (tree.kindOf(call) !== "call_expression" || tree.childIn(call, "function") !== reference)
      return false;
    return TAKING.has(tree.kindOf(tree.parentOf(call)));
  });
}

/** The name that a called function has for an argument, or for a property of one: `function useApi({ onRefused })`. */
function parameterFor(
  { module, node }: ModuleNode,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  const key = propertyKey(module.tree, node);
  const argument = key === undefined ? node : holderOf(module.tree, node);
  const list = module.tree.parentOf(argument);
  if (module.tree.kindOf(list) !== "arguments") return undefined;
  const call = module.tree.parentOf(list);
  const callee = resolver.calleeOf({ module, node: call });
  if (callee.kind !== "function") return undefined;
  const { tree } = callee.function.module;
  const parameters = tree.childIn(callee.function.node, "parameters");
  const index = argumentsOf(module.tree, call).indexOf(argument);
  const parameter = parameters === NONE ? undefined : namedNodes(tree, parameters)[index];
  if (parameter === undefined) return undefined;
  const isBare = /^(?:identifier|object_pattern)$/.test(tree.kindOf(parameter));
  const name = isBare ? parameter : tree.childIn(parameter, "pattern");
  if (name === NONE) return undefined;
  if (key === undefined) return { module: callee.function.module, node: name };
  const part = namedNodes(tree, name).find((one) => tree.textOf(one) === key);
  return part === undefined || tree.kindOf(name) !== "object_pattern"
    ? undefined
    : { module: callee.function.module, node: part };
}

/** The key of a property whose value, or the whole of which, a node is. */
function propertyKey(tree: Tree, node: NodeId): string | undefined {
  if (tree.kindOf(node) === "shorthand_property_identifier") return tree.textOf(node);
  const pair = tree.parentOf(node);
  return tree.kindOf(pair) === "pair" ? tree.textOf(tree.childIn(pair, "key")) : undefined;
}

/** The object that a property belongs to. */
function holderOf(tree: Tree, node: NodeId): NodeId {
  const pair = tree.parentOf(node);
  return tree.kindOf(pair) === "pair" ? tree.parentOf(pair) : pair;
}

/** `task.then(onDone).catch(report)`: whoever waits for the chain, or handles its rejections, has those of the callback. */
function isLinked(tree: Tree, reference: NodeId): boolean {
  const list = tree.parentOf(reference);
  let chain = tree.kindOf(list) === "arguments" ? tree.parentOf(list) : NONE;
  if (chain === NONE || methodCall(tree, chain)?.method !== "then") return false;
  for (
    let member = tree.parentOf(chain);
    tree.kindOf(member) === "member_expression";
    member = tree.parentOf(chain)
  )
    chain = tree.parentOf(member);
  return TAKING.has(tree.kindOf(tree.parentOf(chain))) || handlesRejection(tree, chain);
}

const TAKING: ReadonlySet<string> = new Set([
  "await_expression",
  "return_statement",
  "arrow_function",
  "variable_declarator",
]);

type Receiver = Pick<AsyncVoidCallback, "receiver" | "place">;

/** Who gets the function, where that ignores what it returns: by its type, and for events where no type says otherwise. */
function placeOf(value: ModuleNode, facts: PromiseFacts): Receiver | undefined {
  const found = receiverOf(value.module, value.node);
  if (found.place === "listener") {
    const { tree } = value.module;
    const call = tree.parentOf(tree.parentOf(value.node));
    if (isAwaitingEmitter(beside(value, call), facts)) return undefined;
  }
  const isVoid = facts.isVoidPlace(value);
  const isEvent = found.place === "listener" || found.place === "handler";
  return isVoid === "yes" || (isEvent && isVoid === "unknown") ? found : undefined;
}

const LISTENING = /(?:^|\.)(?:on|once|addListener|prependListener|prependOnceListener)$/;
const HANDLING = /(?:^|\.)(?:off|removeListener|addEventListener|removeEventListener)$/;

/** `process.once("SIGTERM", stop)`, also of an emitter that hands signals on: a rejection ends the process, which is to end. */
function isForEnd(tree: Tree, call: NodeId, receiver: string): boolean {
  if (!LISTENING.test(receiver)) return false;
  const [event] = argumentsOf(tree, call);
  if (event === undefined) return false;
  const name = tree.textOf(event);
  if (/^["'`]SIG[A-Z]/.test(name)) return true;
  return /^process\./.test(receiver) && (ENDING.test(name) || SIGNAL.test(name));
}

/** A worker of a cluster is told to end by `disconnect`. */
const ENDING = /^["'`](?:beforeExit|exit|disconnect)/;
/** A name for each of several: `signals.forEach((signal) => process.once(signal, stop))`. */
const SIGNAL = /^(?:sig|signal|signalName)$|\bSignals$/;

/** Where an object's `onClick` is what an element gets as an attribute in the end: `actions={[{ label, onClick: remove }]}`. */
const OF_PAGE = /\.[jt]sx$/;

function receiverOf({ tree, path }: TypeScriptModule, value: NodeId): Receiver {
  const ofProperty = (receiver: string): Receiver => ({
    receiver,
    place: OF_PAGE.test(path) && /^on[A-Z]/.test(receiver) ? "handler" : "property",
  });
  const parent = tree.parentOf(value);
  switch (tree.kindOf(parent)) {
    case "arguments": {
      const call = tree.parentOf(parent);
      const isNew = tree.kindOf(call) === "new_expression";
      const receiver = expressionName(tree, tree.childIn(call, isNew ? "constructor" : "function"));
      if (argumentsOf(tree, call).indexOf(value) !== 1) return { receiver, place: "argument" };
      if (isForEnd(tree, call, receiver)) return { receiver, place: "handler" };
      if (LISTENING.test(receiver)) return { receiver, place: "listener" };
      return { receiver, place: HANDLING.test(receiver) ? "handler" : "argument" };
    }
    case "assignment_expression": {
      const receiver = expressionName(tree, tree.childIn(parent, "left"));
      const isHandler = /(?:^|\.)on[a-zA-Z]+$/.test(receiver);
      return { receiver, place: isHandler ? "handler" : "variable" };
    }
    case "pair":
      return ofProperty(tree.textOf(tree.childIn(parent, "key")));
    case "jsx_expression": {
      const attribute = tree.parentOf(parent);
      const name = tree.textOf(firstNamed(tree, attribute));
      return { receiver: name, place: /^on[A-Z]/.test(name) ? "handler" : "property" };
    }
    case "object":
      return ofProperty(nameOf(tree, value));
    case "class_body":
      return { receiver: nameOf(tree, value), place: "property" };
    case "return_statement":
      return { receiver: "", place: "result" };
    default:
      return { receiver: tree.textOf(tree.childIn(parent, "name")), place: "variable" };
  }
}

/** Of a method, or of a property that is written as its value alone. */
function nameOf(tree: Tree, value: NodeId): string {
  return tree.textOf(
    tree.kindOf(value) === "method_definition" ? tree.childIn(value, "name") : value,
  );
}

/** All before the body of a function that is written in place. */
function headOf(tree: Tree, value: NodeId): { readonly start: number; readonly end: number } {
  const { start, end } = tree.spanOf(value);
  const body = /function|method/.test(tree.kindOf(value)) ? tree.childIn(value, "body") : NONE;
  return {
    start,
    end: body === NONE ? end : tree.text.slice(0, tree.start[body] as number).trimEnd().length,
  };
}
