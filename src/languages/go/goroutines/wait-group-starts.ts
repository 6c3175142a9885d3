import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { argumentsOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { goMinorOf } from "../go-version.ts";
import { statementsIn } from "../loop-variables.ts";
import type { GoResolver } from "../type.ts";

/**
 * The three lines that `WaitGroup.Go` of Go 1.25 stands for:
 *
 *     group.Add(1)
 *     go func() {
 *         defer group.Done()
 *         …
 *     }()
 */
export interface WaitGroupStart {
  readonly at: Place;
  readonly group: string;
  readonly edits: readonly Edit[];
}

const FIRST_MINOR = 25;

export const waitGroupStarts = defineAnalysis("wait group starts", (use): WaitGroupStart[] => {
  const { files, module } = use(goPackage);
  const resolver = use(goResolver);
  return files.flatMap((file) => {
    const { tree, isJudged, isTest, text } = file;
    if (!isJudged || isTest || !/\.Add\(1\)/.test(text) || !tree) return [];
    if ((goMinorOf(file, module) ?? 0) < FIRST_MINOR) return [];
    const go = tree.grammar.kind("go_statement");
    const found: WaitGroupStart[] = [];
    for (let node = 0; node < tree.size; node++) {
      const start = tree.kind[node] === go ? startOf(file, tree, node, resolver) : undefined;
      if (start) found.push(start);
    }
    return found;
  });
});

function startOf(
  file: GoFile,
  tree: Tree,
  started: NodeId,
  resolver: GoResolver,
): WaitGroupStart | undefined {
  const call = tree.childOfKind(started, "call_expression");
  const literal = call === NONE ? NONE : tree.childIn(call, "function");
  if (literal === NONE || tree.kindOf(literal) !== "func_literal") return undefined;
  const body = tree.childIn(literal, "body");
  const head = tree.text.slice(tree.start[literal], tree.start[body]);
  if (!/^func\(\)\s*$/.test(head) || argumentsOf(tree, call).length > 0) return undefined;
  const siblings = tree.namedChildren(tree.parentOf(started));
  const before = siblings.slice(0, siblings.indexOf(started));
  const add = before.findLast((each) => tree.kindOf(each) !== "comment") ?? NONE;
  const [first] = statementsIn(tree, body);
  if (add === NONE || first === undefined) return undefined;
  const group = /^((?:\w+\.)*\w+)\.Add\(1\)$/.exec(tree.textOf(add))?.[1];
  if (group === undefined || tree.textOf(first) !== `defer ${group}.Done()`) return undefined;
  if (!isWaitGroup(file, tree, add, resolver)) return undefined;
  const at = tree.spanOf(add);
  const startOfBody = (tree.start[body] ?? 0) + 1;
  const end = tree.end[started] ?? 0;
  const startOfLiteral = tree.start[literal] ?? 0;
  // Comments in between stay.
  const remark = before[before.indexOf(add) + 1] ?? NONE;
  const called = `${group}.Go(`;
  const toGo =
    remark === NONE
      ? [{ file: file.path, start: at.start, end: startOfLiteral, text: called }]
      : [
          { file: file.path, start: at.start, end: tree.start[remark] ?? 0, text: "" },
          { file: file.path, start: tree.start[started] ?? 0, end: startOfLiteral, text: called },
        ];
  return {
    at: { file: file.path, ...at },
    group,
    edits: [
      ...toGo,
      { file: file.path, start: startOfBody, end: tree.end[first] ?? 0, text: "" },
      { file: file.path, start: tree.end[literal] ?? 0, end, text: ")" },
    ],
  };
}

/** `group` of `group.Add(1)` is one of package sync, held by value or by a pointer. */
function isWaitGroup(file: GoFile, tree: Tree, add: NodeId, resolver: GoResolver): boolean {
  const call =
    tree.kindOf(add) === "call_expression" ? add : tree.childOfKind(add, "call_expression");
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  if (callee === NONE) return false;
  const type = behindPointer(resolver.typeOf(file.path, tree.childIn(callee, "operand")));
  return type.kind === "named" && type.package === "sync" && type.name === "WaitGroup";
}
