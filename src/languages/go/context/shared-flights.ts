import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver } from "../type.ts";

/** A call that several callers share, and that ends when the first of them gives up. */
export interface SharedFlight {
  readonly at: Place;
  /** `ctx`, `r.Context()`. */
  readonly context: string;
  readonly call: string;
  readonly doAt: Place;
}

export const sharedFlights = defineAnalysis("shared flights", (use): SharedFlight[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(
    ({ isTest, text }) => !isTest && text.includes("singleflight"),
  );
  return callsOf(files, resolver, new Set(["Do", "DoChan"])).flatMap((call) =>
    /\/singleflight\.Group\.Do(?:Chan)?$/.test(call.name) ? (sharedIn(call, resolver) ?? []) : [],
  );
});

function sharedIn(call: GoCall, resolver: GoResolver): SharedFlight | undefined {
  const { file, tree, node, callee, arguments: given } = call;
  const body = given.at(-1) ?? NONE;
  if (body === NONE || tree.kindOf(body) !== "func_literal") return undefined;
  const around = functionAround(tree, node);
  const end = tree.afterSubtree(body);
  for (let at = body; at < end; at++) {
    if (tree.kindOf(at) !== "identifier") continue;
    const used = contextAt(tree, at);
    if (used === NONE || !isGiven(tree, used)) continue;
    const symbol = resolver.symbolAt(file.path, at);
    if (symbol?.kind !== "variable" || symbol.variable.function !== around) continue;
    const { role } = symbol.variable;
    const type = typeName(symbol.variable.type());
    const isCallers =
      role === "parameter" && type === (used === at ? "context.Context" : "net/http.Request");
    if (!isCallers) continue;
    return {
      at: placeOf(file, tree, used),
      context: tree.textOf(used),
      call: tree.textOf(callee),
      doAt: placeOf(file, tree, callee),
    };
  }
  return undefined;
}

/** `ctx` itself, or `r.Context()` around `r`. */
function contextAt(tree: Tree, at: NodeId): NodeId {
  const selector = tree.parentOf(at);
  if (tree.kindOf(selector) !== "selector_expression") return at;
  const call = tree.parentOf(selector);
  return tree.kindOf(call) === "call_expression" && tree.textOf(call).endsWith(".Context()")
    ? call
    : NONE;
}

/** Given to a call that can fail by it: no log line, and nothing that takes its values alone. */
function isGiven(tree: Tree, node: NodeId): boolean {
  const list = tree.parentOf(node);
  if (tree.kindOf(list) !== "argument_list") return false;
  const callee = tree.textOf(tree.childIn(tree.parentOf(list), "function"));
  return !/WithoutCancel$|Detach|log|trace|span|metric|WithValue$/i.test(callee);
}
