import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, nameOfFunction, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver } from "../type.ts";

/**
 * An error that only the caller sees who comes first:
 *
 *     var err error
 *     c.once.Do(func() { c.client, err = dial() })
 *     return c.client, err                              // nil, nil for everybody after the first
 */
export interface LostOnceError {
  readonly at: Place;
  /** The variable of the call that takes the error. */
  readonly error: string;
  /** What everybody is to use afterwards: `c.client`. */
  readonly value: string;
  readonly once: string;
  readonly onceAt: Place;
}

export const lostOnceErrors = defineAnalysis("lost once errors", (use): LostOnceError[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  return callsOf(files, resolver, new Set(["Do"])).flatMap((call) => {
    const lost = call.name === "sync.Once.Do" ? lostIn(call, resolver) : undefined;
    return lost ? [lost] : [];
  });
});

/** What is made once is used by everybody; what ends once is not. */
const ENDING = /^(?:close|stop|shut|destroy|free|release|cleanup|finish|flush|cancel|kill|remove)/i;

function lostIn(call: GoCall, resolver: GoResolver): LostOnceError | undefined {
  const { file, tree, node, callee, arguments: given } = call;
  const [body = NONE] = given;
  if (body === NONE || tree.kindOf(body) !== "func_literal") return undefined;
  const around = functionAround(tree, node);
  if (around === NONE || ENDING.test(nameOfFunction(tree, around))) return undefined;
  const scope: Scope = { file, tree, resolver, body, around };
  const once = tree.childIn(callee, "operand");
  if (isOfCall(scope, once) || isRenewed(tree, around, tree.textOf(once))) return undefined;
  const writes = assignmentsIn(tree, body);
  const kept = writes.flatMap(({ targets }) => targets).filter((target) => outlives(scope, target));
  const [value] = kept.filter((target) => !isError(scope, target));
  if (value === undefined || kept.some((target) => isError(scope, target))) return undefined;
  const lost = writes.find((write) => losesError(scope, write));
  const error = lost?.targets.at(-1);
  if (!lost || error === undefined || isKeptAtTheEnd(tree, around, tree.textOf(error)))
    return undefined;
  return {
    at: placeOf(file, tree, lost.node),
    error: tree.textOf(error),
    value: tree.textOf(value),
    once: tree.textOf(once),
    onceAt: placeOf(file, tree, callee),
  };
}

/** `c.once = sync.Once{}`: whoever comes next tries again. */
function isRenewed(tree: Tree, around: NodeId, once: string): boolean {
  return tree.textOf(around).includes(`${once} = sync.Once{}`);
}

/** `defer func() { c.err = err }()`: those who come later find it there. */
function isKeptAtTheEnd(tree: Tree, around: NodeId, error: string): boolean {
  const end = tree.afterSubtree(around);
  const kept = new RegExp(`\\.\\w+\\s*=\\s*${error}\\b`);
  for (let node = around; node < end; node++)
    if (tree.kindOf(node) === "defer_statement" && kept.test(tree.textOf(node))) return true;
  return false;
}

interface Scope {
  readonly file: GoFile;
  readonly tree: Tree;
  readonly resolver: GoResolver;
  /** The literal that runs once, and the function that has it run. */
  readonly body: NodeId;
  readonly around: NodeId;
}

interface Assignment {
  readonly node: NodeId;
  readonly targets: readonly NodeId[];
}

/** `a, b = …` in the literal itself, not in literals inside it. */
function assignmentsIn(tree: Tree, body: NodeId): Assignment[] {
  const found: Assignment[] = [];
  const kind = tree.grammar.kind("assignment_statement");
  const end = tree.afterSubtree(body);
  for (let node = body; node < end; node++) {
    if (tree.kind[node] !== kind || functionAround(tree, node) !== body) continue;
    found.push({ node, targets: tree.namedChildren(tree.childIn(node, "left")) });
  }
  return found;
}

/** The error goes to a variable of this call alone. */
function losesError(scope: Scope, { targets }: Assignment): boolean {
  const last = targets.at(-1);
  return last !== undefined && isError(scope, last) && isOfCall(scope, last);
}

function isError({ file, resolver }: Scope, target: NodeId): boolean {
  const type = resolver.typeOf(file.path, target);
  return type.kind === "basic" && type.name === "error";
}

/** A local of the function that asks the once. */
function isOfCall({ file, tree, resolver, around }: Scope, target: NodeId): boolean {
  if (tree.kindOf(target) !== "identifier") return false;
  const symbol = resolver.symbolAt(file.path, target);
  return (
    symbol?.kind === "variable" &&
    symbol.variable.role !== "global" &&
    symbol.variable.function === around
  );
}

/** A field of something, or a variable, that is older than the call. */
function outlives({ file, tree, resolver, body, around }: Scope, target: NodeId): boolean {
  let root = target;
  while (tree.kindOf(root) === "selector_expression") root = tree.childIn(root, "operand");
  if (tree.kindOf(root) !== "identifier" || tree.textOf(root) === "_") return false;
  const symbol = resolver.symbolAt(file.path, root);
  if (symbol?.kind === "package") return true;
  if (symbol?.kind !== "variable") return false;
  const { function: owner, role } = symbol.variable;
  if (role === "global") return true;
  if (owner === around) return root !== target && (role === "receiver" || role === "parameter");
  return owner < around && owner !== body;
}
