import type { TreeEntry } from "../core/snapshot.ts";
import type { Unseen } from "./asides.ts";
import type {
  Analyst,
  CodeHost,
  FetchedText,
  LookReply,
  PullChange,
  PullRequest,
} from "./ports.ts";

/** Files whose names alone say that an analysis asks for them, in a directory of a change and above it. */
const SETTINGS =
  /^(\.chokepoint\.yml|\.gitattributes|go\.(mod|work)|package\.json|[tj]sconfig[\w.-]*\.json)$/;
/** Times that an analysis may ask for more. */
const MOST_ROUNDS = 8;
/** Of one review. */
const MOST_FILES = 3_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** What an analysis came to, with what it could not see. */
export interface Gathered {
  readonly reply: Exclude<LookReply, { kind: "missing" }>;
  readonly unseen: readonly Unseen[];
  /** The text of a file after the change, as far as it was fetched. */
  read(file: string): string | undefined;
}

/**
 * Lists the files of the three states, hands the analysis those that it is sure to ask for, and then what it does ask for,
 * round by round, within bounds. What goes beyond them is absent to it, and said.
 */
export async function gather(
  pull: PullRequest,
  { from, files }: PullChange,
  {
    host,
    analyst,
    isSource,
  }: { readonly host: CodeHost; readonly analyst: Analyst; isSource(path: string): boolean },
): Promise<Gathered> {
  const near = files.flatMap(({ file, oldFile }) => (oldFile ? [file, oldFile] : [file]));
  const commits = [pull.head, from, pull.base];
  const trees = new Map<string, Awaited<ReturnType<CodeHost["tree"]>>>();
  for (const commit of new Set(commits)) trees.set(commit, await host.tree(commit, near));
  const entriesOf = (commit: string) => trees.get(commit)?.entries ?? [];
  const [after, before, config] = [pull.head, from, pull.base].map(entriesOf) as [
    readonly TreeEntry[],
    readonly TreeEntry[],
    readonly TreeEntry[],
  ];
  const byId = new Map([...after, ...before, ...config].map((entry) => [entry.id, entry]));
  const texts = new Map<string, FetchedText>();
  const unseen: Unseen[] = [...trees.values()].some(({ isWhole }) => !isWhole)
    ? [
        {
          file: "…",
          why: "there are too many files to list: imports from elsewhere were not followed",
        },
      ]
    : [];
  let bytes = 0;

  async function fetch(ids: Iterable<string>): Promise<Map<string, FetchedText>> {
    const wanted: TreeEntry[] = [];
    for (const id of ids) {
      const entry = byId.get(id);
      if (!entry || texts.has(id)) continue;
      bytes += entry.size ?? 0;
      if (texts.size + wanted.length >= MOST_FILES || bytes > MOST_BYTES) {
        unseen.push({ file: entry.path, why: "more files are needed than one review reads" });
        break;
      }
      wanted.push(entry);
    }
    const fetched = new Map(await host.texts(wanted));
    for (const [id, text] of fetched) texts.set(id, text);
    return fetched;
  }

  const organization = await host.organizationConfig();
  const { isDraft, author, title, labels, into } = pull;
  const analysis = analyst.open({
    before,
    after,
    config,
    ...(organization !== undefined && { organization }),
    changes: files,
    pull: { isDraft, author, title, labels, into },
  });
  try {
    const first = [after, before, config].flatMap((entries) => likely(entries, near, isSource));
    let news = await fetch(first);
    for (let round = 1; ; round++) {
      const isLast = round > MOST_ROUNDS;
      const reply = await analysis.look(news, isLast);
      if (reply.kind !== "missing") {
        const ids = new Map(after.map(({ path, id }) => [path, id]));
        const read = (file: string) => {
          const found = texts.get(ids.get(file) ?? "");
          return found && "text" in found ? found.text : undefined;
        };
        return { reply, unseen, read };
      }
      news = await fetch(reply.ids);
      // What it asks for and nobody has: it does without.
      for (const id of reply.ids)
        if (!texts.has(id)) {
          const absent = { kind: "unreadable", why: "not looked at: it was not fetched" } as const;
          texts.set(id, absent);
          news.set(id, absent);
        }
    }
  } finally {
    analysis.close();
  }
}

/** Changed sources with their neighbours, and settings in their directories and above. */
function likely(
  entries: readonly TreeEntry[],
  near: readonly string[],
  isSource: (path: string) => boolean,
): string[] {
  const changed = new Set(near.filter(isSource));
  const directories = new Set([""]);
  const packages = new Set<string>();
  for (const path of changed) {
    if (path.endsWith(".go")) packages.add(directoryOf(path));
    for (let at = directoryOf(path); at !== ""; at = directoryOf(at)) directories.add(at);
  }
  return entries.flatMap(({ path, id }) => {
    const directory = directoryOf(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const isWanted =
      changed.has(path) ||
      (packages.has(directory) && name.endsWith(".go")) ||
      (directories.has(directory) && SETTINGS.test(name));
    return isWanted ? [id] : [];
  });
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}
