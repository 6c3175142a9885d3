import { join, resolve } from "node:path";
import { type ResultCache, resultCache } from "../../adapters/result-cache.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";

/**
 * The user's cache of results; never below the reviewed tree, whose authors could fill it. None with `--no-cache`, with
 * `--timing`, which is about real work, and where no place for it is known.
 */
export function cacheFor(
  { cache, cacheLocation, timing }: Pick<LintOptions, "cache" | "cacheLocation" | "timing">,
  { directory, environment }: Io,
): ResultCache | undefined {
  if (!cache || timing) return undefined;
  if (cacheLocation !== undefined) return resultCache(resolve(directory, cacheLocation));
  const { XDG_CACHE_HOME, HOME } = environment;
  const base = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
  return base ? resultCache(join(base, "chokepoint", "results")) : undefined;
}
