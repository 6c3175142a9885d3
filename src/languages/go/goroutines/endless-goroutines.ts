import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver } from "../type.ts";

/** The `go` statements of a function, those of its closures included. */
export function goStatements(tree: Tree, body: NodeId): NodeId[] {
  const go = tree.grammar.kind("go_statement");
  const found: NodeId[] = [];
  for (let node = body; node < tree.afterSubtree(body); node++)
    if (tree.kind[node] === go) found.push(node);
  return found;
}

/** What a goroutine runs, as source. */
export interface Run {
  readonly tree: Tree;
  readonly file: string;
  readonly body: NodeId;
}

/** What the goroutine runs: a function literal, or a function or method whose source is known. */
export function runBy(
  file: GoFile,
  tree: Tree,
  started: NodeId,
  resolver: GoResolver,
): Run | undefined {
  const call = tree.childOfKind(started, "call_expression");
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  if (callee === NONE) return undefined;
  if (tree.kindOf(callee) === "func_literal")
    return { tree, file: file.path, body: tree.childIn(callee, "body") };
  const symbol =
    tree.kindOf(callee) === "identifier" ? resolver.symbolAt(file.path, callee) : undefined;
  const target = resolver.selectionAt(file.path, callee)?.target;
  const declared =
    symbol?.kind === "function"
      ? symbol.declaration
      : target?.kind === "method"
        ? target.declaration
        : undefined;
  if (!declared || declared.alternatives) return undefined;
  const body = declared.tree.childIn(declared.node, "body");
  return body === NONE ? undefined : { tree: declared.tree, file: declared.file, body };
}

/** Ways out of a loop that need no condition in its head. */
const WAY_OUT = new Set(["return_statement", "break_statement", "goto_statement"]);
const LEAVES = /\bpanic\(|\.Goexit\(|\bos\.Exit\(|\.Fatal(?:f|ln)?\(/;

/** A loop for ever that nothing in it leaves; breaks count, whatever they leave. */
export function endlessLoop({ tree, body }: Run): NodeId | undefined {
  for (let node = body; node < tree.afterSubtree(body); node++) {
    const kind = tree.kindOf(node);
    if (kind === "func_literal") {
      node = tree.afterSubtree(node) - 1;
      continue;
    }
    if (kind !== "for_statement" || !isForEver(tree, node)) continue;
    const after = tree.afterSubtree(node);
    let isLeft = LEAVES.test(tree.textOf(node));
    for (let inner = node; inner < after && !isLeft; inner++)
      isLeft = WAY_OUT.has(tree.kindOf(inner));
    if (!isLeft) return node;
  }
  return undefined;
}

/** `for {…}`, `for range ticker.C {…}`, `for range time.Tick(…) {…}`: a ticker's channel is never closed. */
function isForEver(tree: Tree, loop: NodeId): boolean {
  const block = tree.childIn(loop, "body");
  const head = tree.text.slice((tree.start[loop] ?? 0) + 3, tree.start[block]).trim();
  return (
    head === "" ||
    head === "true" ||
    /\brange\s+(?:[\w.]*[tT]icker\.C|time\.Tick\(.*\))$/.test(head)
  );
}
