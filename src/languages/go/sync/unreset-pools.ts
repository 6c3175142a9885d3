import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

/** A buffer that comes out of its pool with what somebody else wrote. */
export interface UnresetPool {
  readonly at: Place;
  readonly pool: string;
  readonly type: string;
  readonly putAt: Place;
}

const TYPES = /^\*(?:bytes\.Buffer|strings\.Builder)$/;
const RESETTING = /reset|truncate|\[:0\]|clear|empty|drain/i;

/** Gets of `*bytes.Buffer` and `*strings.Builder`, where no function that gets from or puts into the pool empties anything. */
export const unresetPools = defineAnalysis("unreset pools", (use): UnresetPool[] => {
  const calls = callsOf(use(goPackage).files, use(goResolver), new Set(["Get", "Put"])).filter(
    ({ name }) => name === "sync.Pool.Get" || name === "sync.Pool.Put",
  );
  return calls.flatMap((get) => {
    const type = get.name === "sync.Pool.Get" ? assertedType(get.tree, get.node) : undefined;
    if (type === undefined) return [];
    const pool = poolOf(get);
    const ofPool = calls.filter((one) => lastOf(poolOf(one)) === lastOf(pool));
    const put = ofPool.find(({ name }) => name === "sync.Pool.Put");
    if (!put || ofPool.some(mayReset)) return [];
    return [
      {
        at: placeOf(get.file, get.tree, get.node),
        pool,
        type,
        putAt: placeOf(put.file, put.tree, put.node),
      },
    ];
  });
});

/** `*bytes.Buffer` of `pool.Get().(*bytes.Buffer)`. */
function assertedType(tree: Tree, node: NodeId): string | undefined {
  const assertion = tree.parentOf(node);
  if (tree.kindOf(assertion) !== "type_assertion_expression") return undefined;
  const type = tree.childIn(assertion, "type");
  const text = type === NONE ? "" : tree.textOf(type);
  return TYPES.test(text) ? text : undefined;
}

/** The function resets the buffer, or hands it to somebody who may: it is returned, or given to a call that is no Put. */
function mayReset({ tree, node }: GoCall): boolean {
  const around = functionAround(tree, node);
  if (around === NONE) return true;
  const text = tree.textOf(around);
  return RESETTING.test(text) || /\breturn\s+[\w.]+\.Get\(\)/.test(text);
}

function poolOf({ tree, callee }: GoCall): string {
  return tree.textOf(tree.childIn(callee, "operand"));
}

function lastOf(pool: string): string {
  return pool.slice(pool.lastIndexOf(".") + 1);
}
