import type { Snapshot } from "../../core/snapshot.ts";
import type { DeclaredValue, GoFile } from "./go-file.ts";
import type { GoModule } from "./go-module.ts";
import type { FunctionDeclaration, TypeDeclaration } from "./type.ts";

/** A package-level declaration with its file. */
export type PackageDeclaration =
  | { readonly kind: "function"; readonly file: GoFile; readonly declaration: FunctionDeclaration }
  | { readonly kind: "type"; readonly file: GoFile; readonly declaration: TypeDeclaration }
  | { readonly kind: "value"; readonly file: GoFile; readonly value: DeclaredValue };

/**
 * The Go files of one directory: a package, its tests inside (`package x`) and outside (`package x_test`), and what build
 * tags keep apart. Names are looked up among the files of one package clause.
 */
export interface GoPackage {
  readonly directory: string;
  /** Name in the package clauses of most non-test files. */
  readonly name: string;
  /** `""` where no go.mod says. */
  readonly importPath: string;
  readonly module: GoModule | undefined;
  /** By path. Files that are not judged are context. */
  readonly files: readonly GoFile[];
  file(path: string): GoFile | undefined;
  /** Package-level declarations of a name, several where build tags keep them apart. Parses only files that may declare it. */
  lookup(name: string, packageName: string): readonly PackageDeclaration[];
  /** Methods whose receiver's base type has the name, in order of file and place. */
  methodsOf(typeName: string, packageName: string): readonly FunctionDeclaration[];
}

/** Names of the Go files of a directory that the go command would look at, whatever their build tags. */
export function goFilesIn(directory: string, snapshot: Snapshot): string[] {
  return snapshot
    .list(directory)
    .filter((name) => name.endsWith(".go") && !/^[._]/.test(name))
    .map((name) => (directory === "" ? name : `${directory}/${name}`))
    .sort();
}

/** Builds the package of a directory over its files. */
export function createPackage(
  directory: string,
  importPath: string,
  module: GoModule | undefined,
  files: readonly GoFile[],
): GoPackage {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const lookups = new Map<string, readonly PackageDeclaration[]>();
  const methods = new Map<string, readonly FunctionDeclaration[]>();
  let name: string | undefined;
  return {
    directory,
    get name() {
      name ??= nameOf(files);
      return name;
    },
    importPath,
    module,
    files,
    file: (path) => byPath.get(path),
    lookup(name, packageName) {
      const key = `${packageName}.${name}`;
      let found = lookups.get(key);
      if (!found) {
        found = files
          .filter((file) => file.packageName === packageName && file.outline.names.has(name))
          .flatMap((file) => declarationsOf(file, name));
        lookups.set(key, found);
      }
      return found;
    },
    methodsOf(typeName, packageName) {
      const key = `${packageName}.${typeName}`;
      let found = methods.get(key);
      if (!found) {
        found = files
          .filter(
            (file) => file.packageName === packageName && file.outline.receivers.has(typeName),
          )
          .flatMap((file) =>
            file.declarations.methods.filter(({ receiver }) => receiver === typeName),
          );
        methods.set(key, found);
      }
      return found;
    },
  };
}

function declarationsOf(file: GoFile, name: string): PackageDeclaration[] {
  const { functions, types, values } = file.declarations;
  return [
    ...types
      .filter((declaration) => declaration.name === name)
      .map((declaration) => ({ kind: "type" as const, file, declaration })),
    ...functions
      .filter((declaration) => declaration.name === name && name !== "init" && name !== "_")
      .map((declaration) => ({ kind: "function" as const, file, declaration })),
    ...values
      .filter((value) => value.name === name && name !== "_")
      .map((value) => ({ kind: "value" as const, file, value })),
  ];
}

/** The commonest package clause of the files that are no tests; `main` beside a library is a generator. */
function nameOf(files: readonly GoFile[]): string {
  const counts = new Map<string, number>();
  for (const { packageName, isTest } of files) {
    const name = packageName.replace(/_test$/, "");
    const weight = isTest ? 1 : name === "main" ? 10 : 1000;
    counts.set(name, (counts.get(name) ?? 0) + weight);
  }
  let best = "";
  for (const [name, count] of counts) if (count > (counts.get(best) ?? 0)) best = name;
  return best;
}
