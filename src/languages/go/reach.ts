import type { Snapshot } from "../../core/snapshot.ts";
import type { Reach, Unit } from "../language.ts";
import { findModule, type GoModule, workspaceModules } from "./go-module.ts";
import { goFilesIn } from "./package.ts";
import { directoryOf } from "./packages.ts";
import { skeletonOf } from "./project/skeleton.ts";

/** The packages that can be imported from one place, and what each of them imports, as far as it was asked. */
interface Importable {
  readonly module: GoModule | undefined;
  readonly joined: ReadonlyMap<string, string>;
  readonly imports: Map<string, readonly string[]>;
}

const known = new WeakMap<Snapshot, Map<string, Importable>>();

/** A line with a comment that says nothing to the go command, nor that the file is generated. */
const REMARK = /^[ \t]*\/\/(?!go:|line | Code generated ).*$/gm;

/** What a file declares: without the bodies of its functions, which only their own package looks into, and without remarks. */
export function declarationsOf(text: string): string {
  return skeletonOf(text).replace(REMARK, "").replace(/\s+/g, " ");
}

/**
 * A package can be understood from its own files, from what all packages declare that it imports, directly or not, and from what
 * go.mod and go.work say. Bodies elsewhere that are called under a lock are told as `reads`. Rules of scope `project` read more; they are asked anew each time.
 */
export function goReach({ directory }: Unit, snapshot: Snapshot): Reach {
  const from = importableFrom(directory, snapshot);
  const reached = new Set([directory]);
  const files = new Set<string>();
  const open = importedBy(directory, true, from, snapshot);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    let imports = from.imports.get(next);
    if (!imports) {
      imports = importedBy(next, false, from, snapshot);
      from.imports.set(next, imports);
    }
    open.push(...imports);
  }
  for (const each of reached) {
    const module = findModule(each, snapshot);
    if (module) files.add(inDirectory(module.directory, "go.mod"));
  }
  for (const work of workFiles(directory)) files.add(work);
  for (const each of from.joined.values()) files.add(inDirectory(each, "go.mod"));
  reached.delete(directory);
  return { directory, imported: [...reached].sort(), files: [...files].sort() };
}

function importableFrom(directory: string, snapshot: Snapshot): Importable {
  const module = findModule(directory, snapshot);
  const home = module?.directory ?? directory;
  const places = known.get(snapshot) ?? new Map<string, Importable>();
  known.set(snapshot, places);
  let found = places.get(home);
  if (!found) {
    found = { module, joined: workspaceModules(home, snapshot), imports: new Map() };
    places.set(home, found);
  }
  return found;
}

/** Any string that may be the path of a package: what is no import costs nothing but time. */
const PATH = /["`]([\w.~/-]+)["`]/g;

/** Directories of the packages that the files of a directory import. Tests outside of a package concern nobody else. */
function importedBy(
  directory: string,
  isOwn: boolean,
  { module, joined }: Importable,
  snapshot: Snapshot,
): string[] {
  const found = new Set<string>();
  for (const path of goFilesIn(directory, snapshot)) {
    const text = snapshot.read(path) ?? "";
    if (!isOwn && path.endsWith("_test.go") && /^package[ \t]+\w+_test\b/m.test(text)) continue;
    for (const [, literal = ""] of text.matchAll(PATH)) {
      const imported = directoryOf(literal, module, joined);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found].filter((each) => goFilesIn(each, snapshot).length > 0);
}

/** Where a go.work may stand: in the directory or above it. */
function workFiles(directory: string): string[] {
  const parts = directory === "" ? [] : directory.split("/");
  return [...parts.keys(), parts.length].map((depth) =>
    inDirectory(parts.slice(0, depth).join("/"), "go.work"),
  );
}

function inDirectory(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
