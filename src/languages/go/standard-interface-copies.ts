import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE } from "../../syntax/tree.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { childIn, type GoFile } from "./go-file.ts";
import { type RequiredMethods, requiredMethods, signatureOf } from "./project/interface-methods.ts";
import { standardMember, standardTypes } from "./standard-library.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoResolver, TypeDeclaration } from "./type.ts";
import { typeDeclarationPlace } from "./type-declaration-place.ts";

/** Packages whose interfaces people know by heart. */
const KNOWN: ReadonlySet<string> = new Set([
  "container/heap",
  "context",
  "encoding",
  "encoding/json",
  "flag",
  "fmt",
  "hash",
  "io",
  "io/fs",
  "net",
  "net/http",
  "sort",
  "sync",
]);

/** Interfaces that have the methods of a standard one, no more and no fewer. */
export const standardInterfaceCopies = defineAnalysis(
  "standard-interface-copies",
  (use): readonly Problem[] => {
    const resolver = use(goResolver);
    return use(goPackage)
      .files.filter((file) => file.isJudged && !file.isTest && /\binterface\s*\{/.test(file.text))
      .flatMap((file) =>
        file.declarations.types.flatMap((type) => copyOf(file, type, resolver) ?? []),
      );
  },
);

function copyOf(
  file: GoFile,
  declaration: TypeDeclaration,
  resolver: GoResolver,
): Problem | undefined {
  const { tree, node, name } = declaration;
  const { kind, field } = syntaxNumbers(tree.grammar);
  const written = childIn(tree, node, field.type);
  if (written === NONE || tree.kind[written] !== kind.interface_type) return undefined;
  if (declaration.isAlias || childIn(tree, node, field.type_parameters) !== NONE) return undefined;
  const type = resolver.typeFrom(file.path, written);
  if (type.kind !== "interface" || type.isConstraint || type.methods.length === 0) return undefined;
  const required = requiredMethods(resolver, type);
  if (!required.isComplete || /^\s*\/\//m.test(tree.textOf(written))) return undefined;
  const twin = twinOf(required);
  if (!twin) return undefined;
  if (!isOnlyThat(name, twin.name)) return undefined;
  const isAtHand =
    twin.path === "" ||
    file.declarations.imports.some(({ path, alias }) => path === twin.path && !alias);
  if (!isAtHand && !SMALL.has(twin.path)) return undefined;
  const nameNode = childIn(tree, node, field.name);
  const start = tree.end[nameNode] as number;
  return {
    at: typeDeclarationPlace(declaration),
    message: `${name} is ${twin.shown} once more`,
    fixes: isAtHand
      ? [
          {
            kind: "suggestion",
            description: `make it an alias of ${twin.shown}`,
            edits: [
              {
                file: file.path,
                start,
                end: tree.end[written] as number,
                text: ` = ${twin.shown}`,
              },
            ],
          },
        ]
      : [],
  };
}

/** Packages that nearly every program has anyway; to import another one for an interface costs more than it brings. */
const SMALL: ReadonlySet<string> = new Set(["context", "fmt", "io", "sort", "sync"]);

/**
 * Whether the name says no more than the standard one. Much has a `String` method alone and means something of its own: a
 * keyword, a reference.
 */
function isOnlyThat(name: string, standard: string): boolean {
  const [own, known] = [name.toLowerCase(), standard.toLowerCase()];
  return known !== "stringer" || own.includes("string");
}

interface Twin {
  readonly path: string;
  readonly name: string;
  readonly shown: string;
}

function twinOf({ methods }: RequiredMethods): Twin | undefined {
  const only = methods.size === 1 ? methods.get("Error") : undefined;
  if (only && signatureOf(only.type) === "func() string")
    return { path: "", name: "error", shown: "error" };
  const found = standardTypes().find(
    ({ path, name, isInterface, methods: given }) =>
      isInterface &&
      KNOWN.has(path) &&
      /^\p{Lu}/u.test(name) &&
      given.length === methods.size &&
      given.every((each) => {
        const asked = methods.get(each);
        const type = standardMember(path, name, each)?.type;
        return asked && type && signatureOf(asked.type) === signatureOf(type);
      }),
  );
  if (!found) return undefined;
  const { path, name } = found;
  return { path, name, shown: `${path.split("/").at(-1)}.${name}` };
}
