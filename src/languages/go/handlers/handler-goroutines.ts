import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { type GoParameter, parametersOf, placeOf, typeName } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { initializerOf } from "../lowering/initializer.ts";
import type { GoResolver } from "../type.ts";
import { type UnawaitedGoroutine, unawaitedGoroutines } from "../unawaited-goroutines.ts";

/**
 * What belongs to a request and is used by a goroutine that the handler does not wait for:
 *
 *     func handle(w http.ResponseWriter, r *http.Request) {
 *         go audit(r.Context(), …)      // cancelled as soon as handle returns
 *     }
 */
export interface HandlerEscape {
  readonly kind: "writer" | "context" | "body" | "framework";
  readonly at: Place;
  /** `w`, `r.Context()`, `c`. */
  readonly what: string;
  readonly startedAt: Place;
}

export const handlerEscapes = defineAnalysis("handler escapes", (use): HandlerEscape[] => {
  const resolver = use(goResolver);
  return use(unawaitedGoroutines).flatMap((goroutine) => {
    if (goroutine.file.isTest) return [];
    const { file, tree, node } = goroutine;
    const start = tree.start[node] ?? 0;
    const startedAt = { file: file.path, start, end: start + 2 };
    return usesIn(goroutine, resolver).map(({ kind, at, what }) => ({
      kind,
      at: placeOf(file, tree, at),
      what,
      startedAt,
    }));
  });
});

interface Used {
  readonly kind: HandlerEscape["kind"];
  readonly at: NodeId;
  readonly what: string;
}

const WRITER = "net/http.ResponseWriter";
const REQUEST = "net/http.Request";
const FRAMEWORK =
  /^github\.com\/(?:gin-gonic\/gin|gofiber\/fiber(?:\/v\d+)?|labstack\/echo(?:\/v\d+)?)\.(?:Context|Ctx)$/;

/** The first use of each kind. */
function usesIn({ file, tree, node, owner }: UnawaitedGoroutine, resolver: GoResolver): Used[] {
  const given = parametersOf(file.path, tree, owner, resolver);
  const named = (type: string) => given.filter((one) => typeName(one.type) === type);
  const framework = given.filter(({ type }) => FRAMEWORK.test(typeName(type) ?? ""));
  const writers = named(WRITER);
  const found = new Map<Used["kind"], Used>();
  const note = (used: Used): void => {
    if (!found.has(used.kind) && isLate(tree, node, used.at)) found.set(used.kind, used);
  };
  const scope = { file, tree, node, resolver };
  for (const one of framework)
    for (const at of mentions(scope, one))
      note({ kind: "framework", at, what: tree.textOf(one.name) });
  if (writers.length === 0) return [...found.values()];
  for (const one of writers)
    for (const at of mentions(scope, one))
      note({ kind: "writer", at, what: tree.textOf(one.name) });
  for (const one of named(REQUEST))
    for (const at of mentions(scope, one)) {
      const used = requestUse(tree, at);
      if (used) note(used);
    }
  for (const at of derivedContexts(scope, owner, named(REQUEST)))
    note({ kind: "context", at, what: tree.textOf(at) });
  return [...found.values()];
}

/** Used by the goroutine, not by the statement that starts it: `go f(c.Param("id"))` asks `c` before, `go f(c)` does not. */
function isLate(tree: Tree, node: NodeId, at: NodeId): boolean {
  const [call = NONE] = tree.namedChildren(node);
  const list = call === NONE ? NONE : tree.childIn(call, "arguments");
  if (list === NONE || at < list || tree.parentOf(at) === list) return true;
  for (let up = tree.parentOf(at); up > list; up = tree.parentOf(up))
    if (tree.kindOf(up) === "func_literal") return true;
  return false;
}

interface Scope {
  readonly file: GoFile;
  readonly tree: Tree;
  /** The `go` statement. */
  readonly node: NodeId;
  readonly resolver: GoResolver;
}

function mentions({ file, tree, node, resolver }: Scope, { name }: GoParameter): NodeId[] {
  const text = tree.textOf(name);
  const found: NodeId[] = [];
  const end = tree.afterSubtree(node);
  for (let at = node; at < end; at++) {
    if (tree.kindOf(at) !== "identifier" || tree.textOf(at) !== text) continue;
    const symbol = resolver.symbolAt(file.path, at);
    if (symbol?.kind === "variable" && symbol.variable.node === name) found.push(at);
  }
  return found;
}

/** `r.Context()` as an argument, or something that reads the body. */
function requestUse(tree: Tree, at: NodeId): Used | undefined {
  const selector = tree.parentOf(at);
  if (tree.kindOf(selector) !== "selector_expression") return undefined;
  const field = tree.textOf(tree.childIn(selector, "field"));
  if (/^(?:Body|FormValue|PostFormValue|ParseForm|ParseMultipartForm|FormFile)$/.test(field))
    return { kind: "body", at: selector, what: tree.textOf(selector) };
  const call = tree.parentOf(selector);
  if (field !== "Context" || tree.kindOf(call) !== "call_expression" || !isGiven(tree, call))
    return undefined;
  return { kind: "context", at: call, what: tree.textOf(call) };
}

const DETACHING = /(?:WithoutCancel|Detach\w*|[vV]alues?Only\w*)$/;

/** An argument of a call that goes on to use it: no log line, no WithoutCancel. */
function isGiven(tree: Tree, node: NodeId): boolean {
  const list = tree.parentOf(node);
  if (list === NONE || tree.kindOf(list) !== "argument_list") return false;
  const callee = tree.textOf(tree.childIn(tree.parentOf(list), "function"));
  return !DETACHING.test(callee) && !/log|slog|trace|span|metric/i.test(callee);
}

/** Mentions of a local that is `r.Context()`, where the goroutine hands it on. */
function derivedContexts(
  { file, tree, node, resolver }: Scope,
  owner: NodeId,
  requests: readonly GoParameter[],
): NodeId[] {
  const texts = new Set(requests.map(({ name }) => `${tree.textOf(name)}.Context()`));
  const found: NodeId[] = [];
  const end = tree.afterSubtree(node);
  for (let at = node; at < end && texts.size > 0; at++) {
    if (tree.kindOf(at) !== "identifier" || !isGiven(tree, at)) continue;
    const symbol = resolver.symbolAt(file.path, at);
    if (symbol?.kind !== "variable" || symbol.variable.function !== owner) continue;
    const { variable } = symbol;
    const initial = variable.isReassigned() ? undefined : initializerOf(tree, variable.node);
    if (initial && texts.has(tree.textOf(initial.value))) found.push(at);
  }
  return found;
}
