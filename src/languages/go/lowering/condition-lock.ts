import { type AccessPath, pathKey, type Step, stepText } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoFile } from "../go-file.ts";
import { expressionsIn, initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { pathOf } from "./paths.ts";
import type { Sibling } from "./sibling.ts";
import { SETS_CONDITION_LOCK } from "./unit-context.ts";

/**
 * The lock of a condition variable. Of a local: the argument of the `sync.NewCond` that it begins with. Of a field: the sibling
 * that every `x.cond = sync.NewCond(&x.mu)` and `x.cond.L = &x.mu` of the package names.
 */
export function conditionLock(
  lowering: Lowering,
  condition: NodeId,
  path: AccessPath,
): AccessPath | undefined {
  const name = lowering.bare(condition);
  return lowering.kind(name) === "identifier"
    ? lockOfLocal(lowering, name)
    : lockOfField(lowering, path);
}

function lockOfLocal(lowering: Lowering, name: NodeId): AccessPath | undefined {
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, name);
  if (symbol?.kind !== "variable" || lowering.unit.isReassigned(symbol.variable)) return undefined;
  if (symbol.variable.file !== lowering.file) return undefined;
  const initial = initializerOf(lowering.tree, symbol.variable.node);
  const lock = initial && !initial.isShared ? lockArgument(lowering, initial.value) : NONE;
  const value = lock === NONE ? undefined : lowering.peek(lock);
  return value?.kind === "path" ? value.path : undefined;
}

/** The argument of `sync.NewCond(…)`; NONE for other expressions. */
function lockArgument(lowering: Lowering, node: NodeId): NodeId {
  const call = lowering.bare(node);
  if (lowering.kind(call) !== "call_expression") return NONE;
  if (lowering.text(lowering.child(call, "function")) !== "sync.NewCond") return NONE;
  const lock = lowering.children(lowering.child(call, "arguments"))[0] ?? NONE;
  return lock === NONE ? NONE : behindReadLocker(lowering, lock);
}

/** `mu` of `mu.RLocker()`: what locks a part of a lock waits with that lock. */
function behindReadLocker(lowering: Lowering, lock: NodeId): NodeId {
  const called =
    lowering.kind(lock) === "call_expression" ? lowering.child(lock, "function") : NONE;
  const isReadLocker =
    called !== NONE &&
    lowering.kind(called) === "selector_expression" &&
    lowering.text(lowering.child(called, "field")) === "RLocker";
  return isReadLocker ? lowering.child(called, "operand") : lock;
}

function lockOfField(lowering: Lowering, path: AccessPath): AccessPath | undefined {
  const sibling =
    path.slot && lowering.unit.conditionLocks(() => readSiblings(lowering)).get(path.slot);
  if (!sibling || path.steps.length === 0) return undefined;
  const steps = [...path.steps.slice(0, -1), ...sibling.steps];
  const base = path.text.slice(0, path.text.length - stepText(path.steps.at(-1) as Step).length);
  const text = base + sibling.steps.map(stepText).join("");
  return { root: path.root, steps, text, slot: sibling.slot };
}

/** By slot of the condition field; fields whose assignments disagree are left out. */
function readSiblings(lowering: Lowering): Map<string, Sibling> {
  const found = new Map<string, Sibling | undefined>();
  for (const file of lowering.unit.pkg.files) {
    if (!SETS_CONDITION_LOCK.test(file.text)) continue;
    for (const { slot, sibling } of siblingsIn(lowering, file)) {
      const known = found.get(slot);
      const agrees = !found.has(slot) || (known && sibling && sameSteps(known, sibling));
      found.set(slot, agrees ? sibling : undefined);
    }
  }
  return new Map([...found].flatMap(([slot, sibling]) => (sibling ? [[slot, sibling]] : [])));
}

function sameSteps(left: Sibling, right: Sibling): boolean {
  return left.steps.map(stepText).join("") === right.steps.map(stepText).join("");
}

function* siblingsIn(
  lowering: Lowering,
  { path: file, tree }: GoFile,
): Generator<{ readonly slot: string; readonly sibling: Sibling | undefined }> {
  if (!tree) return;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kindOf(node) !== "assignment_statement") continue;
    const [left, ...others] = expressionsIn(tree, tree.childIn(node, "left"));
    const [right] = expressionsIn(tree, tree.childIn(node, "right"));
    if (left === undefined || right === undefined || others.length > 0) continue;
    if (tree.kindOf(left) !== "selector_expression") continue;
    const isLock = tree.textOf(left).endsWith(".L");
    const there = lowering.elsewhere(file, tree, node);
    const argument = isLock ? behindReadLocker(there, right) : lockArgument(there, right);
    if (argument === NONE) continue;
    const field = isLock ? tree.childIn(left, "operand") : left;
    const condition = pathOf(there.peek(field), "");
    if (condition.slot === undefined) continue;
    yield { slot: condition.slot, sibling: siblingOf(condition, pathOf(there.peek(argument), "")) };
  }
}

/** What leads from the struct that holds the condition to its lock; undefined where the lock is elsewhere. */
function siblingOf(condition: AccessPath, lock: AccessPath): Sibling | undefined {
  const depth = condition.steps.length - 1;
  const holder = pathKey({ ...condition, steps: condition.steps.slice(0, depth) });
  const same = pathKey({ ...lock, steps: lock.steps.slice(0, depth) });
  if (holder === undefined || holder !== same || lock.steps.length <= depth) return undefined;
  return { steps: lock.steps.slice(depth), slot: lock.slot };
}
