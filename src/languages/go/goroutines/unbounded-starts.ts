import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, qualifiedCallee } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { isHelperPath } from "../project/roles.ts";
import { statementsOf } from "../statements.ts";
import type { GoResolver } from "../type.ts";
import { startOf } from "./goroutine-literals.ts";

/**
 * A goroutine for each line of a file, row of a table or entry of a directory, with nothing that limits how many run at once:
 *
 *     for rows.Next() { …; group.Go(func() error { return send(id) }) }
 */
export interface UnboundedStart {
  readonly at: Place;
  /** What there may be any number of: `rows.Next()`. */
  readonly source: string;
  readonly loopAt: Place;
  /** The errgroup that starts them. */
  readonly group: string | undefined;
  readonly limit: Edit | undefined;
}

const INTEREST = /\bgo\s+[\w(]|\.Go\(/;

/** Outside of tests. */
export const unboundedStarts = defineAnalysis("unbounded starts", (use): UnboundedStart[] => {
  const resolver = use(goResolver);
  return use(goPackage).files.flatMap((file) => {
    const { isJudged, isTest, path, text } = file;
    const tree =
      isJudged && !isTest && !isHelperPath(path) && INTEREST.test(text) ? file.tree : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "for_statement").flatMap(
      (loop) => startIn(file, tree, loop, resolver) ?? [],
    );
  });
});

/** Methods that tell whether there is more, by the type that has them. */
const MORE =
  /^(?:bufio\.Scanner\.Scan|database\/sql\.Rows\.Next|encoding\/json\.Decoder\.More|github\.com\/jackc\/pgx\/v\d+\.Rows\.Next)$/;
/** Functions that yield as many as there are outside. */
const LISTING =
  /^(?:os\.ReadDir|io\/ioutil\.ReadDir|path\/filepath\.Glob|io\/fs\.(?:Glob|ReadDir)|encoding\/csv\.Reader\.ReadAll)$/;
/** What holds back whoever would start too many. */
const HELD_BACK = /sem|limit|token|slot|pool|throttl|acquire|\bTake\(|SetLimit|TryGo|worker/i;

function startIn(
  file: GoFile,
  tree: Tree,
  loop: NodeId,
  resolver: GoResolver,
): UnboundedStart | undefined {
  const body = tree.childIn(loop, "body");
  const head = tree.namedChildren(loop).find((one) => one !== body);
  if (head === undefined || body === NONE) return undefined;
  const source = sourceOf(file, tree, head, resolver);
  if (source === undefined) return undefined;
  const owner = functionAround(tree, loop);
  const started = statementsOf(tree, body).find((one) => isStart(tree, one));
  if (started === undefined || owner === NONE) return undefined;
  if (HELD_BACK.test(tree.textOf(owner)) || waitsInPass(tree, body, started)) return undefined;
  const group = groupOf(file, tree, started, resolver);
  const start = tree.start[started] ?? 0;
  const loopStart = tree.start[loop] ?? 0;
  return {
    at: { file: file.path, start, end: group ? start + group.length + 3 : start + 2 },
    source,
    loopAt: { file: file.path, start: loopStart, end: loopStart + 3 },
    group,
    limit: group === undefined ? undefined : limitFor(file, tree, owner, group),
  };
}

/** The head of the loop, where it goes on as long as there is something outside. */
function sourceOf(
  file: GoFile,
  tree: Tree,
  head: NodeId,
  resolver: GoResolver,
): string | undefined {
  if (tree.kindOf(head) === "range_clause") {
    const subject = tree.childIn(head, "right");
    const call = subject === NONE ? NONE : listingCall(file, tree, subject, resolver);
    return call === NONE ? undefined : tree.textOf(subject);
  }
  if (tree.kindOf(head) !== "call_expression") return undefined;
  const name = qualifiedCallee(file.path, tree, tree.childIn(head, "function"), resolver);
  return name !== undefined && MORE.test(name) ? tree.textOf(head) : undefined;
}

/** The call that lists what is ranged over, at once or in the variable's declaration. */
function listingCall(file: GoFile, tree: Tree, subject: NodeId, resolver: GoResolver): NodeId {
  const call =
    tree.kindOf(subject) === "identifier" ? madeBy(file, tree, subject, resolver) : subject;
  if (call === NONE || tree.kindOf(call) !== "call_expression") return NONE;
  const name = qualifiedCallee(file.path, tree, tree.childIn(call, "function"), resolver);
  return name !== undefined && LISTING.test(name) ? call : NONE;
}

/** `entries, err := os.ReadDir(…)`: the call. */
function madeBy(file: GoFile, tree: Tree, name: NodeId, resolver: GoResolver): NodeId {
  const symbol = resolver.symbolAt(file.path, name);
  if (symbol?.kind !== "variable" || symbol.variable.file !== file.path) return NONE;
  const { node } = symbol.variable;
  const list = node === NONE ? NONE : tree.parentOf(node);
  const declaration = list === NONE ? NONE : tree.parentOf(list);
  if (declaration === NONE || tree.kindOf(declaration) !== "short_var_declaration") return NONE;
  return tree.namedChildren(tree.childIn(declaration, "right"))[0] ?? NONE;
}

/** `go …`, `group.Go(func() error {…})`. */
function isStart(tree: Tree, statement: NodeId): boolean {
  if (tree.kindOf(statement) === "go_statement") return true;
  return groupCall(tree, statement) !== NONE;
}

function groupCall(tree: Tree, statement: NodeId): NodeId {
  if (tree.kindOf(statement) !== "expression_statement") return NONE;
  const [call = NONE] = tree.namedChildren(statement);
  const list = call === NONE ? NONE : tree.childIn(call, "arguments");
  const [literal = NONE] = list === NONE ? [] : tree.namedChildren(list);
  return literal !== NONE &&
    tree.kindOf(literal) === "func_literal" &&
    startOf(tree, literal) === call
    ? call
    : NONE;
}

/** A send, a receive or a wait in the pass, outside of the goroutine, keeps the others waiting. */
function waitsInPass(tree: Tree, body: NodeId, started: NodeId): boolean {
  return statementsOf(tree, body).some((one) => {
    if (one === started) return false;
    return (
      /<-|\.Wait\(|^(?:return|break)\b/.test(tree.textOf(one)) &&
      tree.kindOf(one) !== "if_statement"
    );
  });
}

function groupOf(
  file: GoFile,
  tree: Tree,
  started: NodeId,
  resolver: GoResolver,
): string | undefined {
  const call = groupCall(tree, started);
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  if (callee === NONE) return undefined;
  const name = qualifiedCallee(file.path, tree, callee, resolver);
  return name === "golang.org/x/sync/errgroup.Group.Go"
    ? tree.textOf(tree.childIn(callee, "operand"))
    : undefined;
}

/** A line of its own behind the declaration of the group. */
function limitFor(file: GoFile, tree: Tree, owner: NodeId, group: string): Edit | undefined {
  const declares = new RegExp(`^(?:var\\s+${group}\\b|${group}\\b[^=]*:=)`);
  const declared = statementsOf(tree, tree.childIn(owner, "body")).find((one) =>
    declares.test(tree.textOf(one)),
  );
  if (declared === undefined) return undefined;
  const { start, end } = tree.spanOf(declared);
  const indent = /[ \t]*$/.exec(tree.text.slice(0, start))?.[0] ?? "";
  return { file: file.path, start: end, end, text: `\n${indent}${group}.SetLimit(10)` };
}
