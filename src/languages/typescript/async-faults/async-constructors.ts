import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { memberName } from "../class-members.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { floatingPromises } from "../floating-promises.ts";
import { indexOf } from "../module-index.ts";
import { typescriptModules } from "../modules.ts";
import { unwrapped } from "../nodes.ts";
import { methodCall } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";

/** Promises that a constructor starts and drops: nobody who made the object can wait for it. */
export const asyncConstructors = defineAnalysis("async constructors", (use) => {
  const { module: moduleOf } = use(typescriptModules);
  const found: AsyncFault<"constructor">[] = [];
  for (const { at, name, excuse, of } of use(floatingPromises)) {
    if (excuse !== undefined || of === "array") continue;
    const tree = moduleOf(at.file)?.tree;
    const maker = tree === undefined ? NONE : constructorAround(tree, at.start);
    if (tree === undefined || maker === NONE) continue;
    const word = tree.childIn(maker, "name");
    if (!isStarted(tree, at.start)) continue;
    found.push(
      fault(at, "constructor", name, { related: [{ file: at.file, ...tree.spanOf(word) }] }),
    );
  }
  return found;
});

/** Not `closed.then(…)`: a chain on a promise that is there already starts nothing. */
function isStarted(tree: Tree, offset: number): boolean {
  const outermost = indexOf(tree).calls.find((call) => tree.start[call] === offset);
  if (outermost === undefined) return true;
  let base = outermost;
  for (let call = methodCall(tree, base); call; call = methodCall(tree, base)) {
    if (!/^(?:then|catch|finally)$/.test(call.method)) return true;
    base = unwrapped(tree, call.object);
  }
  return tree.kindOf(base) === "call_expression" || tree.kindOf(base) === "new_expression";
}

/** The constructor whose own statements an offset stands in. */
function constructorAround(tree: Tree, offset: number): NodeId {
  const around = indexOf(tree).functions.findLast(
    (node) => (tree.start[node] as number) <= offset && offset < (tree.end[node] as number),
  );
  if (around === undefined || tree.kindOf(around) !== "method_definition") return NONE;
  const isClass = enclosingFunction(tree, around) !== around;
  return isClass && memberName(tree, around) === "constructor" ? around : NONE;
}
