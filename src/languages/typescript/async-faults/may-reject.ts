import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { memberName } from "../class-members.ts";
import { handlesRejection } from "../handled-chain.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { taskOf } from "../queue-tasks.ts";
import type { ModuleNode, TypeScriptResolver } from "../resolver.ts";
import { isRevalidation } from "../swr-revalidation.ts";
import { isTestPath } from "../test-path.ts";
import { isCaught, ownNodes } from "./own-nodes.ts";

/** Calls inside of calls that are looked into. */
const DEEPEST = 3;

/** The functions that are being looked into: one that calls itself rejects for another reason, or not at all. */
type Around = readonly ModuleNode[];

/**
 * Whether what a function awaits can reject it, as far as texts show: an `await`, a returned call or a `throw` outside of
 * any `try` with a `catch`. Without a body that can be read, it may. Not modelled: what synchronous calls throw.
 */
export function mayReject(
  of: ModuleNode,
  resolver: TypeScriptResolver,
  around: Around = [],
): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (around.some(({ module, node }) => module === of.module && node === of.node)) return false;
  if (body === NONE || around.length === DEEPEST) return true;
  const within = [...around, of];
  const isRisky = (node: NodeId) => mayFail({ module: of.module, node }, resolver, within);
  if (CALLED.has(tree.kindOf(unwrapped(tree, body)))) return isRisky(body);
  const isAsync = hasToken(tree, of.node, "async");
  for (const inner of ownNodes(tree, body)) {
    const kind = tree.kindOf(inner);
    if (kind === "await_expression") {
      if (isRisky(firstNamed(tree, inner)) && !isCaught(tree, inner, body)) return true;
    } else if (kind === "for_in_statement") {
      if (hasToken(tree, inner, "await") && !isCaught(tree, inner, body)) return true;
    } else if (kind === "throw_statement") {
      if (isAsync && !isCaught(tree, inner, body)) return true;
    } else if (kind === "return_statement") {
      const value = firstNamed(tree, inner);
      if (isReport(tree, inner, body)) continue;
      if (isHandedOn({ module: of.module, node: value }, of, resolver) && isRisky(value))
        return true;
    }
  }
  return false;
}

/** `catch (error) { return sendErrorPage(response, error); }`: all is caught, and that this fails too is another matter. */
function isReport(tree: Tree, statement: NodeId, body: NodeId): boolean {
  const call = unwrapped(tree, firstNamed(tree, statement));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
  for (
    let node = tree.parentOf(statement);
    node !== body && node !== NONE;
    node = tree.parentOf(node)
  ) {
    if (tree.kindOf(node) !== "catch_clause") continue;
    const parameter = tree.childIn(node, "parameter");
    const caught = parameter === NONE ? "" : tree.textOf(parameter);
    return argumentsOf(tree, call).some((given) => tree.textOf(given) === caught);
  }
  return false;
}

/** Whether a returned value is a promise for the caller: `return next(error)` gives none, as far as seen. */
function isHandedOn(value: ModuleNode, of: ModuleNode, resolver: TypeScriptResolver): boolean {
  if (value.node === NONE) return false;
  const isPromise = resolver.isPromise(value);
  return (
    isPromise === "yes" || (isPromise === "unknown" && !hasToken(of.module.tree, of.node, "async"))
  );
}

const CALLED: ReadonlySet<string> = new Set(["call_expression", "await_expression", "identifier"]);

/** Whether waiting for it can fail: not where its chain has a handler, and not for a pause. */
export function mayFail(
  awaited: ModuleNode,
  resolver: TypeScriptResolver,
  around: Around = [],
): boolean {
  const { module } = awaited;
  const { tree } = module;
  let node = unwrapped(tree, awaited.node);
  while (node !== NONE && tree.kindOf(node) === "await_expression")
    node = unwrapped(tree, firstNamed(tree, node));
  if (node === NONE) return true;
  if (LITERALS.has(tree.kindOf(node))) return false;
  if (tree.kindOf(node) === "new_expression")
    return !isPause(tree, node) && !(isTestPath(module.path) && isFlush(tree, node));
  if (tree.kindOf(node) === "identifier")
    return constantMayFail({ module, node }, resolver, around);
  if (tree.kindOf(node) === "member_expression")
    return fieldMayFail({ module, node }, resolver, around);
  if (tree.kindOf(node) !== "call_expression") return true;
  if (isHarmless(tree, node)) return false;
  if (handlesRejection(tree, node)) return false;
  const parts = combinedParts(tree, node);
  if (parts) return parts.some((part) => mayFail({ module, node: part }, resolver, around));
  const task = taskOf({ module, node }, resolver);
  if (task) return mayReject(task, resolver, around);
  if (isRevalidation({ module, node }, resolver)) return false;
  const each = mappedBy({ module, node }, resolver);
  if (each !== NONE) return givesFailing({ module, node: each }, resolver, around);
  const callee = resolver.calleeOf({ module, node });
  const called =
    callee.kind === "function" ? callee.function : keptByHook({ module, node }, resolver);
  return called === undefined || mayReject(called, resolver, around);
}

/** The function of `const search = useCallback(async (term) => …, [])`, which a call of `search` calls. */
function keptByHook(
  { module, node: call }: ModuleNode,
  resolver: TypeScriptResolver,
): ModuleNode | undefined {
  const { tree } = module;
  const name = tree.childIn(call, "function");
  const variable =
    tree.kindOf(name) === "identifier" ? resolver.variableAt({ module, node: name }) : undefined;
  if (variable?.kind !== "const" || variable.declaration.module !== module) return undefined;
  const value = tree.childIn(tree.parentOf(variable.declaration.node), "value");
  if (value === NONE || tree.kindOf(value) !== "call_expression") return undefined;
  if (!/^(?:React\.)?useCallback$/.test(tree.textOf(tree.childIn(value, "function"))))
    return undefined;
  const [kept] = argumentsOf(tree, value);
  return kept !== undefined && FUNCTION_KINDS.has(tree.kindOf(kept))
    ? { module, node: kept }
    : undefined;
}

/** `await null` lets others run. */
const LITERALS: ReadonlySet<string> = new Set([
  "number",
  "string",
  "true",
  "false",
  "null",
  "undefined",
]);

/** `const found = load().catch(nothing); await found`. */
function constantMayFail(at: ModuleNode, resolver: TypeScriptResolver, around: Around): boolean {
  const variable = around.length < DEEPEST ? resolver.variableAt(at) : undefined;
  if (variable?.kind !== "const") return true;
  const { module, node: name } = variable.declaration;
  const declarator = module.tree.parentOf(name);
  if (module.tree.kindOf(declarator) !== "variable_declarator") return true;
  const value = module.tree.childIn(declarator, "value");
  return value === NONE || mayFail({ module, node: value }, resolver, [...around, at]);
}

/** `await this.running`, where all that is ever put there catches everything: `this.running = (async () => { try { … } catch { … } })()`. */
function fieldMayFail(
  { module, node }: ModuleNode,
  resolver: TypeScriptResolver,
  around: Around,
): boolean {
  const { tree } = module;
  const name = tree.textOf(node);
  if (!/^this\.#?\w+$/.test(name) || around.length >= DEEPEST) return true;
  const assigned = indexOf(tree)
    .assignments.filter((assignment) => tree.textOf(tree.childIn(assignment, "left")) === name)
    .map((assignment) => unwrapped(tree, tree.childIn(assignment, "right")));
  const values = [...assigned, ...initialValues(tree, node, name.slice("this.".length))].filter(
    (value) => !LITERALS.has(tree.kindOf(value)),
  );
  return (
    values.length === 0 ||
    values.some((value) => {
      const at = { module, node: value };
      return !catches(at, resolver) || mayFail(at, resolver, around);
    })
  );
}

/** A chain with a handler, or the call of a function with a `catch`. */
function catches({ module, node }: ModuleNode, resolver: TypeScriptResolver): boolean {
  if (module.tree.kindOf(node) !== "call_expression") return false;
  if (handlesRejection(module.tree, node)) return true;
  const callee = resolver.calleeOf({ module, node });
  if (callee.kind !== "function") return false;
  const { tree } = callee.function.module;
  const body = tree.childIn(callee.function.node, "body");
  if (body === NONE) return false;
  for (const inner of ownNodes(tree, body)) {
    if (tree.kindOf(inner) === "try_statement" && tree.childIn(inner, "handler") !== NONE)
      return true;
  }
  return false;
}

/** What the class around a node gives a field where it declares it. */
export function initialValues(tree: Tree, node: NodeId, name: string): NodeId[] {
  let body = tree.parentOf(node);
  while (body !== NONE && tree.kindOf(body) !== "class_body") body = tree.parentOf(body);
  if (body === NONE) return [];
  return namedNodes(tree, body).flatMap((member) => {
    const value =
      tree.kindOf(member) === "public_field_definition" ? tree.childIn(member, "value") : NONE;
    return value !== NONE && memberName(tree, member) === name ? [unwrapped(tree, value)] : [];
  });
}

/** What `Promise.all([one, other])` waits for; undefined for any other call. */
function combinedParts(tree: Tree, call: NodeId): NodeId[] | undefined {
  if (!/^Promise\.(?:all|race|any)$/.test(tree.textOf(tree.childIn(call, "function"))))
    return undefined;
  const [list] = argumentsOf(tree, call);
  if (list === undefined || tree.kindOf(list) !== "array") return undefined;
  return namedNodes(tree, list);
}

/** The function of `Promise.all(items.map(function))` that is written there, or before for a constant; NONE for any other call. */
function mappedBy({ module, node: call }: ModuleNode, resolver: TypeScriptResolver): NodeId {
  const { tree } = module;
  if (!/^Promise\.(?:all|race|any)$/.test(tree.textOf(tree.childIn(call, "function")))) return NONE;
  const [given] = argumentsOf(tree, call);
  if (given === undefined) return NONE;
  const list = listOf({ module, node: given }, resolver);
  if (list === NONE || tree.kindOf(list) !== "call_expression") return NONE;
  if (!/\.map$/.test(tree.textOf(tree.childIn(list, "function")))) return NONE;
  const [callback] = argumentsOf(tree, list);
  return callback !== undefined && FUNCTION_KINDS.has(tree.kindOf(callback)) ? callback : NONE;
}

/** What a constant of this module holds to which nobody adds; anything else is itself. */
function listOf({ module, node }: ModuleNode, resolver: TypeScriptResolver): NodeId {
  const { tree } = module;
  if (tree.kindOf(node) !== "identifier") return node;
  const variable = resolver.variableAt({ module, node });
  if (variable?.kind !== "const" || variable.declaration.module !== module) return NONE;
  if (variable.references().length > 1) return NONE;
  const declarator = tree.parentOf(variable.declaration.node);
  return tree.kindOf(declarator) === "variable_declarator"
    ? tree.childIn(declarator, "value")
    : NONE;
}

/** Whether what a function gives may reject: not where that is no promise. */
function givesFailing(of: ModuleNode, resolver: TypeScriptResolver, around: Around): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE) return true;
  const isAsync = hasToken(tree, of.node, "async");
  if (!isAsync && tree.kindOf(body) !== "statement_block") {
    const value = { module: of.module, node: body };
    return resolver.isPromise(value) !== "no" && mayFail(value, resolver, around);
  }
  return !isAsync || mayReject(of, resolver, around);
}

/** A pause, a promise of a literal, or a module that is loaded: where that fails, it fails at the first try of whoever wrote it. */
export function isHarmless(tree: Tree, call: NodeId): boolean {
  const callee = tree.childIn(call, "function");
  if (callee === NONE) return false;
  if (tree.kindOf(callee) === "import" || PAUSES.test(tree.textOf(callee))) return true;
  if (tree.textOf(callee) !== "Promise.resolve") return false;
  return argumentsOf(tree, call).every((value) => LITERALS.has(tree.kindOf(value)));
}

const PAUSES =
  /(?:^|\.)(?:sleep|delay|wait|pause|nextTick|tick|setTimeout|setImmediate|allSettled|importActual)$/i;

/** `new Promise((resolve) => …)`: an executor that never learns of `reject`. */
export function isPause(tree: Tree, made: NodeId): boolean {
  const [executor] = argumentsOf(tree, made);
  if (executor === undefined) return false;
  const parameter = tree.childIn(executor, "parameter");
  if (parameter !== NONE) return true;
  const parameters = tree.childIn(executor, "parameters");
  return parameters !== NONE && tree.namedChildren(parameters).length === 1;
}

/** `new Promise(setImmediate)`, with which tests let others run; also by the names that they keep the real one under. */
function isFlush(tree: Tree, made: NodeId): boolean {
  const [executor] = argumentsOf(tree, made);
  return (
    executor !== undefined &&
    /^(?:identifier|member_expression)$/.test(tree.kindOf(executor)) &&
    /(?:setImmediate|setTimeout|nextTick|queueMicrotask)$/i.test(tree.textOf(executor))
  );
}
