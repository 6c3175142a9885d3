import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, loopAround, mentionsIn, placeOf } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { initializerOf } from "./lowering/initializer.ts";
import { statementsOf } from "./statements.ts";
import type { GoResolver, GoVariable } from "./type.ts";

/**
 * Signals that go on being caught when nobody looks at them any more:
 *
 *     signal.Notify(interrupt, os.Interrupt)
 *     select {
 *     case <-interrupt:
 *     case <-ctx.Done():
 *     }
 *     return                     // from now on Ctrl-C does nothing
 *
 * Of a local channel that is only listened to; a function that waits for the signal alone ends with the process.
 */
export interface UnstoppedSignals {
  readonly at: Place;
  /** The channel, or the context of `ctx, _ := signal.NotifyContext(…)`. */
  readonly name: string;
  readonly kind: "channel" | "context";
  /** The other way on. */
  readonly otherwiseAt: Place | undefined;
  /** Where `defer signal.Stop(c)` goes. */
  readonly end: Place | undefined;
}

export const unstoppedSignals = defineAnalysis("unstopped signals", (use): UnstoppedSignals[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(
    ({ isTest, packageName }) => !isTest && packageName !== "main",
  );
  const names = new Set(["Notify", "NotifyContext"]);
  return callsOf(files, resolver, names).flatMap((call) => {
    if (endsInExit(call)) return [];
    if (call.name === "os/signal.NotifyContext") return droppedStop(call);
    return call.name === "os/signal.Notify" ? unstopped(call, resolver) : [];
  });
});

/** The last statement of the function is `os.Exit`: with it the process is over. */
function endsInExit({ tree, node }: GoCall): boolean {
  const body = tree.childIn(functionAround(tree, node), "body");
  const last = statementsOf(tree, body).at(-1);
  return last !== undefined && /^(?:os\.Exit|log\.Fatal\w*)\(/.test(tree.textOf(last));
}

/** `ctx, _ := signal.NotifyContext(…)`. */
function droppedStop({ file, tree, node }: GoCall): UnstoppedSignals[] {
  const list = tree.parentOf(node);
  const statement = list === NONE ? NONE : tree.parentOf(list);
  const left = statement === NONE ? NONE : tree.childIn(statement, "left");
  const [context, stop] = left === NONE ? [] : tree.namedChildren(left);
  if (context === undefined || stop === undefined || tree.textOf(stop) !== "_") return [];
  return [
    {
      at: placeOf(file, tree, stop),
      name: tree.textOf(context),
      kind: "context",
      otherwiseAt: undefined,
      end: undefined,
    },
  ];
}

function unstopped(call: GoCall, resolver: GoResolver): UnstoppedSignals[] {
  const { file, tree, node, arguments: given } = call;
  const [channel = NONE] = given;
  const symbol =
    channel !== NONE && tree.kindOf(channel) === "identifier"
      ? resolver.symbolAt(file.path, channel)
      : undefined;
  if (symbol?.kind !== "variable" || symbol.variable.role !== "local") return [];
  const { variable } = symbol;
  if (!isMade(tree, variable)) return [];
  const waits: NodeId[] = [];
  for (const mention of mentionsIn(file.path, tree, variable.function, variable, resolver)) {
    if (isNotified(tree, mention)) continue;
    const select = selectAround(tree, mention);
    if (select === NONE) return [];
    waits.push(select);
  }
  const otherwise = waits.map((select) => otherWay(tree, select, variable.name));
  const [first = NONE] = otherwise;
  if (first === NONE || otherwise.includes(NONE)) return [];
  const statement = tree.parentOf(node);
  const isDeferrable = functionAround(tree, node) === functionAround(tree, first);
  return [
    {
      at: placeOf(file, tree, node),
      name: variable.name,
      kind: "channel",
      otherwiseAt: placeOf(file, tree, first),
      end:
        isDeferrable && tree.kindOf(statement) === "expression_statement"
          ? { file: file.path, start: tree.end[statement] ?? 0, end: tree.end[statement] ?? 0 }
          : undefined,
    },
  ];
}

function isMade(tree: Tree, variable: GoVariable): boolean {
  const initial = variable.isReassigned() ? undefined : initializerOf(tree, variable.node);
  return initial !== undefined && tree.textOf(initial.value).startsWith("make(");
}

/** The channel of a `signal.Notify`. */
function isNotified(tree: Tree, mention: NodeId): boolean {
  const list = tree.parentOf(mention);
  const call = tree.kindOf(list) === "argument_list" ? tree.parentOf(list) : NONE;
  return call !== NONE && /\.Notify$/.test(tree.textOf(tree.childIn(call, "function")));
}

/** The select of which a mention is the channel of a receive. */
function selectAround(tree: Tree, mention: NodeId): NodeId {
  const receive = tree.parentOf(mention);
  if (tree.kindOf(receive) !== "unary_expression" || !tree.textOf(receive).startsWith("<-"))
    return NONE;
  let at = tree.parentOf(receive);
  while (/^(?:receive_statement|expression_list|communication_case)$/.test(tree.kindOf(at)))
    at = tree.parentOf(at);
  return tree.kindOf(at) === "select_statement" ? at : NONE;
}

/** A case of the select, not the signal's, after which the function is over. */
function otherWay(tree: Tree, select: NodeId, channel: string): NodeId {
  const loop = loopAround(tree, select);
  const others = tree.namedChildren(select).filter((clause) => {
    if (tree.kindOf(clause) !== "communication_case") return false;
    const communication = tree.textOf(tree.childIn(clause, "communication"));
    return !new RegExp(`<-\\s*${channel}\\b`).test(communication);
  });
  return others.find((clause) => loop === NONE || leaves(tree, clause)) ?? NONE;
}

/** Its last statement leaves the loop: `return`, `break loop`. */
function leaves(tree: Tree, clause: NodeId): boolean {
  const list = tree.childOfKind(clause, "statement_list");
  const last = list === NONE ? undefined : tree.namedChildren(list).at(-1);
  if (last === undefined) return false;
  return (
    tree.kindOf(last) === "return_statement" ||
    (tree.kindOf(last) === "break_statement" && tree.namedChildren(last).length > 0)
  );
}
