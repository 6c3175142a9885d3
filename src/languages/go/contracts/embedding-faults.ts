import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { type ProjectFacts, projectFacts } from "../../../core/project-facts.ts";
import { NONE } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import { isDouble, isHelperPath } from "../project/roles.ts";
import { selectionsElsewhere } from "../project/selections-elsewhere.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { GoResolver, GoType, TypeDeclaration } from "../type.ts";
import { typeDeclarationPlace } from "../type-declaration-place.ts";

/** An embedded interface deeper than this is looked for in vain. */
const DEEPEST = 3;
const DEPTH = 12;

/** Interfaces that embed one that they have already through another, and chains of embedding that nobody follows. */
export const embeddingBloat = defineAnalysis("embedding bloat", (use): readonly Problem[] => {
  const resolver = use(goResolver);
  return use(goPackage)
    .files.filter((file) => file.isJudged && !file.isTest && /\binterface\s*\{/.test(file.text))
    .flatMap((file) => file.declarations.types.flatMap((type) => bloatOf(file, type, resolver)));
});

function bloatOf(file: GoFile, declaration: TypeDeclaration, resolver: GoResolver): Problem[] {
  const { tree, node, name } = declaration;
  const { kind, field } = syntaxNumbers(tree.grammar);
  const written = childIn(tree, node, field.type);
  if (written === NONE || tree.kind[written] !== kind.interface_type) return [];
  const embeds = tree
    .namedChildren(written)
    .filter((element) => tree.kind[element] === kind.type_elem)
    .map((element) => {
      const type = resolver.typeFrom(file.path, element);
      return { element, key: keyOf(type), ...insideOf(type, resolver) };
    });
  const repeated = embeds.flatMap(({ element, key }, index): Problem[] => {
    const through = embeds.find(
      (other, at) =>
        at !== index &&
        key !== undefined &&
        (other.inside.has(key) || (other.key === key && at < index)),
    );
    if (!through) return [];
    return [
      {
        at: { file: file.path, ...tree.spanOf(element) },
        message: `${name} has ${tree.textOf(element)} already through ${tree.textOf(through.element)}`,
      },
    ];
  });
  const deepest = Math.max(0, ...embeds.map(({ depth }) => depth));
  if (deepest < DEEPEST) return repeated;
  const message = `${name} embeds interfaces ${deepest} levels deep: what it asks for stands in ${deepest + 1} declarations`;
  // Some designs are so.
  return [...repeated, { at: typeDeclarationPlace(declaration), confidence: "low", message }];
}

/** The interfaces of the project that a type embeds, on all levels, and how many levels that are, its own included. */
function insideOf(
  type: GoType,
  resolver: GoResolver,
): { readonly inside: ReadonlySet<string>; readonly depth: number } {
  const inside = new Set<string>();
  let level: readonly GoType[] = [type];
  let depth = 0;
  for (; level.length > 0 && depth < DEPTH; depth++) {
    const next: GoType[] = [];
    for (const each of level) {
      const structure = resolver.underlying(each);
      if (structure.kind !== "interface") continue;
      for (const embedded of structure.embedded) {
        const key = keyOf(embedded);
        if (key === undefined || inside.has(key)) continue;
        inside.add(key);
        next.push(embedded);
      }
    }
    level = next;
  }
  return { inside, depth };
}

function keyOf(type: GoType): string | undefined {
  return type.kind === "named" && type.arguments.length === 0
    ? `${type.package}.${type.name}`
    : undefined;
}

/** What unlocks or waits, and is nobody else's to call. */
const LOCKS: Readonly<Record<string, readonly string[]>> = {
  Mutex: ["Lock", "Unlock"],
  RWMutex: ["Lock", "Unlock", "RLock", "RUnlock"],
  WaitGroup: ["Add", "Done", "Wait"],
};

/** Exported structs that embed a lock, whose methods are then part of their API, and that nobody else locks on purpose. */
export const leakyEmbeddings = defineAnalysis("leaky embeddings", (use): readonly Problem[] => {
  const facts = use(projectFacts);
  const elsewhere = use(selectionsElsewhere);
  return use(goPackage)
    .files.filter((file) => file.isJudged && /^[ \t]+\*?sync\.\w+/m.test(file.text))
    .filter((file) => facts.isPublicFile(file.path) && !isHelperPath(file.path))
    .flatMap((file) =>
      file.declarations.types.flatMap((declaration): Problem[] => {
        const type = declaration.underlying();
        if (type.kind !== "struct" || !/^\p{Lu}/u.test(declaration.name)) return [];
        if (isDouble(declaration)) return [];
        return type.fields.flatMap((each): Problem[] => {
          const base = behindPointer(each.type);
          if (!each.isEmbedded || base.kind !== "named" || base.package !== "sync") return [];
          const methods = LOCKS[base.name];
          if (methods === undefined || isLockedThroughInterface(declaration, facts)) return [];
          if (elsewhere.isSelected(declaration, methods)) return [];
          const at = { file: file.path, ...declaration.tree.spanOf(each.node) };
          const message = `${declaration.name} embeds sync.${base.name}: ${listed(methods)} are part of its API`;
          return [{ at, message }];
        });
      }),
    );
});

/** Whether an interface of the project asks for the lock. */
function isLockedThroughInterface(declaration: TypeDeclaration, facts: ProjectFacts): boolean {
  const { file, start } = typeDeclarationPlace(declaration);
  return facts.interfaces.some(
    (each) =>
      each.members.some(({ name }) => name === "Unlock") &&
      facts.implementationsOf(each).some(({ at }) => at.file === file && at.start === start),
  );
}

/** `A and B`, `A, B and C`. */
function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
