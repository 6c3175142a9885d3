import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findFiles } from "../src/adapters/find-files.ts";

/** `paths` of a compiler that lead from the name of each package below a directory to its sources. */
export function workspacePaths(root: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  const { files } = findFiles({
    root,
    paths: [root],
    extensions: ["package.json"],
    includes: () => true,
    forceExclude: false,
  });
  for (const file of files) {
    const directory = join(root, file, "..");
    const name = nameIn(join(root, file));
    if (name === undefined || !existsSync(join(directory, "src"))) continue;
    paths[name] = [join(directory, "src/index")];
    paths[`${name}/*`] = [join(directory, "src/*"), join(directory, "*")];
  }
  return paths;
}

function nameIn(manifest: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown };
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}
