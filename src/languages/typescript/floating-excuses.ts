import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isAnsweredByCallback } from "./answered-by-callback.ts";
import { methodCall } from "./async-faults/calls.ts";
import { mayFail } from "./async-faults/may-reject.ts";
import { isCaught, ownNodes } from "./async-faults/own-nodes.ts";
import { isCalmChain } from "./calm-chains.ts";
import { closedWays } from "./closed-ways.ts";
import { isOverNothingYet } from "./collected-work.ts";
import { returnsGuarded } from "./guarded-results.ts";
import { isHandledByLibrary } from "./handled-calls.ts";
import { beside } from "./inference.ts";
import { indexOf } from "./module-index.ts";
import { neverRejects } from "./never-rejects.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import { isAtTop } from "./program-ends.ts";
import type { PromiseShare } from "./promise-answer.ts";
import type { PromiseFacts } from "./promises.ts";
import { taskOf } from "./queue-tasks.ts";
import { replacementsOf } from "./replaced-functions.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { isSaidNotToWait } from "./said-comments.ts";
import { handsBackReceiver, handsOutStored } from "./stored-promise.ts";
import { isRevalidation } from "./swr-revalidation.ts";
import { isTestPath } from "./test-path.ts";
import { isToldTest } from "./told-tests.ts";
import { type TsType, withoutNullish } from "./ts-type.ts";
import type { WrittenMembers } from "./written-members.ts";

/**
 * `never-rejects`: the called function catches everything itself or has attached a handler to what it returns, or nothing in the chain
 * can fail. `synchronous`: it may return a
 * promise by its type, but not by its body, it is async and waits for nothing but pauses, or all it gives is settled. `handled`: the library whose function it is handles
 * what goes wrong. `callback`: a callback is told. `kept`: promises of a list that is only taken apart or put in order, one that an
 * object keeps for those who wait, or the object itself that a method gives back. `top-level`: at the top of a program (or what its `main` does last) or a test, where a rejection ends it with its stack, as it
 * would with `await`. `told`: in a test whose runner hears of it. `habit`: a test drops the promises of this call again and again.
 * `import`: a module loaded for what loading it does. `said`: a comment says that nobody waits.
 */
export type Excuse =
  | "never-rejects"
  | "handled"
  | "callback"
  | "kept"
  | "synchronous"
  | "top-level"
  | "told"
  | "habit"
  | "import"
  | "said";

/** A dropped value, the function whose call gives it as far as known, and how much of it is a promise. */
export interface Dropped {
  readonly at: ModuleNode;
  readonly callee: ModuleNode | undefined;
  readonly share: PromiseShare;
}

/** What makes a dropped promise harmless, as far as seen. */
export function excuseOf(
  { at, callee, share }: Dropped,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
  members: WrittenMembers,
): Excuse | undefined {
  const { tree, path } = at.module;
  if (isImport(tree, at.node)) return "import";
  if (isSaidNotToWait(tree, at.node) || isMarked(tree, at.node)) return "said";
  const call = beside(at, unwrapped(tree, at.node));
  if (isHandled(call, facts) || (callee && handsOnHandled(callee, facts))) return "handled";
  if (isForEvent(call)) return "handled";
  if (isAnsweredByCallback(call, callee)) return "callback";
  const behind =
    callee && hasBody(callee) ? [callee] : functionsBehind(call, facts, resolver, members);
  const isCaught = (of: ModuleNode) => neverRejects(of, resolver) || returnsGuarded(of, resolver);
  if (behind.length > 0 && behind.every(isCaught)) return "never-rejects";
  if (isRevalidation(call, resolver)) return "handled";
  if (isCalmChain(call, resolver) || tellsErrors(call, facts)) return "never-rejects";
  if (givesFailureAsValue(call, callee, facts)) return "handled";
  if (callee && (handsOutStored(callee) || handsBackReceiver(call, callee))) return "kept";
  if (callee && isSynchronous(call, callee, share, facts, resolver)) return "synchronous";
  if (callee && isOverNothingYet(call, callee, resolver)) return "synchronous";
  if (isTestPath(path)) {
    const isCall = /^(?:call|new)_expression$/.test(tree.kindOf(call.node));
    if (!isCall || share === "sometimes" || isToldTest(tree, at.node)) return "told";
    // Tests of types are compiled, and never run.
    if (/[.-](?:types?[.-]test|test-d|types?[.-]spec)\.[cm]?tsx?$/.test(path)) return "told";
  }
  const mayRun = !isImported(at.module) || isRun(at.module, call, callee);
  return mayRun && isAtTop(at, resolver) ? "top-level" : undefined;
}

function hasBody({ module, node }: ModuleNode): boolean {
  return module.tree.childIn(node, "body") !== NONE;
}

/** `import("./styles.css")`, without anything done to what is loaded. */
function isImport(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  const callee = tree.childIn(node, "function");
  return callee !== NONE && tree.kindOf(callee) === "import";
}

/** `run().then()`, `run().catch()`: the mark of those who think that it helps, which another rule tells them. */
function isMarked(tree: Tree, node: NodeId): boolean {
  const last = methodCall(tree, unwrapped(tree, node));
  return (
    last !== undefined &&
    /^(?:then|catch)$/.test(last.method) &&
    argumentsOf(tree, last.call).length === 0
  );
}

/** What a call runs whose function has no name here: the task that a queue is given, or what is written for the member of an interface. */
function functionsBehind(
  call: ModuleNode,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
  members: WrittenMembers,
): readonly ModuleNode[] {
  const { tree } = call.module;
  if (call.node === NONE || tree.kindOf(call.node) !== "call_expression") return [];
  const task = taskOf(call, resolver);
  if (task) return [task];
  const [of, ...others] = withoutNullish(
    facts.typeOf(beside(call, tree.childIn(call.node, "function"))),
  );
  if (of?.kind !== "function" || others.length > 0) return [];
  const [signature] = of.signatures;
  if (!signature) return [];
  return isDeclaredOnly(of) ? members.behind(signature.at) : [of.implementation ?? signature.at];
}

function isHandled({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  if (node === NONE || module.tree.kindOf(node) !== "call_expression") return false;
  const callee = module.tree.childIn(node, "function");
  return isHandledByLibrary(facts.typeOf({ module, node: callee }));
}

/** `event.respondWith(answer())`: whoever made the event waits for it. `self.skipWaiting()`: by its definition nobody need to. */
function isForEvent({ module: { tree }, node }: ModuleNode): boolean {
  const call = methodCall(tree, node);
  return call !== undefined && /^(?:respondWith|waitUntil|skipWaiting)$/.test(call.method);
}

/** `connection.closed().then(…)`, where `closed` gives a `Promise<void | Error>`: what went wrong is the value, and no rejection. */
function tellsErrors({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = module;
  const base = beginOfChain(tree, node);
  if (base === NONE || base === node) return false;
  const type = facts.typeOf({ module, node: base });
  const parts = type.kind === "intersection" ? type.members : [type];
  return parts.some((part) => {
    if (part.kind === "promise") return hasError(part.awaited());
    // An interface of its own: `Deferred<void | Error>`.
    return part.kind === "instance" && [...part.typeArguments.values()].some(hasError);
  });
}

/** What goes wrong is told by the value, or nothing is given instead. */
function givesFailureAsValue(
  call: ModuleNode,
  callee: ModuleNode | undefined,
  facts: PromiseFacts,
): boolean {
  if (callee) return isTypeWritten(callee) && givesErrors(call, facts);
  if (givesNothingInstead(call, facts)) return true;
  const { tree } = call.module;
  if (call.node === NONE || tree.kindOf(call.node) !== "call_expression") return false;
  const called = withoutNullish(facts.typeOf(beside(call, tree.childIn(call.node, "function"))));
  if (!called.every((one) => one.kind === "function" && isDeclaredOnly(one))) return false;
  return givesErrors(call, facts);
}

function isTypeWritten({ module: { tree }, node }: ModuleNode): boolean {
  return tree.childIn(node, "return_type") !== NONE;
}

/**
 * `notification.archive()`, where `archive` is said to give a `Promise<{ data?: Notification; error?: Failure }>`: what went wrong is a
 * member of the value. Only where somebody wrote that type: what a `catch` happens to return is no promise to catch all.
 */
function givesErrors(call: ModuleNode, facts: PromiseFacts): boolean {
  return withoutNullish(facts.typeOf(call)).some((type) => {
    if (type.kind !== "promise") return false;
    const awaited = type.awaited();
    const members = awaited.kind === "union" ? awaited.members : [awaited];
    return members.some((one) => one.kind === "instance" && one.declarations.some(hasErrorMember));
  });
}

function hasErrorMember({ module: { tree }, node }: ModuleNode): boolean {
  const inner = tree.childIn(node, "body");
  return tree
    .namedChildren(inner === NONE ? node : inner)
    .some(
      (member) =>
        tree.kindOf(member) === "property_signature" &&
        tree.textOf(tree.childIn(member, "name")) === "error",
    );
}

/** `load()` of `load().then(…).finally(…)`. */
function beginOfChain(tree: Tree, node: NodeId): NodeId {
  let base = node;
  for (let link = methodCall(tree, base); link; link = methodCall(tree, base)) {
    if (!/^(?:then|finally)$/.test(link.method)) break;
    base = unwrapped(tree, link.object);
  }
  return base;
}

/**
 * `debugger.pause({})`, also at the begin of a chain, where `pause(…): Promise<Result | undefined>` is declared and nowhere written: who
 * gives nothing where there is no result may do so where it fails, and nobody can look.
 */
function givesNothingInstead({ module, node }: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = module;
  const base = beginOfChain(tree, node);
  if (base === NONE || tree.kindOf(base) !== "call_expression") return false;
  const callee = facts.typeOf({ module, node: tree.childIn(base, "function") });
  const functions = withoutNullish(callee);
  if (!functions.every((one) => one.kind === "function" && isDeclaredOnly(one))) return false;
  return withoutNullish(facts.typeOf({ module, node: base })).some((type) => {
    if (type.kind !== "promise") return false;
    const awaited = type.awaited();
    return awaited.kind === "union" && awaited.members.some(({ kind }) => kind === "nullish");
  });
}

function isDeclaredOnly({ signatures, implementation }: FunctionType): boolean {
  if (implementation) return false;
  return signatures.every(({ at: { module, node } }) => module.tree.childIn(node, "body") === NONE);
}

type FunctionType = Extract<TsType, { kind: "function" }>;

/** Whether a union has a member whose name ends in `Error`. */
function hasError(type: TsType): boolean {
  if (type.kind !== "union") return false;
  return type.members.some((member) => {
    if (member.kind === "external") return /Error$/.test(member.path.at(-1) ?? "");
    if (member.kind !== "instance") return false;
    return member.declarations.some(({ module: { tree }, node }) => {
      const name = tree.childIn(node, "name");
      return name !== NONE && /Error$/.test(tree.textOf(name));
    });
  });
}

/** A helper that returns what the library's function gives: `const check = (name) => it(name, …)`. */
function handsOnHandled(callee: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = callee.module;
  const body = tree.childIn(callee.node, "body");
  if (body === NONE) return false;
  const returned =
    tree.kindOf(body) === "statement_block"
      ? (indexOf(tree).returns.get(callee.node) ?? []).map((node) => firstNamed(tree, node))
      : [body];
  return returned.length > 0 && returned.every((node) => isHandled(beside(callee, node), facts));
}

/**
 * Whether nothing is left of its work that may fail when it returns: its body gives no promise, or it is async and waits for pauses alone
 * on the ways that this call leaves open.
 */
function isSynchronous(
  call: ModuleNode,
  callee: ModuleNode,
  share: PromiseShare,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = callee.module;
  const body = tree.childIn(callee.node, "body");
  const isBlock = body !== NONE && tree.kindOf(body) === "statement_block";
  // An empty body is there to be overridden: what stands in its place in the end is the one that runs.
  if (isBlock && firstNamed(tree, body) === NONE) {
    const others = replacementsOf(callee);
    return (
      others.length > 0 && others.every((one) => isSynchronous(call, one, share, facts, resolver))
    );
  }
  if (!hasToken(tree, callee.node, "async"))
    return share === "sometimes"
      ? facts.bodyShareOf(callee) === "never"
      : onlyResolves(callee, facts) || combinesNothing(callee, resolver);
  if (!isBlock) return false;
  const closed = closedWays(call, callee);
  for (const node of ownNodes(tree, body)) {
    if (closed.some((way) => way <= node && node < tree.afterSubtree(way))) continue;
    const kind = tree.kindOf(node);
    if (kind === "yield_expression") return false;
    if (kind === "await_expression" && mayFail(beside(callee, node), resolver)) {
      const awaited = beside(callee, unwrapped(tree, firstNamed(tree, node)));
      if (awaited.node === NONE || tree.kindOf(awaited.node) !== "call_expression") return false;
      const called = resolver.calleeOf(awaited);
      const of = called.kind === "function" ? called.function : undefined;
      if (!givesFailureAsValue(awaited, of, facts)) return false;
    }
    if (kind === "for_in_statement" && hasToken(tree, node, "await")) return false;
    if (kind === "throw_statement" && !isCaught(tree, node, body)) return false;
  }
  return (indexOf(tree).returns.get(callee.node) ?? []).every((statement) => {
    const value = firstNamed(tree, statement);
    return value === NONE || facts.shareOf(beside(callee, value)) === "never";
  });
}

/** All that it gives is `Promise.resolve(value)`. */
function onlyResolves(callee: ModuleNode, facts: PromiseFacts): boolean {
  const { tree } = callee.module;
  const returns = indexOf(tree).returns.get(callee.node) ?? [];
  return (
    returns.length > 0 &&
    returns.every((statement) => {
      const call = unwrapped(tree, firstNamed(tree, statement));
      if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
      if (tree.textOf(tree.childIn(call, "function")) !== "Promise.resolve") return false;
      return argumentsOf(tree, call).every(
        (value) => facts.shareOf(beside(callee, value)) === "never",
      );
    })
  );
}

/** All that it gives is `Promise.all(items.map((item) => item.dispose()))`, where `dispose` gives nothing to wait for. */
function combinesNothing(callee: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = callee.module;
  const returns = indexOf(tree).returns.get(callee.node) ?? [];
  return (
    returns.length > 0 &&
    returns.every((statement) => {
      const value = beside(callee, unwrapped(tree, firstNamed(tree, statement)));
      return value.node !== NONE && isCombined(value, resolver) && !mayFail(value, resolver);
    })
  );
}

/** `Promise.all(…)`, or a constant that was made so. */
function isCombined(value: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = value.module;
  if (tree.kindOf(value.node) === "call_expression")
    return /^Promise\.(?:all|race|any)$/.test(tree.textOf(tree.childIn(value.node, "function")));
  const variable =
    tree.kindOf(value.node) === "identifier" ? resolver.variableAt(value) : undefined;
  if (variable?.kind !== "const") return false;
  const made = tree.childIn(tree.parentOf(variable.declaration.node), "value");
  return (
    made !== NONE &&
    tree.kindOf(made) === "call_expression" &&
    isCombined(beside(value, made), resolver)
  );
}

/** A module that exports something is loaded by others, whose work goes on while its own promises are pending; a program with `#!` is not. */
function isImported({ tree, path }: TypeScriptModule): boolean {
  return indexOf(tree).exports.length > 0 && !isTestPath(path) && !tree.text.startsWith("#!");
}

/** A program that exports for its tests what it runs, and nothing more; also by name: `export { main }; main();`. */
function isRun(
  { tree }: TypeScriptModule,
  call: ModuleNode,
  callee: ModuleNode | undefined,
): boolean {
  const [only, ...more] = indexOf(tree).exports;
  if (only === undefined || more.length > 0) return false;
  const called =
    tree.kindOf(call.node) === "call_expression"
      ? tree.textOf(tree.childIn(call.node, "function"))
      : "";
  if (tree.textOf(only).replace(/[\s;]+/g, "") === `export{${called}}`) return true;
  return (
    callee?.module.tree === tree && only <= callee.node && callee.node < tree.afterSubtree(only)
  );
}
