import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import type { TreeEntry } from "../core/snapshot.ts";
import type { TellingSnapshot } from "./disk-snapshot.ts";
import { gitSnapshot } from "./git-snapshot.ts";

/** A failure of git, or of what was asked of it, with the fix. */
export class GitError extends Error {}

/** Two commits to hold against each other, by their full hashes. */
export interface CommitRange {
  readonly base: string;
  readonly head: string;
}

/** A repository, read without running anything that it configures. */
export interface Git {
  /** Absolute path of the work tree. */
  readonly root: string;
  /** The full hash of a commit; throws GitError with the fix where the name means none here. */
  commit(name: string): string;
  /**
   * `A..B`, `A...B` (from where they parted), or `A` (from where it and HEAD parted to HEAD); without a range, from
   * where HEAD left the remote's default branch, else the last commit.
   */
  range(text: string | undefined): CommitRange;
  /** The unified diff of two commits, renames found. */
  diff(range: CommitRange): string;
  /** From where a commit and HEAD parted. */
  mergeBase(name: string): string;
  /** The last commit; the empty tree where there is none yet. */
  head(): string;
  /** The unified diff of a commit (or tree) and the index. */
  stagedDiff(base: string): string;
  /** The unified diff of a commit and the files on disk, as far as git tracks them. */
  workTreeDiff(base: string): string;
  /** Files on disk that git neither tracks nor ignores. */
  untracked(): string[];
  /** The files of a commit or tree. */
  snapshotOf(commit: string): TellingSnapshot;
  /** The files as staged. */
  indexSnapshot(): TellingSnapshot;
  /** Replaces the text of a file that is staged. */
  stage(path: string, text: string): void;
  /** Where a hook of this name belongs. */
  hook(name: string): string;
  /** `git version` of the program itself. */
  version(): string;
}

/** Output larger than this is refused by node; a diff of a gigabyte is no change that anybody reviews. */
const LARGEST_OUTPUT = 1024 * 1024 * 1024;

/**
 * Nothing that a repository configures is run: no hooks, no file system monitor, no external diff or text conversion, no
 * pager, no fetching of missing objects, no question to the user.
 */
const SAFE_OPTIONS = [
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.pager=cat",
  "-c",
  "core.quotePath=true",
  "-c",
  "diff.external=",
  "-c",
  "protocol.allow=never",
  "--no-pager",
];
const DIFF_OPTIONS = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--find-renames",
  "--unified=3",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--ignore-submodules=all",
];

/** Opens the repository that a directory is in; throws GitError where there is none, or no git. */
export function openGit(directory: string): Git {
  const root = runGit(directory, ["rev-parse", "--show-toplevel"])
    .toString("utf8")
    .replace(/\n$/, "");
  const git = (...command: string[]): string => runGit(root, command).toString("utf8");
  const gitOnIndex = (...command: string[]): string =>
    runGit(root, command, { index: indexOfCommit() }).toString("utf8");

  const find = (name: string): string | undefined => {
    checkName(name);
    try {
      return git("rev-parse", "--verify", "--quiet", `${name}^{commit}`).trim();
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  };
  const isShallow = () => git("rev-parse", "--is-shallow-repository").trim() === "true";
  const commit = (name: string): string => {
    const found = find(name);
    if (found) return found;
    throw new GitError(`${name} is no commit of this repository; ${howToFetch(name, isShallow())}`);
  };
  const parting = (one: string, other: string): string => {
    const [a, b] = [commit(one), commit(other)];
    try {
      return git("merge-base", a, b).trim();
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const fix = isShallow()
        ? "this clone is shallow; run `git fetch --unshallow`"
        : `name both ends instead: ${one}..${other}`;
      throw new GitError(`${one} and ${other} have no common ancestor here; ${fix}`);
    }
  };
  const standardRange = (): CommitRange => {
    const head = commit("HEAD");
    const trunk = ["origin/HEAD", "@{upstream}"].find((name) => find(name) !== undefined);
    const base = trunk && parting(trunk, "HEAD");
    if (base && base !== head) return { base, head };
    return { base: parentOf(head), head };
  };
  const parentOf = (head: string): string => {
    const parent = find(`${head}^`);
    if (parent) return parent;
    if (isShallow())
      throw new GitError(
        "the commit before this one is not here, since this clone is shallow; run `git fetch --deepen=1`",
      );
    return emptyTree();
  };
  const emptyTree = () => git("hash-object", "-t", "tree", "/dev/null").trim();

  return {
    root,
    commit,
    range(text) {
      if (text === undefined) return standardRange();
      const [, from = "", dots, to = ""] = /^(.*?)(\.\.\.?)(.*)$/.exec(text) ?? [];
      if (dots === undefined) return { base: parting(text, "HEAD"), head: commit("HEAD") };
      const head = to || "HEAD";
      const base = from || "HEAD";
      if (dots === "...") return { base: parting(base, head), head: commit(head) };
      return { base: commit(base), head: commit(head) };
    },
    diff: ({ base, head }) => git("diff", ...DIFF_OPTIONS, base, head, "--"),
    mergeBase: (name) => parting(name, "HEAD"),
    head: () => find("HEAD") ?? emptyTree(),
    stagedDiff: (base) => gitOnIndex("diff", "--cached", ...DIFF_OPTIONS, base, "--"),
    workTreeDiff: (base) => git("diff", ...DIFF_OPTIONS, base, "--"),
    untracked: () =>
      git("ls-files", "--others", "--exclude-standard", "-z")
        .split("\0")
        .filter((path) => path !== ""),
    snapshotOf(name) {
      const tree = name === emptyTree() ? name : commit(name);
      const listing = git("ls-tree", "-r", "-z", "-l", "--full-tree", tree);
      return gitSnapshot(treeEntries(listing), (ids) => catFiles(root, ids));
    },
    indexSnapshot: () =>
      gitSnapshot(indexEntries(gitOnIndex("ls-files", "--stage", "-z")), (ids) =>
        catFiles(root, ids),
      ),
    stage(path, text) {
      const id = runGit(root, ["hash-object", "-w", "--stdin"], { input: text })
        .toString("utf8")
        .trim();
      const mode = gitOnIndex("ls-files", "--stage", "-z", "--", `:(literal)${path}`).slice(0, 6);
      gitOnIndex("update-index", "--cacheinfo", `${mode},${id},${path}`);
    },
    hook(name) {
      const own = configuredHooks(root);
      return resolve(root, own ?? join(git("rev-parse", "--git-common-dir").trim(), "hooks"), name);
    },
    version: () =>
      git("version")
        .replace(/^git version /, "")
        .trim(),
  };
}

/** The folder of hooks that the user has configured, beside our own option that runs none. */
function configuredHooks(root: string): string | undefined {
  const command = ["config", "--show-scope", "--includes", "--get-regexp", "^core\\.hookspath$"];
  const lines = runGit(root, command).toString("utf8").split("\n");
  const values = lines.flatMap((line) => {
    const [, scope, value] = /^(\S+)\s+\S+ (.*)$/.exec(line) ?? [];
    return value && scope !== "command" ? [value] : [];
  });
  return values.at(-1);
}

/** A name that git could take for an option is refused. */
function checkName(name: string): void {
  if (name === "" || name.startsWith("-") || name.includes("\0") || name.includes("\n"))
    throw new GitError(`\`${name}\` cannot be the name of a commit`);
}

function howToFetch(name: string, isShallow: boolean): string {
  const [, remote, branch] = /^([\w.-]+)\/(.+)$/.exec(name) ?? [];
  if (isShallow) return "this clone is shallow; run `git fetch --unshallow`";
  if (remote && branch) return `if it is a branch there, run \`git fetch ${remote} ${branch}\``;
  return "see `git branch --all` and `git log` for names that are";
}

/** `git commit -a` and `git commit FILE` stage into an index of their own, and name it to their hooks. */
function indexOfCommit(): string | undefined {
  return process.env["GIT_INDEX_FILE"] || undefined;
}

interface GitInput {
  readonly input?: string;
  /** The index in place of the repository's own. */
  readonly index?: string | undefined;
}

function runGit(
  directory: string,
  command: readonly string[],
  { input, index }: GitInput = {},
): Buffer {
  const { error, status, stdout, stderr } = spawnSync("git", [...SAFE_OPTIONS, ...command], {
    cwd: directory,
    env: { ...safeEnvironment(), ...(index !== undefined && { GIT_INDEX_FILE: index }) },
    maxBuffer: LARGEST_OUTPUT,
    ...(input !== undefined && { input }),
  });
  if (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new GitError("git was not found; install it, or put it on the PATH");
    if (code === "ENOBUFS")
      throw new GitError("the change is larger than a gigabyte; name a smaller range");
    throw new GitError(`git could not be run: ${error.message}`);
  }
  if (status !== 0) throw new GitError(explain(stderr.toString("utf8").trim(), directory));
  return stdout;
}

function explain(said: string, directory: string): string {
  if (said.includes("not a git repository"))
    return `${directory} is in no git repository; go into one, or run \`chokepoint lint\``;
  if (said.includes("dubious ownership"))
    return `git refuses ${directory}, which belongs to another user; run \`git config --global --add safe.directory ${directory}\``;
  return `git says: ${said || "nothing, and failed"}`;
}

/** What git needs to find itself and the user's settings; no variable of git's own, by which others could redirect it. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ATTR_NOSYSTEM: "1",
    LC_ALL: "C",
  };
}

/** `mode type id size<tab>path`, ended by NUL. Symbolic links and submodules are no files to us. */
function treeEntries(listing: string): TreeEntry[] {
  return listing.split("\0").flatMap((line) => {
    const [, mode, id, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (!id || !path || mode === "120000") return [];
    return [{ path, id, size: Number(size) }];
  });
}

/** `mode id stage<tab>path`, ended by NUL; of a conflict the own side is taken. */
function indexEntries(listing: string): TreeEntry[] {
  return listing.split("\0").flatMap((line) => {
    const [, mode, id, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? [];
    const isFile = mode === "100644" || mode === "100755";
    if (!id || !path || !isFile || stage === "1" || stage === "3") return [];
    return [{ path, id, size: undefined }];
  });
}

/** The contents of blobs, in order; undefined for one that is not here (a partial clone). */
function catFiles(root: string, ids: readonly string[]): (Buffer | undefined)[] {
  const output = runGit(root, ["cat-file", "--batch"], { input: `${ids.join("\n")}\n` });
  let at = 0;
  return ids.map(() => {
    const end = output.indexOf(10, at);
    const header = output.toString("latin1", at, end === -1 ? output.length : end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    at = end + 1;
    if (size === undefined) return undefined;
    const content = output.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return content;
  });
}
