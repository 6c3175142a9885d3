import { parseJsonWithComments } from "./json-with-comments.ts";
import type { TypeScriptModules } from "./modules.ts";
import { directoriesUp, inDirectory } from "./paths.ts";

/** The nearest package.json above a file, parsed; undefined where there is none. */
export function packageJson(path: string, modules: TypeScriptModules): unknown {
  for (const directory of directoriesUp(path.slice(0, Math.max(0, path.lastIndexOf("/"))))) {
    const text = modules.text(inDirectory(directory, "package.json"));
    if (text !== undefined) return parseJsonWithComments(text);
  }
  return undefined;
}
