import type { Snapshot } from "../../core/snapshot.ts";
import type { Unit } from "../language.ts";
import { FileLookup } from "./file-lookup.ts";
import { directoriesUp, directoryOf, inDirectory } from "./paths.ts";

const MARKS = ["package.json", "tsconfig.json"];

/** Groups files by the nearest directory that has a package.json or a tsconfig.json; the root where none has. */
export function typescriptUnits(files: readonly string[], snapshot: Snapshot): readonly Unit[] {
  const lookup = new FileLookup(snapshot);
  const unitOf = new Map<string, string>();
  const grouped = new Map<string, string[]>();
  for (const file of files) {
    const directory = unitDirectory(directoryOf(file), lookup, unitOf);
    const group = grouped.get(directory);
    if (group) group.push(file);
    else grouped.set(directory, [file]);
  }
  return [...grouped]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([directory, members]) => ({
      language: "typescript",
      directory,
      files: members.sort(),
    }));
}

function unitDirectory(start: string, lookup: FileLookup, unitOf: Map<string, string>): string {
  const passed: string[] = [];
  let found = "";
  for (const directory of directoriesUp(start)) {
    const known = unitOf.get(directory);
    if (known !== undefined) {
      found = known;
      break;
    }
    passed.push(directory);
    if (MARKS.some((mark) => lookup.has(inDirectory(directory, mark)))) {
      found = directory;
      break;
    }
  }
  for (const directory of passed) unitOf.set(directory, found);
  return found;
}
