import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { type InterfaceFact, projectFacts } from "../../core/project-facts.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";

/** Assertions of a value of an interface to the only type that implements it. */
export const interfaceDowncasts = defineAnalysis(
  "interface-downcasts",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    const facts = use(projectFacts);
    let byKey: ReadonlyMap<string, InterfaceFact> | undefined;
    const found: Problem[] = [];
    for (const file of use(goPackage).files) {
      if (!file.isJudged || file.isTest || !/\.\(\*?\w/.test(file.text)) continue;
      const { tree } = file;
      for (const node of tree ? assertionsIn(tree) : []) {
        const read = tree && readAssertion(tree, node);
        if (!read) continue;
        const given = resolver.typeOf(file.path, read.operand);
        const asserted = resolver.typeFrom(file.path, read.type);
        const base = asserted.kind === "pointer" ? asserted.to : asserted;
        if (given.kind !== "named" || base.kind !== "named" || !given.declaration) continue;
        byKey ??= new Map(facts.interfaces.map((each) => [`${each.home}.${each.name}`, each]));
        const declared = byKey.get(`${given.package}.${given.name}`);
        if (!declared || !isOwnAffair(declared)) continue;
        const types = facts.implementationsOf(declared);
        const [only] = types;
        const isOnly = types.length === 1 && only?.name === base.name && only.home === base.package;
        if (!isOnly || only.isVariant || receiverOf(file, node) === base.name) continue;
        const { mentionsOf } = facts;
        if (mentionsOf(declared).some(({ role }) => role === "embedding" || role === "signature"))
          continue;
        found.push({
          at: { file: file.path, ...tree.spanOf(node) },
          message: `${tree.textOf(read.operand)} is asserted back to ${tree.textOf(read.type)}, the only type that implements ${declared.name}`,
          related: [
            { at: declared.at, note: `${declared.name} is declared here` },
            { at: only.at, note: `${only.name} implements it` },
          ],
        });
      }
    }
    return found;
  },
);

/** Nobody else may implement it. */
function isOwnAffair(declared: InterfaceFact): boolean {
  return (
    !declared.isPublic &&
    !declared.isGeneric &&
    declared.isComplete &&
    declared.members.length > 0 &&
    !declared.isForForeigners &&
    !declared.isGivenByStandard()
  );
}

function assertionsIn(tree: Tree): NodeId[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++)
    if (tree.kind[node] === kind.type_assertion_expression) found.push(node);
  return found;
}

function readAssertion(
  tree: Tree,
  node: NodeId,
): { readonly operand: NodeId; readonly type: NodeId } | undefined {
  const { field } = syntaxNumbers(tree.grammar);
  const operand = childIn(tree, node, field.operand);
  const type = childIn(tree, node, field.type);
  return operand === NONE || type === NONE ? undefined : { operand, type };
}

/** The receiver's type where a node stands in a method: `Equal(other Shape)` has to look behind it. */
function receiverOf(file: GoFile, node: NodeId): string | undefined {
  const top = file.topLevelOf(node);
  return file.declarations.methods.find((method) => method.node === top)?.receiver;
}
