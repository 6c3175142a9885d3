import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import { initializerOf } from "./lowering/initializer.ts";
import type { GoResolver } from "./type.ts";

/** A call of `signal.Notify` and its like that cannot do what it says. */
export interface SignalCalls {
  /** SIGKILL and SIGSTOP, which no process gets to see. */
  readonly untrappable: readonly { readonly at: Place; readonly signal: string }[];
  /** A channel without a buffer, on which a signal is lost that comes while nobody receives. */
  readonly unbuffered: readonly {
    readonly at: Place;
    readonly channel: string;
    /** Where the size goes into its `make`. */
    readonly makeEnd: Place;
  }[];
}

const INTEREST = /\bsignal\.(Notify|Ignore|Reset)/;
const UNTRAPPABLE = /^(os\.Kill|(syscall|unix)\.SIG(KILL|STOP))$/;

export const signalCalls = defineAnalysis("signal calls", (use): SignalCalls => {
  const untrappable: { at: Place; signal: string }[] = [];
  const unbuffered: { at: Place; channel: string; makeEnd: Place }[] = [];
  for (const file of use(goPackage).files) {
    const { tree, path } = file;
    if (!file.isJudged || !INTEREST.test(file.text) || !tree) continue;
    for (let node = 0; node < tree.size; node++) {
      if (tree.kindOf(node) !== "call_expression") continue;
      const name = tree.textOf(tree.childIn(node, "function"));
      if (!/^signal\.(Notify|NotifyContext|Ignore|Reset)$/.test(name)) continue;
      const values = tree.namedChildren(tree.childIn(node, "arguments"));
      for (const value of values) {
        if (!UNTRAPPABLE.test(tree.textOf(value))) continue;
        untrappable.push({ at: { file: path, ...tree.spanOf(value) }, signal: tree.textOf(value) });
      }
      const [channel] = name === "signal.Notify" ? values : [];
      const made =
        channel === undefined ? NONE : unbufferedMake(use(goResolver), file, tree, channel);
      if (channel === undefined || made === NONE) continue;
      const end = (tree.end[made] as number) - 1;
      unbuffered.push({
        at: { file: path, ...tree.spanOf(channel) },
        channel: tree.textOf(channel),
        makeEnd: { file: path, start: end, end },
      });
    }
  }
  return { untrappable, unbuffered };
});

/** The `make(chan T)` that a variable begins with and keeps. */
function unbufferedMake(resolver: GoResolver, file: GoFile, tree: Tree, channel: NodeId): NodeId {
  if (tree.kindOf(channel) === "call_expression")
    return isUnbuffered(tree, channel) ? channel : NONE;
  if (tree.kindOf(channel) !== "identifier") return NONE;
  const symbol = resolver.symbolAt(file.path, channel);
  if (symbol?.kind !== "variable" || symbol.variable.file !== file.path) return NONE;
  const { variable } = symbol;
  const initial = variable.isReassigned() ? undefined : initializerOf(tree, variable.node);
  return initial && !initial.isShared && isUnbuffered(tree, initial.value) ? initial.value : NONE;
}

function isUnbuffered(tree: Tree, call: NodeId): boolean {
  if (tree.kindOf(call) !== "call_expression") return false;
  if (tree.textOf(tree.childIn(call, "function")) !== "make") return false;
  const [type, size] = tree.namedChildren(tree.childIn(call, "arguments"));
  if (type === undefined || tree.kindOf(type) !== "channel_type") return false;
  return size === undefined || tree.textOf(size) === "0";
}
