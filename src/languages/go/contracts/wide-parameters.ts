import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { requiredMethods } from "../project/interface-methods.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver } from "../type.ts";
import { isOnlyCalled, type Parameter, parametersIn } from "./parameters.ts";

const FEWEST_ASKED = 5;
const MOST_CALLED = 2;

/** Parameters of unexported functions whose interface has many methods, of which the function calls one or two. */
export const wideParameters = defineAnalysis("wide parameters", (use): readonly Problem[] => {
  const of = use(goPackage);
  const resolver = use(goResolver);
  return of.files
    .filter((file) => file.isJudged && !file.isTest)
    .flatMap((file) =>
      file.declarations.functions.flatMap((declaration) => {
        const { tree, node, name } = declaration;
        if (/^\p{Lu}/u.test(name) || name === "main" || name === "init") return [];
        const { field } = syntaxNumbers(tree.grammar);
        const found = parametersIn(tree, childIn(tree, node, field.parameters)).flatMap(
          (parameter) => problemWith(file, declaration, parameter, resolver) ?? [],
        );
        const texts = of.files.map(({ text }) => text);
        return found.length > 0 && isOnlyCalled(texts, name) ? found : [];
      }),
    );
});

function problemWith(
  file: GoFile,
  { tree, node, name }: FunctionDeclaration,
  parameter: Parameter,
  resolver: GoResolver,
): Problem | undefined {
  if (parameter.name === NONE || parameter.isVariadic) return undefined;
  const type = resolver.typeFrom(file.path, parameter.type);
  if (type.kind !== "named" || !type.declaration) return undefined;
  const structure = resolver.underlying(type);
  if (structure.kind !== "interface" || structure.isConstraint) return undefined;
  const { methods, isComplete } = requiredMethods(resolver, structure);
  if (!isComplete || methods.size < FEWEST_ASKED) return undefined;
  const body = childIn(tree, node, syntaxNumbers(tree.grammar).field.body);
  const called = calledOn(tree, body, tree.textOf(parameter.name));
  if (!called || called.size === 0 || called.size > MOST_CALLED) return undefined;
  if (![...called].every((each) => methods.has(each))) return undefined;
  return {
    at: { file: file.path, ...tree.spanOf(parameter.type) },
    message: `${name} asks for the ${methods.size} methods of ${tree.textOf(parameter.type)} and calls ${[...called].join(" and ")}`,
  };
}

/** The methods that a body calls on a name; undefined where the name is used in another way. */
function calledOn(tree: Tree, body: NodeId, name: string): Set<string> | undefined {
  if (body === NONE) return undefined;
  const { kind, field } = syntaxNumbers(tree.grammar);
  const called = new Set<string>();
  const end = tree.afterSubtree(body);
  for (let node = body; node < end; node++) {
    if (tree.kind[node] !== kind.identifier || tree.textOf(node) !== name) continue;
    const selector = tree.parentOf(node);
    const isCall =
      tree.kind[selector] === kind.selector_expression &&
      childIn(tree, selector, field.operand) === node &&
      tree.kind[tree.parentOf(selector)] === kind.call_expression &&
      tree.field[selector] === field.function;
    if (!isCall) return undefined;
    called.add(tree.textOf(childIn(tree, selector, field.field)));
  }
  return called;
}
