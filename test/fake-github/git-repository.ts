import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that a change touched, as GitHub lists it. */
export interface ListedFile {
  readonly sha: string;
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly patch?: string;
}

export interface ListedEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size?: number;
}

/** A file is written with its text, and taken away with `null`. */
export type Edits = Readonly<Record<string, string | Uint8Array | null>>;

/** A real bare repository, which answers by git's own plumbing. */
export interface GitRepository {
  /** Writes a commit onto a branch, which begins at `from` where it is new; answers the commit. */
  commit(branch: string, edits: Edits, options?: { from?: string; isForced?: boolean }): string;
  /** The commit that a name means. */
  head(name: string): string;
  mergeBase(one: string, other: string): string;
  files(base: string, head: string): ListedFile[];
  /** Of one tree, or with all that is below; undefined where there is no such tree. */
  tree(sha: string, isRecursive: boolean): { sha: string; entries: ListedEntry[] } | undefined;
  blob(sha: string): Buffer | undefined;
  /** Lines, after the change, that a diff of the file shows, as ranges of whole hunks. */
  hunks(base: string, head: string, file: string): { from: number; to: number }[];
  /** Where a line of a file stands in a later commit; undefined where it was changed or taken away. */
  follow(from: string, to: string, file: string, line: number): number | undefined;
  /** Removes its folder. */
  remove(): void;
}

/** A repository in a new folder. What is known of a commit is asked for once: it does not change. */
export function createGitRepository(): GitRepository {
  const root = mkdtempSync(join(tmpdir(), "chokepoint-github-"));
  let commits = 0;
  const heads = new Map<string, string>();
  const run = (words: readonly string[], input?: string | Uint8Array): Buffer =>
    execFileSync("git", words, {
      cwd: root,
      input: input ?? "",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 1 << 29,
      env: {
        PATH: process.env["PATH"],
        HOME: root,
        GIT_CONFIG_NOSYSTEM: "1",
      },
    });
  const git = (...words: string[]) => run(words).toString("utf8").trim();
  const find = (name: string): string | undefined => {
    try {
      return git("rev-parse", "--verify", "--quiet", name);
    } catch {
      return undefined;
    }
  };
  const head = (name: string) =>
    /^[\da-f]{40}$/.test(name) ? name : (heads.get(name) ?? git("rev-parse", "--verify", name));
  const mergeBase = remembered((one: string, other: string) => git("merge-base", one, other));
  run(["init", "-q", "--bare", "-b", "main"]);
  const patches = remembered((base: string, head: string): Map<string, string> => {
    const diff = run(["diff", "--find-renames", "--no-color", base, head]).toString("utf8");
    const parts = diff.split(/^(?=diff --git )/m).filter((part) => part !== "");
    return new Map(
      parts.map((part) => {
        const file =
          /^\+\+\+ b\/(.*?)\t?$/m.exec(part)?.[1] ?? /^--- a\/(.*?)\t?$/m.exec(part)?.[1];
        const start = part.search(/^@@ /m);
        return [file ?? "", start === -1 ? "" : part.slice(start).replace(/\n$/, "")];
      }),
    );
  });
  const listing = remembered((id: string, flags: string): ListedEntry[] =>
    run(["ls-tree", "-z", "-l", ...flags.split(" ").filter(Boolean), id])
      .toString("utf8")
      .split("\0")
      .flatMap((line): ListedEntry[] => {
        const [, mode = "", type, entry = "", size, path = ""] =
          /^(\d+) (blob|tree|commit) (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
        if (!type) return [];
        const bytes = size === "-" ? {} : { size: Number(size) };
        return [{ path, mode, type: type as ListedEntry["type"], sha: entry, ...bytes }];
      }),
  );
  const filesBetween = remembered((from: string, head: string): ListedFile[] => {
    const texts = patches(from, head);
    const raw = run(["diff", "--find-renames", "--raw", "--no-abbrev", "-z", from, head]);
    const numbers = run(["diff", "--find-renames", "--numstat", "-z", from, head]);
    const counts = new Map<string, readonly [number, number]>();
    const words = numbers.toString("utf8").split("\0");
    for (let at = 0; at < words.length; at++) {
      const [, added = "", removed = "", name = ""] =
        /^(\S+)\t(\S+)\t(.*)$/s.exec(words[at] ?? "") ?? [];
      if (added === "") continue;
      // Of a renamed file the two names follow.
      if (name === "") at += 2;
      const path = name === "" ? (words[at] ?? "") : name;
      counts.set(path, [Number(added) || 0, Number(removed) || 0]);
    }
    const parts = raw.toString("utf8").split("\0");
    const files: ListedFile[] = [];
    for (let at = 0; at + 1 < parts.length; ) {
      const [, , , newId = "", status = ""] = (parts[at++] ?? "").split(" ");
      const first = parts[at++] ?? "";
      const isRename = status.startsWith("R");
      const filename = isRename ? (parts[at++] ?? "") : first;
      const [additions, deletions] = counts.get(filename) ?? [0, 0];
      const patch = texts.get(filename);
      files.push({
        sha: newId,
        filename,
        ...(isRename && { previous_filename: first }),
        status: isRename
          ? "renamed"
          : status === "A"
            ? "added"
            : status === "D"
              ? "removed"
              : "modified",
        additions,
        deletions,
        changes: additions + deletions,
        ...(patch && { patch }),
      });
    }
    return files.sort((one, other) => (one.filename < other.filename ? -1 : 1));
  });

  return {
    commit(branch, edits, { from, isForced } = {}) {
      const parent = (!isForced && find(`refs/heads/${branch}`)) || (from && find(from));
      run(["fast-import", "--quiet", "--force"], commitStream(branch, parent, edits, ++commits));
      const commit = git("rev-parse", "--verify", `refs/heads/${branch}`);
      heads.set(branch, commit);
      return commit;
    },
    head,
    mergeBase: (one, other) => mergeBase(head(one), head(other)),
    files: (base, tip) => filesBetween(mergeBase(head(base), head(tip)), head(tip)),
    tree(sha, isRecursive) {
      const id = find(`${sha}^{tree}`);
      if (!id) return undefined;
      return { sha: id, entries: listing(id, isRecursive ? "-r -t" : "") };
    },
    blob(sha) {
      try {
        return run(["cat-file", "blob", sha]);
      } catch {
        return undefined;
      }
    },
    hunks(base, tip, file) {
      const patch = patches(mergeBase(head(base), head(tip)), head(tip)).get(file) ?? "";
      return [...patch.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, from, count]) =>
        count === "0" ? [] : [{ from: Number(from), to: Number(from) + Number(count ?? 1) - 1 }],
      );
    },
    follow(from, to, file, line) {
      const words = ["diff", "--no-color", "--unified=0", from, to, "--", file];
      const diff = run(words).toString("utf8");
      if (!find(`${to}:${file}`)) return undefined;
      let moved = line;
      for (const [, start, count, , added] of diff.matchAll(
        /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
      )) {
        const first = Number(start);
        const length = Number(count ?? 1);
        if (length > 0 && first <= line && line < first + length) return undefined;
        if (first < line) moved += Number(added ?? 1) - length;
      }
      return moved;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A function that is asked once for each arguments. */
function remembered<Words extends readonly string[], Value>(
  compute: (...words: Words) => Value,
): (...words: Words) => Value {
  const known = new Map<string, Value>();
  return (...words) => {
    const key = words.join("\0");
    const value = known.get(key) ?? compute(...words);
    known.set(key, value);
    return value;
  };
}

/** git-fast-import(1): one process for a commit of any size. */
function commitStream(
  branch: string,
  parent: string | undefined,
  edits: Edits,
  number: number,
): Buffer {
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\ncommitter a <a@example.com> ${1_790_000_000 + number} +0000\n`,
    `data <<.\ncommit ${number}\n.\n`,
    parent ? `from ${parent}\n` : "",
  ];
  for (const [path, content] of Object.entries(edits)) {
    const name = `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
    if (content === null) parts.push(`D ${name}\n`);
    else {
      const bytes = Buffer.from(content);
      parts.push(`M 100644 inline ${name}\ndata ${bytes.length}\n`, bytes, "\n");
    }
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}
