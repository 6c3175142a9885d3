import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { argumentsOf } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { modulesOfInterest, nodesOfKind, placeOf } from "./syntax.ts";

/** A map that is asked, and into which nobody ever puts anything: each caller does the work itself. */
export interface UnfilledMap {
  readonly at: Place;
  readonly name: string;
  readonly askedAt: Place;
}

/**
 * `readonly #pending = new Map<string, Promise<Page>>()`, with `get` and `delete` and no `set`. Only maps that nobody else sees: private
 * fields, and names that are not exported; any use but a call of a method that takes or looks clears them.
 */
export const unfilledMaps = defineAnalysis("unfilled maps", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, /\bnew Map\b/, /\bawait\b|\bPromise\b/).flatMap((module) =>
    nodesOfKind(module.tree, "new_expression").flatMap(
      (made) => unfilled(module, made, resolver) ?? [],
    ),
  );
});

function unfilled(
  module: TypeScriptModule,
  made: NodeId,
  resolver: TypeScriptResolver,
): UnfilledMap | undefined {
  const { tree } = module;
  if (tree.textOf(tree.childIn(made, "constructor")) !== "Map") return undefined;
  // A comment in the place of the entries is where a build writes some.
  if (argumentsOf(tree, made).length > 0 || /\/\*/.test(tree.textOf(made))) return undefined;
  if (isDamaged(tree, made)) return undefined;
  const holder = tree.parentOf(made);
  const name = tree.childIn(holder, "name");
  const uses =
    tree.kindOf(holder) === "variable_declarator"
      ? usesOfName(module, name, resolver)
      : tree.kindOf(holder) === "public_field_definition"
        ? usesOfField(tree, holder)
        : [];
  const asked = uses.find((use) => methodOf(tree, use) === "get");
  if (asked === undefined || !uses.every((use) => HARMLESS.test(methodOf(tree, use))))
    return undefined;
  return { at: placeOf(module, name), name: tree.textOf(name), askedAt: placeOf(module, asked) };
}

/** Methods that look or take away. */
const HARMLESS = /^(?:get|has|delete|clear|size|keys|values|entries|forEach)$/;

/** The uses of a constant that its module keeps to itself. */
function usesOfName(
  module: TypeScriptModule,
  name: NodeId,
  resolver: TypeScriptResolver,
): readonly NodeId[] {
  const { tree } = module;
  const variable = resolver.variableAt({ module, node: name });
  const declaration = tree.parentOf(tree.parentOf(name));
  const isExported = tree.kindOf(tree.parentOf(declaration)) === "export_statement";
  return variable?.kind === "const" && !isExported ? variable.references() : [];
}

/** The mentions of a private field, `this` before it left out of the account. */
function usesOfField(tree: Tree, field: NodeId): readonly NodeId[] {
  const name = tree.textOf(tree.childIn(field, "name"));
  const modifier = tree.childOfKind(field, "accessibility_modifier");
  const isPrivate =
    name.startsWith("#") || (modifier !== NONE && tree.textOf(modifier) === "private");
  return isPrivate
    ? nodesOfKind(tree, "member_expression").filter(
        (member) => tree.textOf(tree.childIn(member, "property")) === name,
      )
    : [];
}

/** The method or property of a map that a use of it reads; empty for any other use. */
function methodOf(tree: Tree, use: NodeId): string {
  const member = tree.parentOf(use);
  if (tree.kindOf(member) !== "member_expression" || tree.childIn(member, "object") !== use)
    return "";
  return tree.textOf(tree.childIn(member, "property"));
}
