import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import {
  callsOf,
  functionAround,
  type GoCall,
  hasCommentAbove,
  nameOfFunction,
  placeOf,
  qualifiedCallee,
  takesTest,
} from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver } from "../type.ts";
import { type ContextInScope, contextInScope } from "./context-in-scope.ts";

/** `context.Background()` passed on by a function that was given a context itself. */
export interface UnpropagatedContext {
  readonly at: Place;
  /** `context.Background` */
  readonly made: string;
  readonly available: ContextInScope;
  readonly functionName: string;
}

/** Work that must not end with the caller: it says so by where it stands. */
const DETACHED = new Set(["go_statement", "defer_statement"]);
const CLEANS_UP =
  /close|stop|shut|clean|tear|drain|rollback|release|cancel|unlock|background|detach|async|flush|delete|remove|destroy|dispose|deactivate|terminate|revoke|unregister|finish|report|record|metric|telemetry|monitoring|log|audit/i;

/** Records of what happened, which are to be kept whatever became of the request. */
const RECORDS = /\.(?:Error|Warn|Warning|Info|Debug|Trace)(?:f|w|ln)?$/;

/** What these make or begin lives longer than the call. */
const LONG_LIVED =
  /^(?:New|Open|Start|With|Wrap|Listen|Run|Serve|Watch|Get\w*Config|Load\w*Config)|^(?:new|open|start|with|wrap|listen|run|serve|watch)|Monitor|Conn$/;

/**
 * Only what is passed to a call directly. Silent in tests, in goroutines and deferred calls, after the context is done, where the
 * callee or the function cleans up, and where a comment above the line says why.
 */
export const unpropagatedContexts = defineAnalysis(
  "unpropagated contexts",
  (use): UnpropagatedContext[] => {
    const resolver = use(goResolver);
    const files = use(goPackage).files.filter(
      ({ isTest, packageName }) => !isTest && packageName !== "main",
    );
    return callsOf(files, resolver, new Set(["Background", "TODO"])).flatMap((call) => {
      const { file, tree, node, name } = call;
      if (name !== "context.Background" && name !== "context.TODO") return [];
      const available = isPassedOn(call, resolver)
        ? contextInScope(file.path, tree, node, resolver)
        : undefined;
      if (!available || available.isOutside || isDetached(call, available)) return [];
      if (isGivenAsWell(call, available) || isRunElsewhere(call, available)) return [];
      return [
        {
          at: placeOf(file, tree, node),
          made: name,
          available,
          functionName: nameOfFunction(tree, available.function) || "the function",
        },
      ];
    });
  },
);

/** Passed to a call that neither makes something of a longer life nor derives a context. */
function isPassedOn({ file, tree, node, name }: GoCall, resolver: GoResolver): boolean {
  const list = tree.parentOf(node);
  const outer = list === NONE ? NONE : tree.parentOf(list);
  if (outer === NONE || tree.kindOf(list) !== "argument_list") return false;
  const callee = tree.childIn(outer, "function");
  if (callee === NONE) return false;
  const called = tree.textOf(callee);
  const declared = qualifiedCallee(file.path, tree, callee, resolver)?.replace(/^.*\//, "") ?? "";
  if (CLEANS_UP.test(declared)) return false;
  // `pprof.SetGoroutineLabels(context.Background())` takes all labels away.
  if (
    /^context\.|WithContext$|SetGoroutineLabels$/.test(called) ||
    CLEANS_UP.test(called) ||
    RECORDS.test(called)
  )
    return false;
  // A TODO says itself that a context is to be passed.
  return name === "context.TODO" || !LONG_LIVED.test(called.replace(/^.*\./, ""));
}

/** `copyTrace(context.Background(), ctx)`: what is called gets both, and takes from the other one what it wants. */
function isGivenAsWell({ tree, node }: GoCall, { text }: ContextInScope): boolean {
  const others = tree.namedChildren(tree.parentOf(node)).filter((one) => one !== node);
  return others.some((one) => tree.textOf(one) === text);
}

/** A command that the function makes and does not run itself: whoever gets it decides how long it may run. */
function isRunElsewhere({ tree, node }: GoCall, { function: owner }: ContextInScope): boolean {
  const call = tree.parentOf(tree.parentOf(node));
  if (!/(?:^|\.)CommandContext$/.test(tree.textOf(tree.childIn(call, "function")))) return false;
  const [, name] =
    /(\w+)(?:\s*,\s*\w+)*\s*:?=\s*$/.exec(tree.text.slice(tree.start[owner], tree.start[call])) ??
    [];
  if (name === undefined) return false;
  return !new RegExp(`\\b${name}\\.(?:Run|Output|CombinedOutput|Wait)\\(`).test(tree.textOf(owner));
}

function isDetached({ tree, node }: GoCall, { function: owner, text }: ContextInScope): boolean {
  for (let at = tree.parentOf(node); at !== NONE && at !== owner; at = tree.parentOf(at))
    if (DETACHED.has(tree.kindOf(at))) return true;
  return (
    CLEANS_UP.test(nameOfFunction(tree, owner)) ||
    takesTest(tree, owner) ||
    hasCommentAbove(tree, tree.spanOf(node)) ||
    functionAround(tree, node) !== owner ||
    isAfterTheEnd(tree, owner, node, text)
  );
}

/** Before the node the function waits for the end of its context, tests it, or gives its name another value. */
function isAfterTheEnd(tree: Tree, owner: NodeId, node: NodeId, text: string): boolean {
  const before = tree.text.slice(tree.start[owner], tree.start[node]);
  const name = text.replace(/\W.*$/, "");
  return new RegExp(
    `\\b${name}\\b[^\\n]*\\.(?:Done|Err)\\(|\\b${name}\\s*(?:==|!=|=)[^=]|<-\\s*sig|\\bNotify\\(`,
  ).test(before);
}
