import type { Callee, Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { stringValue } from "../module-exports.ts";
import { argumentsOf, hasToken, unwrapped } from "../nodes.ts";
import { store } from "./assignments.ts";
import { nilTest } from "./conditions.ts";
import { placeHelper } from "./helpers.ts";
import { functionsAmong, guardOf, lockCall } from "./lock-calls.ts";
import { type Lowering, NIL_VALUE, UNKNOWN_VALUE } from "./lowering.ts";
import { extended, type MapAccess, mapAccess, pathOf } from "./paths.ts";
import { emitRead, unnamed } from "./shared.ts";
import { SUBSCRIBE_METHODS, TIMER_CALLS, UNSUBSCRIBE_METHODS } from "./task-calls.ts";
import { functionId } from "./unit-context.ts";

/** A call: its receiver, its arguments in order, and then what it does. */
export function lowerCall(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const callee = tree.childIn(node, "function");
  if (callee === NONE) return UNKNOWN_VALUE;
  const access = mapAccess(lowering, node);
  if (access) {
    const value = lowerMapAccess(lowering, node, access);
    if (value) return value;
  }
  const receiver = lowerCallee(lowering, callee);
  skipIfMissing(lowering, node, callee);
  const values = lowerArguments(lowering, node);
  return (
    lowerLockCall(lowering, node) ??
    lowerTaskCall(lowering, node, values) ??
    lowerGuardedCall(lowering, node, values) ??
    emitCall(lowering, node, receiver, values)
  );
}

/** `new C(…)`; a worker is a task of its own, and a promise's executor is called at once. */
export function lowerNew(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const type = tree.childIn(node, "constructor");
  if (type === NONE) return UNKNOWN_VALUE;
  const name = lowering.shortText(type);
  lowering.expression(type);
  const values = lowerArguments(lowering, node);
  if (/^(?:Shared)?Worker$/.test(name)) {
    const callee: Callee = { kind: "unknown", name: lowering.shortText(node) };
    lowering.emit({ kind: "spawn", callee, arguments: values, at: lowering.spanOf(node) });
    return { kind: "path", path: lowering.site(node) };
  }
  const [executor] = values;
  if (name === "Promise" && executor?.kind === "function") {
    const path = lowering.site(node);
    const at = lowering.spanOf(node);
    lowering.emit({ kind: "make", object: "promise", path, at });
    const callee: Callee = { kind: "static", function: executor.function };
    lowering.emit({ kind: "call", callee, arguments: [], results: [], at });
    lowering.mayThrow();
    return { kind: "path", path };
  }
  return emitCall(lowering, node, undefined, values);
}

/** Evaluates what is called; the receiver of a method, if it has one. */
function lowerCallee(lowering: Lowering, node: NodeId): Value | undefined {
  const { tree } = lowering;
  const callee = unwrapped(tree, node);
  if (callee === NONE) return undefined;
  const kind = tree.kindOf(callee);
  if (kind === "import" || kind === "super") return undefined;
  if (kind !== "member_expression" && kind !== "subscript_expression") {
    lowering.expression(node);
    return undefined;
  }
  const object = tree.childIn(callee, "object");
  const receiver = object === NONE ? UNKNOWN_VALUE : lowering.expression(object);
  if (object !== NONE && tree.childIn(callee, "optional_chain") !== NONE)
    leaveChainIfNil(lowering, object);
  const index = kind === "subscript_expression" ? tree.childIn(callee, "index") : NONE;
  if (index !== NONE) lowering.expression(index);
  return receiver;
}

/** `a?.b()`: the rest of the chain is skipped where `a` is missing. The object was evaluated already. */
function leaveChainIfNil(lowering: Lowering, object: NodeId): void {
  const exit = lowering.chainExit;
  if (exit === undefined) return;
  const next = lowering.blocks.newBlock("if-then");
  const path = pathOf(lowering, object)?.path;
  const condition = path && nilTest(lowering, path, "==null", false, object);
  lowering.blocks.branch(condition, exit, next);
  lowering.blocks.begin(next);
}

/** `f?.()`. */
function skipIfMissing(lowering: Lowering, node: NodeId, callee: NodeId): void {
  const { tree } = lowering;
  if (tree.childIn(node, "optional_chain") !== NONE || hasToken(tree, node, "?."))
    leaveChainIfNil(lowering, callee);
}

function lowerArguments(lowering: Lowering, call: NodeId): Value[] {
  const { tree } = lowering;
  const chain = lowering.chainExit;
  lowering.chainExit = undefined;
  const list = tree.childIn(call, "arguments");
  let values: Value[] = [];
  if (list !== NONE)
    values =
      tree.kindOf(list) === "arguments"
        ? argumentsOf(tree, call).map((argument) => lowering.expression(argument))
        : [lowering.expression(list)];
  lowering.chainExit = chain;
  return values;
}

function emitCall(
  lowering: Lowering,
  node: NodeId,
  receiver: Value | undefined,
  values: readonly Value[],
): Value {
  const { tree } = lowering;
  const result = lowering.site(node);
  let callee: Callee | undefined;
  lowering.emit({
    kind: "call",
    arguments: values,
    results: [result],
    at: lowering.spanOf(node),
    // Following a callee may open other files: only when somebody asks.
    get callee() {
      callee ??= calleeOf(lowering, node, receiver);
      return callee;
    },
  });
  if (tree.kindOf(node) === "call_expression") placeHelper(lowering, node, argumentsOf(tree, node));
  lowering.mayThrow();
  return { kind: "path", path: result };
}

function calleeOf(lowering: Lowering, node: NodeId, receiver: Value | undefined): Callee {
  const { tree, module, unit } = lowering;
  const isNew = tree.kindOf(node) === "new_expression";
  const called = tree.childIn(node, isNew ? "constructor" : "function");
  const bare = unwrapped(tree, called);
  if (bare !== NONE && IMMEDIATE.has(tree.kindOf(bare)))
    return { kind: "static", function: functionId(module, bare) };
  const found = unit.resolver.calleeOf({ module, node });
  const withReceiver = receiver && { receiver };
  if (found.kind === "function") {
    const id = functionId(found.function.module, found.function.node);
    return { kind: "static", function: id, ...withReceiver };
  }
  if (found.kind === "external") return { kind: "external", name: found.name, ...withReceiver };
  return { kind: "unknown", name: lowering.shortText(called) };
}

const IMMEDIATE: ReadonlySet<string> = new Set(["arrow_function", "function_expression"]);

/** `map.get(key)`, `map.set(key, value)` and so on: reads and writes of an element. */
function lowerMapAccess(
  lowering: Lowering,
  node: NodeId,
  { method, object, step }: MapAccess,
): Value | undefined {
  const map = pathOf(lowering, object);
  if (!map) return undefined;
  lowering.expression(object);
  const member = lowering.tree.parentOf(object);
  if (lowering.tree.childIn(member, "optional_chain") !== NONE) leaveChainIfNil(lowering, object);
  const values = lowerArguments(lowering, node);
  const element = unnamed({
    ...extended(map.path, [step]),
    text: lowering.shortText(node),
  });
  switch (method) {
    case "get":
    case "has":
      emitRead(lowering, node, element);
      return { kind: "path", path: element.path };
    case "set":
      store(lowering, element, values[1] ?? UNKNOWN_VALUE, node);
      break;
    case "add":
      store(lowering, element, { kind: "constant", text: "true" }, node);
      break;
    default:
      store(lowering, element, NIL_VALUE, node);
  }
  return { kind: "path", path: map.path };
}

function lowerLockCall(lowering: Lowering, node: NodeId): Value | undefined {
  const { tree } = lowering;
  const found = lockCall(lowering, node);
  if (!found || argumentsOf(tree, node).some((argument) => isFunction(lowering, argument)))
    return undefined;
  const { kind, lock } = found;
  lowering.emit({ kind, lock, mode: "write", object: "async-mutex", at: lowering.spanOf(node) });
  lowering.mayThrow();
  return { kind: "path", path: lowering.site(node) };
}

function isFunction({ tree }: Lowering, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  return kind === "arrow_function" || kind === "function_expression";
}

/** `mutex.runExclusive(fn)`: the callback runs while the lock is held. */
function lowerGuardedCall(
  lowering: Lowering,
  node: NodeId,
  values: readonly Value[],
): Value | undefined {
  const callbacks = functionsAmong(values);
  const lock = callbacks.length > 0 ? guardOf(lowering, node) : undefined;
  if (!lock) return undefined;
  const at = lowering.spanOf(node);
  const result: AccessPath = lowering.site(node);
  const guard = { lock, mode: "write", object: "async-mutex", at } as const;
  lowering.emit({ kind: "acquire", ...guard });
  for (const { function: id } of callbacks) {
    const callee: Callee = { kind: "static", function: id };
    lowering.emit({ kind: "call", callee, arguments: [], results: [result], at });
  }
  lowering.emit({ kind: "release", ...guard });
  lowering.mayThrow();
  return { kind: "path", path: result };
}

/** Timers and listeners. */
function lowerTaskCall(
  lowering: Lowering,
  node: NodeId,
  values: readonly Value[],
): Value | undefined {
  const { tree } = lowering;
  const callee = unwrapped(tree, tree.childIn(node, "function"));
  const text = lowering.shortText(callee);
  const timer = TIMER_CALLS.get(text.replace(/^(?:globalThis|window|self)\./, ""));
  const at = lowering.spanOf(node);
  if (timer && !isOwnName(lowering, callee)) {
    const path = lowering.site(node);
    const object = timer === "repeated" ? "ticker" : "timer";
    lowering.emit({ kind: "make", object, path, at });
    lowering.emit({ kind: "spawn", callee: listener(values[0]), arguments: [], at });
    return { kind: "path", path };
  }
  if (tree.kindOf(callee) !== "member_expression") return undefined;
  const property = tree.childIn(callee, "property");
  const method = property === NONE ? "" : tree.textOf(property);
  const isOn = SUBSCRIBE_METHODS.has(method);
  if ((!isOn && !UNSUBSCRIBE_METHODS.has(method)) || values.length < 2) return undefined;
  const object = tree.childIn(callee, "object");
  if (object === NONE) return undefined;
  const [eventNode] = argumentsOf(tree, node);
  const event =
    eventNode !== undefined && tree.kindOf(eventNode) === "string"
      ? stringValue(tree, eventNode)
      : undefined;
  const source = pathOf(lowering, object)?.path ?? lowering.site(object);
  const kind = isOn ? "subscribe" : "unsubscribe";
  lowering.emit({ kind, source, event, callee: listener(values[1]), at });
  lowering.mayThrow();
  return { kind: "path", path: lowering.site(node) };
}

/** Whether a function of that name is declared in the unit, and not merely imported. */
function isOwnName(lowering: Lowering, callee: NodeId): boolean {
  if (lowering.tree.kindOf(callee) !== "identifier") return false;
  const declared = lowering.unit.variableAt(lowering.module, callee);
  if (declared?.kind !== "import") return declared !== undefined;
  const statement = importSource(lowering, declared.declaration.node);
  return statement !== "timers" && statement !== "node:timers" && statement !== "process";
}

function importSource({ tree }: Lowering, name: NodeId): string {
  for (let at = name; at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "import_statement") continue;
    const source = tree.childIn(at, "source");
    return source === NONE ? "" : stringValue(tree, source);
  }
  return "";
}

function listener(value: Value | undefined): Callee {
  if (value?.kind === "function")
    return {
      kind: "static",
      function: value.function,
      ...(value.receiver && { receiver: value.receiver }),
    };
  const name = value?.kind === "path" ? value.path.text : "";
  return { kind: "unknown", name };
}
