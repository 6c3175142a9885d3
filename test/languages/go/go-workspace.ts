import { invariant } from "../../../src/core/invariant.ts";
import { memorySnapshot } from "../../../src/core/snapshot.ts";
import type { GoFile } from "../../../src/languages/go/go-file.ts";
import type { GoPackage } from "../../../src/languages/go/package.ts";
import type { GoPackages } from "../../../src/languages/go/packages.ts";
import { printType } from "../../../src/languages/go/print-type.ts";
import { openPackages } from "../../../src/languages/go/resolver.ts";
import type { GoResolver, GoSymbol } from "../../../src/languages/go/type.ts";
import type { Workspace } from "../../../src/languages/language.ts";
import { loadParser } from "../../../src/syntax/parser.ts";
import type { NodeId, Tree } from "../../../src/syntax/tree.ts";

const parser = await loadParser(["go"]);

/** A workspace over files in memory that parses each of them once, and says which it parsed. */
export function goWorkspace(files: Readonly<Record<string, string>>): {
  readonly workspace: Workspace;
  readonly parsed: ReadonlySet<string>;
} {
  const snapshot = memorySnapshot(new Map(Object.entries(files)));
  const trees = new Map<string, Tree>();
  const parsed = new Set<string>();
  const workspace: Workspace = {
    snapshot,
    generation: 0,
    parsed: (path) => trees.get(path),
    parse(path) {
      const text = snapshot.read(path);
      if (text === undefined) return undefined;
      parsed.add(path);
      const known = trees.get(path);
      if (known) return known;
      const result = parser.parse(text, "go");
      if (!result.ok) return undefined;
      trees.set(path, result.tree);
      return result.tree;
    },
    parseText(_path, text) {
      const result = parser.parse(text, "go");
      return result.ok ? result.tree : undefined;
    },
  };
  return { workspace, parsed };
}

/** A package opened for questions about places in its text. */
export interface OpenPackage {
  readonly own: GoPackage;
  readonly packages: GoPackages;
  readonly resolver: GoResolver;
  readonly parsed: ReadonlySet<string>;
  /** The last node whose text is `text`, after the mark `«` where there is one in `around`. */
  find(text: string, around?: string): { readonly file: GoFile; readonly node: NodeId };
  /** The type of the expression, printed; `around` is a stretch of source that holds it. */
  typeOf(text: string, around?: string): string;
  symbolOf(text: string, around?: string): GoSymbol | undefined;
}

/** Opens the package of a directory; by default files are `a.go` alone in a module `example.com/m`. */
export function openGo(
  source: string | Readonly<Record<string, string>>,
  directory = "",
): OpenPackage {
  const files =
    typeof source === "string"
      ? { "go.mod": "module example.com/m\n\ngo 1.25\n", "a.go": source }
      : source;
  const { workspace, parsed } = goWorkspace(files);
  const members = Object.keys(files)
    .filter((path) => path.endsWith(".go"))
    .filter((path) => path.slice(0, Math.max(0, path.lastIndexOf("/"))) === directory)
    .sort();
  const { own, packages, resolver } = openPackages(
    { language: "go", directory, files: members },
    workspace,
  );
  const find = (text: string, around: string = text) => {
    const path = invariant(
      members.find((member) => files[member]?.includes(around)),
      `some file holds ${around}`,
    );
    const file = invariant(packages.file(path), `${path} is loaded`);
    const tree = invariant(file.tree, `${path} is parsed`);
    const start = file.text.indexOf(around) + around.indexOf(text);
    let node = tree.nodeAt(start, start + text.length);
    while (tree.firstChild[node] !== -1 && tree.textOf(tree.firstChild[node] ?? 0) === text)
      node = tree.firstChild[node] ?? 0;
    return { file, node };
  };
  return {
    own,
    packages,
    resolver,
    parsed,
    find,
    typeOf(text, around) {
      const { file, node } = find(text, around);
      return printType(resolver.typeOf(file.path, node));
    },
    symbolOf(text, around) {
      const { file, node } = find(text, around);
      return resolver.symbolAt(file.path, node);
    },
  };
}
