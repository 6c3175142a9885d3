import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText } from "../../adapters/decode-text.ts";
import type { Git } from "../../adapters/git.ts";
import type { Fix, JudgedFinding } from "../../core/finding.ts";
import { applyFixes, type FixedFiles } from "../../engine/apply-fixes.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { parserFor } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** A fix may lay open another fault; after so many rounds two of them undo each other. */
export const MOST_ROUNDS = 5;

type FixOptions = Pick<LintOptions, "fix" | "fixSuggestions" | "diff">;

/** Whether a run is to change files, or to show how it would. */
export function asksForFixes({ fix, fixSuggestions, diff }: FixOptions): boolean {
  return Boolean(fix || fixSuggestions || diff);
}

/**
 * One round of fixes, not yet written: safe ones, with `--fix-suggestions` the others as well. A file that would parse
 * worse than before stays as it is.
 */
export async function fixesFor(
  findings: readonly JudgedFinding[],
  files: readonly string[],
  read: (path: string) => string | undefined,
  { fixSuggestions }: FixOptions,
): Promise<FixedFiles> {
  const kinds = new Set<Fix["kind"]>(fixSuggestions ? ["safe", "suggestion"] : ["safe"]);
  const judged = new Set(files);
  const fixed = applyFixes(findings, kinds, read, (path) => judged.has(path));
  if (fixed.texts.size === 0) return fixed;
  const parser = await parserFor([...fixed.texts.keys()]);
  const damage = (path: string, text: string): number => {
    const grammar = languageOf(path, languages)?.grammarOf(path);
    const parsed = grammar && parser.parse(text, grammar);
    return parsed?.ok ? parsed.tree.damage.length : Number.POSITIVE_INFINITY;
  };
  const worse = [...fixed.texts].filter(
    ([path, text]) => damage(path, text) > damage(path, read(path) ?? ""),
  );
  if (worse.length === 0) return fixed;
  const spoilt = new Set(worse.map(([path]) => path));
  const rest = findings.filter(
    ({ fixes }) => !fixes.some(({ edits }) => edits.some(({ file }) => spoilt.has(file))),
  );
  return applyFixes(rest, kinds, read, (path) => judged.has(path));
}

/** `--diff`: prints what `--fix` would write; answers 1 where that is anything. */
export async function printDiff(
  { texts }: FixedFiles,
  read: (path: string) => string | undefined,
  shown: (path: string) => string,
  io: Io,
): Promise<ExitCode> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  for (const [path, text] of [...texts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const name = shown(path);
    const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
    io.out(
      createTwoFilesPatch(
        `a/${name}`,
        `b/${name}`,
        read(path) ?? "",
        text,
        undefined,
        undefined,
        options,
      ),
    );
  }
  return texts.size > 0 ? 1 : 0;
}

/** Writes to disk; throws UsageError, before anything is written, where a file is no longer what was judged. */
export function writeFixes(
  { texts, count }: FixedFiles,
  root: string,
  read: (path: string) => string | undefined,
  io: Io,
): void {
  for (const path of texts.keys())
    if (textOnDisk(root, path) !== read(path))
      throw new UsageError(`${path} has changed meanwhile; nothing was fixed, run again`);
  for (const [path, text] of texts) writeFileSync(join(root, path), text);
  io.say(fixedLine(count, texts.size));
}

/** Writes to the index and, since both agree, to disk; refuses where a file is staged in part. */
export function stageFixes(
  { texts, count }: FixedFiles,
  git: Git,
  read: (path: string) => string | undefined,
  io: Io,
): void {
  const apart = [...texts.keys()].filter((path) => textOnDisk(git.root, path) !== read(path));
  if (apart.length > 0)
    throw new UsageError(
      `nothing was fixed: ${apart.join(", ")} on disk is not what is staged; stage or stash the rest of it first`,
    );
  for (const [path, text] of texts) {
    writeFileSync(join(git.root, path), text);
    git.stage(path, text);
  }
  io.say(fixedLine(count, texts.size));
}

function fixedLine(count: number, files: number): string {
  return `fixed ${count} finding${count === 1 ? "" : "s"} in ${files} file${files === 1 ? "" : "s"}\n`;
}

function textOnDisk(root: string, path: string): string | undefined {
  try {
    const decoded = decodeText(readFileSync(join(root, path)));
    return decoded.ok ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
