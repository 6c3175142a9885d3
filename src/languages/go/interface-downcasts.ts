import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import {
  type InterfaceFact,
  type ProjectFacts,
  projectFacts,
  type TypeFact,
} from "../../core/project-facts.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { behindPointer } from "./behind-pointer.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { homeOf } from "./project/roles.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";

/** An interface of the project with the only type that implements it. */
interface Sole {
  readonly of: InterfaceFact;
  readonly type: TypeFact;
}

/** Assertions of a value of an interface to the only type that implements it. */
export const interfaceDowncasts = defineAnalysis(
  "interface-downcasts",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    const asserting = use(goPackage).files.filter(
      (file) => file.isJudged && !file.isTest && ASSERTION.test(file.text),
    );
    if (asserting.length === 0) return [];
    const { names, byKey } = solesOf(use(projectFacts));
    const found: Problem[] = [];
    for (const file of asserting) {
      // Few files assert to such a type: only theirs are parsed.
      const asserted = [...file.text.matchAll(ASSERTIONS)];
      if (!asserted.some(([, name = ""]) => names.has(name))) continue;
      const { tree } = file;
      for (const node of tree ? assertionsIn(tree) : []) {
        const read = tree && readAssertion(tree, node);
        if (!read) continue;
        const given = resolver.typeOf(file.path, read.operand);
        const to = resolver.typeFrom(file.path, read.type);
        const base = behindPointer(to);
        if (given.kind !== "named" || base.kind !== "named") continue;
        const sole = byKey.get(`${given.package}.${given.name}`);
        if (sole?.type.name !== base.name || sole.type.home !== base.package) continue;
        if (receiverOf(file, node) === base.name || !isTheirOwn(sole, file)) continue;
        found.push({
          at: { file: file.path, ...tree.spanOf(node) },
          message: `${tree.textOf(read.operand)} is asserted back to ${tree.textOf(read.type)}, the only type that implements ${sole.of.name}`,
          related: [
            { at: sole.of.at, note: `${sole.of.name} is declared here` },
            { at: sole.type.at, note: `${sole.type.name} implements it` },
          ],
        });
      }
    }
    return found;
  },
);

const ASSERTION = /\.\(\*?\w/;
const ASSERTIONS = /\.\(\*?(?:\w+\.)?(\w+)\)/g;

interface Soles {
  readonly byKey: ReadonlyMap<string, Sole>;
  /** Of the types. */
  readonly names: ReadonlySet<string>;
}

const known = new WeakMap<readonly InterfaceFact[], Soles>();

/** Interfaces that nobody else can implement, and that one type does; once a project. */
function solesOf(facts: ProjectFacts): Soles {
  const { interfaces } = facts;
  let found = known.get(interfaces);
  if (!found) {
    const byKey = new Map<string, Sole>();
    for (const each of interfaces) {
      const type = isOwnAffair(each) ? soleType(facts, each) : undefined;
      if (type) byKey.set(`${each.home}.${each.name}`, { of: each, type });
    }
    found = { byKey, names: new Set([...byKey.values()].map(({ type }) => type.name)) };
    known.set(interfaces, found);
  }
  return found;
}

function isOwnAffair(declared: InterfaceFact): boolean {
  return (
    !declared.isPublic &&
    !declared.isGenerated &&
    !declared.isGeneric &&
    declared.isComplete &&
    declared.members.length > 0 &&
    !declared.isForForeigners &&
    !declared.isMeantForOthers &&
    !declared.isGivenByStandard()
  );
}

function soleType(facts: ProjectFacts, declared: InterfaceFact): TypeFact | undefined {
  const [only, other] = facts.implementationsOf(declared);
  if (!only || other || only.isVariant) return undefined;
  const mentions = facts.mentionsOf(declared);
  const isHandedOn = mentions.some(({ role }) => role === "embedding" || role === "signature");
  return isHandedOn ? undefined : only;
}

/** The interface, or who asserts, lives beside the type: elsewhere the interface may be what keeps packages apart. */
function isTheirOwn({ of, type }: Sole, file: GoFile): boolean {
  return type.home === of.home || type.home === homeOf(file);
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
