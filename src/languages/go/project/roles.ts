import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import type { TypeDeclaration } from "../type.ts";
import { packageKey } from "./mentions.ts";

/** The package that a file belongs to; its tests outside are another one. */
export function homeOf(file: GoFile): string {
  return packageKey(file);
}

/** Packages that exist for tests. */
export function isHelperPath(path: string): boolean {
  return /(?:^|\/)(?:testutils?|testing|tests?|testdata|mocks?|fakes?|stubs?|[a-z0-9]+test|test[a-z0-9]*|e2e|integration|examples?)\//.test(
    path,
  );
}

/** Whether code of other modules may use what a package exports. */
export function isPublicHome(file: GoFile, of: GoPackage, isApplication: boolean): boolean {
  if (of.importPath === "" || file.packageName === "main" || file.isTest) return false;
  if (/(?:^|\/)(?:internal|cmd|tests?|e2e|examples?)(?:\/|$)/.test(of.importPath)) return false;
  return (
    !isApplication ||
    /(?:^|\/)(?:pkg|apis?|clients?|sdk|libs?|plugins?)(?:\/|$)/.test(of.importPath)
  );
}

/** A type that stands in for another one in tests. */
export function isDouble({ name, file, tree, node }: TypeDeclaration): boolean {
  if (/_test\.go$|(?:^|[/_])(?:mock|fake|stub)s?[._/]|(?:mock|fake)s?\.go$/i.test(file))
    return true;
  if (/^(?:mock|fake|stub|spy|dummy)|(?:Mock|Fake|Stub|Spy|Double)s?$/i.test(name)) return true;
  return /\bmock\.Mock\b|\bgomock\.Controller\b/.test(tree.textOf(node));
}

/** Packages of the standard library by which code reaches files, processes, networks and databases. */
const OUTSIDE =
  /^(?:net(?:\/.*)?|os(?:\/.*)?|syscall|database\/sql.*|io\/ioutil|plugin|log\/syslog)$/;

/** Whether a package imports what talks to the outside, or a module of others, which mostly does. */
export function talksToOutside({ files }: GoPackage, modulePath: string): boolean {
  const imports = files.flatMap((file) => (file.isTest ? [] : file.declarations.imports));
  return imports.some(({ path }) => {
    if (OUTSIDE.test(path)) return true;
    const isOwn = modulePath !== "" && (path === modulePath || path.startsWith(`${modulePath}/`));
    return !isOwn && /^[^/]*\.[^/]*\//.test(path);
  });
}
