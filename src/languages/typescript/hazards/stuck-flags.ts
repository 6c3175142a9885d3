import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { mayFail } from "../async-faults/may-reject.ts";
import { isCaught, ownNodes } from "../async-faults/own-nodes.ts";
import { isDamaged } from "../damage.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { modulesOfInterest, placeOf } from "./syntax.ts";

/**
 * A flag that keeps a second run of a function out, and stays set when the first one fails:
 *
 *     if (this.flushing) return;  this.flushing = true;  await this.store.flush();  this.flushing = false;
 *
 * Not modelled: flags that are set in one function and taken back in another.
 */
export interface StuckFlag {
  readonly name: string;
  /** `counter`: one that is compared, `if (this.active < this.limit)`, and counted up and down again. */
  readonly kind: "flag" | "counter";
  readonly setAt: Place;
  /** What may reject. */
  readonly lostAt: Place;
  /** Where it is taken back, which is not reached then. */
  readonly resetAt: Place;
}

const INTEREST =
  /=\s*true\b[\s\S]*\bawait\b[\s\S]*=\s*false\b|(?:\+\+|\+= 1)[\s\S]*\bawait\b[\s\S]*(?:--|-= 1)/;

export const stuckFlags = defineAnalysis("stuck flags", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    indexOf(module.tree).functions.flatMap((node) => inFunction({ module, node }, resolver)),
  );
});

interface Setting {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: StuckFlag["kind"];
  readonly isSet: boolean;
  readonly block: NodeId;
}

function inFunction(of: ModuleNode, resolver: TypeScriptResolver): StuckFlag[] {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE || !hasToken(tree, of.node, "async") || isDamaged(tree, of.node)) return [];
  const nodes = [...ownNodes(tree, body)];
  const settings = nodes.flatMap((node) => settingAt(tree, node) ?? []);
  return settings.flatMap((set): StuckFlag[] => {
    const isTested = set.kind === "flag" ? isTestedBefore : isCompared;
    if (!set.isSet || !isTested(of, nodes, set, resolver)) return [];
    const resets = settings.filter(
      ({ name, kind, isSet }) => !isSet && name === set.name && kind === set.kind,
    );
    const [reset] = resets;
    // Another one stands where errors go, or on a way of its own.
    if (!reset || resets.length > 1 || reset.block !== set.block || reset.node < set.node)
      return [];
    const lost = nodes.find(
      (node) =>
        node > set.node &&
        node < reset.node &&
        tree.kindOf(node) === "await_expression" &&
        !isCaught(tree, node, set.block) &&
        mayFail({ module: of.module, node: firstNamed(tree, node) }, resolver),
    );
    if (lost === undefined) return [];
    const place = (node: NodeId) => placeOf(of.module, node);
    const { name, kind } = set;
    return [
      { name, kind, setAt: place(set.node), lostAt: place(lost), resetAt: place(reset.node) },
    ];
  });
}

/** `name = true` and `name = false`, `name++` and `name -= 1`, as statements of their own. */
function settingAt(tree: Tree, node: NodeId): Setting | undefined {
  const statement = tree.parentOf(node);
  if (statement === NONE || tree.kindOf(statement) !== "expression_statement") return undefined;
  const block = tree.parentOf(statement);
  switch (tree.kindOf(node)) {
    case "assignment_expression": {
      const value = tree.kindOf(tree.childIn(node, "right"));
      if (value !== "true" && value !== "false") return undefined;
      const name = tree.textOf(tree.childIn(node, "left"));
      return { node, name, kind: "flag", isSet: value === "true", block };
    }
    case "update_expression": {
      const name = tree.textOf(tree.childIn(node, "argument"));
      return { node, name, kind: "counter", isSet: hasToken(tree, node, "++"), block };
    }
    case "augmented_assignment_expression": {
      const [operator, value] = ["operator", "right"].map((field) =>
        tree.textOf(tree.childIn(node, field)),
      );
      if (value !== "1" || (operator !== "+=" && operator !== "-=")) return undefined;
      const name = tree.textOf(tree.childIn(node, "left"));
      return { node, name, kind: "counter", isSet: operator === "+=", block };
    }
    default:
      return undefined;
  }
}

/** A counter that other runs see, and that the module compares with something: what it counts is limited, or waited for. */
function isCompared(
  { module, node: of }: ModuleNode,
  _nodes: readonly NodeId[],
  { node, name }: Setting,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const field = tree.kindOf(node) === "update_expression" ? "argument" : "left";
  if (!isShared(module, tree.childIn(node, field), of, resolver)) return false;
  const word = name.replace(/[.*+?^${}()|[\]\\#]/g, "\\$&");
  return new RegExp(`${word}\\s*(?:[<>]|===? )|(?:[<>]=?|===?)\\s*${word}(?![\\w$])`).test(
    tree.text,
  );
}

/** `if (name) return`, of a flag that other runs of the function see. */
function isTestedBefore(
  { module, node: of }: ModuleNode,
  nodes: readonly NodeId[],
  { node: set, name }: Setting,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  return nodes.some((node) => {
    if (node > set || tree.kindOf(node) !== "if_statement") return false;
    const condition = unwrapped(tree, tree.childIn(node, "condition"));
    if (condition === NONE || tree.textOf(condition) !== name) return false;
    return leaves(tree, node) && isShared(module, condition, of, resolver);
  });
}

function leaves(tree: Tree, test: NodeId): boolean {
  const taken = tree.childIn(test, "consequence");
  const last = tree.kindOf(taken) === "statement_block" ? namedNodes(tree, taken).at(-1) : taken;
  return last !== undefined && /^(?:return|throw)_statement$/.test(tree.kindOf(last));
}

function isShared(
  module: TypeScriptModule,
  flag: NodeId,
  of: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  if (tree.kindOf(flag) === "member_expression")
    return tree.kindOf(tree.childIn(flag, "object")) === "this";
  const variable = resolver.variableAt({ module, node: flag });
  return variable !== undefined && variable.function !== of;
}
