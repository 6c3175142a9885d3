import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { projectFacts } from "../../../core/project-facts.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { requiredMethods } from "../project/interface-methods.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver } from "../type.ts";
import { parametersIn } from "./parameters.ts";

/** Exported functions and methods with an interface in their heads that other packages cannot name. */
export const unexportedInterfacesInApi = defineAnalysis(
  "unexported interfaces in api",
  (use): readonly Problem[] => {
    const of = use(goPackage);
    const resolver = use(goResolver);
    const { isPublicFile } = use(projectFacts);
    return of.files
      .filter((file) => file.isJudged && isPublicFile(file.path))
      .flatMap((file) =>
        [...file.declarations.functions, ...file.declarations.methods]
          .filter(
            ({ name, receiver }) => isUpper(name) && (receiver === undefined || isUpper(receiver)),
          )
          .flatMap((declaration) => problemsIn(file, declaration, resolver)),
      );
  },
);

function problemsIn(
  file: GoFile,
  { tree, node, name }: FunctionDeclaration,
  resolver: GoResolver,
): Problem[] {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const entries = [
    ...parametersIn(tree, childIn(tree, node, field.parameters)).map(
      (each) => ["takes", each] as const,
    ),
    ...parametersIn(tree, childIn(tree, node, field.result)).map(
      (each) => ["returns", each] as const,
    ),
  ];
  return entries.flatMap(([verb, { type }]): Problem[] => {
    if (tree.kind[type] !== kind.type_identifier || isUpper(tree.textOf(type))) return [];
    return isHidden(file, type, resolver)
      ? [
          {
            at: { file: file.path, ...tree.spanOf(type) },
            // Many ask for as little as they need by a name of their own; what is returned has to be kept somewhere.
            ...(verb === "takes" && { confidence: "low" as const }),
            message: `${name} ${verb} ${tree.textOf(type)}, an interface that other packages cannot name`,
          },
        ]
      : [];
  });
}

/** An interface with methods that anybody could implement; one with unexported methods is sealed on purpose. */
function isHidden(file: GoFile, type: NodeId, resolver: GoResolver): boolean {
  const named = resolver.typeFrom(file.path, type);
  if (named.kind !== "named" || !named.declaration) return false;
  const structure = resolver.underlying(named);
  if (structure.kind !== "interface" || structure.isConstraint) return false;
  const { methods, isComplete } = requiredMethods(resolver, structure);
  return isComplete && methods.size > 0 && [...methods.keys()].every(isUpper);
}

function isUpper(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
