import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version in our package.json. */
export function ownVersion(): string {
  return ownPackage().version;
}

/** What our compiled code is known by; the version where we run from sources. */
export function ownBuild(): string {
  const stamp = join(import.meta.dirname, "../build-id");
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : ownVersion();
}

/** Our package.json, read. */
export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(ownDirectory(), "package.json"), "utf8"));
}

/** The folder of our package.json: the first one up from this file (which is in `src` or in `dist/src`). */
export function ownDirectory(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return directory;
}

interface OwnPackage {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}
