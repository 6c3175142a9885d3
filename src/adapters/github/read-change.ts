import type { ChangedFile } from "../../engine/diff.ts";
import { changedFile } from "../../engine/diff.ts";
import { linesChanged } from "../../engine/line-diff.ts";
import type { Unseen } from "../../review/asides.ts";
import type { FetchedText, PullChange, PullRequest } from "../../review/ports.ts";
import type { Client } from "./client.ts";

/** Where a pull request is. */
export type PullPlace = {
  readonly owner: string;
  readonly repo: string;
  readonly pull_number: number;
};

/** A comparison lists no more files. */
const MOST_COMPARED = 300;
/** The list of a pull request's files ends here. */
const MOST_LISTED = 3_000;
/** Files whose patch GitHub leaves out, and which we compare ourselves. */
const MOST_COMPARED_HERE = 50;

interface Listed {
  readonly filename: string;
  readonly previous_filename?: string | undefined;
  readonly status: string;
  readonly sha: string | null;
  readonly changes: number;
  readonly patch?: string | undefined;
}

/** Reads both sides of a file: by path and commit. */
export type ReadSide = (commit: string, path: string) => Promise<FetchedText | undefined>;

/**
 * What a pull request changes, since it left its base. One comparison tells it, up to 300 files; beyond that the list of the
 * pull request, up to 3,000. Where a patch is missing, both sides are compared here; what remains is said.
 */
export async function readChange(
  client: Client,
  { owner, repo, pull_number }: PullPlace,
  { base, head }: PullRequest,
  isSource: (path: string) => boolean,
  read: ReadSide,
): Promise<PullChange> {
  const basehead = `${base}...${head}`;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead });
  const from = data.merge_base_commit.sha;
  let listed: readonly Listed[] = data.files ?? [];
  if (listed.length >= MOST_COMPARED) {
    const place = { owner, repo, pull_number, per_page: 100 };
    listed = await client.paginate(client.rest.pulls.listFiles, place);
  }
  const unseen: Unseen[] = [];
  if (listed.length >= MOST_LISTED)
    unseen.push({ file: "…", why: `GitHub lists ${MOST_LISTED} changed files, and no more` });
  let compared = 0;
  const files: ChangedFile[] = [];
  for (const one of listed) {
    const change = changedFile(namesOf(one), one.patch);
    // A pure rename, a change of mode, a file that was taken away: nothing to compare.
    const lacksPatch = one.patch === undefined && one.changes > 0 && change.status !== "deleted";
    if (!lacksPatch || !isSource(one.filename)) {
      files.push(change);
      continue;
    }
    compared++;
    const lines =
      compared <= MOST_COMPARED_HERE ? await comparedHere(change, from, head, read) : undefined;
    files.push({ ...change, ...lines });
    if (!lines)
      unseen.push({ file: one.filename, why: "GitHub gives no diff of it, and it is too large" });
  }
  return { from, files, unseen };
}

function namesOf({ filename, previous_filename: oldFile, status }: Listed) {
  const known = {
    added: "added",
    copied: "added",
    removed: "deleted",
    renamed: "renamed",
  } as const;
  return {
    file: filename,
    oldFile: status === "renamed" ? oldFile : undefined,
    status: known[status as keyof typeof known] ?? ("modified" as const),
  };
}

async function comparedHere(
  { file, oldFile, status }: ChangedFile,
  from: string,
  head: string,
  read: ReadSide,
) {
  const after = await read(head, file);
  const before = status === "added" ? { text: "" } : await read(from, oldFile ?? file);
  if (!after || !before || !("text" in after) || !("text" in before)) return undefined;
  return linesChanged(before.text, after.text);
}
