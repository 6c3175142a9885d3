import type { TreeEntry } from "../../core/snapshot.ts";
import type { FetchedText } from "../../review/ports.ts";
import { decodeText, LARGEST_FILE, tooLarge } from "../decode-text.ts";
import { type Client, statusOf } from "./client.ts";

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** A query that is larger takes GitHub too long. */
const MOST_FILES = 80;
const MOST_BYTES = 2 * 1024 * 1024;
/** GraphQL cuts longer texts off. Bytes. */
const LARGEST_IN_QUERY = 400_000;

interface Blob {
  readonly isBinary: boolean | null;
  readonly isTruncated: boolean;
  readonly text: string | null;
}

/**
 * The texts of files, by their ids. Many come with one query; large ones, and those that a query cannot give, one by one.
 */
export async function readTexts(
  client: Client,
  place: Place,
  entries: readonly TreeEntry[],
): Promise<Map<string, FetchedText>> {
  const texts = new Map<string, FetchedText>();
  const alone: TreeEntry[] = [];
  for (const batch of batches(entries, alone)) {
    const answer = await query(client, place, batch);
    for (const entry of batch) {
      const blob = answer.get(entry.id);
      if (blob?.text != null && !blob.isTruncated && !blob.isBinary && isPlain(blob.text))
        texts.set(entry.id, { text: blob.text });
      else alone.push(entry);
    }
  }
  for (const entry of alone) texts.set(entry.id, await readBlob(client, place, entry));
  return texts;
}

/** Characters that stand for bytes that are no text are looked at where the bytes are. */
function isPlain(text: string): boolean {
  return !text.includes("\ufffd") && !text.includes("\0");
}

function batches(entries: readonly TreeEntry[], alone: TreeEntry[]): TreeEntry[][] {
  const all: TreeEntry[][] = [];
  const known = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    const size = entry.size ?? LARGEST_IN_QUERY;
    if (known.has(entry.id)) continue;
    known.add(entry.id);
    if (size > LARGEST_IN_QUERY) {
      alone.push(entry);
      continue;
    }
    const last = all.at(-1);
    if (last && last.length < MOST_FILES && bytes + size <= MOST_BYTES) {
      last.push(entry);
      bytes += size;
    } else {
      all.push([entry]);
      bytes = size;
    }
  }
  return all;
}

async function query(
  client: Client,
  { owner, repo }: Place,
  batch: readonly TreeEntry[],
): Promise<Map<string, Blob>> {
  const fields = batch.map(({ id }, index) => {
    // An id is a hash from a listing; nothing else gets into the query.
    if (!/^[\da-f]{40,64}$/.test(id)) throw new Error(`${JSON.stringify(id)} is no id of a file`);
    return `b${index}: object(oid: "${id}") { ... on Blob { isBinary isTruncated text } }`;
  });
  const text = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  const found = new Map<string, Blob>();
  try {
    const { repository } = await client.graphql<{
      repository: Record<string, Blob | null> | null;
    }>(text, { owner, name: repo });
    batch.forEach(({ id }, index) => {
      const blob = repository?.[`b${index}`];
      if (blob) found.set(id, blob);
    });
  } catch (error) {
    // A query that took too long; its files are read one by one.
    if ((statusOf(error) ?? 0) < 500) throw error;
  }
  return found;
}

async function readBlob(
  client: Client,
  place: Place,
  { id, size }: TreeEntry,
): Promise<FetchedText> {
  if ((size ?? 0) > LARGEST_FILE) return refused(tooLarge(size ?? 0));
  try {
    const { data } = await client.rest.git.getBlob({ ...place, file_sha: id });
    const decoded = decodeText(Buffer.from(data.content, "base64"));
    return decoded.ok ? { text: decoded.text } : refused(decoded);
  } catch (error) {
    const status = statusOf(error);
    if (status !== 404 && status !== 403 && status !== 422) throw error;
    return { kind: "unreadable", why: "not looked at: GitHub does not give its text" };
  }
}

function refused({ kind, message }: Exclude<ReturnType<typeof decodeText>, { ok: true }>) {
  return { kind, why: message };
}
