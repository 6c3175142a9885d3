import type { Span } from "../../core/position.ts";
import type { BlockId, Condition, FunctionModel } from "../../model/function.ts";
import type { Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";

/** A test of shared state, and where it leads. */
export interface SharedTest {
  /** The block that ends with it. */
  readonly block: BlockId;
  readonly target: AccessPath;
  readonly key: string;
  /** Where the state is looked at: the condition, or the read that the condition is about. */
  readonly at: Span;
  readonly condition: Condition;
  /** The ways on; for a test of being unset, `then` is the one on which it was. */
  readonly then: BlockId;
  readonly otherwise: BlockId;
  readonly isNilTest: boolean;
}

/**
 * The tests of a function that are about shared state, directly or through a local that was read from it just before:
 *
 *     if (!this.client) …          const hit = cache.get(key); if (hit) return hit; …
 */
export function sharedTests(
  model: FunctionModel,
  isShared: (path: AccessPath) => boolean,
): SharedTest[] {
  const given = givenIn(model, isShared);
  return model.blocks.flatMap(({ end }, block): SharedTest[] => {
    if (end.kind !== "branch" || !end.condition) return [];
    const { condition } = end;
    const { isNil } = condition;
    const then = condition.negated && isNil ? end.otherwise : end.then;
    const otherwise = condition.negated && isNil ? end.then : end.otherwise;
    const subjects = isNil ? [isNil] : (condition.subjects ?? []);
    return subjects.flatMap((path): SharedTest[] => {
      const copy = isShared(path) ? undefined : copyOf(given, path, isShared, condition.at);
      const target = copy?.source ?? path;
      const key = pathKey(target);
      if (key === undefined || !(copy || isShared(path))) return [];
      const at = copy?.at ?? condition.at;
      const isNilTest = isNil !== undefined;
      return [{ block, target, key, at, condition, then, otherwise, isNilTest }];
    });
  });
}

/** A local that was given what shared state held at that moment. */
interface Copy {
  readonly source: AccessPath;
  readonly at: Span;
}

/** What locals and values without a name were given, in the order of the text. */
type Given = ReadonlyMap<string, readonly { readonly value: Value; readonly at: Span }[]>;

function givenIn({ blocks }: FunctionModel, isShared: (path: AccessPath) => boolean): Given {
  const given = new Map<string, { readonly value: Value; readonly at: Span }[]>();
  for (const { operations } of blocks) {
    for (const operation of operations) {
      if (operation.kind !== "assign" && operation.kind !== "write") continue;
      const target = operation.kind === "assign" ? operation.target : operation.path;
      const key = pathKey(target);
      if (key === undefined || isShared(target)) continue;
      const list = given.get(key) ?? [];
      given.set(key, list);
      list.push(operation);
    }
  }
  return given;
}

/** Names of names that are followed. */
const DEEPEST = 4;

/** The one place of shared state that a local is a copy of; it may be unset for other reasons too, but no other value. */
function copyOf(
  given: Given,
  path: AccessPath,
  isShared: (path: AccessPath) => boolean,
  before?: Span,
  depth = DEEPEST,
): Copy | undefined {
  const key = depth === 0 ? undefined : pathKey(path);
  const all = key === undefined ? undefined : given.get(key);
  const last = all?.filter(({ at }) => !before || at.start < before.start).at(-1);
  // A helper that returns in several places gives one of several values.
  const values = all?.filter(({ at }) => at.start === last?.at.start) ?? [];
  let found: Copy | undefined;
  for (const { value, at } of values) {
    if (value.kind === "nil") continue;
    if (value.kind !== "path") return undefined;
    const copy = isShared(value.path)
      ? { source: value.path, at }
      : copyOf(given, value.path, isShared, undefined, depth - 1);
    if (!copy || (found && pathKey(found.source) !== pathKey(copy.source))) return undefined;
    found ??= copy;
  }
  return found;
}
