import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { typescriptModules } from "../modules.ts";
import { modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

const PROGRAM =
  /(?:^|\/)(?:bin|cli|scripts?|tools?|build|config|docs?|dev)\/|(?:^|[./])(?:cli|main|bin|run|config|setup)\.[mc]?[jt]sx?$/;

/** The first `await` of a module that others install, outside of all functions. */
export const libraryAwaits = defineAnalysis("library awaits", (use): Place[] => {
  const modules = use(typescriptModules);
  return modulesOfInterest(use, /\bawait\b/).flatMap((module) => {
    const { path, tree } = module;
    if (PROGRAM.test(path) || tree.text.startsWith("#!") || !modules.isLibrary(path)) return [];
    if (!/^\s*export\b/m.test(tree.text)) return [];
    const first = nodesOfKind(tree, "await_expression").find(
      (node) => enclosingFunction(tree, node) === NONE,
    );
    return first === undefined ? [] : [placeOf(module, first)];
  });
});
