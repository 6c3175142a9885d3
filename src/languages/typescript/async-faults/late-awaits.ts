import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { handlesRejection } from "../handled-chain.ts";
import { indexOf } from "../module-index.ts";
import { hasToken, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { mayFail } from "./may-reject.ts";

/** A promise that waits in a constant, without a handler, while the function waits for something else. */
export interface LateAwait {
  /** The constant, where it is declared. */
  readonly at: Place;
  readonly name: string;
  /** What is called. */
  readonly started: string;
  /** The other wait. */
  readonly meanwhile: Place;
  readonly other: string;
  /** Where the promise is awaited at last. */
  readonly awaitedAt: Place;
  /** Gives it a handler at once. */
  readonly edits: readonly Edit[];
}

/**
 * The late awaits of the judged files, in order: constants that are used for nothing but being awaited, alone or in a
 * combinator. Tests are left alone: they start, advance a clock, and then look.
 */
export const lateAwaits = defineAnalysis("late awaits", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\bawait\b/, (module) =>
    isTestPath(module.path) ? [] : lateIn(module, facts, resolver),
  );
});

function* lateIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<LateAwait> {
  const { tree, path } = module;
  for (const call of indexOf(tree).calls) {
    const declarator = tree.parentOf(call);
    if (tree.kindOf(declarator) !== "variable_declarator") continue;
    const name = tree.childIn(declarator, "name");
    if (tree.kindOf(name) !== "identifier" || isDamaged(tree, declarator)) continue;
    const waits = waitsFor({ module, name, declarator }, resolver);
    const [first] = waits;
    if (first === undefined) continue;
    const other = waitBetween(tree, declarator, first);
    if (other === undefined || facts.shareOf({ module, node: call }) !== "always") continue;
    if (handlesRejection(tree, call) || !mayFail({ module, node: call }, resolver)) continue;
    const text = tree.textOf(name);
    yield {
      at: { file: path, ...tree.spanOf(name) },
      name: text,
      started: expressionName(tree, call),
      meanwhile: { file: path, ...tree.spanOf(other) },
      other: expressionName(tree, unwrapped(tree, other)),
      awaitedAt: { file: path, ...tree.spanOf(first) },
      edits: handlerAfter(tree, path, declarator, text),
    };
  }
}

interface Started {
  readonly module: TypeScriptModule;
  readonly name: NodeId;
  readonly declarator: NodeId;
}

/** The awaits of a constant in its own function, in order; none where it is used in any other way. */
function waitsFor({ module, name, declarator }: Started, resolver: TypeScriptResolver): NodeId[] {
  const { tree } = module;
  const variable = resolver.variableAt({ module, node: name });
  if (!variable || variable.isReassigned()) return [];
  const owner = enclosingFunction(tree, declarator);
  const waits: NodeId[] = [];
  for (const reference of variable.references()) {
    const wait = waitAround(tree, reference);
    if (wait === NONE || enclosingFunction(tree, reference) !== owner) return [];
    waits.push(wait);
  }
  return waits;
}

/** The `await` that a reference is waited for by: its own, or that of a combinator over a list with it. */
function waitAround(tree: Tree, reference: NodeId): NodeId {
  const parent = tree.parentOf(reference);
  if (tree.kindOf(parent) === "await_expression") return parent;
  if (tree.kindOf(parent) !== "array") return NONE;
  const call = tree.parentOf(tree.parentOf(parent));
  if (tree.kindOf(call) !== "call_expression") return NONE;
  const isCombinator = /^Promise\.(?:all|allSettled|race|any)$/.test(
    tree.textOf(tree.childIn(call, "function")),
  );
  const wait = tree.parentOf(call);
  return isCombinator && tree.kindOf(wait) === "await_expression" ? wait : NONE;
}

/** An `await` of the same function that comes to its end after the promise was started and before anybody looks at it. */
function waitBetween(tree: Tree, declarator: NodeId, wait: NodeId): NodeId | undefined {
  const owner = enclosingFunction(tree, declarator);
  const from = tree.end[declarator] as number;
  const until = tree.start[wait] as number;
  const last = tree.end[wait] as number;
  return indexOf(tree).awaits.find((node) => {
    const start = tree.start[node] as number;
    const isInside = node !== wait && start > until && (tree.end[node] as number) < last;
    const isBefore = start >= from && (tree.end[node] as number) <= until;
    return (
      (isBefore || isInside) &&
      enclosingFunction(tree, node) === owner &&
      meets(tree, node, declarator)
    );
  });
}

/** Whether the way from one goes on to the other: not where it stands in a branch that the declaration is not in, and which leaves. */
function meets(tree: Tree, node: NodeId, declarator: NodeId): boolean {
  const block = tree.parentOf(tree.parentOf(declarator));
  for (let at = tree.parentOf(node); at !== block && at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "statement_block") continue;
    const last = tree.namedChildren(at).at(-1);
    if (last !== undefined && /^(?:return|throw)_statement$/.test(tree.kindOf(last))) return false;
  }
  return true;
}

/** `name.catch(() => {});` as the next statement. */
function handlerAfter(tree: Tree, file: string, declarator: NodeId, name: string): Edit[] {
  const statement = tree.parentOf(declarator);
  if (tree.kindOf(statement) !== "lexical_declaration") return [];
  const { start, end } = tree.spanOf(statement);
  const lineStart = tree.text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(tree.text.slice(lineStart, start))?.[0] ?? "";
  const semicolon = hasToken(tree, statement, ";") ? ";" : "";
  return [{ file, start: end, end, text: `\n${indent}${name}.catch(() => {})${semicolon}` }];
}
