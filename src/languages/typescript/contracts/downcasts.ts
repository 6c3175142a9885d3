import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { type InterfaceFact, projectFacts, type TypeFact } from "../../../core/project-facts.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "../judged-trees.ts";
import { isTestPath } from "../test-path.ts";

/** An interface of the project with the only class that implements it. */
export interface SoleClass {
  readonly of: InterfaceFact;
  readonly only: TypeFact;
}

/** By the name of the class; interfaces that others can import, and those without methods, are left out. */
export const soleClasses = defineAnalysis("sole classes", (use): ReadonlyMap<string, SoleClass> => {
  const facts = use(projectFacts);
  return new Map(
    facts.interfaces.flatMap((of) => {
      if (of.isPublic || of.isTest || !of.members.some(({ isMethod }) => isMethod)) return [];
      const [only, other] = facts.implementationsOf(of);
      return only && !other && !only.isOpen ? [[only.name, { of, only }] as const] : [];
    }),
  );
});

/** Casts of a value whose declared type is an interface to the one class that implements it. */
export const downcasts = defineAnalysis("downcasts", (use): readonly Problem[] => {
  let soles: ReadonlyMap<string, SoleClass> | undefined;
  return judgedTrees(use, /\bas\s+[A-Z]/)
    .filter(({ path }) => !isTestPath(path))
    .flatMap((file) => {
      soles ??= use(soleClasses);
      return nodesOf(file, "as_expression").flatMap((node): Problem[] => {
        const [value, type] = file.tree.namedChildren(node);
        const sole = type === undefined ? undefined : soles?.get(file.tree.textOf(type));
        if (value === undefined || !sole || !isDeclaredAs(file, value, sole.of.name)) return [];
        if (insideClass(file.tree, node, sole.only.name)) return [];
        return [
          {
            at: placeOf(file, node),
            message: `${file.tree.textOf(value)} is cast back to ${sole.only.name}, the only class that implements ${sole.of.name}`,
            related: [
              { at: sole.of.at, note: `${sole.of.name} is declared here` },
              { at: sole.only.at, note: `${sole.only.name} implements it` },
            ],
          },
        ];
      });
    });
});

/** The file declares the name, or the property of `this`, with that type, and with no other. */
function isDeclaredAs({ tree }: JudgedTree, value: NodeId, type: string): boolean {
  const name = /^(?:this\.)?(#?[\w$]+)$/.exec(tree.textOf(value))?.[1];
  if (name === undefined) return false;
  const declared = new RegExp(
    `(?<![\\w$.])${name.replaceAll("$", "\\$")}[?!]?\\s*:\\s*([\\w$]+)`,
    "g",
  );
  const types = [...tree.text.matchAll(declared)].map(([, each]) => each);
  return types.length > 0 && types.every((each) => each === type);
}

/** `equals(other: Shape)` has to look behind it. */
function insideClass(tree: Tree, node: NodeId, name: string): boolean {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    if (!/^(?:abstract_)?class_declaration$/.test(tree.kindOf(at))) continue;
    const own = tree.childIn(at, "name");
    if (own !== NONE && tree.textOf(own) === name) return true;
  }
  return false;
}
