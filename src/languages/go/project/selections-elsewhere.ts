import { defineInput } from "../../../core/analysis.ts";
import type { Unit, Workspace } from "../../language.ts";
import { behindPointer } from "../behind-pointer.ts";
import { childIn, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { type OpenedPackages, openPackages } from "../resolver.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { GoResolver, TypeDeclaration } from "../type.ts";
import { projectPackages } from "./project-packages.ts";

/** A declared type: the import path of its package, and its name there. */
type TypeName = Pick<TypeDeclaration, "package" | "name">;

/** What other packages of the module do with the values of a package. */
export interface SelectionsElsewhere {
  /** Whether one that imports the package may select one of the members on a value of the type; tests outside count. */
  isSelected(on: TypeName, members: readonly string[]): boolean;
  /** Whether one that imports the package names its function other than to call it; with type arguments counts. */
  isHandedOn(home: string, name: string): boolean;
}

export const selectionsElsewhere = defineInput<SelectionsElsewhere>("selections elsewhere");

/** Looks into other packages when asked, and only into those whose texts select such a name. */
export function goSelectionsElsewhere(unit: Unit, workspace: Workspace): SelectionsElsewhere {
  return {
    isSelected(on, members) {
      const selects = new RegExp(`\\.(?:${members.join("|")})\\b`);
      return projectPackages(unit, workspace).packages.some((of) => {
        const files = of.files.filter(
          ({ importPath, text }) => importPath !== on.package && selects.test(text),
        );
        if (files.length === 0 || !of.files.some((file) => doesImport(file, on.package)))
          return false;
        const { own, resolver } = openedApart(of, workspace);
        return files.some(({ path }) => {
          const file = own.file(path);
          return file !== undefined && isSelectedIn(file, on, new Set(members), resolver);
        });
      });
    },
    isHandedOn(home, name) {
      const mention = new RegExp(`\\.${name}\\b(?!\\s*\\()`);
      return projectPackages(unit, workspace).packages.some(({ files }) =>
        files.some((file) => mention.test(file.text) && doesImport(file, home)),
      );
    },
  };
}

function doesImport({ declarations }: GoFile, home: string): boolean {
  return declarations.imports.some(({ path }) => path === home);
}

const opened = new WeakMap<Workspace, Map<GoPackage, OpenedPackages>>();

/** Apart from the packages of the unit at hand, whose symbols would else be forgotten. */
function openedApart(of: GoPackage, workspace: Workspace): OpenedPackages {
  const known = opened.get(workspace) ?? new Map<GoPackage, OpenedPackages>();
  opened.set(workspace, known);
  let found = known.get(of);
  if (!found) {
    const directory = of.files[0]?.directory ?? "";
    found = openPackages({ language: "go", directory, files: [] }, { ...workspace });
    known.set(of, found);
  }
  return found;
}

/** Where the type of the value isn't known, it may be this one, if the file has to do with its package. */
function isSelectedIn(
  file: GoFile,
  { package: home, name }: TypeName,
  members: ReadonlySet<string>,
  resolver: GoResolver,
): boolean {
  const { path, tree } = file;
  if (!tree) return false;
  const { kind, field } = syntaxNumbers(tree.grammar);
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind.selector_expression) continue;
    if (!members.has(tree.textOf(childIn(tree, node, field.field)))) continue;
    const type = behindPointer(resolver.typeOf(path, childIn(tree, node, field.operand)));
    if (type.kind === "unknown" && doesImport(file, home)) return true;
    if (type.kind === "named" && type.package === home && type.name === name) return true;
    const passes = resolver.selectionAt(path, node)?.through.includes(name);
    if (passes) return true;
  }
  return false;
}
