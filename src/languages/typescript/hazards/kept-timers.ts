import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { argumentsOf, hasToken } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

/** A timer whose handle is kept for nothing: it is tested and written again, but nobody ever clears it. */
export interface KeptTimer {
  readonly at: Place;
  readonly name: string;
  readonly kind: "timeout" | "interval";
}

const STARTS = /^(?:global|node:timers):set(Timeout|Interval)$/;

/**
 * `this.#timer = setInterval(flush, 1_000)`, where no other use of `#timer` is more than a test. Who keeps a handle means to clear the
 * timer. Handles that are given to anybody, or are seen by other modules, are left alone.
 */
export const keptTimers = defineAnalysis("kept timers", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, /\bset(?:Timeout|Interval)/).flatMap((module) =>
    indexOf(module.tree).calls.flatMap((call) => keptAt(module, call, resolver) ?? []),
  );
});

function keptAt(
  module: TypeScriptModule,
  call: NodeId,
  resolver: TypeScriptResolver,
): KeptTimer | undefined {
  const { tree } = module;
  const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
  if (callee === NONE || !/setTimeout|setInterval/.test(tree.textOf(callee))) return undefined;
  const holder = holderOf(tree, call);
  if (holder === NONE || enclosingFunction(tree, call) === NONE) return undefined;
  const called = resolver.calleeOf({ module, node: call });
  const kind = called.kind === "external" ? STARTS.exec(called.name)?.[1] : undefined;
  if (kind === undefined || isDamaged(tree, call)) return undefined;
  const uses = usesOf(module, holder, resolver);
  if (!uses?.every((use) => isIdle(tree, use))) return undefined;
  if (kind === "Timeout" && isMark(tree, call, holder, uses)) return undefined;
  return {
    at: placeOf(module, call),
    name: tree.textOf(holder),
    kind: kind === "Interval" ? "interval" : "timeout",
  };
}

/** `due ??= setTimeout(() => { due = undefined; … })`: the handle says that one is due, and the timeout takes it away when it runs. */
function isMark(tree: Tree, call: NodeId, holder: NodeId, uses: readonly NodeId[]): boolean {
  const [callback] = argumentsOf(tree, call);
  if (callback === undefined) return false;
  const isTakenAway = uses.some((use) => {
    const write = tree.parentOf(use);
    if (use < callback || use >= tree.afterSubtree(callback)) return false;
    if (tree.kindOf(write) !== "assignment_expression") return false;
    return /^(?:undefined|null|0|false)$/.test(tree.textOf(tree.childIn(write, "right")));
  });
  const isTested =
    tree.kindOf(tree.parentOf(holder)) === "augmented_assignment_expression" ||
    uses.some((use) => !WRITES.test(tree.kindOf(tree.parentOf(use))));
  return isTakenAway && isTested;
}

const WRITES = /^(?:variable_declarator|(?:augmented_)?assignment_expression)$/;

/** The name or member that a call's value is put into, casts looked through; NONE for any other place. */
function holderOf(tree: Tree, call: NodeId): NodeId {
  let node = call;
  let parent = tree.parentOf(node);
  while (/^(?:as|parenthesized|non_null)_expression$/.test(tree.kindOf(parent))) {
    node = parent;
    parent = tree.parentOf(node);
  }
  switch (tree.kindOf(parent)) {
    case "variable_declarator": {
      const name = tree.childIn(parent, "name");
      return tree.kindOf(name) === "identifier" ? name : NONE;
    }
    case "assignment_expression":
    case "augmented_assignment_expression":
      return tree.childIn(parent, "right") === node ? tree.childIn(parent, "left") : NONE;
    default:
      return NONE;
  }
}

/** All uses of what holds a handle; undefined where others may see it. */
function usesOf(
  module: TypeScriptModule,
  holder: NodeId,
  resolver: TypeScriptResolver,
): readonly NodeId[] | undefined {
  const { tree } = module;
  if (tree.kindOf(holder) === "identifier") {
    const variable = resolver.variableAt({ module, node: holder });
    // What the module itself declares may run as long as the process does, and other modules may see it.
    return variable && variable.function !== NONE ? variable.references() : undefined;
  }
  if (tree.kindOf(holder) !== "member_expression") return undefined;
  const property = tree.childIn(holder, "property");
  const name = tree.textOf(property);
  if (tree.kindOf(tree.childIn(holder, "object")) !== "this" || !isPrivate(tree, name))
    return undefined;
  if (
    nodesOfKind(tree, "shorthand_property_identifier_pattern").some(
      (node) => tree.textOf(node) === name,
    )
  )
    return undefined;
  return nodesOfKind(tree, "member_expression").filter(
    (member) => tree.textOf(tree.childIn(member, "property")) === name,
  );
}

/** `#timer`, `private timer`, and `_timer`, which nobody else touches. */
function isPrivate(tree: Tree, name: string): boolean {
  if (/^[#_]/.test(name)) return true;
  return nodesOfKind(tree, "public_field_definition").some((field) => {
    const modifier = tree.childOfKind(field, "accessibility_modifier");
    const isIt = tree.textOf(tree.childIn(field, "name")) === name;
    return isIt && modifier !== NONE && tree.textOf(modifier) === "private";
  });
}

/** Written, or only tested: `if (timer)`, `timer !== undefined`, `timer ??= …`. */
function isIdle(tree: Tree, use: NodeId): boolean {
  const parent = tree.parentOf(use);
  switch (tree.kindOf(parent)) {
    case "variable_declarator":
      return tree.childIn(parent, "name") === use;
    case "assignment_expression":
    case "augmented_assignment_expression":
      return tree.childIn(parent, "left") === use && isStatement(tree, parent);
    case "parenthesized_expression":
      return /^(?:if|while)_statement$/.test(tree.kindOf(tree.parentOf(parent)));
    case "ternary_expression":
      return tree.childIn(parent, "condition") === use;
    case "unary_expression":
      return hasToken(tree, parent, "!") || hasToken(tree, parent, "typeof");
    case "binary_expression": {
      const word = tree.kindOf(tree.childIn(parent, "operator"));
      return /^[!=]==?$/.test(word) || (word === "&&" && tree.childIn(parent, "left") === use);
    }
    default:
      return false;
  }
}

function isStatement(tree: Tree, assignment: NodeId): boolean {
  const kind = tree.kindOf(tree.parentOf(assignment));
  return kind === "expression_statement" || kind === "arrow_function";
}
