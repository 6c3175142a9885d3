import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { argumentsOf, namedNodes, unwrapped } from "../nodes.ts";
import { modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

/** Microtasks without an end: nothing else ever runs, neither timers nor what comes in. */
export interface StarvingMicrotask {
  readonly at: Place;
  /** `loop`: waits for nothing until something changes. `call`: a function that puts itself back. */
  readonly kind: "loop" | "call";
  readonly name: string;
}

/** `while (!this.ready) await Promise.resolve();`, and `function poll() { …; queueMicrotask(poll); }`. */
export const starvingMicrotasks = defineAnalysis("starving microtasks", (use) =>
  modulesOfInterest(
    use,
    /\bawait\s+(?:null|undefined|Promise\.resolve\(\))|\bnextTick\(|\bqueueMicrotask\(|Promise\.resolve\(\)\s*\.then\(/,
  ).flatMap((module) => {
    const { tree } = module;
    const found: StarvingMicrotask[] = [];
    for (const kind of ["while_statement", "do_statement"])
      for (const loop of nodesOfKind(tree, kind))
        if (waitsForNothing(tree, loop) && !isDamaged(tree, loop))
          found.push({
            at: placeOf(module, tree.childIn(loop, "condition")),
            kind: "loop",
            name: "",
          });
    for (const call of indexOf(tree).calls) {
      const name = putsBack(tree, call);
      if (name !== undefined && !isDamaged(tree, call))
        found.push({ at: placeOf(module, call), kind: "call", name });
    }
    return found;
  }),
);

/** A loop whose only statement is `await null;`, or of a promise that is settled. Who counts the passes waits for a few. */
function waitsForNothing(tree: Tree, loop: NodeId): boolean {
  const body = tree.childIn(loop, "body");
  const statements = tree.kindOf(body) === "statement_block" ? namedNodes(tree, body) : [body];
  const [only, ...others] = statements;
  if (only === undefined || others.length > 0) return false;
  if (/\+\+|--|[<>]/.test(tree.textOf(tree.childIn(loop, "condition")))) return false;
  const text = tree.textOf(only).replace(/;\s*$/, "");
  return /^await\s+(?:null|undefined|Promise\.resolve\(\))$/.test(text);
}

const PUTTING = /^(?:process\.nextTick|queueMicrotask|Promise\.resolve\(\)\.then)$/;

/** The name of the function that puts itself back whatever happens, by a statement of its own body. */
function putsBack(tree: Tree, call: NodeId): string | undefined {
  const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
  if (callee === NONE || !PUTTING.test(tree.textOf(callee).replace(/\s/g, ""))) return undefined;
  const around = enclosingFunction(tree, call);
  const [given] = argumentsOf(tree, call);
  if (around === NONE || given === undefined) return undefined;
  const name = tree.textOf(unwrapped(tree, given));
  if (name !== nameOf(tree, around) || tree.kindOf(given) !== "identifier") return undefined;
  const body = tree.childIn(around, "body");
  const statement = tree.parentOf(call);
  if (tree.kindOf(statement) !== "expression_statement" || tree.parentOf(statement) !== body)
    return undefined;
  // What leaves before it, or waits for something, ends or breathes.
  const before = tree.text.slice(tree.start[body], tree.start[statement]);
  return /\b(?:return|throw|await)\b/.test(before) ? undefined : name;
}

function nameOf(tree: Tree, of: NodeId): string {
  const place = tree.parentOf(of);
  const holder = tree.kindOf(place) === "variable_declarator" ? place : of;
  if (tree.kindOf(holder) === "arrow_function") return "";
  const name = tree.childIn(holder, "name");
  return name === NONE ? "" : tree.textOf(name);
}
