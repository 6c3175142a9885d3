import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, nameOfFunction, placeOf } from "../calls.ts";
import { parametersIn } from "../contracts/parameters.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { isHelperPath } from "../project/roles.ts";
import { statementsOf } from "../statements.ts";
import { runBy } from "./endless-goroutines.ts";
import { startOf } from "./goroutine-literals.ts";

/** A goroutine whose error nobody can see. */
export interface DroppedError {
  readonly at: Place;
  /** What fails: the function that `go` runs, or the call in the worker. */
  readonly name: string;
  readonly otherAt: Place;
}

const GO = /\bgo\s+[\w(]/;
/** What tells somebody that something went wrong. */
const TELLS =
  /\blog|\bprint|\bwarn|\berr(?:or)?s?\w*\s*<-|\bErr(?:or)?f?\(|report|metric|counter|notif|panic|Fatal|<-|slog|klog|trace|span|status|event|record/i;

/** What comes last: nobody can do anything about its error. */
const ENDS =
  /^(?:close|stop|shut|clean|remove|delete|release|flush|kill|cancel|abort|disconnect|terminate|destroy|teardown)/i;

/** `go s.pull()` of a function of the module that returns an error which it tells nobody else; tests and programs left out. */
export const discardedErrors = defineAnalysis("discarded errors", (use): DroppedError[] => {
  const resolver = use(goResolver);
  return use(goPackage).files.flatMap((file) => {
    const tree = isOfInterest(file, GO) ? file.tree : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "go_statement").flatMap((started): DroppedError[] => {
      const call = tree.childOfKind(started, "call_expression");
      const callee = call === NONE ? NONE : tree.childIn(call, "function");
      if (callee === NONE || tree.kindOf(callee) === "func_literal") return [];
      const run = runBy(file, tree, started, resolver);
      const declared = run ? run.tree.parentOf(run.body) : NONE;
      if (!run || declared === NONE || !returnsError(run.tree, declared)) return [];
      if (ENDS.test(nameOfFunction(run.tree, declared))) return [];
      if (TELLS.test(run.tree.textOf(run.body))) return [];
      const failing = nodesOfKind(run.tree, "return_statement", run.body).find(
        (one) =>
          functionAround(run.tree, one) === declared &&
          /\berr\b|rrorf?\(|\berrors\.|\bErr\w/.test(run.tree.textOf(one)),
      );
      if (failing === undefined) return [];
      const { start, end } = tree.spanOf(started);
      return [
        {
          at: { file: file.path, start, end },
          name: nameOfFunction(run.tree, declared),
          otherAt: { file: run.file, ...run.tree.spanOf(failing) },
        },
      ];
    });
  });
});

function isOfInterest({ isJudged, isTest, packageName, path, text }: GoFile, interest: RegExp) {
  return (
    isJudged && !isTest && packageName !== "main" && !isHelperPath(path) && interest.test(text)
  );
}

function returnsError(tree: Tree, declared: NodeId): boolean {
  const last = parametersIn(tree, tree.childIn(declared, "result")).at(-1);
  return last !== undefined && tree.textOf(last.type) === "error";
}

/** What a worker that counts with a WaitGroup runs into and only logs, while its function returns an error of its own. */
export const swallowedErrors = defineAnalysis("swallowed errors", (use): DroppedError[] =>
  use(goPackage).files.flatMap((file) => {
    const tree = isOfInterest(file, /\.Wait\(\)/) ? file.tree : undefined;
    if (!tree) return [];
    return nodesOfKind(tree, "func_literal").flatMap(
      (literal) => swallowedIn(file, tree, literal) ?? [],
    );
  }),
);

/** Work that may fail without harm, by its name. */
const BEST_EFFORT =
  /close|clean|stop|shut|kill|remove|delete|purge|flush|notify|publish|report|warm|prefetch|refresh|release|cancel|ping|probe|health|drain|evict|terminate|destroy|best.?effort|ignore|optional/i;

function swallowedIn(file: GoFile, tree: Tree, literal: NodeId): DroppedError | undefined {
  const started = startOf(tree, literal);
  const owner = started === NONE ? NONE : functionAround(tree, started);
  if (owner === NONE || tree.kindOf(owner) === "func_literal" || !returnsError(tree, owner))
    return undefined;
  const body = tree.textOf(literal);
  const group = /\bdefer\s+(\w+)\.Done\(\)/.exec(body)?.[1] ?? groupOfCall(tree, started);
  if (group === undefined || BEST_EFFORT.test(nameOfFunction(tree, owner))) return undefined;
  const after = tree.text.slice(tree.end[started], tree.end[owner]);
  const wait = after.indexOf(`${group}.Wait()`);
  if (
    wait < 0 ||
    !/^\s*return\s+(?:[^\n]*,\s*)?nil\s*\}\s*$/.test(after.slice(wait + `${group}.Wait()`.length))
  )
    return undefined;
  // Something else may carry the failure out.
  if (/<-|\.Store\(|\.Lock\(|\bcancel\w*\(|\bpanic\(|\bappend\(/.test(body)) return undefined;
  for (const test of nodesOfKind(tree, "if_statement", literal)) {
    const onError = tree.childIn(test, "consequence");
    if (
      onError === NONE ||
      !/\berr\s*!=\s*nil\b/.test(tree.text.slice(tree.start[test], tree.start[onError]))
    )
      continue;
    const statements = statementsOf(tree, onError);
    if (statements.length === 0 || !statements.every((one) => onlySays(tree, one))) continue;
    const call = failingCall(tree, test);
    if (call === undefined || BEST_EFFORT.test(call)) continue;
    if (
      /\b(?:ignor|best.?effort|non.?fatal|continue|not fatal|skip)/i.test(commentsIn(tree, literal))
    )
      continue;
    return {
      at: placeOf(file, tree, statements[0] ?? onError),
      name: call,
      otherAt: {
        file: file.path,
        start: tree.start[started] ?? 0,
        end: (tree.start[started] ?? 0) + 2,
      },
    };
  }
  return undefined;
}

/** `group.Go(func() {…})`: the group, if the function returns nothing. */
function groupOfCall(tree: Tree, started: NodeId): string | undefined {
  if (tree.kindOf(started) !== "call_expression") return undefined;
  return /^(\w+)\.Go\(func\(\)\s*\{/.exec(tree.textOf(started))?.[1];
}

/** A line of log, or the end of the worker or of its pass. */
function onlySays(tree: Tree, statement: NodeId): boolean {
  return /^(?:return|continue|(?:[\w.()]*\b(?:log|logger|slog|klog|logrus|zap|lg|l)\b[\w.]*)\b[\s\S]*)$/i.test(
    tree.textOf(statement),
  );
}

/** The call whose error is asked for: in the head of the `if`, or right before it. */
function failingCall(tree: Tree, test: NodeId): string | undefined {
  const consequence = tree.childIn(test, "consequence");
  const head = tree.text.slice(tree.start[test], tree.start[consequence]);
  const own = /(?::?=)\s*([\w.]+)\(/.exec(head)?.[1];
  if (own !== undefined) return own;
  const siblings = tree.namedChildren(tree.parentOf(test));
  const before = siblings[siblings.indexOf(test) - 1];
  return before === undefined
    ? undefined
    : /\berr\s*:?=\s*([\w.]+)\(/.exec(tree.textOf(before))?.[1];
}

function commentsIn(tree: Tree, node: NodeId): string {
  return nodesOfKind(tree, "comment", node)
    .map((one) => tree.textOf(one))
    .join("\n");
}
