import type { Span } from "../../core/position.ts";
import type { BlockId, Condition, FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";

/** A test of shared state, and where it leads. */
export interface SharedTest {
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
  const copies = copiesOf(model, isShared);
  return model.blocks.flatMap(({ end }): SharedTest[] => {
    if (end.kind !== "branch" || !end.condition) return [];
    const { condition } = end;
    const { isNil } = condition;
    const then = condition.negated && isNil ? end.otherwise : end.then;
    const otherwise = condition.negated && isNil ? end.then : end.otherwise;
    const subjects = isNil ? [isNil] : (condition.subjects ?? []);
    return subjects.flatMap((path): SharedTest[] => {
      const copy = isShared(path) ? undefined : copyBefore(copies, path, condition.at);
      const target = copy?.source ?? path;
      const key = pathKey(target);
      if (key === undefined || !(copy || isShared(path))) return [];
      const at = copy?.at ?? condition.at;
      const isNilTest = isNil !== undefined;
      return [{ target, key, at, condition, then, otherwise, isNilTest }];
    });
  });
}

/** A local that was given what shared state held at that moment. */
interface Copy {
  readonly source: AccessPath;
  readonly at: Span;
}

type Copies = ReadonlyMap<
  string,
  readonly (Copy | { readonly at: Span; readonly source?: undefined })[]
>;

/** What locals were given, in the order of the text; an entry without a source is some other value. */
function copiesOf({ blocks }: FunctionModel, isShared: (path: AccessPath) => boolean): Copies {
  const copies = new Map<string, (Copy | { readonly at: Span })[]>();
  for (const { operations } of blocks) {
    for (const operation of operations) {
      if (operation.kind !== "assign" && operation.kind !== "write") continue;
      const target = operation.kind === "assign" ? operation.target : operation.path;
      const key = pathKey(target);
      if (key === undefined || isShared(target)) continue;
      const { value, at } = operation;
      const source = value.kind === "path" && isShared(value.path) ? value.path : undefined;
      const list = copies.get(key) ?? [];
      copies.set(key, list);
      list.push(source ? { source, at } : { at });
    }
  }
  return copies;
}

function copyBefore(copies: Copies, path: AccessPath, before: Span): Copy | undefined {
  const key = pathKey(path);
  const given = key === undefined ? undefined : copies.get(key);
  const last = given?.filter(({ at }) => at.start < before.start).at(-1);
  return last?.source ? last : undefined;
}
