import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, loopAround, parametersOf, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { startOf } from "../goroutines/goroutine-literals.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { isHelperPath } from "../project/roles.ts";
import type { GoResolver } from "../type.ts";

/**
 * A goroutine of a function that has a context sends again and again to whoever the function hands the channel to, and does not look
 * at the context:
 *
 *     func (s *Store) Keys(ctx context.Context) <-chan string {
 *         keys := make(chan string)
 *         go func() { defer close(keys); for … { keys <- key } }()
 *         return keys
 *     }
 */
export interface DeafSend {
  readonly at: Place;
  readonly channel: string;
  readonly context: string;
  readonly startedAt: Place;
  readonly returnedAt: Place;
  readonly edit: Edit;
}

const INTEREST = /\bcontext\.Context\b/;

/** Outside of tests. */
export const deafSends = defineAnalysis("deaf sends", (use): DeafSend[] => {
  const resolver = use(goResolver);
  return use(goPackage).files.flatMap((file) => {
    const { isJudged, isTest, path, text } = file;
    const tree =
      isJudged && !isTest && !isHelperPath(path) && INTEREST.test(text) ? file.tree : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "send_statement").flatMap(
      (send) => deafSend(file, tree, send, resolver) ?? [],
    );
  });
});

function deafSend(
  file: GoFile,
  tree: Tree,
  send: NodeId,
  resolver: GoResolver,
): DeafSend | undefined {
  const literal = functionAround(tree, send);
  if (literal === NONE || tree.kindOf(literal) !== "func_literal") return undefined;
  const started = startOf(tree, literal);
  const owner = started === NONE ? NONE : functionAround(tree, started);
  if (owner === NONE || tree.kindOf(started) !== "go_statement") return undefined;
  if (tree.kindOf(tree.parentOf(send)) !== "statement_list") return undefined;
  const loop = loopAround(tree, send);
  const channel = tree.childIn(send, "channel");
  if (loop === NONE || channel === NONE || tree.kindOf(channel) !== "identifier") return undefined;
  const context = parametersOf(file.path, tree, owner, resolver).find(
    ({ type }) => typeName(type) === "context.Context",
  );
  if (!context || looksAt(tree, loop, tree.textOf(context.name), file, resolver)) return undefined;
  const name = tree.textOf(channel);
  const symbol = resolver.symbolAt(file.path, channel);
  if (symbol?.kind !== "variable" || symbol.variable.node <= owner) return undefined;
  if (symbol.variable.role !== "local" || symbol.variable.node > started) return undefined;
  const returned = nodesOfKind(tree, "return_statement", owner).find(
    (one) => functionAround(tree, one) === owner && returns(tree, one, name),
  );
  if (returned === undefined || isDocumented(tree, owner)) return undefined;
  const { start, end } = tree.spanOf(send);
  const indent = /[ \t]*$/.exec(tree.text.slice(0, start))?.[0] ?? "";
  const text = [
    "select {",
    `${indent}case ${tree.textOf(send)}:`,
    `${indent}case <-${tree.textOf(context.name)}.Done():`,
    `${indent}\treturn`,
    `${indent}}`,
  ].join("\n");
  const goStart = tree.start[started] ?? 0;
  return {
    at: placeOf(file, tree, send),
    channel: name,
    context: tree.textOf(context.name),
    startedAt: { file: file.path, start: goStart, end: goStart + 2 },
    returnedAt: placeOf(file, tree, returned),
    edit: { file: file.path, start, end, text },
  };
}

/** The goroutine asks the context itself, hands it on to what may fail, or is told to stop in another way. */
function looksAt(
  tree: Tree,
  loop: NodeId,
  context: string,
  file: GoFile,
  resolver: GoResolver,
): boolean {
  const after = tree.afterSubtree(loop);
  for (let node = loop; node < after; node++) {
    const kind = tree.kindOf(node);
    if (kind !== "identifier" && kind !== "field_identifier") continue;
    const name = tree.textOf(node);
    if (name === context || /ctx$|context|done|stop|quit|exit|clos|shut|cancel/i.test(name))
      return true;
    if (kind !== "identifier") continue;
    const symbol = resolver.symbolAt(file.path, node);
    if (symbol?.kind === "variable" && isContext(symbol.variable.type())) return true;
  }
  return false;
}

function isContext(type: Parameters<typeof typeName>[0]): boolean {
  return typeName(type) === "context.Context";
}

function returns(tree: Tree, statement: NodeId, name: string): boolean {
  return new RegExp(`^return\\b(?:.*[,\\s(&{:])?\\s*${name}\\b`).test(tree.textOf(statement));
}

/** The comment says that whoever gets the channel has to receive everything. */
function isDocumented(tree: Tree, owner: NodeId): boolean {
  const start = tree.start[owner] ?? 0;
  const comment = /(?:[ \t]*\/\/[^\n]*\n)+$/.exec(
    tree.text.slice(Math.max(0, start - 2000), start),
  );
  return /drain|consum|receive|must|read (?:all|from|until)|exhaust/i.test(comment?.[0] ?? "");
}
