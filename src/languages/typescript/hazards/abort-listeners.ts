import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped } from "./order.ts";
import {
  ancestorOf,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  modulesOfInterest,
  placeOf,
  rootOf,
} from "./syntax.ts";

/** A listener for the abort of somebody else's signal that stays there when the work is done. */
export interface KeptAbortListener {
  readonly at: Place;
  /** `options.signal`. */
  readonly signal: string;
  /** Written in place, so that nobody could remove it. */
  readonly isInline: boolean;
}

const INTEREST = /\.addEventListener\s*\(\s*["']abort["']/;

/** `signal.addEventListener("abort", stop, { once: true })` in a promise or an async function, without a removal anywhere. */
export const keptAbortListeners = defineAnalysis("kept abort listeners", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => kept(module, call, resolver) ?? []),
  );
});

function kept(
  module: TypeScriptModule,
  { node, object, name, given: [event, listener, options] }: Call,
  resolver: TypeScriptResolver,
): KeptAbortListener | undefined {
  const { tree } = module;
  if (name !== "addEventListener" || object === NONE || listener === undefined) return undefined;
  if (event === undefined || !/^["']abort["']$/.test(tree.textOf(event))) return undefined;
  // Taken away together with others.
  if (options !== undefined && /\bsignal\b/.test(tree.textOf(options))) return undefined;
  if (isDamaged(tree, node) || !isWorkThatEnds(tree, node)) return undefined;
  if (!isGivenSignal(module, object, resolver)) return undefined;
  if (isOncePerSignal(tree, node, object)) return undefined;
  const isInline = isFunctionLiteral(tree, unwrapped(tree, listener));
  if (!isInline && isRemoved(tree, listener)) return undefined;
  return { at: placeOf(module, node), signal: expressionName(tree, object), isInline };
}

/** `waiters.set(signal, list)` beside it: the signal has one listener, however often work is done for it. */
function isOncePerSignal(tree: Tree, node: NodeId, signal: NodeId): boolean {
  const around = enclosingFunction(tree, node);
  const keeps = new RegExp(`\\.(?:set|add)\\(\\s*${escaped(tree.textOf(signal))}\\s*[,)]`);
  return keeps.test(tree.textOf(around));
}

/** In the executor of a promise, or in an async function: what was started has an end, and the signal may live on. */
function isWorkThatEnds(tree: Tree, node: NodeId): boolean {
  const around = enclosingFunction(tree, node);
  if (around === NONE) return false;
  if (hasToken(tree, around, "async")) return true;
  const made = ancestorOf(tree, around, NEW);
  return (
    made !== NONE &&
    tree.parentOf(tree.parentOf(around)) === made &&
    callAt(tree, made)?.name === "Promise"
  );
}

const NEW: ReadonlySet<string> = new Set(["new_expression"]);

/** What has one signal for itself, which ends with it. */
const ONE_EACH = /^(?:_?re?q(?:uest)?|ctx|context|c|event|e|evt|controller|ac|abort\w*)$/i;

/** A signal that the caller gave: a parameter, a member or a part of one. */
function isGivenSignal(
  module: TypeScriptModule,
  object: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const root = rootOf(tree, object);
  if (root === NONE || tree.kindOf(root) !== "identifier" || ONE_EACH.test(tree.textOf(root)))
    return false;
  const variable = resolver.variableAt({ module, node: root });
  if (!variable || variable.declaration.module !== module) return false;
  if (variable.kind === "parameter") return !variable.isReassigned();
  // `const { signal } = options`, `const signal = options.signal`.
  const { node } = variable.declaration;
  const pattern = tree.parentOf(node);
  const declarator = tree.kindOf(pattern) === "object_pattern" ? tree.parentOf(pattern) : NONE;
  const value =
    declarator !== NONE && tree.kindOf(declarator) === "variable_declarator"
      ? unwrapped(tree, tree.childIn(declarator, "value"))
      : (initializerOf(resolver, { module, node: root })?.node ?? NONE);
  if (value === NONE || variable.kind !== "const") return false;
  if (!/^(?:identifier|member_expression)$/.test(tree.kindOf(value))) return false;
  const from = rootOf(tree, value);
  if (from === NONE || tree.kindOf(from) !== "identifier" || ONE_EACH.test(tree.textOf(from)))
    return false;
  return resolver.variableAt({ module, node: from })?.kind === "parameter";
}

function isRemoved(tree: Tree, listener: NodeId): boolean {
  const name = escaped(tree.textOf(listener));
  return new RegExp(`removeEventListener\\s*\\??\\.?\\(\\s*["']abort["']\\s*,\\s*${name}`).test(
    tree.text,
  );
}
