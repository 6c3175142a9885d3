import type { TreeEntry } from "../../core/snapshot.ts";
import type { FileTree } from "../../review/ports.ts";
import { directoryOf } from "../tree-listing.ts";
import type { Client } from "./client.ts";

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** Directories that are listed one by one, where a repository is too large to be listed whole. */
const MOST_DIRECTORIES = 200;

/** The files of a commit: in one call, where GitHub lists them all. */
export async function readTree(
  client: Client,
  place: Place,
  commit: string,
  near: readonly string[],
): Promise<FileTree> {
  const { data } = await client.rest.git.getTree({ ...place, tree_sha: commit, recursive: "1" });
  if (!data.truncated) return { entries: filesOf(data.tree, ""), isWhole: true };
  return { entries: await listNear(client, place, commit, near), isWhole: false };
}

/** The files in the directories of these paths and in those above them. */
async function listNear(
  client: Client,
  place: Place,
  commit: string,
  near: readonly string[],
): Promise<TreeEntry[]> {
  const ids = new Map([["", commit]]);
  const entries: TreeEntry[] = [];
  const wanted = new Set([""]);
  for (const path of near)
    for (let at = directoryOf(path); at !== ""; at = directoryOf(at)) wanted.add(at);
  // A directory comes after those above it, which tell its id.
  for (const directory of [...wanted].sort().slice(0, MOST_DIRECTORIES)) {
    const id = ids.get(directory);
    if (id === undefined) continue;
    const { data } = await client.rest.git.getTree({ ...place, tree_sha: id });
    for (const { path, type, sha } of data.tree)
      if (type === "tree") ids.set(directory === "" ? path : `${directory}/${path}`, sha);
    entries.push(...filesOf(data.tree, directory));
  }
  return entries;
}

interface Listed {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** Symbolic links and submodules are no files to us. */
function filesOf(tree: readonly Listed[], directory: string): TreeEntry[] {
  return tree.flatMap(({ path, mode, type, sha, size }) =>
    type === "blob" && mode !== "120000"
      ? [{ path: directory === "" ? path : `${directory}/${path}`, id: sha, size }]
      : [],
  );
}
