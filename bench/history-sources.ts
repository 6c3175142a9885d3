import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { HistoryEntry } from "./history-entries.ts";

/** Files that say what a directory belongs to. */
const ROOTS = ["go.mod", "package.json", "tsconfig.json"];

/** The git directory of a repository: one of the clones, or cloned without its files below the scratch directory. */
export function gitDirectory(
  repository: string,
  clones: string | undefined,
  scratch: string,
): string {
  const names = [repository.replace("/", "+"), repository.replace(/.*\//, "")];
  const given = clones === undefined ? [] : names.map((name) => join(clones, name));
  const places = [...given, join(scratch, "clones", names[0] ?? "")];
  for (const place of places.flatMap((one) => [join(one, "repo"), join(one, ".git"), one]))
    if (existsSync(join(place, "objects"))) return place;
  const target = join(scratch, "clones", names[0] ?? "");
  mkdirSync(target, { recursive: true });
  git(target, "clone", "--bare", "--filter=blob:none", `https://github.com/${repository}`, ".");
  return target;
}

/** Writes the package of an entry, and what says which module it is of, as they were at a commit. */
export function checkOut(
  directory: string,
  commit: string,
  entry: HistoryEntry,
  target: string,
): void {
  const folders = [posix.dirname(entry.file), ...(entry.with ?? [])];
  const paths = folders.flatMap((folder) => [
    ...sourcesIn(directory, commit, folder),
    ...rootsAbove(directory, commit, folder),
  ]);
  for (const [path, text] of textsOf(directory, commit, [...new Set(paths)])) {
    mkdirSync(join(target, posix.dirname(path)), { recursive: true });
    writeFileSync(join(target, path), text);
  }
}

/** One process for all files, and no more blobs than these: of clones without files each is fetched when it is read. */
function textsOf(directory: string, commit: string, paths: readonly string[]): Map<string, Buffer> {
  const answer = execFileSync("git", ["-C", directory, "cat-file", "--batch"], {
    input: paths.map((path) => `${commit}:${path}\n`).join(""),
    maxBuffer: 1 << 28,
  });
  const texts = new Map<string, Buffer>();
  let at = 0;
  for (const path of paths) {
    const end = answer.indexOf("\n", at);
    const size = Number(/ blob (\d+)$/.exec(answer.toString("utf8", at, end))?.[1]);
    if (Number.isNaN(size)) throw new Error(`${commit}:${path} can't be read`);
    texts.set(path, answer.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}

function sourcesIn(directory: string, commit: string, folder: string): string[] {
  const paths = listed(directory, commit, folder === "." ? [] : [`${folder}/`]);
  return paths.filter((path) => /\.(go|[cm]?[jt]sx?)$/.test(path) && !isTest(path));
}

/** Tests are half of the text and seldom have the fault. */
function isTest(path: string): boolean {
  return /_test\.go$|\.(test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/** For each kind of file the nearest one, from the folder upwards. */
function rootsAbove(directory: string, commit: string, folder: string): string[] {
  const above = folder.split("/").map((_, depth, parts) => parts.slice(0, depth + 1).join("/"));
  const folders = folder === "." ? ["."] : [...above.reverse(), "."];
  return ROOTS.flatMap((name) => {
    const candidates = folders.map((one) => posix.join(one, name));
    const there = new Set(listed(directory, commit, candidates));
    return candidates.filter((path) => there.has(path)).slice(0, 1);
  });
}

function listed(directory: string, commit: string, paths: readonly string[]): string[] {
  return git(directory, "ls-tree", "--name-only", commit, "--", ...paths)
    .split("\n")
    .filter((path) => path !== "");
}

function git(directory: string, ...words: readonly string[]): string {
  return execFileSync("git", ["-C", directory, ...words], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
}
