import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseBaseline, printBaseline } from "../../engine/baseline.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { judgeFiles } from "./lint.ts";
import type { LintOptions } from "./lint-options.ts";
import { UsageError } from "./usage-error.ts";

export type BaselineAction = "update" | "prune";

/**
 * `chokepoint baseline update`: all that is found now is known from now on. `prune`: what is known and no longer found is
 * forgotten, and nothing new becomes known.
 */
export async function changeBaseline(
  action: BaselineAction,
  paths: readonly string[],
  options: LintOptions & { readonly baseline: string },
  io: Io,
): Promise<ExitCode> {
  const { baseline, ...unfiltered } = options;
  const file = resolve(io.directory, baseline);
  const before = action === "update" ? undefined : knownIn(file, baseline);
  const { findings } = await judgeFiles(paths, unfiltered, io);
  const reported = findings.filter(({ verdict }) => verdict.kind === "report");
  const kept = before ? reported.filter(({ fingerprint }) => before.has(fingerprint)) : reported;
  writeFileSync(file, printBaseline(kept));
  const forgotten = before ? before.size - kept.length : 0;
  io.say(
    before
      ? `${baseline}: ${forgotten} no longer found and forgotten, ${kept.length} kept\n`
      : `${baseline}: ${kept.length} known; pass it with --baseline ${baseline}\n`,
  );
  return 0;
}

function knownIn(file: string, shown: string): ReadonlySet<string> {
  if (!existsSync(file))
    throw new UsageError(`${shown} does not exist; \`chokepoint baseline update\` writes it`);
  try {
    return new Set(
      parseBaseline(readFileSync(file, "utf8")).known.map(({ fingerprint }) => fingerprint),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the baseline ${shown} cannot be used: ${why}`);
  }
}
