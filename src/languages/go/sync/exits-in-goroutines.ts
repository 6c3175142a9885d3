import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, nameOfFunction, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";

/** A goroutine of a library that ends the process. */
export interface ExitInGoroutine {
  readonly at: Place;
  readonly call: string;
  readonly startedAt: Place;
}

const NAMES: ReadonlySet<string> = new Set(["Exit", "Fatal", "Fatalf", "Fatalln"]);
const EXITS =
  /^(?:os\.Exit|syscall\.Exit|log\.Fatal(?:f|ln)?|.*\b(?:logrus|klog(?:\/v\d+)?|glog)\.Fatal\w*)$/;
/** Folders of programs, where the process is one's own. */
const PROGRAM =
  /(?:^|\/)(?:cmd|cli|command|commands|main|examples?|samples?|tools?|hack|scripts?)\//;

/** Calls in function literals that `go` starts, in packages that others import. */
export const exitsInGoroutines = defineAnalysis("exits in goroutines", (use): ExitInGoroutine[] => {
  const files = use(goPackage).files.filter(
    ({ isTest, packageName, path }) => !isTest && packageName !== "main" && !PROGRAM.test(path),
  );
  return callsOf(files, use(goResolver), NAMES).flatMap(({ file, tree, node, callee, name }) => {
    const started = EXITS.test(name) ? goAround(tree, node) : NONE;
    if (started === NONE || isAskedFor(file, tree, started)) return [];
    const start = tree.start[started] ?? 0;
    return [
      {
        at: placeOf(file, tree, node),
        call: tree.textOf(callee),
        startedAt: { file: file.path, start, end: start + 2 },
      },
    ];
  });
});

/** The `go` whose function literal runs a node. */
function goAround(tree: Tree, node: NodeId): NodeId {
  const literal = functionAround(tree, node);
  if (literal === NONE || tree.kindOf(literal) !== "func_literal") return NONE;
  const call = tree.parentOf(literal);
  const statement = call === NONE ? NONE : tree.parentOf(call);
  return statement !== NONE && tree.kindOf(statement) === "go_statement" ? statement : NONE;
}

const ENDING = /quit|exit|die|fatal|abort|kill|terminate|shutdown|must/i;

/** The function is there to end the process, by its name or since it listens to signals. */
function isAskedFor(file: GoFile, tree: Tree, started: NodeId): boolean {
  const declared = file.topLevelOf(started);
  if (declared === NONE) return false;
  const isFunction = /^(?:function|method)_declaration$/.test(tree.kindOf(declared));
  return (
    (isFunction && ENDING.test(nameOfFunction(tree, declared))) ||
    /\bsignal\.Notify/.test(tree.textOf(declared))
  );
}
