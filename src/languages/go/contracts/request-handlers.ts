import { defineAnalysis } from "../../../core/analysis.ts";
import type { FunctionId } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage } from "../go-analyses.ts";

/** What only handlers of requests are given, by the names that everybody uses for the packages. */
const GIVEN = /^(?:http\.ResponseWriter|\*gin\.Context|echo\.Context|\*?fiber\.Ctx)$/;
const MENTIONED = /\bhttp\.ResponseWriter\b|\bgin\.Context\b|\becho\.Context\b|\bfiber\.Ctx\b/;

/** Functions, methods and literals of the judged files that a server calls for each request, from a goroutine of its own; tests left out. */
export const requestHandlers = defineAnalysis("request handlers", (use): FunctionId[] =>
  use(goPackage).files.flatMap((file) => {
    const tree = file.isJudged && !file.isTest && MENTIONED.test(file.text) ? file.tree : undefined;
    return tree ? handlersIn(file.path, tree) : [];
  }),
);

const FUNCTIONS: ReadonlySet<string> = new Set([
  "function_declaration",
  "method_declaration",
  "func_literal",
]);

function handlersIn(path: string, tree: Tree): FunctionId[] {
  const found: FunctionId[] = [];
  for (let node: NodeId = 0; node < tree.size; node++) {
    if (!FUNCTIONS.has(tree.kindOf(node))) continue;
    const list = tree.childIn(node, "parameters");
    if (list === NONE || tree.childIn(node, "body") === NONE) continue;
    const isGiven = tree.namedChildren(list).some((parameter) => {
      const type = tree.childIn(parameter, "type");
      return type !== NONE && GIVEN.test(tree.textOf(type));
    });
    if (isGiven) found.push(`${path}:${tree.start[node]}`);
  }
  return found;
}
