import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn } from "../go-file.ts";
import { goMinorOf } from "../go-version.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import { parametersIn } from "./parameters.ts";

/** The first version with the name `any`. */
const HAS_ANY = 18;

/** `interface{}` where `any` says the same. */
export const spelledOutAny = defineAnalysis("spelled-out any", (use): readonly Problem[] => {
  const of = use(goPackage);
  return of.files
    .filter((file) => file.isJudged && /\binterface\s*\{\s*\}/.test(file.text))
    .filter((file) => (goMinorOf(file, of.module) ?? 0) >= HAS_ANY)
    .filter((file) => of.lookup("any", file.packageName).length === 0)
    .flatMap((file): Problem[] => {
      const { tree } = file;
      if (!tree) return [];
      const { kind } = syntaxNumbers(tree.grammar);
      const found: Problem[] = [];
      for (let node = 0; node < tree.size; node++) {
        if (tree.kind[node] !== kind.interface_type) continue;
        if (!/^interface\s*\{\s*\}$/.test(tree.textOf(node))) continue;
        const at = { file: file.path, ...tree.spanOf(node) };
        found.push({
          at,
          message: "interface{} has the name any",
          fixes: [{ kind: "safe", description: "write any", edits: [{ ...at, text: "any" }] }],
        });
      }
      return found;
    });
});

/** Methods of interfaces with several parameters of one type, and no names for them. */
export const unnamedParameters = defineAnalysis("unnamed parameters", (use): readonly Problem[] =>
  use(goPackage)
    .files.filter((file) => file.isJudged && /\binterface\s*\{/.test(file.text))
    .flatMap((file): Problem[] => {
      const { tree } = file;
      if (!tree) return [];
      const { kind, field } = syntaxNumbers(tree.grammar);
      const found: Problem[] = [];
      for (let node = 0; node < tree.size; node++) {
        if (tree.kind[node] !== kind.method_elem) continue;
        const list = childIn(tree, node, field.parameters);
        const types = parametersIn(tree, list).flatMap(({ name, type }) =>
          name === NONE ? [tree.textOf(type)] : [],
        );
        const twice = types.find((type, index) => types.indexOf(type) < index);
        if (twice === undefined) continue;
        const name = tree.textOf(childIn(tree, node, field.name));
        found.push({
          at: { file: file.path, ...tree.spanOf(list) },
          message: `${name} has several parameters of type ${twice} without names`,
        });
      }
      return found;
    }),
);

/** Exported functions whose result is an interface of the project. */
export const returnedInterfaces = defineAnalysis(
  "returned interfaces",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    return use(goPackage)
      .files.filter((file) => file.isJudged && !file.isTest)
      .flatMap((file) =>
        file.declarations.functions.flatMap(({ tree, node, name }): Problem[] => {
          if (!/^\p{Lu}/u.test(name)) return [];
          const { field } = syntaxNumbers(tree.grammar);
          const results = parametersIn(tree, childIn(tree, node, field.result));
          return results.flatMap(({ type }): Problem[] => {
            const named = resolver.typeFrom(file.path, type);
            if (named.kind !== "named" || !named.declaration) return [];
            const structure = resolver.underlying(named);
            if (structure.kind !== "interface" || structure.methods.length === 0) return [];
            return [
              {
                at: { file: file.path, ...tree.spanOf(type) },
                message: `${name} returns the interface ${tree.textOf(type)}`,
              },
            ];
          });
        }),
      );
  },
);
