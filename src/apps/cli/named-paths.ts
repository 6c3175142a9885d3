import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The paths that a user names: words as they are, those in the file of `--files-from`, and those in the file of a word
 * `@FILE`, for lists that are too long for a command line. With such a file the default `.` is not meant.
 */
export async function namedPaths(
  words: readonly string[],
  { filesFrom }: Pick<LintOptions, "filesFrom">,
  io: Io,
): Promise<string[]> {
  const listed = filesFrom === undefined ? [] : await pathsIn(filesFrom, "--files-from", io);
  const isDefault = words.length === 1 && words[0] === "." && filesFrom !== undefined;
  const named = isDefault ? [] : words;
  const paths = await Promise.all(
    named.map((word) => (/^@./.test(word) ? pathsIn(word.slice(1), "@", io) : [word])),
  );
  return [...listed, ...paths.flat()];
}

async function pathsIn(file: string, asked: string, io: Io): Promise<string[]> {
  const text =
    file === "-" ? (await io.readStandardInput()).toString("utf8") : read(file, asked, io);
  const separator = text.includes("\0") ? "\0" : /\r?\n/;
  return text.split(separator).filter((path) => path !== "");
}

function read(file: string, asked: string, io: Io): string {
  try {
    return readFileSync(resolve(io.directory, file), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the paths of ${asked} ${file} cannot be read: ${why}`);
  }
}
