import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE } from "../../syntax/tree.ts";
import { placeOf } from "./calls.ts";
import { goPackage } from "./go-analyses.ts";
import { statementsOf } from "./statements.ts";

/** A test function that does not run beside others. */
export interface SerialTest {
  readonly at: Place;
  readonly name: string;
  readonly edit: Edit | undefined;
}

/** What a test changes for the whole process, or that cannot go with Parallel. */
const ALONE =
  /\.(?:Setenv|Chdir)\(|\bos\.(?:Setenv|Chdir|Unsetenv)\(|\.Parallel\(\)|\bsuite\.Run\(|\bsynctest\b/;

export const serialTests = defineAnalysis("serial tests", (use): SerialTest[] =>
  use(goPackage).files.flatMap((file) => {
    const tree = file.isJudged && file.isTest ? file.tree : undefined;
    if (!tree) return [];
    return file.declarations.functions.flatMap(({ name, node }): SerialTest[] => {
      const body = tree.childIn(node, "body");
      const parameters = tree.childIn(node, "parameters");
      const [, test] = /^\((\w+)\s+\*testing\.T\)$/.exec(tree.textOf(parameters)) ?? [];
      if (!/^Test(?!Main$)/.test(name) || test === undefined || body === NONE) return [];
      if (ALONE.test(tree.textOf(body))) return [];
      const [first] = statementsOf(tree, body);
      const start = first === undefined ? undefined : tree.start[first];
      const at = placeOf(file, tree, tree.childIn(node, "name"));
      const edit =
        start === undefined || test === "_"
          ? undefined
          : { file: file.path, start, end: start, text: `${test}.Parallel()\n\t` };
      return [{ at, name, edit }];
    });
  }),
);
