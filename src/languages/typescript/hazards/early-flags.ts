import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, isSharedPlace, leaves } from "./order.ts";
import { awaitsIn, keyText, modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

/** A flag that says that something is ready while it is still awaited: a second caller goes on too early. */
export interface EarlyFlag {
  readonly flag: string;
  readonly setAt: Place;
  readonly testedAt: Place;
  readonly awaitedAt: Place;
  /** The function that tests it. */
  readonly around: string;
}

const INTEREST = /=\s*true\b[\s\S]*\bawait\b|\bawait\s+[\w.#]+\s*;/;
/** Flags by the name of what is ready. `running`, `loading` and their like keep others out on purpose. */
const READY =
  /init|ready|loaded|set_?up|connected|prepared|boot|started|opened|migrat|seeded|hydrated|installed|configured|authenticated|warm(?:ed)?|populated|mounted/i;

/**
 * `if (!this.initialized) { this.initialized = true; await this.load(); } use(this.plugins)`, and the form that returns early, where the file
 * awaits the function as a step before others. Silent where the rest waits for a stored promise.
 */
export const earlyFlags = defineAnalysis("early flags", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    nodesOfKind(module.tree, "if_statement").flatMap((test) => early(module, test, resolver) ?? []),
  );
});

function early(
  module: TypeScriptModule,
  test: NodeId,
  resolver: TypeScriptResolver,
): EarlyFlag | undefined {
  const { tree } = module;
  const around = enclosingFunction(tree, test);
  const block = tree.parentOf(test);
  if (around === NONE || !hasToken(tree, around, "async") || isDamaged(tree, test))
    return undefined;
  // Whoever iterates waits for each step.
  if (nameOf(tree, around) === "next") return undefined;
  if (tree.kindOf(block) !== "statement_block" || tree.parentOf(block) !== around) return undefined;
  if (tree.childIn(test, "alternative") !== NONE) return undefined;
  const condition = unwrapped(tree, tree.childIn(test, "condition"));
  const isNegated = tree.kindOf(condition) === "unary_expression" && hasToken(tree, condition, "!");
  const flag = unwrapped(tree, isNegated ? tree.childIn(condition, "argument") : condition);
  if (flag === NONE || !isSharedPlace(module, flag, resolver)) return undefined;
  const statements = namedNodes(tree, block);
  const rest = statements.filter((statement) => statement > test);
  const found = isNegated
    ? setInside(tree, test, flag, rest)
    : setBehind(tree, test, flag, rest, around);
  if (!found) return undefined;
  return {
    flag: tree.textOf(flag),
    testedAt: placeOf(module, condition),
    setAt: placeOf(module, found.set),
    awaitedAt: placeOf(module, found.awaited),
    around: nameOf(tree, around),
  };
}

interface Found {
  readonly set: NodeId;
  readonly awaited: NodeId;
}

/** `if (!flag) { flag = true; await load(); } rest` */
function setInside(
  tree: Tree,
  test: NodeId,
  flag: NodeId,
  rest: readonly NodeId[],
): Found | undefined {
  const taken = tree.childIn(test, "consequence");
  if (tree.kindOf(taken) !== "statement_block" || leaves(tree, taken)) return undefined;
  const name = keyText(tree, flag);
  const statements = namedNodes(tree, taken);
  const set = statements.find((statement) => assigned(tree, statement, name) !== NONE);
  const awaited = awaitsIn(tree, taken)[0];
  if (set === undefined || awaited === undefined || awaited < set || rest.length === 0)
    return undefined;
  const value = assigned(tree, set, name);
  const waitsForName = /^(?:identifier|member_expression)$/.test(
    tree.kindOf(firstNamed(tree, awaited)),
  );
  const isReadyFlag = tree.kindOf(value) === "true" && READY.test(name);
  // `origin = …; await initialized;`: whoever finds the first set does not wait for the second.
  const isOther =
    waitsForName && /^(?:member_expression|new_expression|string|true)$/.test(tree.kindOf(value));
  if (!isReadyFlag && !isOther) return undefined;
  if (rest.some((statement) => waitsForStored(tree, statement))) return undefined;
  return { set: unwrapped(tree, firstNamed(tree, set)), awaited };
}

/** `if (flag) return; flag = true; await load();`, of a function that others await before they go on. */
function setBehind(
  tree: Tree,
  test: NodeId,
  flag: NodeId,
  rest: readonly NodeId[],
  around: NodeId,
): Found | undefined {
  const name = keyText(tree, flag);
  if (!READY.test(name) || /ing$/i.test(name)) return undefined;
  const taken = tree.childIn(test, "consequence");
  const left = tree.kindOf(taken) === "statement_block" ? firstNamed(tree, taken) : taken;
  if (left === NONE || tree.kindOf(left) !== "return_statement") return undefined;
  if (firstNamed(tree, left) !== NONE) return undefined;
  const set = rest.find((statement) => {
    const value = assigned(tree, statement, name);
    return value !== NONE && tree.kindOf(value) === "true";
  });
  if (set === undefined) return undefined;
  const waits = rest.flatMap((statement) => awaitsIn(tree, statement));
  const [awaited] = waits;
  if (awaited === undefined || awaited < set) return undefined;
  const called = nameOf(tree, around);
  const isStep = new RegExp(`await\\s+(?:this\\.)?${escaped(called)}\\(`).test(
    tree.text.slice(0, tree.start[around]) + tree.text.slice(tree.end[around]),
  );
  return called !== "" && isStep
    ? { set: unwrapped(tree, firstNamed(tree, set)), awaited }
    : undefined;
}

const LISTENS = /\.(?:on|once|addListener|addEventListener)\(/;

/** What a statement assigns to a name; NONE where it is another statement. */
function assigned(tree: Tree, statement: NodeId, name: string): NodeId {
  if (tree.kindOf(statement) !== "expression_statement") return NONE;
  const node = unwrapped(tree, firstNamed(tree, statement));
  if (node === NONE || tree.kindOf(node) !== "assignment_expression") return NONE;
  if (keyText(tree, tree.childIn(node, "left")) !== name) return NONE;
  return unwrapped(tree, tree.childIn(node, "right"));
}

/** `await this.loading`: a stored promise; or a new one that an event settles. */
function waitsForStored(tree: Tree, statement: NodeId): boolean {
  const waits =
    tree.kindOf(statement) === "await_expression" ? [statement] : awaitsIn(tree, statement);
  return waits.some((wait) => {
    const awaited = firstNamed(tree, wait);
    const kind = tree.kindOf(awaited);
    if (kind === "new_expression") return LISTENS.test(tree.textOf(awaited));
    return /^(?:identifier|member_expression)$/.test(kind);
  });
}

function nameOf(tree: Tree, around: NodeId): string {
  const name = tree.kindOf(around) === "arrow_function" ? NONE : tree.childIn(around, "name");
  return name === NONE ? "" : tree.textOf(name);
}
