import { NONE } from "../../syntax/tree.ts";
import type { ModuleNode } from "./resolver.ts";
import { declaredType, type TsType } from "./ts-type.ts";

/**
 * Functions of libraries whose promises nobody needs to look at: the library handles what goes wrong, or is told of it in another way.
 * By package and the last name: runners of tests await their own, TanStack Query keeps errors in its cache, Next and TanStack Router show their error pages.
 */
const HANDLED: ReadonlySet<string> = new Set(
  [
    ["node:test", "default test it describe suite skip only todo"],
    ...["query-core", "react-query", "vue-query", "solid-query", "svelte-query"].map((name) => [
      `@tanstack/${name}`,
      "invalidateQueries refetchQueries resetQueries cancelQueries prefetchQuery prefetchInfiniteQuery " +
        "resumePausedMutations refetch fetchNextPage fetchPreviousPage",
    ]),
    ["@trpc/react-query", "invalidate refetch reset cancel prefetch prefetchInfinite"],
    ["next", "push replace back prefetch"],
    ["@tanstack/router-core", "navigate invalidate"],
  ].flatMap(([module = "", names = ""]) => names.split(" ").map((name) => `${module}:${name}`)),
);

/** Whether a value is a function whose promises its library handles. */
export function isHandledByLibrary(callee: TsType): boolean {
  return HANDLED.has(nameOf(callee) ?? "") || HANDLED.has(nameOf(declaredType(callee)) ?? "");
}

function nameOf(callee: TsType): string | undefined {
  if (callee.kind === "external") return `${packageOf(callee.module)}:${callee.path.at(-1)}`;
  const [signature] = callee.kind === "function" ? callee.signatures : [];
  if (!signature) return undefined;
  const { path } = signature.at.module;
  const inside = path.slice(path.lastIndexOf(MODULES) + MODULES.length);
  return path.includes(MODULES) ? `${packageOf(inside)}:${declaredName(signature.at)}` : undefined;
}

const MODULES = "node_modules/";

/** `@scope/name` or `name`, of a path or specifier inside of it. */
export function packageOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Nodes from a function type to what has it. */
const OUTERMOST = 3;

/** Of a method itself, of a function type the property or variable that has it. */
function declaredName({ module: { tree }, node }: ModuleNode): string {
  let at = node;
  for (let left = OUTERMOST; left > 0 && at !== NONE; left--) {
    const name = tree.childIn(at, "name");
    if (name !== NONE) return tree.textOf(name);
    at = tree.parentOf(at);
  }
  return "";
}
