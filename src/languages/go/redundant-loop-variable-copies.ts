import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import { goMinorOf } from "./go-version.ts";
import { type DeclaringLoop, declaringLoops, statementsIn, usesOf } from "./loop-variables.ts";
import { isAssigned } from "./scope.ts";
import type { GoResolver } from "./type.ts";

const LOOP = /\bfor\b/;

/** Copies `x := x` at the top of a loop that Go 1.22 made superfluous. */
export interface RedundantCopy {
  readonly at: Place;
  readonly variables: readonly string[];
  readonly removal: Edit;
}

/** A statement whose first name comes again right behind the sign. */
const COPY =
  /(?:^|[;{])[ \t]*([\p{L}_][\p{L}\p{N}_]*)(?:[ \t]*,[^\n:=;]*)?[ \t]*:=[ \t]*\1(?![\p{L}\p{N}_])/mu;

export const redundantLoopVariableCopies = defineAnalysis(
  "redundant loop variable copies",
  (use): RedundantCopy[] => {
    const { files, module } = use(goPackage);
    const resolver = use(goResolver);
    return files.flatMap((file) => {
      const { tree, isJudged, text } = file;
      if (!isJudged || !LOOP.test(text) || !COPY.test(text)) return [];
      if (!tree || (goMinorOf(file, module) ?? 0) < 22) return [];
      return declaringLoops(tree).flatMap((loop) => redundantIn(file, tree, resolver, loop));
    });
  },
);

function redundantIn(
  file: GoFile,
  tree: Tree,
  resolver: GoResolver,
  loop: DeclaringLoop,
): RedundantCopy[] {
  return statementsIn(tree, loop.body).flatMap((statement) => {
    if (tree.kindOf(statement) !== "short_var_declaration") return [];
    const left = tree.namedChildren(tree.childIn(statement, "left"));
    const right = tree.namedChildren(tree.childIn(statement, "right"));
    const isCopy =
      left.length === right.length &&
      left.every((copy, index) => {
        const original = right[index];
        return original !== undefined && isCopyOfLoopVariable(file, resolver, loop, copy, original);
      });
    if (!isCopy) return [];
    return [
      {
        at: { file: file.path, ...tree.spanOf(statement) },
        variables: left.map((copy) => tree.textOf(copy)),
        removal: removalOf(file.path, tree, statement),
      },
    ];
  });
}

/** The copy has the name of what it copies, and neither is assigned in the body. */
function isCopyOfLoopVariable(
  file: GoFile,
  resolver: GoResolver,
  { body, names }: DeclaringLoop,
  copy: NodeId,
  original: NodeId,
): boolean {
  const { tree, path } = file;
  if (!tree || tree.kindOf(copy) !== "identifier" || tree.kindOf(original) !== "identifier")
    return false;
  if (tree.textOf(copy) !== tree.textOf(original)) return false;
  const symbol = resolver.symbolAt(path, original);
  const declared = symbol?.kind === "variable" ? symbol.variable.node : NONE;
  if (!names.includes(declared)) return false;
  const after = tree.afterSubtree(body);
  const isChanged = (variable: NodeId, from: NodeId) =>
    [...usesOf(file, resolver, variable, from, after)].some(
      (node) => isAssigned(tree, node) && tree.kindOf(tree.parentOf(node)) !== "unary_expression",
    );
  return !isChanged(copy, body) && !isChanged(declared, body);
}

/** The statement with its line, or with the semicolon after it. */
function removalOf(file: string, tree: Tree, statement: NodeId): Edit {
  const { text } = tree;
  let start = tree.start[statement] as number;
  let end = tree.end[statement] as number;
  const lineBreak = text.lastIndexOf("\n", start - 1);
  const behind = /^[ \t]*(?:\/\/[^\n]*)?(?=\r?\n|$)/.exec(text.slice(end));
  if (text.slice(lineBreak + 1, start).trim() === "" && behind) {
    start = text[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
    end += behind[0].length;
  } else end += /^[ \t]*;?[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  return { file, start, end, text: "" };
}
