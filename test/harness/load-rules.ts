import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LanguageName, Rule } from "../../src/core/rule.ts";

export const ROOT = resolve(import.meta.dirname, "../..");

/** Folder of a language's rules and fixtures, by the prefix of a rule's id. */
export function folderOf(prefix: string): string {
  return prefix === "ts" ? "typescript" : prefix;
}

/** Every rule of a language, or of all, as the files of `rules/` have them, in order of name. */
export async function loadAllRules(language?: LanguageName): Promise<Rule[]> {
  const folders = language ? [language] : ["go", "typescript"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, "rules", folder)).map((file) => join(folder, file)),
  );
  const modules = files
    .sort()
    .map((file) => import(join(ROOT, "rules", file)) as Promise<{ default: Rule }>);
  return (await Promise.all(modules)).map((module) => module.default);
}
