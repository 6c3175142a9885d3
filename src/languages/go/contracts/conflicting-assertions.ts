import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { requiredMethods, signatureOf } from "../project/interface-methods.ts";
import { standardSymbol } from "../standard-library.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { GoResolver, GoType } from "../type.ts";

/** Assertions from one interface to another that no type can satisfy: both ask for a method of one name, and of two types. */
export const conflictingAssertions = defineAnalysis(
  "conflicting assertions",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    return use(goPackage)
      .files.filter((file) => file.isJudged && /\.\([\w.]+\)/.test(file.text))
      .flatMap((file) => problemsIn(file, resolver));
  },
);

function problemsIn(file: GoFile, resolver: GoResolver): Problem[] {
  const { tree } = file;
  if (!tree) return [];
  const { kind, field } = syntaxNumbers(tree.grammar);
  const found: Problem[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind.type_assertion_expression) continue;
    const operand = childIn(tree, node, field.operand);
    const written = childIn(tree, node, field.type);
    if (operand === NONE || written === NONE) continue;
    const asserted = resolver.typeFrom(file.path, written);
    if (!isInterface(asserted, resolver) || isOpen(asserted)) continue;
    const given = resolver.typeOf(file.path, operand);
    if (isOpen(given)) continue;
    const name = isInterface(given, resolver) ? conflict(given, asserted, resolver) : undefined;
    if (name === undefined) continue;
    found.push({
      at: { file: file.path, ...tree.spanOf(node) },
      message: `${tree.textOf(operand)} is never a ${tree.textOf(written)}: the two ask for different methods ${name}`,
    });
  }
  return found;
}

/** `Doer[F]`: what it asks for is told by who instantiates the function. */
function isOpen(type: GoType): boolean {
  if (type.kind === "type-parameter") return true;
  return type.kind === "named" && type.arguments.some(isOpen);
}

function isInterface(type: GoType, resolver: GoResolver): boolean {
  if (type.kind !== "named") return false;
  if (resolver.underlying(type).kind === "interface") return true;
  const known = type.declaration ? undefined : standardSymbol(type.package, type.name);
  return known?.kind === "type" && known.isInterface;
}

function conflict(one: GoType, other: GoType, resolver: GoResolver): string | undefined {
  const { methods } = requiredMethods(resolver, other);
  for (const { name, type } of requiredMethods(resolver, one).methods.values()) {
    const asked = methods.get(name);
    if (!asked || !/^\p{Lu}/u.test(name)) continue;
    const [left, right] = [signatureOf(type), signatureOf(asked.type)];
    if (left !== undefined && right !== undefined && left !== right) return name;
  }
  return undefined;
}
