import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";

/** A goroutine that its function waits for at once: nothing runs beside it. */
export interface PointlessGoroutine {
  readonly at: Place;
  /** `<-done`, `group.Wait()`. */
  readonly wait: string;
  readonly waitAt: Place;
}

/** An exported function that does nothing but start a goroutine. */
export interface HiddenGoroutine {
  readonly at: Place;
  readonly name: string;
}

const INTEREST = /\bgo\s+func\b|\bgo\s+\w/;

/** `go func() {…}(); <-done`, outside of tests. */
export const pointlessGoroutines = defineAnalysis("pointless goroutines", (use) =>
  use(goPackage).files.flatMap((file) => goStatements(file, pointless)),
);

/** `func Refresh() { go refresh() }`, outside of tests and main. */
export const hiddenGoroutines = defineAnalysis("hidden goroutines", (use) =>
  use(goPackage).files.flatMap((file) =>
    file.packageName === "main" ? [] : goStatements(file, hidden),
  ),
);

function goStatements<T>(
  file: GoFile,
  read: (file: GoFile, tree: Tree, node: NodeId) => T | undefined,
): T[] {
  const tree = file.isJudged && !file.isTest && INTEREST.test(file.text) ? file.tree : undefined;
  if (!tree) return [];
  const go = tree.grammar.kind("go_statement");
  const found: T[] = [];
  for (let node = 0; node < tree.size; node++) {
    const one = tree.kind[node] === go ? read(file, tree, node) : undefined;
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Reasons to run something in a goroutine of its own although one waits for it. */
const REASONS = /\brecover\(\)|LockOSThread|Goexit|\bpanic\(|\bgo\b[\s\S]*\bgo\s/;

function pointless(file: GoFile, tree: Tree, node: NodeId): PointlessGoroutine | undefined {
  const text = tree.textOf(node);
  if (!text.startsWith("go func(") || REASONS.test(text)) return undefined;
  const [before, after] = neighbours(tree, node);
  if (after === NONE) return undefined;
  const wait = tree.textOf(after);
  const awaited = /^(?:\w+(?:, \w+)?\s*:?=\s*)?<-(\w+)$|^(\w+)\.Wait\(\)$/.exec(wait);
  const name = awaited?.[1] ?? awaited?.[2];
  if (name === undefined || !isSaidAtEnd(text, name)) return undefined;
  // The function waits for others as well: something else was started, or may send.
  const list = tree.parentOf(node);
  const earlier = tree.text.slice(tree.start[list], tree.start[node]);
  if (/\bgo\b|\bfor\b|\.Go\(/.test(earlier) || isInLoop(tree, node)) return undefined;
  const uses = earlier.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
  if (uses === 0 || uses > 2 || (before !== NONE && tree.kindOf(before) === "go_statement"))
    return undefined;
  const start = tree.start[node] ?? 0;
  return {
    at: { file: file.path, start, end: start + 2 },
    wait,
    waitAt: { file: file.path, ...tree.spanOf(after) },
  };
}

/** The goroutine says that it is over by a deferred call, or by the last thing that it does. */
function isSaidAtEnd(text: string, name: string): boolean {
  const says = `(?:close\\(${name}\\)|${name}\\.Done\\(\\))`;
  return new RegExp(`\\bdefer ${says}|\\n\\s*(?:${says}|${name} <- [^\\n]*)\\s*\\}\\(\\)$`).test(
    text,
  );
}

/** The statements before and after one; NONE where there is none. */
function neighbours(tree: Tree, node: NodeId): readonly [NodeId, NodeId] {
  const all = tree
    .namedChildren(tree.parentOf(node))
    .filter((one) => tree.kindOf(one) !== "comment");
  const index = all.indexOf(node);
  return [all[index - 1] ?? NONE, all[index + 1] ?? NONE];
}

function isInLoop(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "for_statement") return true;
    if (/^(?:func_literal|function_declaration|method_declaration)$/.test(kind)) return false;
  }
  return false;
}

/** Names that promise a goroutine. */
const PROMISING =
  /^(?:Start|Run|Serve|Go|Launch|Spawn|Begin|Watch|Listen|Notify|Schedule|Enqueue|Submit|Fire|Trigger|Kick|Dispatch|Emit|Publish|Broadcast|Send|Handle|On)|Async|Background|Loop|Later|NonBlocking/;
const TELLING =
  /\basync|\bbackground\b|\bgo\s?routine|non-?blocking|not block|concurrent|immediately/i;

function hidden(file: GoFile, tree: Tree, node: NodeId): HiddenGoroutine | undefined {
  const list = tree.parentOf(node);
  const declared = tree.parentOf(tree.parentOf(list));
  if (tree.kindOf(declared) !== "function_declaration") return undefined;
  if (tree.namedChildren(list).length > 1) return undefined;
  const name = tree.childIn(declared, "name");
  const text = name === NONE ? "" : tree.textOf(name);
  if (!/^\p{Lu}/u.test(text) || PROMISING.test(text)) return undefined;
  if (
    TELLING.test(commentAbove(tree, declared)) ||
    /\bctx\b|chan\b|Context/.test(headOf(tree, declared))
  )
    return undefined;
  return { at: { file: file.path, ...tree.spanOf(name) }, name: text };
}

function headOf(tree: Tree, declared: NodeId): string {
  return tree.text.slice(tree.start[declared], tree.start[tree.childIn(declared, "body")]);
}

function commentAbove(tree: Tree, declared: NodeId): string {
  const lines = tree.text.slice(0, tree.start[declared]).trimEnd().split("\n");
  return lines.slice(lines.findLastIndex((line) => !line.startsWith("//")) + 1).join(" ");
}
