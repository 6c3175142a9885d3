import type { Span } from "../../../core/position.ts";
import type { Callee, ObjectKind, Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoType } from "../type.ts";
import { boundOf } from "./bounds.ts";
import { performBuiltin } from "./builtins.ts";
import { conditionLock } from "./condition-lock.ts";
import { callFormatters } from "./formatting.ts";
import { callsBack, goApi } from "./go-api.ts";
import type { Lowering } from "./lowering.ts";
import { callPath, fieldPath, sitePath, UNKNOWN_VALUE } from "./paths.ts";
import { type PreparedCall, targetOf } from "./prepare-call.ts";

/** Names that the results of a call get; undefined where a result has none. */
export type Results = readonly (AccessPath | undefined)[];

/** Does what a call does, its receiver and arguments being evaluated. Returns its (first) result. */
export function performCall(
  lowering: Lowering,
  node: NodeId,
  call: PreparedCall,
  results: Results,
): Value {
  const at = lowering.span(node);
  switch (call.kind) {
    case "conversion":
      return call.arguments[0] ?? UNKNOWN_VALUE;
    case "builtin":
      return performBuiltin(lowering, node, call, results[0]);
    case "cancel":
      lowering.emit({ kind: "cancel", context: call.context, by: call.by, at });
      return UNKNOWN_VALUE;
    case "api":
      return performApi(lowering, node, call, results);
    case "callee":
      return performStatic(lowering, node, call, results);
  }
}

function performStatic(
  lowering: Lowering,
  node: NodeId,
  call: Extract<PreparedCall, { kind: "callee" }>,
  results: Results,
): Value {
  const { callee, getter, arguments: values } = call;
  const at = lowering.span(node);
  callFormatters(lowering, node, callee, call.argumentNodes, values);
  const unnamed = results.length === 0 && !getter && mayYieldObject(lowering, node, callee);
  const site = unnamed ? sitePath(lowering, node) : undefined;
  const blocks = callee.kind === "external" && goApi(callee.name)?.kind === "block";
  lowering.emit({
    kind: "call",
    callee,
    arguments: values,
    results: site ? [site] : results,
    ...(blocks ? { blocks } : {}),
    ...(callee.kind === "external" && callsBack(callee.name) ? { callsBack: true } : {}),
    at,
  });
  if (getter) return { kind: "path", path: getter };
  if (callee.kind === "external" && callee.name in ROOT_CONTEXTS && results.length === 0)
    return { kind: "constant", text: callee.name };
  const [first] = results;
  if (first) return { kind: "path", path: first };
  return site ? { kind: "path", path: site } : UNKNOWN_VALUE;
}

/** Whether an unnamed result may be a channel that somebody uses. Calls to elsewhere that yield channels are in the tables. */
function mayYieldObject(lowering: Lowering, node: NodeId, callee: Callee): boolean {
  if (callee.kind === "unknown" || callee.kind === "external") return false;
  const { unit, file, tree } = lowering;
  if (UNUSED.has(lowering.kind(tree.parentOf(node)))) return false;
  const type = unit.resolver.typeOf(file, node);
  return unit.objectOf(type) === "channel" || isPassedOn(lowering, node, type);
}

/**
 * `first(newScanner(ctx))`: a struct that goes by its pointer from one function to the next. Where an interface is asked for, it is one of
 * several as a rule, and what the one at hand does says nothing of the others.
 */
function isPassedOn(lowering: Lowering, node: NodeId, type: GoType): boolean {
  const { unit, file, tree } = lowering;
  const given = tree.parentOf(node);
  if (lowering.kind(given) !== "argument_list" || type.kind !== "pointer") return false;
  const called = lowering.child(tree.parentOf(given), "function");
  const signature = unit.resolver.underlying(unit.resolver.typeOf(file, called));
  const asked =
    signature.kind === "function"
      ? signature.parameters[lowering.children(given).indexOf(node)]
      : undefined;
  return asked?.kind === "pointer" && unit.resolver.underlying(type.to).kind === "struct";
}

/** Contexts that nobody cancels. */
const ROOT_CONTEXTS: Readonly<Record<string, true>> = {
  "context.Background": true,
  "context.TODO": true,
  // Ends with the test.
  "testing.T.Context": true,
  "testing.common.Context": true,
  "testing.B.Context": true,
  "testing.TB.Context": true,
};

/** Statements that drop what a call yields. */
const UNUSED: ReadonlySet<string> = new Set([
  "expression_statement",
  "go_statement",
  "defer_statement",
]);

type ApiCall = Extract<PreparedCall, { kind: "api" }>;

function performApi(lowering: Lowering, node: NodeId, call: ApiCall, results: Results): Value {
  const { api, receiver } = call;
  const at = lowering.span(node);
  switch (api.kind) {
    case "acquire":
    case "release":
      lowering.emit({ kind: api.kind, lock: receiver, mode: api.mode, object: api.object, at });
      return UNKNOWN_VALUE;
    case "try-acquire":
      rememberAttempt(lowering, call, results[0]);
      plainCall(lowering, at, call, results);
      return UNKNOWN_VALUE;
    case "add":
      performAdd(lowering, at, call, api.delta ?? deltaOf(call));
      return UNKNOWN_VALUE;
    case "wait":
      performWait(lowering, at, call, api.object);
      return UNKNOWN_VALUE;
    case "signal":
      lowering.emit({ kind: "signal", condition: receiver, all: api.all, at });
      return UNKNOWN_VALUE;
    case "spawn":
      return performSpawn(lowering, node, call, results);
    case "once":
      performOnce(lowering, at, call);
      return UNKNOWN_VALUE;
    case "make":
      return performMake(lowering, node, call, results);
    case "derive":
      plainCall(lowering, at, call, results);
      return call.arguments[api.argument] ?? UNKNOWN_VALUE;
    case "step":
      return { kind: "path", path: callPath(receiver, lastName(call.name)) };
    case "end":
      plainCall(lowering, at, call, results);
      lowering.builder.end({ kind: api.end, at });
      return UNKNOWN_VALUE;
    case "block":
      plainCall(lowering, at, call, results);
      return UNKNOWN_VALUE;
  }
}

function lastName(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf(".") + 1);
}

/** The call as one to the outside: what it does beyond the operations that stand beside it is unknown. */
function plainCall(
  lowering: Lowering,
  at: Span,
  { name, receiver, receiverNode, arguments: values }: ApiCall,
  results: Results,
): void {
  const callee: Callee =
    receiverNode === NONE
      ? { kind: "external", name }
      : { kind: "external", name, receiver: { kind: "path", path: receiver } };
  lowering.emit({ kind: "call", callee, arguments: values, results, at });
}

function performAdd(
  lowering: Lowering,
  at: Span,
  { receiver, argumentNodes: [counted] }: ApiCall,
  delta: number | undefined,
): void {
  const bound =
    delta === undefined && counted !== undefined ? boundOf(lowering, counted) : undefined;
  const isFewer = counted !== undefined && isDifference(lowering, lowering.bare(counted));
  lowering.emit({
    kind: "add",
    group: receiver,
    delta,
    ...(bound ? { bound } : {}),
    ...(isFewer ? { isFewer } : {}),
    at,
  });
}

function isDifference(lowering: Lowering, node: NodeId): boolean {
  return (
    lowering.kind(node) === "binary_expression" &&
    lowering.kind(lowering.child(node, "operator")) === "-"
  );
}

function deltaOf({ arguments: [delta] }: ApiCall): number | undefined {
  if (delta?.kind !== "constant" || !/^-?\d+$/.test(delta.text)) return undefined;
  return Number(delta.text);
}

function rememberAttempt(
  lowering: Lowering,
  { api, receiver }: ApiCall,
  target: AccessPath | undefined,
): void {
  if (api.kind !== "try-acquire" || target?.root.kind !== "variable" || target.steps.length > 0)
    return;
  const { mode, object } = api;
  lowering.attempts.set(target.root.variable.id, { lock: receiver, mode, object });
}

function performWait(
  lowering: Lowering,
  at: Span,
  { receiver, receiverNode }: ApiCall,
  object: ObjectKind,
): void {
  const lock = object === "condition" ? conditionLock(lowering, receiverNode, receiver) : undefined;
  lowering.emit({ kind: "wait", on: receiver, object, ...(lock ? { lock } : {}), at });
}

/** `wg.Go(f)`, `time.AfterFunc(d, f)`: f runs in a goroutine of its own. */
function performSpawn(lowering: Lowering, node: NodeId, call: ApiCall, results: Results): Value {
  const { api, receiver } = call;
  if (api.kind !== "spawn") return UNKNOWN_VALUE;
  const at = lowering.span(node);
  const callee = calleeOf(lowering, call.argumentNodes[api.argument]);
  const group = api.joins ? { group: receiver } : {};
  lowering.emit({ kind: "spawn", callee, arguments: [], ...group, at });
  if (!api.makes) return UNKNOWN_VALUE;
  const path = results[0] ?? sitePath(lowering, node);
  lowering.emit({ kind: "make", object: api.makes, path, at });
  return { kind: "path", path };
}

/** Who is called when the value of an expression is called without arguments. */
export function calleeOf(lowering: Lowering, node: NodeId | undefined): Callee {
  if (node === undefined) return { kind: "unknown", name: "" };
  let callee: Callee = { kind: "unknown", name: lowering.text(node) };
  lowering.builder.capture(() => {
    callee = calleeOfTarget(targetOf(lowering, node), lowering.text(node));
  });
  return callee;
}

/** A call target as one who can be started or called later. */
export function calleeOfTarget(target: ReturnType<typeof targetOf>, text: string): Callee {
  switch (target.kind) {
    case "callee":
      return target.callee;
    case "api":
      return target.receiverNode === NONE
        ? { kind: "external", name: target.name }
        : {
            kind: "external",
            name: target.name,
            receiver: { kind: "path", path: target.receiver },
          };
    case "cancel":
      return {
        kind: "external",
        name: "context.CancelFunc",
        receiver: { kind: "path", path: target.by },
      };
    case "builtin":
      return { kind: "external", name: target.name };
    case "conversion":
      return { kind: "unknown", name: text };
  }
}

/** `once.Do(f)`: f runs here or has run already. */
function performOnce(lowering: Lowering, at: Span, call: ApiCall): void {
  const { builder } = lowering;
  const callee = calleeOf(lowering, call.argumentNodes[0]);
  plainCall(lowering, at, { ...call, arguments: [] }, []);
  const invoke = (): void =>
    lowering.emit({ kind: "call", callee, arguments: [], results: [], at });
  if (builder.isCapturing) {
    invoke();
    return;
  }
  const first = builder.newBlock("once-first");
  const done = builder.newBlock("once-done");
  const key = `first@${at.start}`;

  builder.branch({ key, negated: false, reads: [], at, isFirst: call.receiver }, first, done);
  builder.begin(first);
  invoke();
  builder.begin(done);
}

/** New objects as results; what a context or condition is made from is kept. */
function performMake(lowering: Lowering, node: NodeId, call: ApiCall, results: Results): Value {
  const { api } = call;
  if (api.kind !== "make") return UNKNOWN_VALUE;
  const at = lowering.span(node);
  const first = results[0] ?? sitePath(lowering, node);
  if (api.objects.includes("context")) plainCall(lowering, at, call, results);
  for (const [index, object] of api.objects.entries()) {
    const path = index === 0 ? first : results[index];
    if (path && object) lowering.emit({ kind: "make", object, path, at });
  }
  const [lock] = call.arguments;
  if (api.objects[0] === "condition" && lock?.kind === "path") {
    const target = fieldPath(lowering, first, undefined, "L");
    lowering.emit({ kind: "assign", target, value: lock, at });
  }
  return { kind: "path", path: first };
}
