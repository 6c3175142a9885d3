import { NONE, type Tree } from "../../syntax/tree.ts";
import { methodCall } from "./async-faults/calls.ts";
import { isPause, mayFail, mayReject } from "./async-faults/may-reject.ts";
import { beside } from "./inference.ts";
import { FUNCTION_KINDS, indexOf } from "./module-index.ts";
import { neverRejects } from "./never-rejects.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptResolver, TypeScriptVariable } from "./resolver.ts";
import { throws } from "./thrown-errors.ts";

const CHAIN: ReadonlySet<string> = new Set(["then", "finally"]);

/**
 * Whether a chain of `.then` and `.finally` begins with what cannot fail (`Promise.resolve()`, a pause, a promise whose executor never
 * learns of `reject`), and none of its callbacks shows how it could throw or wait for something that does.
 */
export function isCalmChain(
  { module, node: chain }: ModuleNode,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  let node = unwrapped(tree, chain);
  let links = 0;
  for (
    let call = methodCall(tree, node);
    call && CHAIN.has(call.method);
    call = methodCall(tree, node)
  ) {
    const given = argumentsOf(tree, call.call);
    if (!given.every((callback) => isCalm({ module, node: callback }, resolver))) return false;
    node = unwrapped(tree, call.object);
    links++;
  }
  return links > 0 && node !== NONE && cannotFail({ module, node }, resolver);
}

function cannotFail(at: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = at.module;
  const { node } = at;
  switch (tree.kindOf(node)) {
    case "call_expression":
      if (tree.textOf(tree.childIn(node, "function")) !== "Promise.resolve")
        return !mayFail(at, resolver);
      return argumentsOf(tree, node).every((value) => isPlain(beside(at, value), resolver));
    case "new_expression":
      return isPause(tree, node);
    case "identifier": {
      const variable = resolver.variableAt(at);
      const declarator =
        variable?.kind === "const" ? tree.parentOf(variable.declaration.node) : NONE;
      const value = declarator === NONE ? NONE : tree.childIn(declarator, "value");
      if (value === NONE) return false;
      if (tree.kindOf(value) === "new_expression") return isPause(tree, value);
      return isCaughtAll(beside(at, value), resolver);
    }
    case "member_expression":
      return isPauseField(tree, tree.textOf(node));
    default:
      return false;
  }
}

/** `const drained = (async () => { try { … } catch { … } })();` */
function isCaughtAll(value: ModuleNode, resolver: TypeScriptResolver): boolean {
  if (value.module.tree.kindOf(value.node) !== "call_expression") return false;
  const callee = resolver.calleeOf(value);
  return callee.kind === "function" && neverRejects(callee.function, resolver);
}

/** No promise, or a parameter of which nobody says that it is one. */
function isPlain(value: ModuleNode, resolver: TypeScriptResolver): boolean {
  const answer = resolver.isPromise(value);
  return (
    answer === "no" || (answer === "unknown" && resolver.variableAt(value)?.kind === "parameter")
  );
}

/** `this.closed = new Promise((resolve) => …)`, and nothing else is ever put there. */
function isPauseField(tree: Tree, name: string): boolean {
  const values = indexOf(tree)
    .assignments.filter((node) => tree.textOf(tree.childIn(node, "left")) === name)
    .map((node) => tree.childIn(node, "right"));
  return (
    values.length > 0 &&
    values.every((value) => tree.kindOf(value) === "new_expression" && isPause(tree, value))
  );
}

function isCalm(callback: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = callback.module;
  if (tree.kindOf(callback.node) === "identifier") return isCalmName(callback, resolver);
  if (!FUNCTION_KINDS.has(tree.kindOf(callback.node))) return false;
  const body = tree.childIn(callback.node, "body");
  if (tree.kindOf(body) !== "statement_block" && !hasToken(tree, callback.node, "async"))
    return (
      !isPromising(beside(callback, body), resolver) || !mayFail(beside(callback, body), resolver)
    );
  if (mayReject(callback, resolver) || throws(callback, resolver)) return false;
  return !returnsPromise(callback, resolver);
}

/** `then(resolve)`: what settles another promise, or a function of one's own that is calm. */
function isCalmName(name: ModuleNode, resolver: TypeScriptResolver): boolean {
  const variable = resolver.variableAt(name);
  if (!variable) return false;
  if (variable.kind === "parameter") return true;
  const { module, node } = variable.declaration;
  const { tree } = module;
  // `let resolve; new Promise((done) => { resolve = done; })`.
  if (variable.kind === "let")
    return /^(?:resolve|fulfill?|done|release|set[A-Z]\w*)/.test(variable.name);
  const owner = tree.parentOf(node);
  const of = tree.kindOf(owner) === "variable_declarator" ? tree.childIn(owner, "value") : owner;
  return (
    of !== NONE && FUNCTION_KINDS.has(tree.kindOf(of)) && isCalm({ module, node: of }, resolver)
  );
}

function returnsPromise(of: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = of.module;
  if (hasToken(tree, of.node, "async")) return false;
  return (indexOf(tree).returns.get(of.node) ?? []).some((statement) => {
    const value = firstNamed(tree, statement);
    return value !== NONE && isPromising(beside(of, value), resolver);
  });
}

/** `const [isBusy, setBusy] = useState(false)`. */
function isStateSetter({ declaration: { module, node } }: TypeScriptVariable): boolean {
  const { tree } = module;
  const pattern = tree.parentOf(node);
  if (tree.kindOf(pattern) !== "array_pattern") return false;
  const value = tree.childIn(tree.parentOf(pattern), "value");
  return value !== NONE && /^(?:React\.)?use(?:State|Reducer)\b/.test(tree.textOf(value));
}

function isPromising(value: ModuleNode, resolver: TypeScriptResolver): boolean {
  const answer = resolver.isPromise(value);
  if (answer !== "unknown") return answer === "yes";
  const { tree } = value.module;
  const call = unwrapped(tree, value.node);
  if (tree.kindOf(call) !== "call_expression") return false;
  const callee = unwrapped(tree, tree.childIn(call, "function"));
  // Whoever tells listeners waits for none of them: `Promise.resolve().then(() => this.emit("done"))`.
  if (/(?:^|\.)(?:emit|dispatchEvent)$/.test(tree.textOf(callee))) return false;
  const variable = resolver.variableAt(beside(value, callee));
  return variable?.kind !== "parameter" && !(variable && isStateSetter(variable));
}
