import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, placeOf } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { isHelperPath } from "./project/roles.ts";

/**
 * A file is made because it was not there when one looked:
 *
 *     if _, err := os.Stat(path); os.IsNotExist(err) { file, err := os.Create(path) }      // truncates what came in between
 */
export interface FileCheck {
  readonly at: Place;
  readonly path: string;
  /** `os.Create`. */
  readonly maker: string;
  readonly checkedAt: Place;
  readonly edit: Edit | undefined;
}

const NAMES: ReadonlySet<string> = new Set(["Create", "WriteFile", "Rename"]);
/** What puts its own in the place of what is there, without a word; Mkdir and Symlink fail. */
const MAKERS: Readonly<Record<string, number>> = {
  "os.Create": 0,
  "os.WriteFile": 0,
  "io/ioutil.WriteFile": 0,
  "os.Rename": 1,
};

/** In packages that others use; tests left out. */
export const fileChecks = defineAnalysis("file checks", (use): FileCheck[] => {
  const files = use(goPackage).files.filter(
    ({ isTest, packageName, path, text }) =>
      !isTest && packageName !== "main" && !isHelperPath(path) && /\bos\.L?[sS]tat\(/.test(text),
  );
  return callsOf(files, use(goResolver), NAMES).flatMap((call) => checkBefore(call) ?? []);
});

function checkBefore(call: GoCall): FileCheck | undefined {
  const { file, tree, node, name, callee } = call;
  const index = MAKERS[name];
  const made = index === undefined ? undefined : call.arguments[index];
  if (made === undefined) return undefined;
  const path = tree.textOf(made);
  const owner = functionAround(tree, node);
  const check = checkAround(tree, node, path, owner);
  if (check === undefined || /lock|mutex|flock/i.test(tree.textOf(owner))) return undefined;
  const edit =
    name === "os.Create"
      ? {
          ...placeOf(file, tree, node),
          text: `os.OpenFile(${path}, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)`,
        }
      : undefined;
  return {
    at: placeOf(file, tree, node),
    path,
    maker: tree.textOf(callee),
    checkedAt: { file: file.path, ...check },
    edit,
  };
}

/** The `os.Stat` of that path, whose answer "not there" leads to the node: in the head of an `if` around it, or right before that. */
function checkAround(
  tree: Tree,
  node: NodeId,
  path: string,
  owner: NodeId,
): { readonly start: number; readonly end: number } | undefined {
  const stat = `os.Stat(${path})`;
  const lstat = `os.Lstat(${path})`;
  for (let at = node; at !== NONE && at !== owner; at = tree.parentOf(at)) {
    const test = tree.parentOf(at);
    if (test === NONE || tree.kindOf(test) !== "if_statement") continue;
    const isThen = tree.childIn(test, "consequence") === at;
    const head = tree.text.slice(tree.start[test], tree.start[tree.childIn(test, "consequence")]);
    const saysMissing =
      /os\.IsNotExist\(|errors\.Is\([^)]*ErrNotExist\)/.test(head) &&
      !/!\s*(?:os|errors)\.Is/.test(head);
    const saysThere = /\berr\s*==\s*nil\b/.test(head);
    if (isThen ? !saysMissing || saysThere : !saysThere) continue;
    const inHead = [stat, lstat].map((one) => head.indexOf(one)).find((one) => one >= 0);
    if (inHead !== undefined) {
      const start = (tree.start[test] ?? 0) + inHead;
      return { start, end: start + stat.length };
    }
    const siblings = tree.namedChildren(tree.parentOf(test));
    const before = siblings[siblings.indexOf(test) - 1];
    const text = before === undefined ? "" : tree.textOf(before);
    if (
      before !== undefined &&
      /^_,\s*err\s*:?=/.test(text) &&
      (text.endsWith(stat) || text.endsWith(lstat))
    )
      return tree.spanOf(before);
  }
  return undefined;
}
