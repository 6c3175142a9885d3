import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, mentionsIn, placeOf } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import { initializerOf } from "./lowering/initializer.ts";
import type { GoResolver, GoVariable } from "./type.ts";

/**
 * A test that cleans up by `defer` what its parallel subtests still use: they only begin when its function has returned.
 *
 *     server := httptest.NewServer(handler)
 *     defer server.Close()                                        // runs first
 *     t.Run("get", func(t *testing.T) { t.Parallel(); get(server.URL) })
 */
export interface EarlyTestCleanup {
  readonly at: Place;
  /** `server.Close`. */
  readonly cleanup: string;
  readonly variable: string;
  readonly subtestAt: Place;
  readonly useAt: Place;
  readonly fix: readonly Edit[];
}

export const earlyTestCleanups = defineAnalysis(
  "early test cleanups",
  (use): EarlyTestCleanup[] => {
    const resolver = use(goResolver);
    const files = use(goPackage).files.filter(
      ({ isTest, text }) => isTest && /\.Parallel\(\)/.test(text) && /\bdefer\b/.test(text),
    );
    const found = new Map<string, EarlyTestCleanup>();
    for (const run of callsOf(files, resolver, new Set(["Run"]))) {
      if (run.name !== "testing.T.Run") continue;
      const [, body = NONE] = run.arguments;
      if (body === NONE || !isParallel(run.tree, body)) continue;
      for (const cleanup of cleanupsFor(run, body, resolver)) {
        const key = `${cleanup.at.file}:${cleanup.at.start}`;
        if (!found.has(key)) found.set(key, cleanup);
      }
    }
    return [...found.values()];
  },
);

/** `func(t *testing.T) { t.Parallel(); … }`: a statement of the literal itself. */
function isParallel(tree: Tree, body: NodeId): boolean {
  const block = tree.kindOf(body) === "func_literal" ? tree.childIn(body, "body") : NONE;
  const list = block === NONE ? NONE : tree.childOfKind(block, "statement_list");
  return (
    list !== NONE &&
    tree.namedChildren(list).some((one) => /^\w+\.Parallel\(\)$/.test(tree.textOf(one)))
  );
}

function* cleanupsFor(
  run: GoCall,
  body: NodeId,
  resolver: GoResolver,
): Generator<EarlyTestCleanup> {
  const { file, tree, node, callee } = run;
  const owner = functionAround(tree, node);
  if (owner === NONE) return;
  const test = tree.textOf(tree.childIn(callee, "operand"));
  const kind = tree.grammar.kind("defer_statement");
  const end = tree.afterSubtree(owner);
  for (let at = owner; at < end; at++) {
    if (tree.kind[at] !== kind || functionAround(tree, at) !== owner) continue;
    const call = tree.namedChildren(at).find((one) => tree.kindOf(one) === "call_expression");
    if (call === undefined) continue;
    for (const variable of cleanedBy(file, tree, call, resolver)) {
      if (variable.function !== owner) continue;
      const [use] = mentionsIn(file.path, tree, body, variable, resolver);
      if (use === undefined) continue;
      yield {
        at: placeOf(file, tree, at),
        cleanup: tree.textOf(tree.childIn(call, "function")),
        variable: variable.name,
        subtestAt: placeOf(file, tree, callee),
        useAt: placeOf(file, tree, use),
        fix: asCleanup(file, tree, at, call, test),
      };
      break;
    }
  }
}

const OUTPUT =
  /^(?:os|filepath)\.Remove|\.(?:Close|Stop|Shutdown|Cancel|Remove|RemoveAll|Terminate|Kill|Destroy)$/;

/**
 * What a deferred call ends: the receiver of `server.Close()`, the argument of `os.RemoveAll(dir)`, and of a bare `cleanup()`
 * what came with it, `dir, cleanup := setup()`.
 */
function cleanedBy(file: GoFile, tree: Tree, call: NodeId, resolver: GoResolver): GoVariable[] {
  const callee = tree.childIn(call, "function");
  if (tree.kindOf(callee) === "identifier") {
    const cleanup = variableAt(file, callee, resolver);
    const initial = cleanup && initializerOf(tree, cleanup.node);
    if (!cleanup || !initial?.isShared) return [];
    return initial.names
      .filter((name) => name !== cleanup.node)
      .flatMap((name) => variableAt(file, name, resolver) ?? [])
      .filter(({ name }) => name !== "err");
  }
  if (!OUTPUT.test(tree.textOf(callee))) return [];
  const operand = tree.childIn(callee, "operand");
  const given = tree.namedChildren(tree.childIn(call, "arguments"));
  return [operand, ...given].flatMap((node) =>
    node !== NONE && tree.kindOf(node) === "identifier"
      ? (variableAt(file, node, resolver) ?? [])
      : [],
  );
}

function variableAt(file: GoFile, node: NodeId, resolver: GoResolver): GoVariable | undefined {
  const symbol = resolver.symbolAt(file.path, node);
  return symbol?.kind === "variable" && symbol.variable.role !== "global"
    ? symbol.variable
    : undefined;
}

/** `t.Cleanup(cancel)`, or `t.Cleanup(func() { server.Close() })`. */
function asCleanup(file: GoFile, tree: Tree, at: NodeId, call: NodeId, test: string): Edit[] {
  const callee = tree.childIn(call, "function");
  const text = tree.textOf(call);
  const isBare = tree.kindOf(callee) === "identifier" && text.endsWith("()");
  const given = isBare ? tree.textOf(callee) : `func() { ${text} }`;
  return [{ ...placeOf(file, tree, at), text: `${test}.Cleanup(${given})` }];
}
