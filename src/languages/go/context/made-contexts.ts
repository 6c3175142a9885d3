import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import {
  callsOf,
  functionAround,
  isPartOfTest,
  parametersOf,
  placeOf,
  typeName,
} from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { goMinorOf } from "../go-version.ts";

/** Contexts that a test makes although `t.Context` would end with it; all of one function together. */
export interface TestContexts {
  readonly at: readonly [Place, ...Place[]];
  readonly made: string;
  /** `t`. */
  readonly test: string;
}

/** From Go 1.24 on, where go.mod says so. Silent where the function has something to clean up, since t.Context is cancelled before that. */
export const testContexts = defineAnalysis("test contexts", (use): TestContexts[] => {
  const resolver = use(goResolver);
  const { files, module } = use(goPackage);
  const tests = files.filter((file) => file.isTest && (goMinorOf(file, module) ?? 0) >= 24);
  const byFunction = new Map<string, TestContexts>();
  for (const { file, tree, node, name } of callsOf(
    tests,
    resolver,
    new Set(["Background", "TODO"]),
  )) {
    if (name !== "context.Background" && name !== "context.TODO") continue;
    const owner = functionAround(tree, node);
    if (owner === NONE || /\bCleanup\(|\bdefer\b|\bgo func\b|\bTempDir\b/.test(tree.textOf(owner)))
      continue;
    const test = parametersOf(file.path, tree, owner, resolver).find(({ type }) =>
      /^testing\.[TB]$/.test(typeName(type) ?? ""),
    );
    if (!test) continue;
    const key = `${file.path}:${owner}`;
    const at = placeOf(file, tree, node);
    const known = byFunction.get(key);
    byFunction.set(
      key,
      known
        ? { ...known, at: [...known.at, at] }
        : { at: [at], made: name, test: tree.textOf(test.name) },
    );
  }
  return [...byFunction.values()];
});

/** `context.TODO()` in code that is no test. */
export const contextTodos = defineAnalysis("context todos", (use): Place[] => {
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  return callsOf(files, use(goResolver), new Set(["TODO"])).flatMap(({ file, tree, node, name }) =>
    name === "context.TODO" && !isPartOfTest(tree, node) ? [placeOf(file, tree, node)] : [],
  );
});
