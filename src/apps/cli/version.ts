import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version in our package.json, the first one up from this file (which is in `src` or in `dist/src`). */
export function ownVersion(): string {
  return ownPackage().version;
}

/** Our package.json, read. */
export function ownPackage(): OwnPackage {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

interface OwnPackage {
  readonly version: string;
  readonly engines: { readonly node: string };
}
