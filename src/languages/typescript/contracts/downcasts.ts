import { defineAnalysis, type Use } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import {
  type InterfaceFact,
  type ProjectFacts,
  projectFacts,
  type TypeFact,
} from "../../../core/project-facts.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "../judged-trees.ts";
import { isTestPath } from "../test-path.ts";

/** An interface of the project with the only class that implements it. */
export interface SoleClass {
  readonly of: InterfaceFact;
  readonly only: TypeFact;
}

/** Of a workspace, whose packages ask one after the other. */
const known = new WeakMap<readonly InterfaceFact[], ReadonlyMap<string, SoleClass>>();

/** By the name of the class; interfaces that others can import, and those without methods, are left out. */
export const soleClasses = defineAnalysis("sole classes", (use): ReadonlyMap<string, SoleClass> => {
  const facts = use(projectFacts);
  const { interfaces } = facts;
  const found = known.get(interfaces) ?? solesAmong(facts);
  known.set(interfaces, found);
  return found;
});

function solesAmong(facts: ProjectFacts): ReadonlyMap<string, SoleClass> {
  return new Map(
    facts.interfaces.flatMap((of) => {
      if (of.isPublic || of.isTest) return [];
      const [only, other] = facts.implementationsOf(of);
      if (!only || other || only.isOpen) return [];
      // Last, since for them the interface is parsed.
      return of.members.some(({ isMethod }) => isMethod)
        ? [[only.name, { of, only }] as const]
        : [];
    }),
  );
}

/** The judged files, tests left out, that cast to one of these classes; the others need not be parsed. */
export function castingFiles(
  use: Use,
  soles: ReadonlyMap<string, SoleClass>,
): readonly JudgedTree[] {
  if (soles.size === 0) return [];
  const casts = new RegExp(`\\bas\\s+(?:${[...soles.keys()].map(escaped).join("|")})(?![\\w$])`);
  return judgedTrees(use, casts).filter(({ path }) => !isTestPath(path));
}

/** A name for use in a pattern. */
export function escaped(name: string): string {
  return name.replace(/[$#]/g, "\\$&");
}

/** Casts of a value whose declared type is an interface to the one class that implements it. */
export const downcasts = defineAnalysis("downcasts", (use): readonly Problem[] => {
  const soles = use(soleClasses);
  return castingFiles(use, soles).flatMap((file) => {
    return nodesOf(file, "as_expression").flatMap((node): Problem[] => {
      const [value, type] = file.tree.namedChildren(node);
      const sole = type === undefined ? undefined : soles.get(file.tree.textOf(type));
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
  const declared = new RegExp(`(?<![\\w$.])${escaped(name)}[?!]?\\s*:\\s*([\\w$]+)`, "g");
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
