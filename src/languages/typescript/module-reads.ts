import type { Snapshot } from "../../core/snapshot.ts";
import type { Reads } from "../language.ts";
import type { MayRead } from "./declaration-budget.ts";
import { type ModuleResolution, type ResolvedModule, resolutionOf } from "./module-resolution.ts";
import { directoryOf, inDirectory } from "./paths.ts";

/** Takes down which files the modules of a unit are, and what was asked about where imports lead. */
export function createReads(resolution: ModuleResolution) {
  const files = new Set<string>();
  const answers = new Map<string, string>();
  let isWhole = true;
  /** Where an import leads is the same for all files of a directory. */
  const about = (kind: string, path: string, specifier: string) =>
    `${kind}\n${directoryOf(path)}\n${specifier}`;
  return {
    file(path: string, may: MayRead): void {
      files.add(path);
      if (may === "too much") isWhole = false;
    },
    resolve(from: string, specifier: string): ResolvedModule {
      const resolved = resolution.resolve(from, specifier);
      answers.set(about("import", from, specifier), pathOf(resolved));
      return resolved;
    },
    declarationsOf(from: string, specifier: string): string | undefined {
      const path = resolution.declarationsOf(from, specifier);
      answers.set(about("declarations", from, specifier), path ?? "");
      return path;
    },
    isLibrary(path: string): boolean {
      const answer = resolution.isLibrary(path);
      answers.set(about("library", path, ""), String(answer));
      return answer;
    },
    /** undefined where not everything could be read. */
    all: (): Reads | undefined =>
      isWhole ? { files: [...files], answers: [...answers] } : undefined,
  };
}

/** Answers again what was asked. */
export function answersFrom(snapshot: Snapshot): (question: string) => string {
  const resolution = resolutionOf(snapshot);
  return (question) => {
    const [kind, directory = "", specifier = ""] = question.split("\n");
    const from = inDirectory(directory, "any");
    if (kind === "import") return pathOf(resolution.resolve(from, specifier));
    if (kind === "declarations") return resolution.declarationsOf(from, specifier) ?? "";
    return String(resolution.isLibrary(from));
  };
}

function pathOf(resolved: ResolvedModule): string {
  return resolved.kind === "file" ? resolved.path : "";
}
