import type { FunctionHeader, FunctionModel } from "../../../model/function.ts";
import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { endAtAssertions } from "./asserted-ends.ts";
import { evaluate } from "./expressions.ts";
import { Lowering, type Readers } from "./lowering.ts";
import { lowerStatement } from "./statements.ts";
import type { UnitContext } from "./unit-context.ts";

const readers: Readers = { statement: lowerStatement, evaluate };

/**
 * Lowers the body of a function to blocks of operations. `node` is its declaration or literal, or the `var_spec` of a package
 * variable. `notesAccesses`: with reads and writes of ordinary variables. What is nested too deeply to be written by hand comes out empty and damaged.
 */
export function lowerFunction(
  unit: UnitContext,
  header: FunctionHeader,
  tree: Tree,
  node: NodeId,
  notesAccesses = false,
): FunctionModel {
  const region = unit.regionOf(header.file, tree, node);
  const isDamaged = region.isTooDeep || overlapsDamage(tree, node);
  const isInitializer = header.role === "initializer";
  const body = isInitializer ? node : tree.childIn(node, "body");
  const lowering = new Lowering({
    unit,
    file: header.file,
    tree,
    id: header.id,
    region,
    namedResults: namedResults(header),
    readers,
    notesAccesses,
  });
  if (!region.isTooDeep && body !== NONE) lowering.statement(body);
  const end = tree.end[node] as number;
  const at = isInitializer ? { start: end, end } : { start: Math.max(end - 1, 0), end };
  const blocks = lowering.builder.finish({ kind: "return", at, values: lowering.namedResults });
  return { ...copyHeader(header), blocks: endAtAssertions(blocks), isDamaged };
}

/** Headers compute their parts when asked, so that a spread would lose them. */
function copyHeader(header: FunctionHeader): FunctionHeader {
  return {
    id: header.id,
    name: header.name,
    file: header.file,
    at: header.at,
    nameAt: header.nameAt,
    role: header.role,
    enclosing: header.enclosing,
    receiver: header.receiver,
    parameters: header.parameters,
    results: header.results,
    isExported: header.isExported,
    isTest: header.isTest,
    isAsync: header.isAsync,
    isGenerator: header.isGenerator,
    comment: header.comment,
  };
}

function namedResults({ results }: FunctionHeader): Value[] {
  return results.flatMap((variable): Value[] =>
    variable.name === ""
      ? []
      : [
          {
            kind: "path",
            path: {
              root: { kind: "variable", variable },
              steps: [],
              text: variable.name,
              slot: undefined,
            },
          },
        ],
  );
}

function overlapsDamage(tree: Tree, node: NodeId): boolean {
  const { start, end } = tree.spanOf(node);
  return tree.damage.some((damage) => damage.start <= end && damage.end >= start);
}
